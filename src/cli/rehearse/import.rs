use std::io;
use std::path::{Path, PathBuf};

use clap::Args;

use super::{all, learn, list, read_talk, say_speed};
use crate::cli::Exit;
use crate::cli::columns::clock;
use crate::cli::terminal::Terminal;
use crate::diagnostic::print::visible;
use crate::pipeline::Rehearsed;
use crate::rehearsal::{Folders, KeptError, Recording, Run, Shelf, SpeedFile, Unreadable, read};

/// Keep recordings that were downloaded from the presenter view.
///
/// They are copied; the files themselves stay where they are.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(super) struct Import {
    /// The recordings.
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// Refuse recordings of another talk than this one: a folder with a `talk.md`, or a Markdown file.
    #[arg(long, value_name = "TALK")]
    talk: Option<PathBuf>,
    /// They are of the talk itself, with people in the room; by default those of the talk's day are.
    #[arg(long, conflicts_with = "rehearsal")]
    live: bool,
    /// They are rehearsals, even on the talk's day.
    #[arg(long)]
    rehearsal: bool,
}

const EXAMPLES: &str = "\
Examples:
  retell rehearse import ~/Downloads/rds-rehearsal.json
  retell rehearse import rds.json --talk talks/rds --live";

impl Import {
    pub(super) fn run(&self, terminal: &Terminal, folders: &Folders) -> io::Result<Exit> {
        let talk = match &self.talk {
            Some(path) => match read_talk(terminal, path)? {
                Some(talk) => Some(talk),
                None => return Ok(Exit::Errors),
            },
            None => None,
        };
        let recordings = Shelf::new(&folders.recordings);
        let mut exit = Exit::Clean;
        for file in &self.files {
            match self.keep(file, talk.as_ref(), &recordings) {
                Ok(kept) => terminal.out(&format!("{kept}\n"))?,
                Err((why, hint)) => {
                    let message = format!("can't import `{}`: {why}", file.display());
                    match hint {
                        Some(hint) => terminal.error_with_hint(&message, hint)?,
                        None => terminal.error(&message)?,
                    }
                    exit = Exit::Errors;
                }
            }
        }
        if all(terminal, &recordings)?.is_none() {
            return Ok(Exit::Errors);
        }
        say_speed(terminal, &learn(folders)?)?;
        Ok(exit)
    }

    /// Keeps one file, and says in words what came of it.
    fn keep(
        &self,
        file: &Path,
        talk: Option<&Rehearsed>,
        recordings: &Shelf,
    ) -> Result<String, (String, Option<&'static str>)> {
        let mut recording = read(file).map_err(|why| {
            let is_recording = matches!(
                why,
                KeptError::Unreadable(Unreadable::CutOff | Unreadable::Empty | Unreadable::OtherVersion(_))
            );
            let hint = "name a recording: what the presenter view downloads, or `retell present` keeps";
            (why.to_string(), (!is_recording).then_some(hint))
        })?;
        let kept = recordings.all().map_err(|error| (error.to_string(), None))?;
        let is_same = |other: &Recording| other.started == recording.started && other.events == recording.events;
        if let Some(same) = kept.iter().find(|kept| kept.recording.as_ref().is_ok_and(is_same)) {
            return Ok(format!("{} is there already", visible(&same.name)));
        }
        let mut changed = String::new();
        if let Some(talk) = talk {
            let likeness = talk.likeness(&recording);
            if !likeness.is_this_talk() {
                let why = format!("it is of another talk: `{}`", visible(&recording.talk.title));
                return Err((why, Some("leave out `--talk` to keep it all the same")));
            }
            talk.complete(&mut recording);
            if likeness.edited + likeness.gone > 0 {
                let (edited, gone) = (likeness.edited, likeness.gone);
                changed = format!("; of an older version: {edited} slides had other notes, {gone} are gone");
            }
        }
        if recording.slides.iter().all(|slide| slide.expectation.expected.is_none()) {
            let hint = "name the talk with `--talk`, so that it can be held against its notes";
            return Err(("it does not say what was expected of its slides".to_owned(), Some(hint)));
        }
        if self.live || self.rehearsal {
            recording.live = Some(self.live);
        }
        let path = recordings.add(&recording).map_err(|error| (error.to_string(), None))?;
        let run = Run::of(&recording);
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let mut all = recordings.all().map_err(|error| (error.to_string(), None))?;
        let verdicts = SpeedFile::default().verdicts(&all);
        let place = all.iter().position(|kept| kept.name == name);
        let verdict = place.and_then(|place| verdicts.into_iter().nth(place).flatten());
        all.clear();
        let use_of_it = verdict.map(|verdict| list::in_words(&verdict, &recording, &run)).unwrap_or_default();
        Ok(format!("kept {}: {} of talk, {use_of_it}{changed}", visible(&name), clock(run.talk)))
    }
}
