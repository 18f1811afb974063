//! The player's modules and style sheets as one script and one style, without their comments.
//!
//! Each module becomes a function that gives its exports, in the order of their imports, so that names of
//! different modules never meet. Understood are `import { a, b as c } from "./x.js";` and `export` before a
//! declaration, each at the start of a line.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::OnceLock;

use include_dir::{Dir, include_dir};

use crate::export::html::Host;

static PLAYER: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/player");

/// How files of words end, as the modules import them.
const WORDS: &str = "words-en.js";

/// The module that starts the player, by who serves the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Entry {
    File,
    Live,
    Room,
    /// The page on which the audience of a room asks: no deck, and a style of its own.
    Ask,
}

impl Entry {
    const ALL: [(Self, &'static str); 4] = [
        (Self::File, "main.js"),
        (Self::Live, "main-live.js"),
        (Self::Room, "main-room.js"),
        (Self::Ask, "main-ask.js"),
    ];

    fn of(host: &Host<'_>) -> Self {
        match host {
            Host::File => Self::File,
            Host::Live { .. } => Self::Live,
            Host::Room { .. } => Self::Room,
        }
    }
}

/// The languages that the controls speak, the one for all others first.
const LANGUAGES: [&str; 3] = ["en", "zh", "ja"];

/// The player as a page carries it.
pub(super) struct Player {
    pub(super) script: String,
    pub(super) style: String,
}

/// The player for a page that `host` serves, its words in the language of the deck where they are known in it.
pub(super) fn player(host: &Host<'_>, lang: &str) -> &'static Player {
    made(Entry::of(host), lang)
}

/// The script and style of the page on which the audience asks.
pub(super) fn asking(lang: &str) -> &'static Player {
    made(Entry::Ask, lang)
}

fn made(entry: Entry, lang: &str) -> &'static Player {
    static PLAYERS: [[OnceLock<Player>; LANGUAGES.len()]; Entry::ALL.len()] =
        [const { [const { OnceLock::new() }; LANGUAGES.len()] }; Entry::ALL.len()];
    let primary = lang.split('-').next().unwrap_or_default();
    let language = LANGUAGES.iter().position(|known| known.eq_ignore_ascii_case(primary)).unwrap_or(0);
    let at = Entry::ALL.iter().position(|(known, _)| *known == entry).unwrap_or(0);
    PLAYERS[at][language].get_or_init(|| make(Entry::ALL[at].1, LANGUAGES[language]))
}

fn make(main: &str, language: &str) -> Player {
    let read = |name: &str| {
        let name = name.strip_suffix(WORDS).map_or_else(|| name.to_owned(), |of| format!("{of}words-{language}.js"));
        PLAYER.get_file(name)?.contents_utf8()
    };
    let mut modules = BTreeSet::new();
    let mut script = String::from("\"use strict\";\n");
    add(&read, main, &mut modules, &mut script);
    let style = style(&modules, main != "main-ask.js");
    let short = minifier::js::minify(&script).map(|short| short.to_string()).unwrap_or(script);
    Player {
        // The text must not end its element, nor open a comment there.
        script: short.replace("</script", "<\\/script").replace("<!--", "<\\!--"),
        style: shortened(&style).replace("</", "<\\/"),
    }
}

/// The style sheets by name; one that is called like a module comes with it, all others with every `deck`.
fn style(modules: &BTreeSet<String>, deck: bool) -> String {
    let mut sheets: Vec<_> =
        PLAYER.files().filter(|file| file.path().extension().is_some_and(|end| end == "css")).collect();
    sheets.sort_by_key(|file| file.path());
    sheets.retain(|file| {
        let module = file.path().with_extension("js");
        let is_general = PLAYER.get_file(&module).is_none();
        (is_general && deck) || module.to_str().is_some_and(|module| modules.contains(module))
    });
    sheets.into_iter().filter_map(|file| file.contents_utf8()).collect()
}

/// Style sheets without comments and the space that means nothing: that at the ends of lines, and after the colon
/// of a declaration. Minifiers have their own idea of selectors like `.a :where(p)`.
fn shortened(css: &str) -> String {
    let mut rest = css;
    let mut bare = String::with_capacity(css.len());
    while let Some((before, after)) = rest.split_once("/*") {
        bare.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    bare.push_str(rest);
    let mut out = String::with_capacity(bare.len());
    for line in bare.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if let Some(selector) = line.strip_suffix(" {") {
            out.push_str(selector);
            out.push('{');
        } else if let (true, Some((name, value))) = (line.ends_with(';'), line.split_once(": ")) {
            out.push_str(name);
            out.push(':');
            out.push_str(value);
        } else {
            out.push_str(line);
            // A value that goes on in the next line.
            out.push_str(if line.ends_with([',', ';', '}', '{']) { "" } else { " " });
        }
    }
    out
}

/// The text of the file of a name.
type Read<'a> = dyn Fn(&str) -> Option<&'a str> + 'a;

/// Adds a module behind those that it imports.
fn add(read: &Read<'_>, name: &str, done: &mut BTreeSet<String>, out: &mut String) {
    if !done.insert(name.to_owned()) {
        return;
    }
    let Some(source) = read(name) else { return };
    let module = Module::read(source);
    for (_, from) in &module.imports {
        add(read, from, done, out);
    }
    let _ = writeln!(out, "const {} = (() => {{", variable(name));
    for (names, from) in &module.imports {
        if !names.is_empty() {
            let _ = writeln!(out, "const {{{}}} = {};", names.replace(" as ", ": "), variable(from));
        }
    }
    out.push_str(&module.body);
    let _ = writeln!(out, "return {{ {} }};\n}})();", module.exports.join(", "));
}

/// The variable that holds a module's exports.
fn variable(name: &str) -> String {
    let stem = name.strip_suffix(".js").unwrap_or(name);
    let safe: String = stem.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
    format!("module_{safe}")
}

/// A module taken apart.
struct Module {
    /// The names within the braces, and the file.
    imports: Vec<(String, String)>,
    exports: Vec<String>,
    body: String,
}

impl Module {
    fn read(source: &str) -> Self {
        let mut module = Self { imports: Vec::new(), exports: Vec::new(), body: String::new() };
        let mut lines = source.lines();
        while let Some(line) = lines.next() {
            if line.starts_with("import ") {
                let mut statement = line.to_owned();
                while !statement.trim_end().ends_with(';') {
                    let Some(next) = lines.next() else { break };
                    statement.push(' ');
                    statement.push_str(next.trim());
                }
                module.imports.extend(import(&statement));
            } else if let Some(declaration) = line.strip_prefix("export ") {
                module.exports.extend(declared(declaration));
                module.push(declaration);
            } else {
                module.push(line);
            }
        }
        module
    }

    fn push(&mut self, line: &str) {
        self.body.push_str(line);
        self.body.push('\n');
    }
}

/// The names and the file of `import { a, b as c } from "./x.js";`.
fn import(statement: &str) -> Option<(String, String)> {
    let (_, file) = statement.rsplit_once("\"./").or_else(|| statement.rsplit_once("'./"))?;
    let file = file.split(['"', '\'']).next()?.to_owned();
    let names = statement.split_once('{').and_then(|(_, rest)| rest.split_once('}')).map_or("", |(names, _)| names);
    Some((names.trim().trim_end_matches(',').to_owned(), file))
}

/// The name that `function f(…`, `const c = …` or `class C …` declares.
fn declared(declaration: &str) -> Option<String> {
    let mut words = declaration
        .split(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '$'))
        .filter(|word| !word.is_empty())
        .skip_while(|word| *word == "async");
    match words.next()? {
        "function" | "const" | "let" | "class" => words.next().map(str::to_owned),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::io::Write as _;

    use super::{Entry, LANGUAGES, PLAYER, add, make};

    fn bundle(read: &super::Read<'_>, main: &str) -> String {
        let mut out = String::new();
        add(read, main, &mut BTreeSet::new(), &mut out);
        out
    }

    #[test]
    fn modules_stand_behind_what_they_import_and_keep_their_names_apart() {
        let read = |name: &str| match name {
            "main.js" => Some("import { go as run } from \"./b.js\";\nimport {\n  x,\n} from \"./a.js\";\nrun(x);\n"),
            "b.js" => Some("import { x } from \"./a.js\";\nfunction own() {}\nexport async function go(y) {\n}\n"),
            "a.js" => Some("function own() {}\nexport const x = \"</script>\";\n"),
            _ => None,
        };
        assert_eq!(
            bundle(&read, "main.js"),
            "const module_a = (() => {\nfunction own() {}\nconst x = \"</script>\";\nreturn { x };\n})();\n\
             const module_b = (() => {\nconst {x} = module_a;\nfunction own() {}\nasync function go(y) {\n}\n\
             return { go };\n})();\n\
             const module_main = (() => {\nconst {go: run} = module_b;\nconst {x} = module_a;\nrun(x);\n\
             return {  };\n})();\n"
        );
    }

    #[test]
    fn every_player_is_whole_and_short() {
        for (entry, main) in Entry::ALL {
            let (least, most) = match entry {
                Entry::File => (10, 40),
                Entry::Live => (10, 44),
                Entry::Room => (10, 52),
                Entry::Ask => (5, 10),
            };
            for language in LANGUAGES {
                let player = make(main, language);
                assert!(!player.script.contains("</script") && !player.script.contains("/**"));
                assert!(!player.script.contains("import{") && !player.script.contains("export "));
                let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
                packed.write_all(player.script.as_bytes()).unwrap();
                packed.write_all(player.style.as_bytes()).unwrap();
                let size = packed.finish().unwrap().len();
                assert!((least * 1024..most * 1024).contains(&size), "{main} in `{language}`: {size} bytes");
            }
        }
    }

    #[test]
    fn style_sheets_keep_their_meaning() {
        let css = "/* a\n b */\n@media (width > 1px) {\n  .a :where(p),\n  .b > i {\n    color: red;\n    margin: 0\n      \
                   auto;\n  }\n}\n";
        assert_eq!(super::shortened(css), "@media (width > 1px){.a :where(p),.b > i{color:red;margin: 0 auto;}}");
    }

    #[test]
    fn a_file_carries_nothing_that_only_a_server_needs() {
        let (file, live, room) = (make("main.js", "en"), make("main-live.js", "en"), make("main-room.js", "en"));
        assert!(!file.script.contains("EventSource") && live.script.contains("EventSource"));
        assert!(!file.script.contains("WebSocket") && room.script.contains("WebSocket"));
        assert!(!file.script.contains("Reconnecting") && live.script.contains("Reconnecting"));
        assert!(!file.style.contains(".problem-list") && live.style.contains(".problem-list"));
        assert!(file.script.contains("Presenter view") && !file.script.contains("演讲者视图"));
    }

    #[test]
    fn all_languages_have_the_same_words() {
        let keys = |of: &str, language: &str| {
            let text = PLAYER.get_file(format!("{of}words-{language}.js")).unwrap().contents_utf8().unwrap();
            let key = |line: &str| {
                line.strip_prefix("  ").and_then(|line| line.split_once(':')).map(|(key, _)| key.to_owned())
            };
            text.lines().filter_map(key).collect::<Vec<_>>()
        };
        assert!(keys("", "en").len() > 100 && keys("ask-", "en").len() > 30);
        let files = LANGUAGES
            .into_iter()
            .flat_map(|language| ["", "ask-", "live-", "queue-", "room-"].map(|of| (of, language)));
        for (of, language) in files {
            assert_eq!(keys(of, language), keys(of, "en"), "{of}{language}");
        }
    }
}
