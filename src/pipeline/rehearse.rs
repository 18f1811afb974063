use std::path::PathBuf;
use std::time::Duration;

use crate::diagnostic::Diagnostics;
use crate::parse::parse;
use crate::pipeline::draft::Draft;
use crate::pipeline::stopwatch::Stopwatch;
use crate::pipeline::write::rewrite;
use crate::pipeline::{Job, Report};
use crate::rehearsal::{Comparison, Known, Likeness, Recording, expectations, match_talk, with_times};
use crate::source::{DiskLoader, Sources};
use crate::timing::estimate;

/// A talk and its rehearsals.
pub struct Rehearsed {
    job: Job,
    draft: Draft,
}

/// Reads the talk of `job` and what its speaker has rehearsed of it.
///
/// # Errors
/// A report with the finding that says why the talk can't be read.
pub fn rehearsed(job: &Job) -> Result<Rehearsed, Report> {
    match Draft::read(job, &mut Stopwatch::new(&|| Duration::ZERO)) {
        Ok(draft) => Ok(Rehearsed { job: job.clone(), draft }),
        Err(unreadable) => {
            let mut report = Report::default();
            report.diagnostics.push(*unreadable);
            Err(report)
        }
    }
}

/// Why times could not be written into a talk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotApplied {
    /// The text is not UTF-8, so its places are not those of the file.
    NotUtf8(PathBuf),
    /// With the times in it the talk would read differently.
    ReadsDifferently,
    /// The system refused, in its words; or the file has changed meanwhile.
    Refused(PathBuf, String),
}

impl Rehearsed {
    /// The talk's title.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.draft.talk.meta.title
    }

    /// The runs of this talk, the newest first.
    #[must_use]
    pub fn runs(&self) -> &[Known] {
        &self.draft.past.runs
    }

    /// A run beside what was planned and what is estimated now.
    #[must_use]
    pub fn compare(&self, run: &Known) -> Comparison {
        Comparison::new(&self.draft.talk, &estimate(&self.draft.talk, &self.draft.past.practice), run)
    }

    /// How a recording fits the talk as it is now.
    #[must_use]
    pub fn likeness(&self, recording: &Recording) -> Likeness {
        match_talk(&self.draft.talk, recording)
    }

    /// Fills in what a recording does not say: the day of the talk, and what was expected of slides that are as they
    /// were.
    pub fn complete(&self, recording: &mut Recording) {
        let talk = &self.draft.talk;
        if recording.talk.date.is_none() {
            recording.talk.date = talk.meta.date.map(|date| date.to_string());
        }
        if recording.slides.iter().any(|slide| slide.expectation.expected.is_some()) {
            return;
        }
        let now = expectations(talk, &estimate(talk, &self.draft.past.practice));
        for (slide, now) in talk.shown_slides().zip(now) {
            let then = recording.slides.iter_mut().find(|then| then.id == slide.id && then.expectation.key == now.key);
            if let Some(then) = then {
                then.expectation.expected = now.expected;
            }
        }
    }

    /// Writes `<!-- time: … -->` into the talk's files for `times`, each a slide's id and what it takes. Gives the files.
    ///
    /// # Errors
    /// Says why; the file that it names, and those after it, are as they were.
    pub fn apply(&self, times: &[(String, Duration)]) -> Result<Vec<PathBuf>, NotApplied> {
        let sources = &self.draft.sources;
        let changed = with_times(&self.draft.talk, sources, times);
        self.reads_the_same(&changed, times)?;
        let mut written = Vec::new();
        for (source, (_, new)) in
            changed.iter().filter_map(|(index, new)| Some((sources.iter().nth(*index)?, (index, new))))
        {
            let path = PathBuf::from(source.name());
            if source.text().contains('\u{fffd}') {
                return Err(NotApplied::NotUtf8(path));
            }
            rewrite(&path, source.text().as_bytes(), new.as_bytes())
                .map_err(|why| NotApplied::Refused(path.clone(), why))?;
            written.push(path);
        }
        Ok(written)
    }

    /// Whether the changed main file reads as the same slides with the new times; of the files that it includes the
    /// old ones are read, so their times are not looked at.
    fn reads_the_same(&self, changed: &[(usize, String)], times: &[(String, Duration)]) -> Result<(), NotApplied> {
        let Some((_, text)) = changed.iter().find(|(index, _)| *index == 0) else { return Ok(()) };
        let loader = DiskLoader::new(self.job.folder());
        let mut sources = Sources::default();
        let name = self.job.file().display().to_string();
        let again = parse(&mut sources, &name, text.as_bytes(), &loader, &mut Diagnostics::default());
        let old = &self.draft.talk.slides;
        let main = old.first().map(|slide| slide.span.source);
        let same = again.slides.len() == old.len()
            && again.slides.iter().zip(old).all(|(new, old)| {
                let wanted = times.iter().find(|(id, _)| *id == old.id && Some(old.span.source) == main);
                let time = new.time.as_ref().map(|time| time.value);
                let old_time = old.time.as_ref().map(|time| time.value);
                new.id == old.id && new.key() == old.key() && time == wanted.map(|(_, time)| *time).or(old_time)
            });
        if same { Ok(()) } else { Err(NotApplied::ReadsDifferently) }
    }
}
