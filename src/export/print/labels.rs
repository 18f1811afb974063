//! The words on paper, in the talk's language; `{}` stands for a figure.

/// A key, then Chinese, English and Japanese.
const LABELS: [(&str, [&str; 3]); 20] = [
    ("handout", ["讲义", "Handout", "配布資料"]),
    ("run-sheet", ["讲稿", "Run sheet", "進行表"]),
    ("backup", ["备用幻灯片", "Backup slides", "補足スライド"]),
    ("backup-mark", ["备用", "backup", "補足"]),
    ("optional-mark", ["可跳过", "optional", "省略可"]),
    ("slide", ["第 {} 页幻灯片", "Slide {}", "スライド {}"]),
    ("slides", ["第 {} 页幻灯片", "Slides {}", "スライド {}"]),
    ("page", ["第 {} 页", "Page {}", "{} ページ"]),
    ("slot", ["总时长", "Slot", "持ち時間"]),
    ("speaking", ["讲", "Speaking", "発表"]),
    ("questions-time", ["问答", "Questions", "質疑"]),
    ("questions", ["可能的提问", "Questions to expect", "想定される質問"]),
    ("answers", ["问答", "Questions and answers", "質疑応答"]),
    ("estimated", ["估计", "estimated", "見積もり"]),
    ("talk", ["预计", "Estimate", "見積もり"]),
    ("start", ["开始", "from", "開始"]),
    ("budget", ["用时", "takes", "所要"]),
    ("no-notes", ["没有备注", "No notes", "ノートなし"]),
    ("glossary", ["术语", "Glossary", "用語"]),
    ("see", ["见第 {} 页幻灯片", "See slide {}", "スライド {} を参照"]),
];

/// The word for `key` in the language `lang` (a BCP 47 tag); English for other languages.
pub(super) fn label(lang: &str, key: &'static str) -> &'static str {
    let column = match lang.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase().as_str() {
        "zh" => 0,
        "ja" => 2,
        _ => 1,
    };
    LABELS.iter().find(|(name, _)| *name == key).map_or(key, |(_, words)| words[column])
}

/// The same with a figure in its place.
pub(super) fn filled(lang: &str, key: &'static str, figure: &str) -> String {
    label(lang, key).replacen("{}", figure, 1)
}
