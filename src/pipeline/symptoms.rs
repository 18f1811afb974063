use std::path::{Path, PathBuf};

use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};
use serde::Serialize;

use crate::export;
use crate::pipeline::found_talks::{folder_of, kept_of, read_talk, source_of, talks_below};
use crate::recall::symptoms::{Entry, Hits, Passage, Query, Statistics, scan, scan_kept};
use crate::source::{DiskLoader, Loader as _};

/// How many files a talk may include before no more are looked through.
const MAX_INCLUDES: usize = 64;

/// An entry of a talk that fits a query.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FoundEntry {
    /// The talk as it can be named to other commands.
    pub talk: PathBuf,
    /// Its title.
    pub title: String,
    /// How well the entry fits; only good for comparing entries of one search.
    pub score: f64,
    /// What the talk says.
    #[serde(flatten)]
    pub entry: Entry,
}

/// What a search gave.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Search {
    /// How many talks were searched.
    pub talks: usize,
    /// The talks that can't be read.
    pub unreadable: Vec<PathBuf>,
    /// What fits, best first.
    pub found: Vec<FoundEntry>,
}

/// All entries of a talk.
#[derive(Clone, Debug, PartialEq)]
pub struct TalkEntries {
    /// The talk as it can be named to other commands.
    pub path: PathBuf,
    /// Its title.
    pub title: String,
    /// Its day, as `2026-12-04`.
    pub date: Option<String>,
    /// Its language as a BCP 47 tag.
    pub lang: String,
    /// What it says.
    pub entries: Vec<Entry>,
}

/// The words of a search; `None` when there are none.
#[must_use]
pub fn symptom_query(text: &str) -> Option<Query> {
    Query::new(text)
}

/// Searches all talks below `folder`; the best `limit` entries.
///
/// The sources of all talks are looked through, and only those read that the best passages stand in.
#[must_use]
pub fn search_symptoms(folder: &Path, query: &Query, limit: usize) -> Search {
    let talks = talks_below(folder);
    let looked: Vec<Looked> = talks.par_iter().map(|talk| Looked::through(talk, query)).collect();
    let mut all = Statistics::default();
    for looked in &looked {
        all.merge(&looked.statistics);
    }
    let unreadable = talks.iter().zip(&looked).filter(|(_, looked)| !looked.was_read).map(|(talk, _)| talk.clone());
    let mut ranked: Vec<(f64, usize)> = Vec::new();
    for (at, looked) in looked.iter().enumerate() {
        ranked.extend(looked.hits.iter().filter_map(|hits| Some((query.score(hits, &all)?, at))));
    }
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let search = Search { talks: talks.len(), unreadable: unreadable.collect(), found: Vec::new() };
    let mut wanted: Vec<usize> = Vec::new();
    let mut found: Vec<FoundEntry> = Vec::new();
    // What looked like an entry may be none, so that more talks have to be read than seemed.
    for batch in ranked.chunks(limit.max(1)) {
        let mut new: Vec<usize> = batch.iter().map(|(_, at)| *at).filter(|at| !wanted.contains(at)).collect();
        new.sort_unstable();
        new.dedup();
        let read: Vec<Vec<FoundEntry>> = new.par_iter().map(|at| entries_of(&talks[*at], query, &all)).collect();
        found.extend(read.into_iter().flatten());
        wanted.extend(new);
        if found.len() >= limit {
            break;
        }
    }
    found.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.talk.cmp(&b.talk)));
    found.truncate(limit);
    Search { found, ..search }
}

/// The same by reading every talk; what the quick way is held against.
#[must_use]
pub fn search_symptoms_slowly(folder: &Path, query: &Query, limit: usize) -> Search {
    let talks = all_symptoms(folder);
    let mut all = Statistics::default();
    talks.iter().flat_map(|talk| &talk.entries).for_each(|entry| all.add(&query.hits(&entry.passage())));
    let mut found: Vec<FoundEntry> = talks.iter().flat_map(|talk| fitting(talk, query, &all)).collect();
    found.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.talk.cmp(&b.talk)));
    found.truncate(limit);
    Search { talks: talks.len(), unreadable: Vec::new(), found }
}

/// What all talks below `folder` say, in the order of their names; such as can't be read are left out.
#[must_use]
pub fn all_symptoms(folder: &Path) -> Vec<TalkEntries> {
    talks_below(folder).par_iter().filter_map(|talk| read_entries(talk)).collect()
}

/// One page with all that the talks say, and a box to search in; `query` stands in it.
#[must_use]
pub fn symptoms_page(talks: &[TalkEntries], query: &str) -> String {
    let listed: Vec<export::symptoms::ListedTalk<'_>> = talks
        .iter()
        .map(|talk| export::symptoms::ListedTalk {
            title: &talk.title,
            path: talk.path.display().to_string(),
            date: talk.date.as_deref(),
            lang: &talk.lang,
            entries: &talk.entries,
        })
        .collect();
    export::symptoms::page(&listed, query)
}

/// What a look through the source of one talk gave.
#[derive(Default)]
struct Looked {
    was_read: bool,
    statistics: Statistics,
    /// The hits of those passages that have any.
    hits: Vec<Hits>,
}

impl Looked {
    fn through(talk: &Path, query: &Query) -> Self {
        let mut out = Self::default();
        let Some(source) = source_of(talk) else { return out };
        out.was_read = true;
        let mut included = out.take(&source, query);
        let loader = DiskLoader::new(folder_of(talk));
        let mut at = 0;
        while let Some(path) = included.get(at).filter(|_| at < MAX_INCLUDES) {
            if let Ok(bytes) = loader.load(path) {
                let more = out.take(&bytes, query);
                for path in more {
                    if !included.contains(&path) {
                        included.push(path);
                    }
                }
            }
            at += 1;
        }
        if let Some(kept) = kept_of(talk) {
            for passage in scan_kept(&kept) {
                out.passage(&passage, query);
            }
        }
        out
    }

    /// Takes in the passages of a file; gives the files that it includes.
    fn take(&mut self, source: &[u8], query: &Query) -> Vec<String> {
        let scanned = scan(source);
        for passage in &scanned.passages {
            self.passage(passage, query);
        }
        scanned.includes
    }

    fn passage(&mut self, passage: &Passage, query: &Query) {
        let hits = query.hits(passage);
        self.statistics.add(&hits);
        if hits.any() {
            self.hits.push(hits);
        }
    }
}

fn entries_of(talk: &Path, query: &Query, all: &Statistics) -> Vec<FoundEntry> {
    read_entries(talk).map(|talk| fitting(&talk, query, all)).unwrap_or_default()
}

fn read_entries(talk: &Path) -> Option<TalkEntries> {
    let read = read_talk(talk).ok()?;
    Some(TalkEntries {
        path: talk.to_path_buf(),
        title: read.meta.title.clone(),
        date: read.meta.date.map(|date| date.to_string()),
        lang: read.meta.lang.clone(),
        entries: Entry::of(&read),
    })
}

fn fitting(talk: &TalkEntries, query: &Query, all: &Statistics) -> Vec<FoundEntry> {
    let found = |entry: &Entry| {
        let score = query.score(&query.hits(&entry.passage()), all)?;
        Some(FoundEntry { talk: talk.path.clone(), title: talk.title.clone(), score, entry: entry.clone() })
    };
    talk.entries.iter().filter_map(found).collect()
}
