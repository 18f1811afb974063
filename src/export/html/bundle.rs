//! The player's modules and style sheets as one script and one style.
//!
//! Each module becomes a function that gives its exports, in the order of their imports, so that names of
//! different modules never meet. Understood are `import { a, b as c } from "./x.js";` and `export` before a
//! declaration, each at the start of a line.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::OnceLock;

use include_dir::{Dir, include_dir};

static PLAYER: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/player");

/// The module that starts the player.
const MAIN: &str = "main.js";

/// The player's script.
pub(super) fn script() -> &'static str {
    static SCRIPT: OnceLock<String> = OnceLock::new();
    SCRIPT.get_or_init(|| bundle(&|name| PLAYER.get_file(name)?.contents_utf8(), MAIN))
}

/// The player's style sheets, by name.
pub(super) fn style() -> &'static str {
    static STYLE: OnceLock<String> = OnceLock::new();
    STYLE.get_or_init(|| {
        let mut sheets: Vec<_> =
            PLAYER.files().filter(|file| file.path().extension().is_some_and(|end| end == "css")).collect();
        sheets.sort_by_key(|file| file.path());
        let text: String = sheets.into_iter().filter_map(|file| file.contents_utf8()).collect();
        text.replace("</", "<\\/")
    })
}

/// The text of the file of a name.
type Read<'a> = dyn Fn(&str) -> Option<&'a str> + 'a;

fn bundle(read: &Read<'_>, main: &str) -> String {
    let mut out = String::from("\"use strict\";\n");
    add(read, main, &mut BTreeSet::new(), &mut out);
    // The text must not end its element, nor open a comment there.
    out.replace("</script", "<\\/script").replace("<!--", "<\\!--")
}

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
    use super::{bundle, script, style};

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
            "\"use strict\";\n\
             const module_a = (() => {\nfunction own() {}\nconst x = \"<\\/script>\";\nreturn { x };\n})();\n\
             const module_b = (() => {\nconst {x} = module_a;\nfunction own() {}\nasync function go(y) {\n}\n\
             return { go };\n})();\n\
             const module_main = (() => {\nconst {go: run} = module_b;\nconst {x} = module_a;\nrun(x);\n\
             return {  };\n})();\n"
        );
    }

    #[test]
    fn nothing_of_the_module_syntax_is_left_in_the_player() {
        let lines = || script().lines();
        assert!(lines().count() > 100);
        assert!(!lines().any(|line| line.starts_with("import ") || line.starts_with("export ")));
        assert!(style().contains(".deck") || style().contains("deck-ready"));
    }
}
