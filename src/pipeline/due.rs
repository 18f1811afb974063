use std::path::{Path, PathBuf};

use jiff::civil::Date;
use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};

use crate::pipeline::found_talks::{read_talk, talks_below};
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
    /// The talks that have a follow-up, in the order of their names.
    pub talks: Vec<DueTalk>,
    /// Those of them that have questions, but no date to count from.
    pub undated: Vec<PathBuf>,
    /// Those that can't be read.
    pub unreadable: Vec<PathBuf>,
    /// How many talks there are.
    #[serde(skip)]
    pub found: usize,
}

/// What all talks below `folder` ask for on `today`.
#[must_use]
pub fn due_talks(folder: &Path, today: Date) -> DueList {
    let read = |path: PathBuf| {
        let follow_up = read_talk(&path).map(|read| FollowUp::of(&read));
        (path, follow_up)
    };
    let all: Vec<_> = talks_below(folder).into_par_iter().map(read).collect();
    let mut list = DueList { found: all.len(), ..DueList::default() };
    for (path, follow_up) in all {
        match follow_up {
            Err(_) => list.unreadable.push(path),
            Ok(None) => {}
            Ok(Some(follow_up)) => {
                if follow_up.date.is_none() && !follow_up.items.is_empty() {
                    list.undated.push(path.clone());
                }
                list.talks.push(DueTalk { path, due: due(&follow_up, today) });
            }
        }
    }
    list
}
