//! The thread that writes talks anew when they change.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, SystemTime};

use tokio::time::Instant;

use crate::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::pipeline::{Job, Live, Readiness, Talks};
use crate::serve::preview::stage::{Shown, Stage, Stages};
use crate::serve::preview::watch::{Change, Watch, stamp};
use crate::serve::preview::{OnVerdict, Verdict};
use crate::source::Sources;

/// How long to wait for more after a file was closed or renamed: an editor's save is several such steps.
const AFTER_WHOLE: Duration = Duration::from_millis(2);

/// The same when nobody said that the writer had finished.
const AFTER_PART: Duration = Duration::from_millis(30);

/// The longest that changes without end hold up the work.
const LONGEST: Duration = Duration::from_millis(300);

/// How long a mistake may last before it is told: a file that is being written is often wrong for a moment.
const PATIENCE: Duration = Duration::from_millis(150);

/// How often the disk is looked at, for what no watcher tells: folders that come back, file systems of other machines.
const ROUND: Duration = Duration::from_millis(500);

/// How long the work on a talk may go on after the end was asked for.
const FAREWELL: Duration = Duration::from_secs(1);

/// The thread at work; it ends when this is dropped.
pub(super) struct Workshop {
    changes: Option<Sender<Change>>,
    end: Sender<()>,
    /// Broken off when the thread has ended.
    at_work: Receiver<()>,
}

impl Workshop {
    /// Writes all talks once, and again whenever they change.
    pub(super) fn open(talks: Talks, stages: Stages, on_verdict: OnVerdict) -> Self {
        let (sender, changes) = channel();
        let (end, ended) = channel();
        let (works, at_work) = channel();
        let watch = Watch::new(sender.clone());
        let rehearsed = rehearsed(&talks);
        let mut work = Work { benches: Vec::new(), stages, watch, on_verdict, talks, rehearsed };
        // Before the first request, so that each finds its talk.
        work.find_talks();
        let run = move || {
            let _works = works;
            work.run(&changes, &ended);
        };
        // Where the system gives no thread, what was last made stays.
        let _ = std::thread::Builder::new().name("preview".to_owned()).spawn(run);
        Self { changes: Some(sender), end, at_work }
    }
}

impl Drop for Workshop {
    fn drop(&mut self) {
        // The thread may have ended by itself.
        let _ = self.end.send(());
        if let Some(changes) = self.changes.take() {
            let _ = changes.send(Change { paths: Vec::new(), whole: true });
        }
        // A talk that takes minutes is no reason to keep who has pressed Ctrl-C.
        let _ = self.at_work.recv_timeout(FAREWELL);
    }
}

/// What the thread works with.
struct Work {
    benches: Vec<Bench>,
    stages: Stages,
    watch: Watch,
    on_verdict: OnVerdict,
    talks: Talks,
    /// When the speaker's rehearsals last changed.
    rehearsed: Rehearsed,
}

/// When the recordings and the speed of a speaker last changed.
type Rehearsed = [Option<(SystemTime, u64)>; 2];

/// One talk at work.
struct Bench {
    stage: Arc<Stage>,
    live: Live,
    /// The talk's folder, and its file in there.
    folder: PathBuf,
    file: PathBuf,
    /// The folder of the theme that the command line names.
    theme: Option<PathBuf>,
    stamp: Option<(SystemTime, u64)>,
    /// When the first change came that was not worked on.
    changed: Option<Instant>,
    /// When it will be.
    due: Option<Instant>,
    /// What is to be told, and when.
    pending: Option<(Pending, Instant)>,
}

/// What a verdict is about.
enum Pending {
    /// A deck that pages show or, where it has errors, only the terminal hears of.
    Deck(Arc<Shown>),
    /// A file that can't be read.
    Unreadable(Box<Diagnostic>),
}

impl Work {
    fn run(mut self, changes: &Receiver<Change>, ended: &Receiver<()>) {
        let mut round = Instant::now() + ROUND;
        while ended.try_recv().is_err() {
            let now = Instant::now();
            let next = self.benches.iter().flat_map(Bench::deadlines).chain([round]).min().unwrap_or(round);
            match changes.recv_timeout(next.saturating_duration_since(now)) {
                Ok(change) => {
                    self.note(&change);
                    while let Ok(change) = changes.try_recv() {
                        self.note(&change);
                    }
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return,
            }
            if Instant::now() >= round {
                self.look_around();
                round = Instant::now() + ROUND;
            }
            self.work();
        }
    }

    /// Opens a bench for each talk that is new, and closes those of talks that are gone.
    fn find_talks(&mut self) {
        let found = self.talks.found();
        let unchanged = found.len() == self.benches.len()
            && found.iter().zip(&self.benches).all(|((name, _), bench)| *name == bench.stage.name);
        if unchanged {
            return;
        }
        let mut old: Vec<Bench> = std::mem::take(&mut self.benches);
        for (name, job) in found {
            let bench = match old.iter().position(|bench| bench.stage.name == name) {
                Some(at) => old.swap_remove(at),
                None => Bench::new(name, job),
            };
            self.benches.push(bench);
        }
        match &self.talks {
            Talks::One(job) => {
                // The first time that a folder is named says how deep it is watched.
                if let Some(theme) = theme_folder(job) {
                    self.watch.add(&theme, true);
                }
                self.watch.add(&absolute(job.folder()), job.talk.is_dir());
            }
            Talks::Folder { folder, .. } => {
                let root = absolute(folder);
                self.watch.add(&root, true);
                // Talks that are links lie elsewhere.
                for bench in self.benches.iter().filter(|bench| !bench.folder.starts_with(&root)) {
                    self.watch.add(&bench.folder, true);
                }
            }
        }
        self.stages.replace(self.benches.iter().map(|bench| Arc::clone(&bench.stage)).collect());
    }

    /// Takes a change to the talks that it may be about.
    fn note(&mut self, change: &Change) {
        for bench in &mut self.benches {
            if change.paths.is_empty() || change.paths.iter().any(|path| bench.concerns(path)) {
                bench.note(change.whole);
            }
        }
    }

    /// Sees what no watcher told.
    fn look_around(&mut self) {
        if matches!(self.talks, Talks::Folder { .. }) {
            self.find_talks();
        }
        let rehearsed = rehearsed(&self.talks);
        let has_rehearsed = rehearsed != std::mem::replace(&mut self.rehearsed, rehearsed);
        let renewed = self.watch.renew() || has_rehearsed;
        for bench in &mut self.benches {
            let moved = bench.due.is_none() && stamp(&bench.file) != bench.stamp;
            if renewed || moved {
                bench.note(false);
            }
        }
    }

    /// Does what is due: decks first, then what is wrong with them.
    fn work(&mut self) {
        let now = Instant::now();
        for bench in self.benches.iter_mut().filter(|bench| bench.due.is_some_and(|due| due <= now)) {
            if bench.refresh() {
                self.stages.changed();
            }
            if let Talks::One(job) = &self.talks {
                let root = absolute(job.folder());
                for folder in bench.live.pictures().filter_map(|picture| Path::new(picture).parent()) {
                    if !job.talk.is_dir() && !folder.as_os_str().is_empty() && root.join(folder).is_dir() {
                        self.watch.add(&root.join(folder), false);
                    }
                }
            }
        }
        let now = Instant::now();
        for bench in &mut self.benches {
            let ripe = bench.due.is_none() && bench.pending.as_ref().is_some_and(|(_, at)| *at <= now);
            if let Some((pending, _)) = bench.pending.take_if(|_| ripe) {
                bench.judge(&pending, &mut self.on_verdict);
                self.stages.changed();
            }
        }
    }
}

impl Bench {
    fn new(name: String, job: Job) -> Self {
        let now = Some(Instant::now());
        Self {
            stage: Arc::new(Stage::new(name)),
            folder: absolute(job.folder()),
            file: absolute(&job.file()),
            theme: theme_folder(&job),
            live: Live::new(job),
            stamp: None,
            changed: now,
            due: now,
            pending: None,
        }
    }

    fn deadlines(&self) -> impl Iterator<Item = Instant> {
        let verdict = self.pending.as_ref().filter(|_| self.due.is_none()).map(|(_, at)| *at);
        self.due.into_iter().chain(verdict)
    }

    /// Whether a change of `path` may change the talk.
    fn concerns(&self, path: &Path) -> bool {
        // The folder itself, or one above it, came or went.
        if self.folder.starts_with(path) {
            return true;
        }
        let within = path.strip_prefix(&self.folder);
        let within = within.or_else(|error| self.theme.as_ref().map_or(Err(error), |theme| path.strip_prefix(theme)));
        let Ok(within) = within else { return false };
        let hidden =
            within.components().any(|part| part.as_os_str().to_str().is_some_and(|part| part.starts_with('.')));
        !hidden
    }

    fn note(&mut self, whole: bool) {
        let now = Instant::now();
        let first = *self.changed.get_or_insert(now);
        let after = if whole { AFTER_WHOLE } else { AFTER_PART };
        self.due = Some((now + after).min(first + LONGEST));
    }

    /// Writes the talk anew, and shows it when it is good, or nothing better is there; whether a list has something new
    /// to tell before the talk is judged.
    fn refresh(&mut self) -> bool {
        let first = self.changed.take().unwrap_or_else(Instant::now);
        self.due = None;
        self.stamp = stamp(&self.file);
        let told_at = |wrong: bool| Instant::now() + if wrong { PATIENCE } else { Duration::ZERO };
        match self.live.refresh() {
            Ok(preview) => {
                let wrong = preview.found().0.count(Severity::Error) > 0;
                let last = self.stage.shown();
                let same = last.as_ref().is_some_and(|last| last.preview.revision() == preview.revision());
                let took = first.elapsed();
                let shown = if (wrong && last.is_some()) || same {
                    Arc::new(Shown { preview, took })
                } else {
                    self.stage.show(preview, took)
                };
                let is_new = self.stage.has_come(&shown.preview);
                self.pending = Some((Pending::Deck(shown), told_at(wrong)));
                is_new
            }
            Err(unreadable) => {
                self.pending = Some((Pending::Unreadable(unreadable), told_at(true)));
                false
            }
        }
    }

    /// Says what is wrong, to pages and to the terminal.
    fn judge(&mut self, pending: &Pending, on_verdict: &mut OnVerdict) {
        let mut tell = |diagnostics: &Diagnostics, sources: &Sources, readiness: Option<Readiness>| {
            if self.stage.judge(diagnostics, sources, readiness) {
                on_verdict(&Verdict { talk: &self.stage.name, diagnostics, sources });
            }
        };
        match pending {
            Pending::Deck(shown) => {
                let diagnostics = self.live.findings(&shown.preview);
                tell(&diagnostics, shown.preview.found().1, Some(shown.preview.readiness(&diagnostics)));
            }
            Pending::Unreadable(found) => {
                let mut diagnostics = Diagnostics::default();
                diagnostics.push((**found).clone());
                tell(&diagnostics, &Sources::default(), None);
            }
        }
    }
}

fn rehearsed(talks: &Talks) -> Rehearsed {
    let (Talks::One(job) | Talks::Folder { like: job, .. }) = talks;
    let folders = job.speaker.as_ref();
    [folders.and_then(|folders| stamp(&folders.recordings)), folders.and_then(|folders| stamp(&folders.speed))]
}

/// The path from the root, links followed as far as it exists: what a watcher tells of.
fn absolute(path: &Path) -> PathBuf {
    path.canonicalize().or_else(|_| std::path::absolute(path)).unwrap_or_else(|_| path.to_path_buf())
}

/// The folder of the theme that the command line names, where it names one.
fn theme_folder(job: &Job) -> Option<PathBuf> {
    let folder = Path::new(job.theme.as_ref()?);
    folder.join("theme.yaml").is_file().then(|| absolute(folder))
}
