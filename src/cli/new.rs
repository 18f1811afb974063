mod drawing;
mod outline;
mod words;

use std::io;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use drawing::drawings;
use jiff::ToSpan as _;
use jiff::civil::Date;
use outline::Outline;

use super::Exit;
use super::shared::today;
use super::terminal::Terminal;
use crate::diagnostic::print::visible;
use crate::diagnostic::{Severity, did_you_mean};
use crate::pipeline::{self, write_pack};

/// Start a talk that builds as it is: one that teaches the format by its own slides, or an outline to fill in.
///
/// The titles of an outline say which point to make where, its notes what to write there; speaker, audience, length,
/// prepared questions and follow-up are filled in with an example. Its day is two weeks from today.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(super) struct New {
    /// The folder to make; its name becomes the title.
    #[arg(value_name = "NAME")]
    folder: PathBuf,
    /// The language of the slides; by default that of the environment.
    #[arg(long, value_enum)]
    lang: Option<Language>,
    /// The kind of talk to start from.
    #[arg(long, value_enum, value_name = "KIND")]
    template: Option<Outline>,
    /// The theme that the talk asks for; by default what suits its kind, else `paper`.
    #[arg(long, value_name = "NAME")]
    theme: Option<String>,
}

const EXAMPLES: &str = "\
Examples:
  retell new my-talk                                       learn the format by a talk about it
  retell new oncall --template team                        half an hour for your own team
  retell new talks/prompts --template company --lang zh    for people who don't write code
  retell new outage --template case-study --theme night    an outline in another look";

/// In how many days a talk that is started from an outline may be given.
const TIME_TO_PREPARE: i64 = 14;

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Language {
    /// 中文
    Zh,
    /// English
    En,
}

impl Language {
    /// The language that the user's system speaks, as far as there is a template for it.
    fn of_environment() -> Self {
        let wish = ["LC_ALL", "LC_MESSAGES", "LANG"]
            .iter()
            .filter_map(|name| std::env::var(name).ok())
            .find(|value| !value.is_empty());
        if wish.is_some_and(|locale| locale.starts_with("zh")) { Self::Zh } else { Self::En }
    }

    fn talk(self) -> &'static str {
        match self {
            Self::Zh => include_str!("new/zh.md"),
            Self::En => include_str!("new/en.md"),
        }
    }

    fn picture(self) -> &'static str {
        match self {
            Self::Zh => include_str!("new/zh.svg"),
            Self::En => include_str!("new/en.svg"),
        }
    }
}

impl New {
    pub(super) fn run(&self, terminal: &Terminal) -> io::Result<Exit> {
        let shown = self.folder.display();
        let Some(name) = self.folder.file_name().and_then(|name| name.to_str()) else {
            let hint = "give the folder a name of its own, such as `retell new my-talk`";
            terminal.error_with_hint(&format!("`{shown}` can't be the name of a talk"), hint)?;
            return Ok(Exit::Usage);
        };
        let themes = pipeline::themes();
        let theme = self.theme();
        if !themes.is_empty() && !themes.iter().any(|listed| listed.name == theme) {
            let near = did_you_mean(theme, themes.iter().map(|theme| theme.name.as_str()));
            let hint = near.map_or_else(
                || "`retell theme list` lists them; a theme of your own is named in the talk later".to_owned(),
                |near| format!("did you mean `{near}`? `retell theme list` lists them"),
            );
            terminal.error_with_hint(&format!("there is no theme `{theme}`"), &hint)?;
            return Ok(Exit::Usage);
        }
        if is_taken(&self.folder) {
            let hint = "choose another name; nothing is ever overwritten";
            terminal.error_with_hint(&format!("`{shown}` is already there"), hint)?;
            return Ok(Exit::Errors);
        }
        if let Err(found) = write_pack(&self.folder, &self.files(name)) {
            terminal.error_with_hint(&found.message, found.hints.first().map_or("", String::as_str))?;
            debug_assert_eq!(found.severity, Severity::Error);
            return Ok(Exit::Errors);
        }
        terminal.out(&next_steps(&self.folder))?;
        Ok(Exit::Clean)
    }

    fn theme(&self) -> &str {
        self.theme.as_deref().unwrap_or_else(|| self.template.map_or("paper", Outline::theme))
    }

    /// The files of a new talk by their path.
    fn files(&self, name: &str) -> Vec<(String, Vec<u8>)> {
        let language = self.lang.unwrap_or_else(Language::of_environment);
        let talk = self.template.map_or_else(|| language.talk(), |outline| outline.talk(language));
        let pictures = match self.template {
            Some(outline) => drawings(talk, outline, language, &pipeline::theme_tokens(self.theme())),
            None => vec![("img/flow.svg", language.picture().to_owned())],
        };
        let day = today().saturating_add(TIME_TO_PREPARE.days());
        let talk = filled(talk, name, self.theme(), day);
        let files = [("talk.md", talk), ("style.css", include_str!("new/style.css").to_owned())];
        files.into_iter().chain(pictures).map(|(path, text)| (path.to_owned(), text.into_bytes())).collect()
    }
}

/// Whether something is there that must not be touched: anything but an empty folder.
pub(super) fn is_taken(folder: &Path) -> bool {
    match std::fs::read_dir(folder) {
        Ok(mut entries) => entries.next().is_some(),
        // A dangling link is something too.
        Err(_) => folder.symlink_metadata().is_ok(),
    }
}

/// `talk` with its places filled in; `day` is when it may be given.
fn filled(talk: &str, name: &str, theme: &str, day: Date) -> String {
    let talk = talk.replace("{{title}}", &in_yaml(name)).replace("{{theme}}", &in_yaml(theme));
    talk.replace("{{date}}", &day.to_string()).replace("{{heading}}", &in_markdown(name))
}

/// `text` as a YAML value: as it is where that is safe, else in double quotes.
fn in_yaml(text: &str) -> String {
    let plain = text.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'))
        && text.starts_with(char::is_alphabetic)
        && !text.ends_with(' ')
        && !["true", "false", "yes", "no", "on", "off", "null", "y", "n"].contains(&text.to_lowercase().as_str());
    if plain { text.to_owned() } else { format!("\"{}\"", escaped(text, &['"', '\\'])) }
}

/// `text` as Markdown that shows exactly its characters.
fn in_markdown(text: &str) -> String {
    escaped(text, &['\\', '`', '*', '_', '[', ']', '<', '>', '#', '$', '~', '^', '=', '!', '&', '{', '}'])
}

/// `text` with a backslash before each of `special`; control characters become spaces.
fn escaped(text: &str, special: &[char]) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if special.contains(&c) {
            out.push('\\');
        }
        out.push(if c.is_control() { ' ' } else { c });
    }
    out
}

fn next_steps(folder: &Path) -> String {
    let shown = visible(&folder.display().to_string());
    let quoted = if shown.contains([' ', '\'', '"', '$', '&', ';', '(', ')']) {
        format!("'{}'", shown.replace('\'', "'\\''"))
    } else {
        shown.clone()
    };
    let talk = visible(&folder.join("talk.md").display().to_string());
    format!("made {talk}\n\nnext:\n  retell check {quoted}\n  retell build {quoted}\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_folder_name_makes_a_safe_title() {
        assert_eq!(in_yaml("my-talk"), "my-talk");
        assert_eq!(in_yaml("下午茶 2"), "下午茶 2");
        assert_eq!(in_yaml("no"), "\"no\"");
        assert_eq!(in_yaml("2026"), "\"2026\"");
        assert_eq!(in_yaml("a: \"b\"\n"), "\"a: \\\"b\\\" \"");
        assert_eq!(in_markdown("a_b*c"), "a\\_b\\*c");
    }

    #[test]
    fn templates_leave_nothing_to_fill_in() {
        let outlines = Outline::value_variants().iter().copied().map(Some);
        for template in outlines.chain([None]) {
            for lang in [Language::Zh, Language::En] {
                let new = New { folder: "x".into(), lang: Some(lang), template, theme: None };
                for (path, bytes) in new.files("x") {
                    assert!(!String::from_utf8(bytes).unwrap().contains("{{"), "{path}");
                }
            }
        }
    }

    #[test]
    fn the_next_commands_can_be_pasted() {
        assert!(next_steps(Path::new("my talk")).ends_with("retell build 'my talk'\n"));
    }
}
