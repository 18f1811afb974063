use crate::qa::NewQuestion;
use crate::talk::KeptQuestion;

/// What stands at the top of a new `qa.yaml`, in the language of the talk.
fn heading(lang: &str) -> &'static str {
    match lang.split(['-', '_']).next().unwrap_or_default() {
        "zh" => "# 关于这场演讲的提问。在这里回答；`retell build` 会把它们带进会后材料。\n",
        "ja" => "# この発表への質問。回答はここに書く。`retell build` がフォローアップに載せる。\n",
        _ => {
            "# Questions asked about this talk. Answer them here; `retell build` carries them into the follow-up sheet.\n"
        }
    }
}

/// The text of `qa.yaml` with `new` at its end; `old` is what stands in it. Everything that is there stays, byte for byte;
/// line ends and indent go on as they are.
#[must_use]
pub fn append(text: &str, old: &[KeptQuestion], new: &[NewQuestion], lang: &str) -> String {
    let mut added = String::new();
    let bare = text.trim_start_matches('\u{feff}');
    if bare.trim().is_empty() {
        added.push_str(heading(lang));
    }
    if !bare.is_empty() && !bare.ends_with('\n') {
        added.insert(0, '\n');
    }
    let indent = old.first().map_or("", |first| indent(text, first.span.start));
    for entry in new {
        added.push_str(&entry.yaml(indent));
    }
    if text.contains("\r\n") {
        added = added.replace('\n', "\r\n");
    }
    format!("{text}{added}")
}

/// What stands before the dash of the entry whose first key is at `at`.
fn indent(text: &str, at: usize) -> &str {
    let before = text.get(..at).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default();
    let dash = line.find('-').filter(|dash| line[..*dash].trim().is_empty() && line[dash + 1..].trim().is_empty());
    dash.map_or("", |dash| &line[..dash])
}
