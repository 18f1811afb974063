use std::path::{Path, PathBuf};

use jiff::civil::Date;
use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};

use crate::pipeline::talks::{read_talk, talks_below};
use crate::recall::FollowUp;
use crate::recall::due::{Due, due};

/// What is due of one talk.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct DueTalk {
    /// The talk as it can be named to other commands.
    pub path: PathBuf,
    /// What is due.
    #[serde(flatten)]
    pub due: Due,
}

/// What the talks below a folder ask for on a day.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize)]
pub struct DueList {
    /// The talks that have a follow-up and a date, in the order of their names.
    pub talks: Vec<DueTalk>,
    /// Those that have a follow-up, but no date to count from.
    pub undated: Vec<PathBuf>,
    /// Those that can't be read.
    pub unreadable: Vec<PathBuf>,
}

/// What all talks below `folder` ask for on `today`; links in messages start with `link` where it is given.
#[must_use]
pub fn due_talks(folder: &Path, today: Date, link: Option<&str>) -> DueList {
    let read = |path: PathBuf| {
        let follow_up = read_talk(&path).map(|read| FollowUp::of(&read.talk));
        (path, follow_up)
    };
    let all: Vec<_> = talks_below(folder).into_par_iter().map(read).collect();
    let mut list = DueList::default();
    for (path, follow_up) in all {
        match follow_up {
            Err(_) => list.unreadable.push(path),
            Ok(None) => {}
            Ok(Some(follow_up)) => match due(&follow_up, today, link) {
                Some(due) => list.talks.push(DueTalk { path, due }),
                None => list.undated.push(path),
            },
        }
    }
    list
}
