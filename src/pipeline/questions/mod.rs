//! The questions kept beside a talk, as commands add to them and list them.
//!
//! Whoever writes `qa.yaml` holds a lock on `talk.md`, and writes only over what it has read; so of two runs at once each
//! adds its own. What would not read back as it was meant is not written.

mod rooms;

use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::diagnostic::{Diagnostic, Diagnostics, Severity, code, did_you_mean};
use crate::parse::{MAX_KEPT_BYTES, kept_questions, parse};
use crate::pipeline::Report;
use crate::pipeline::draft::unreadable;
use crate::pipeline::write::{create, lock, rewrite};
use crate::qa::{Import, NewQuestion, append};
use crate::source::{DiskLoader, LoadError, Loader as _, Sources};
use crate::talk::{KeptQuestion, Talk, plain_text, words};

/// How often a file that changes meanwhile is read again.
const ATTEMPTS: usize = 20;

/// A talk, and the file beside it in which questions are kept.
pub struct TalkQuestions {
    folder: PathBuf,
    main: PathBuf,
    talk: Talk,
}

/// A kept question as it is listed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ListedQuestion {
    /// Its words.
    pub ask: String,
    /// The answer without marks.
    pub answer: Option<String>,
    /// The slide that it is about.
    pub slide: Option<String>,
    /// Who asked, when they signed.
    pub by: Option<String>,
    /// How many others wanted to know it too.
    pub support: u32,
    /// The day on which it was asked.
    pub asked: Option<String>,
    /// `open`, `answered`, `later` or `hidden`.
    pub state: &'static str,
    /// Where it came from.
    pub from: Option<String>,
    /// Its line in `qa.yaml`, from 1.
    pub line: usize,
}

/// What an import has done.
#[derive(Debug, Default, Serialize)]
pub struct Imported {
    /// The files that were read.
    pub files: Vec<PathBuf>,
    /// The files that can't be read, and why.
    pub unreadable: Vec<UnreadFile>,
    /// What came of the others.
    #[serde(flatten)]
    pub import: Import,
}

/// A file that can't be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UnreadFile {
    /// The file.
    pub file: PathBuf,
    /// Why, in words.
    pub why: String,
}

/// Why nothing was kept.
#[derive(Debug)]
pub enum NotKept {
    /// The question has no words.
    Empty,
    /// The question, or the name, has so many characters, and may have so many.
    TooLong(usize, usize),
    /// The talk has no such slide; the second is what may be meant.
    NoSlide(String, Option<String>),
    /// The same question stands in that line.
    Known(usize),
    /// There are as many as there may be.
    Full,
    /// What stands there can't be read; says why.
    Unreadable(Report),
    /// With the new questions in it, the file would not read back.
    ReadsDifferently,
    /// The system refused, in its words.
    Refused(String),
}

/// Reads the talk at `path` for what is kept beside it. What is wrong with the talk is for `check` to say.
///
/// # Errors
/// A report with the finding that says why there is none.
pub fn talk_questions(path: &Path) -> Result<TalkQuestions, Report> {
    let main = if path.is_dir() { path.join("talk.md") } else { path.to_path_buf() };
    let folder = main.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new(".")).to_path_buf();
    let name = main.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let shown = main.display().to_string();
    let loader = DiskLoader::new(&folder);
    let bytes = loader.load(&name).map_err(|error| refused(unreadable(&shown, &error)))?;
    if name != "talk.md" {
        let message = format!("`{shown}` is one file, and questions are kept beside a `talk.md`");
        let found = Diagnostic::new(&code::UNREADABLE_FILE, None, message);
        return Err(refused(found.hint("give the talk a folder of its own: move the file to `NAME/talk.md`")));
    }
    let talk = parse(&mut Sources::default(), &shown, &bytes, &loader, &mut Diagnostics::default());
    Ok(TalkQuestions { folder, main, talk })
}

fn refused(found: Diagnostic) -> Report {
    let mut report = Report::default();
    report.diagnostics.push(found);
    report
}

/// What stands in `qa.yaml`.
struct Standing {
    /// The bytes; `None` when there is no file.
    bytes: Option<Vec<u8>>,
    kept: Vec<KeptQuestion>,
    report: Report,
}

impl TalkQuestions {
    /// The file in which the questions are.
    #[must_use]
    pub fn file(&self) -> PathBuf {
        if self.main == Path::new("talk.md") { PathBuf::from("qa.yaml") } else { self.folder.join("qa.yaml") }
    }

    /// The kept questions in the order of the file, and what is wrong there.
    #[must_use]
    pub fn list(&self) -> (Vec<ListedQuestion>, Report) {
        let Standing { kept, report, .. } = self.standing();
        let listed = kept.into_iter().map(|kept| ListedQuestion {
            line: report.sources.get(kept.span.source).location(kept.span.start).line,
            ask: kept.ask,
            answer: kept.answer.map(|answer| plain_text(&answer)),
            slide: kept.slide.map(|slide| slide.value),
            by: kept.by,
            support: kept.support,
            asked: kept.asked.map(|asked| asked.to_string()),
            state: kept.state.name(),
            from: kept.from,
        });
        (listed.collect(), report)
    }

    /// Keeps one question.
    ///
    /// # Errors
    /// Says why it was not kept; the file is as it was.
    pub fn add(&self, entry: NewQuestion) -> Result<(), NotKept> {
        let mut entry = entry.cleaned();
        if entry.ask.is_empty() {
            return Err(NotKept::Empty);
        }
        let name = entry.by.as_deref().unwrap_or_default();
        for (text, limit) in [(entry.ask.as_str(), KeptQuestion::MAX_CHARACTERS), (name, KeptQuestion::MAX_NAME)] {
            let count = text.chars().count();
            if count > limit {
                return Err(NotKept::TooLong(count, limit));
            }
        }
        if let Some(id) = entry.slide.as_deref().map(|id| id.trim_start_matches('#').to_owned()) {
            let ids = || self.talk.shown_slides().map(|slide| slide.id.as_str());
            if !ids().any(|known| known == id) {
                let near = did_you_mean(&id, ids()).map(str::to_owned);
                return Err(NotKept::NoSlide(id, near));
            }
            entry.slide = Some(id);
        }
        self.change(|standing| {
            if let Some(same) = standing.kept.iter().find(|kept| words(&kept.ask) == words(&entry.ask)) {
                let source = standing.report.sources.get(same.span.source);
                return Err(NotKept::Known(source.location(same.span.start).line));
            }
            Ok((vec![entry.clone()], ()))
        })
    }

    /// Keeps what was asked in rooms: of `files`, or of `room/*.jsonl` beside the talk when there are none.
    ///
    /// # Errors
    /// Says why nothing was kept; the file is as it was.
    pub fn import(&self, files: &[PathBuf]) -> Result<Imported, NotKept> {
        let files = if files.is_empty() { rooms::files(&self.folder) } else { files.to_vec() };
        let (mut rooms, mut imported) = (Vec::new(), Imported::default());
        for file in files {
            match rooms::read(&file, &self.folder) {
                Ok(room) => {
                    rooms.push(room);
                    imported.files.push(file);
                }
                Err(error) => imported.unreadable.push(UnreadFile { file, why: error.to_string() }),
            }
        }
        imported.import = self.change(|standing| {
            let import = Import::new(&self.talk, &standing.kept, &rooms);
            Ok((import.added.clone(), import))
        })?;
        Ok(imported)
    }

    /// What stands in `qa.yaml` now.
    fn standing(&self) -> Standing {
        let mut report = Report::default();
        let name = self.file().display().to_string();
        let bytes = match DiskLoader::new(&self.folder).load("qa.yaml") {
            Ok(bytes) => Some(bytes),
            Err(LoadError::NotFound) => None,
            Err(error) => {
                let message = format!("can't read `{name}`: {error}");
                report.diagnostics.push(Diagnostic::new(&code::UNREADABLE_FILE, None, message));
                None
            }
        };
        let kept = bytes
            .as_ref()
            .map(|bytes| kept_questions(&mut report.sources, &name, bytes, &mut report.diagnostics))
            .unwrap_or_default();
        Standing { bytes, kept, report }
    }

    /// Adds what `plan` makes of what stands there, and gives what else it says.
    fn change<T>(&self, plan: impl Fn(&Standing) -> Result<(Vec<NewQuestion>, T), NotKept>) -> Result<T, NotKept> {
        let _lock = lock(&self.main);
        let mut why = String::new();
        for _ in 0..ATTEMPTS {
            let standing = self.standing();
            // With an error in it nobody knows what an entry at its end would become.
            if standing.report.diagnostics.count(Severity::Error) > 0 {
                return Err(NotKept::Unreadable(standing.report));
            }
            let (new, told) = plan(&standing)?;
            if new.is_empty() {
                return Ok(told);
            }
            let text = self.with(&standing, &new)?;
            let file = self.folder.join("qa.yaml");
            let written = match &standing.bytes {
                Some(old) => rewrite(&file, old, text.as_bytes()),
                None => create(&file, text.as_bytes()),
            };
            let Err(refused) = written else { return Ok(told) };
            if self.standing().bytes == standing.bytes {
                return Err(NotKept::Refused(refused));
            }
            why = refused;
        }
        Err(NotKept::Refused(why))
    }

    /// The text with `new` in it, once it is sure that it reads as it should.
    fn with(&self, standing: &Standing, new: &[NewQuestion]) -> Result<String, NotKept> {
        let old = &standing.kept;
        let bytes = standing.bytes.as_deref().unwrap_or_default();
        let before = std::str::from_utf8(bytes).map_err(|_| NotKept::ReadsDifferently)?;
        let text = append(before, old, new, &self.talk.meta.lang);
        if old.len() + new.len() > KeptQuestion::MAX_COUNT || text.len() > MAX_KEPT_BYTES {
            return Err(NotKept::Full);
        }
        let mut found = Diagnostics::default();
        let again = kept_questions(&mut Sources::default(), "qa.yaml", text.as_bytes(), &mut found);
        let is_same = again.len() == old.len() + new.len()
            && found.count(Severity::Error) == 0
            && old.iter().zip(&again).all(|(old, again)| old.says_the_same(again))
            && new.iter().zip(again.iter().skip(old.len())).all(|(new, again)| new.reads_as(again));
        if is_same { Ok(text) } else { Err(NotKept::ReadsDifferently) }
    }
}
