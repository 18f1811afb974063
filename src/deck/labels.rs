//! The words that the deck itself says, in the talk's language.

/// A key, then Chinese, English and Japanese.
const LABELS: [(&str, [&str; 3]); 18] = [
    ("questions", ["问答", "Questions", "質疑応答"]),
    ("answer", ["回答", "Answer", "回答"]),
    ("notes", ["备注", "Notes", "ノート"]),
    ("page", ["页", "Page", "ページ"]),
    ("backup", ["备用", "Backup", "補足"]),
    ("note", ["注意", "Note", "メモ"]),
    ("tip", ["提示", "Tip", "ヒント"]),
    ("important", ["重要", "Important", "重要"]),
    ("warning", ["警告", "Warning", "警告"]),
    ("caution", ["小心", "Caution", "注意"]),
    ("thanks", ["谢谢", "Thank you", "ありがとうございました"]),
    ("section", ["章节", "Section", "セクション"]),
    ("discussion", ["讨论", "Discussion", "ディスカッション"]),
    ("takeaway", ["记住一句话", "One thing to remember", "覚えておくこと"]),
    ("agenda", ["目录", "Agenda", "目次"]),
    ("follow-up", ["带走这一讲", "Take it with you", "復習はこちら"]),
    ("qr", ["二维码", "QR code", "QRコード"]),
    ("slide", ["幻灯片", "Slide", "スライド"]),
];

/// The word for `key` in the language `lang` (a BCP 47 tag); English for other languages, the key itself when
/// it is unknown.
pub(super) fn label<'a>(lang: &str, key: &'a str) -> &'a str {
    let Some((_, words)) = LABELS.iter().find(|(name, _)| *name == key) else { return key };
    words[column(lang)]
}

/// Every key and its word.
pub(super) fn all(lang: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let column = column(lang);
    LABELS.iter().map(move |(key, words)| (*key, words[column]))
}

fn column(lang: &str) -> usize {
    match lang.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase().as_str() {
        "zh" => 0,
        "ja" => 2,
        _ => 1,
    }
}
