use std::fmt::Write as _;
use std::io;

use clap::Args;

use super::{learn, moment, say_speed};
use crate::cli::Exit;
use crate::cli::columns::{clock, fit};
use crate::cli::terminal::Terminal;
use crate::diagnostic::print::visible;
use crate::rehearsal::{Folders, Learnt, SpeedFile};

/// Show how fast you speak in each language, and how that is known.
///
/// The last three recordings of a language count; one of the talk itself makes rehearsals tell what the talk will
/// take. It is used in every estimate.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(super) struct Speed {
    /// Only this language, as `zh` or `en`.
    #[arg(long, value_name = "LANG", value_parser = language)]
    lang: Option<String>,
    /// Start anew: what was recorded until now no longer counts. The recordings stay.
    #[arg(long)]
    reset: bool,
    /// Whether the language of `--lang` is not your first; until you have rehearsed, English is reckoned slower then.
    #[arg(long, value_name = "yes|no", value_parser = yes_or_no, requires = "lang")]
    second_language: Option<bool>,
    /// Write the same as one JSON object, times in seconds.
    #[arg(long)]
    json: bool,
}

const EXAMPLES: &str = "\
Examples:
  retell rehearse speed
  retell rehearse speed --lang en --second-language yes
  retell rehearse speed --lang zh --reset";

fn language(text: &str) -> Result<String, String> {
    let language = text.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    let is_one = (2..=3).contains(&language.len()) && language.bytes().all(|byte| byte.is_ascii_lowercase());
    if is_one { Ok(language) } else { Err("write a language as `zh` or `en`".to_owned()) }
}

fn yes_or_no(text: &str) -> Result<bool, String> {
    match text {
        "yes" | "true" => Ok(true),
        "no" | "false" => Ok(false),
        _ => Err("write `yes` or `no`".to_owned()),
    }
}

impl Speed {
    pub(super) fn run(&self, terminal: &Terminal, folders: &Folders) -> io::Result<Exit> {
        if self.reset || self.second_language.is_some() {
            let mut file = SpeedFile::read(&folders.speed).unwrap_or_default();
            self.change(&mut file);
            file.write(&folders.speed)?;
        } else if let Err(why) = SpeedFile::read(&folders.speed) {
            let hint = "mend the file, or write it anew with `retell rehearse speed --reset`";
            terminal.error_with_hint(&format!("can't read `{}`: {why}", folders.speed.display()), hint)?;
            return Ok(Exit::Errors);
        }
        let speeds = learn(folders)?;
        let wanted = |language: &str| self.lang.as_ref().is_none_or(|lang| lang == language);
        if self.json {
            let mut file = speeds.1;
            file.languages.retain(|language, _| wanted(language));
            terminal.out(&format!("{}\n", serde_json::to_string_pretty(&file).unwrap_or_default()))?;
            return Ok(Exit::Clean);
        }
        let shown: Vec<(&String, &Learnt)> =
            speeds.1.languages.iter().filter(|(language, _)| wanted(language)).collect();
        if shown.is_empty() {
            terminal.out("nothing is known of your speed yet; estimates take the usual one\n")?;
            terminal.say("`retell present` records while you rehearse aloud\n")?;
        }
        for (language, learnt) in shown {
            terminal.out(&text(language, learnt))?;
        }
        if self.reset {
            say_speed(terminal, &speeds)?;
        }
        terminal.say(&format!("in {}\n", visible(&folders.speed.display().to_string())))?;
        Ok(Exit::Clean)
    }

    fn change(&self, file: &mut SpeedFile) {
        let names: Vec<String> = match &self.lang {
            Some(lang) => vec![lang.clone()],
            None => file.languages.keys().cloned().collect(),
        };
        for name in names {
            let learnt = file.languages.entry(name).or_default();
            if self.reset {
                learnt.since = Some(jiff::Timestamp::now().to_string());
            }
            if let Some(is_second) = self.second_language {
                learnt.second_language = is_second;
            }
        }
    }
}

/// A factor as people say it.
pub(super) fn in_words(factor: f64) -> String {
    let percent = ((factor - 1.0) * 100.0).round();
    if percent >= 1.0 {
        format!("{percent:.0} % slower than usual")
    } else if percent <= -1.0 {
        format!("{:.0} % faster than usual", -percent)
    } else {
        "as usual".to_owned()
    }
}

fn text(language: &str, learnt: &Learnt) -> String {
    let mut text = format!("{language}  {} (×{:.3})", in_words(learnt.factor), learnt.factor);
    if learnt.second_language {
        text.push_str(if learnt.taught.is_empty() {
            ", as a second language"
        } else {
            ", a second language as rehearsed"
        });
    }
    if let Some(since) = &learnt.since {
        let _ = write!(text, ", since {}", moment(since));
    }
    text.push('\n');
    if learnt.taught.is_empty() {
        text.push_str("    no recording counts yet\n");
        return text;
    }
    let _ = writeln!(text, "    {}  {}  expected   spoken  ratio  counts", fit("recorded", 16), fit("talk", 28));
    for taught in &learnt.taught {
        let (when, title) = (fit(&moment(&taught.started), 16), fit(&taught.title, 28));
        let (expected, spoken) = (clock(taught.expected), clock(taught.spoken));
        let ratio = taught.spoken / taught.expected;
        let live = if taught.live { "  the talk itself" } else { "" };
        let weight = taught.weight;
        let _ = writeln!(text, "    {when}  {title}  {expected:>8}  {spoken:>7}  ×{ratio:.2}  {weight:>6}{live}");
    }
    if !learnt.taught.iter().any(|taught| taught.live) {
        text.push_str("    10 % are added until the talk itself is recorded: rehearsals go faster\n");
    }
    text
}
