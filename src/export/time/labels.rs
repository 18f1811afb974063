/// The words of the page in one language; `{}` stands for a figure.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) lang: &'static str,
    pub(super) times: &'static str,
    pub(super) slot: &'static str,
    pub(super) questions: &'static str,
    pub(super) setup: &'static str,
    pub(super) speaking: &'static str,
    pub(super) estimate: &'static str,
    pub(super) range: &'static str,
    pub(super) fits: &'static str,
    pub(super) to_spare: &'static str,
    pub(super) too_long: &'static str,
    pub(super) no_slot: &'static str,
    pub(super) last_rehearsal: &'static str,
    pub(super) last_talk: &'static str,
    pub(super) own_speed: &'static str,
    pub(super) usual: &'static str,
    pub(super) slower: &'static str,
    pub(super) faster: &'static str,
    pub(super) from_rehearsals: [&'static str; 2],
    pub(super) second_language: &'static str,
    pub(super) chart: &'static str,
    pub(super) axis: &'static str,
    pub(super) hint: &'static str,
    pub(super) chance: &'static str,
    pub(super) planned: &'static str,
    pub(super) planned_end: &'static str,
    pub(super) rehearsed: &'static str,
    pub(super) difference: &'static str,
    pub(super) sections: &'static str,
    pub(super) section: &'static str,
    pub(super) slides: &'static str,
    pub(super) slide: &'static str,
    pub(super) start: &'static str,
    pub(super) made_of: &'static str,
    pub(super) basis: &'static str,
    pub(super) speech: &'static str,
    pub(super) character_count: [&'static str; 2],
    pub(super) word_count: [&'static str; 2],
    pub(super) floor: &'static str,
    pub(super) demo: &'static str,
    pub(super) own_time: &'static str,
    pub(super) steps: &'static str,
    pub(super) optional: &'static str,
    pub(super) guessed: &'static str,
    pub(super) flags: &'static str,
    pub(super) cuts: &'static str,
    pub(super) saves: &'static str,
    pub(super) less_code: &'static str,
    pub(super) drops: &'static str,
    pub(super) comma: &'static str,
    pub(super) colon: &'static str,
    /// The kinds of extras, what estimates come from, and codes of findings.
    pub(super) names: &'static [(&'static str, &'static str)],
}

impl Words {
    /// Those for the language `lang`, a BCP 47 tag; English where there are none.
    pub(super) fn of(lang: &str) -> &'static Self {
        match lang.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase().as_str() {
            "zh" => &super::labels_zh::CHINESE,
            "ja" => &super::labels_ja::JAPANESE,
            _ => &super::labels_en::ENGLISH,
        }
    }

    /// The word for a name of the model; the name itself when there is none.
    pub(super) fn name<'a>(&self, name: &'a str) -> &'a str
    where
        'static: 'a,
    {
        self.names.iter().find(|(known, _)| *known == name).map_or(name, |(_, word)| word)
    }
}

/// A text with a figure in its place.
pub(super) fn fill(text: &str, figure: &str) -> String {
    text.replacen("{}", figure, 1)
}

/// The same with the form for the number.
pub(super) fn counted(forms: [&str; 2], count: u32) -> String {
    fill(if count == 1 { forms[0] } else { forms[1] }, &count.to_string())
}
