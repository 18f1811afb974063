use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::watch;

use crate::diagnostic::{Diagnostics, Severity};
use crate::pipeline::{Preview, Readiness};
use crate::serve::preview::news;
use crate::source::Sources;

/// What browsers see of one talk: the last good deck, and what is wrong now.
pub(super) struct Stage {
    /// The talk's name in the list; empty when there is only one.
    pub(super) name: String,
    shown: watch::Sender<Option<Arc<Shown>>>,
    problems: watch::Sender<Arc<Problems>>,
    readiness: Mutex<Option<Readiness>>,
}

/// A deck, and how long it took from the save.
pub(super) struct Shown {
    pub(super) preview: Preview,
    pub(super) took: Duration,
}

/// What is wrong, ready to be sent.
#[derive(Debug, Default)]
pub(super) struct Problems {
    /// The event's data.
    pub(super) text: String,
    pub(super) errors: usize,
    pub(super) warnings: usize,
    /// Whether anything was looked at yet.
    pub(super) known: bool,
}

impl Stage {
    pub(super) fn new(name: String) -> Self {
        Self { name, shown: watch::Sender::default(), problems: watch::Sender::default(), readiness: Mutex::default() }
    }

    /// The last good deck.
    pub(super) fn shown(&self) -> Option<Arc<Shown>> {
        self.shown.borrow().clone()
    }

    pub(super) fn problems(&self) -> Arc<Problems> {
        Arc::clone(&self.problems.borrow())
    }

    /// Hears of every deck and of every verdict from now on.
    pub(super) fn listen(&self) -> (watch::Receiver<Option<Arc<Shown>>>, watch::Receiver<Arc<Problems>>) {
        (self.shown.subscribe(), self.problems.subscribe())
    }

    pub(super) fn show(&self, preview: Preview, took: Duration) -> Arc<Shown> {
        let shown = Arc::new(Shown { preview, took });
        self.shown.send_replace(Some(Arc::clone(&shown)));
        shown
    }

    /// How far the talk has come; `None` when it can't be read.
    pub(super) fn readiness(&self) -> Option<Readiness> {
        self.readiness.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Says how far the talk has come by what is known before the first judgement; whether it is: later on, the last
    /// judgement holds until the next.
    pub(super) fn has_come(&self, preview: &Preview) -> bool {
        let is_new = !self.problems().known;
        if is_new {
            let readiness = preview.readiness(preview.found().0);
            *self.readiness.lock().unwrap_or_else(PoisonError::into_inner) = Some(readiness);
        }
        is_new
    }

    /// Says what is wrong and how far the talk has come; whether what is wrong is news.
    pub(super) fn judge(&self, diagnostics: &Diagnostics, sources: &Sources, readiness: Option<Readiness>) -> bool {
        *self.readiness.lock().unwrap_or_else(PoisonError::into_inner) = readiness;
        let text = news::problems(diagnostics, sources);
        self.problems.send_if_modified(|problems| {
            let is_news = !problems.known || problems.text != text;
            if is_news {
                *problems = Arc::new(Problems {
                    errors: diagnostics.count(Severity::Error),
                    warnings: diagnostics.count(Severity::Warning),
                    text,
                    known: true,
                });
            }
            is_news
        })
    }
}

/// The talks of a server in the order of their names; shared by those who make and those who hand out.
#[derive(Clone, Default)]
pub(super) struct Stages {
    list: Arc<Mutex<Vec<Arc<Stage>>>>,
    /// Counts what changed about any of them.
    changes: watch::Sender<u64>,
}

impl Stages {
    pub(super) fn all(&self) -> Vec<Arc<Stage>> {
        self.list.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(super) fn find(&self, name: &str) -> Option<Arc<Stage>> {
        self.all().into_iter().find(|stage| stage.name == name)
    }

    pub(super) fn replace(&self, stages: Vec<Arc<Stage>>) {
        *self.list.lock().unwrap_or_else(PoisonError::into_inner) = stages;
        self.changed();
    }

    /// Tells those who show the list that something about it changed.
    pub(super) fn changed(&self) {
        self.changes.send_modify(|count| *count += 1);
    }

    /// Counts the changes of the list.
    pub(super) fn changes(&self) -> watch::Receiver<u64> {
        self.changes.subscribe()
    }
}
