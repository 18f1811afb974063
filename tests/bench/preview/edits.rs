//! The edits of a Markdown file whose slides are parted by `---`: one line of one slide, each time another slide.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// A file and what is changed in it.
pub(crate) struct Edits {
    file: PathBuf,
    original: String,
    /// The line to change in each slide that has one, with the slide's number from 1.
    lines: Vec<(usize, usize)>,
    /// What stands behind lines by now.
    markers: BTreeMap<usize, String>,
    count: usize,
}

/// One edit that was thought of and not yet saved.
pub(crate) struct Edit {
    pub(crate) slide: usize,
    /// The text that the edit brings; no other has the same.
    pub(crate) marker: String,
    line: usize,
}

/// How an editor writes.
#[derive(Clone, Copy)]
pub(crate) enum Save {
    /// The file is emptied and filled.
    InPlace,
    /// A new file takes its name.
    ByRename,
}

impl fmt::Display for Save {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::InPlace => "in place",
            Self::ByRename => "by rename",
        })
    }
}

impl Edits {
    /// # Errors
    ///
    /// When the file can't be read or has no slide with a line of plain text.
    pub(crate) fn of(file: &Path) -> io::Result<Self> {
        let original = fs::read_to_string(file)?;
        let lines = lines_to_edit(&original);
        if lines.is_empty() {
            return Err(io::Error::other(format!("{} has no line of text to edit", file.display())));
        }
        Ok(Self { file: file.to_owned(), original, lines, markers: BTreeMap::new(), count: 0 })
    }

    /// How many slides can be edited.
    pub(crate) fn places(&self) -> usize {
        self.lines.len()
    }

    /// The next edit: far from the one before.
    pub(crate) fn next(&mut self) -> Edit {
        // A step without a common divisor visits every slide before it comes back to one.
        let lines = self.lines.len();
        let step = (lines * 38 / 100..lines).find(|&step| gcd(step, lines) == 1).unwrap_or(1);
        let (slide, line) = self.lines[(self.count * step + 1) % lines];
        self.count += 1;
        Edit { slide, marker: format!("edit{}.", self.count), line }
    }

    /// Writes the file with this edit and those before it.
    ///
    /// # Errors
    ///
    /// When it can't be written.
    pub(crate) fn save(&mut self, edit: &Edit, save: Save) -> io::Result<()> {
        self.markers.insert(edit.line, edit.marker.clone());
        let text: String = (self.original.split_inclusive('\n').enumerate())
            .map(|(line, text)| match self.markers.get(&line) {
                Some(marker) => format!("{} {marker}\n", text.trim_end()),
                None => text.to_owned(),
            })
            .collect();
        self.write(&text, save)
    }

    /// Gives the file the text that it had.
    ///
    /// # Errors
    ///
    /// When it can't be written.
    pub(crate) fn restore(&self) -> io::Result<()> {
        self.write(&self.original, Save::InPlace)
    }

    fn write(&self, text: &str, save: Save) -> io::Result<()> {
        match save {
            Save::InPlace => fs::write(&self.file, text),
            Save::ByRename => {
                let new = self.file.with_extension("md~");
                fs::write(&new, text)?;
                fs::rename(new, &self.file)
            }
        }
    }
}

fn gcd(a: usize, b: usize) -> usize {
    if b == 0 { a } else { gcd(b, a % b) }
}

/// The first line of words in each slide: not a heading, which may name the slide, nor code, notes, a comment or a setting.
fn lines_to_edit(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut slide = 1;
    let mut is_found = false;
    let mut fence = "";
    let mut hidden: Option<&str> = text.starts_with("---").then_some("---");
    for (at, line) in text.lines().enumerate().skip(usize::from(hidden.is_some())) {
        let line = line.trim();
        if let Some(end) = hidden {
            if line.ends_with(end) {
                hidden = None;
            }
        } else if !fence.is_empty() {
            if line == fence {
                fence = "";
            }
        } else if line.starts_with("```") {
            fence = "```";
        } else if line.starts_with("::: notes") {
            hidden = Some(":::");
        } else if line.starts_with("<!--") {
            hidden = (!line.ends_with("-->")).then_some("-->");
        } else if line == "---" {
            slide += 1;
            is_found = false;
        } else if !is_found && is_words(line) {
            found.push((slide, at));
            is_found = true;
        }
    }
    found
}

fn is_words(line: &str) -> bool {
    let words = line.strip_prefix("- ").unwrap_or(line);
    let is_setting = words.split_once(": ").is_some_and(|(key, _)| key.chars().all(|c| c.is_ascii_lowercase()));
    words.starts_with(char::is_alphabetic) && !is_setting && !words.ends_with(['}', '|'])
}
