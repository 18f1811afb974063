use crate::diagnostic::counted;

/// The words of the page in one language.
#[derive(Debug)]
pub(super) struct Labels {
    pub(super) talks: &'static str,
    pub(super) deck: &'static str,
    pub(super) slides_pdf: &'static str,
    pub(super) handout: &'static str,
    pub(super) self_test: &'static str,
    pub(super) sheet: &'static str,
    pub(super) team: &'static str,
    pub(super) engineering: &'static str,
    pub(super) company: &'static str,
    pub(super) expert: &'static str,
    pub(super) familiar: &'static str,
    pub(super) mixed: &'static str,
    pub(super) new: &'static str,
    pub(super) non_technical: &'static str,
    /// What stands between two names.
    pub(super) comma: &'static str,
    tongue: Tongue,
}

#[derive(Clone, Copy, Debug)]
enum Tongue {
    English,
    Chinese,
    Japanese,
}

impl Labels {
    /// The words for the language of a BCP 47 tag; English where there are none.
    pub(super) fn of(tag: &str) -> &'static Self {
        match tag.split('-').next() {
            Some("zh") => &CHINESE,
            Some("ja") => &JAPANESE,
            _ => &ENGLISH,
        }
    }

    pub(super) fn count(&self, talks: usize) -> String {
        match self.tongue {
            Tongue::English => counted(talks, "talk"),
            Tongue::Chinese => format!("共 {talks} 场"),
            Tongue::Japanese => format!("{talks} 件"),
        }
    }

    pub(super) fn slides(&self, slides: usize) -> String {
        match self.tongue {
            Tongue::English => counted(slides, "slide"),
            Tongue::Chinese => format!("{slides} 页"),
            Tongue::Japanese => format!("{slides} 枚"),
        }
    }

    pub(super) fn length(&self, minutes: u64) -> String {
        match self.tongue {
            Tongue::English => format!("{minutes} min"),
            Tongue::Chinese => format!("{minutes} 分钟"),
            Tongue::Japanese => format!("{minutes} 分"),
        }
    }
}

static ENGLISH: Labels = Labels {
    talks: "Talks",
    deck: "Deck",
    slides_pdf: "Slides (PDF)",
    handout: "Handout (PDF)",
    self_test: "Self-test",
    sheet: "Sheet (PDF)",
    team: "one team",
    engineering: "all of engineering",
    company: "the whole company",
    expert: "for experts",
    familiar: "for those who know the field",
    mixed: "some know the field",
    new: "new to the field",
    non_technical: "no technical knowledge needed",
    comma: ", ",
    tongue: Tongue::English,
};

static CHINESE: Labels = Labels {
    talks: "演讲",
    deck: "打开演示",
    slides_pdf: "幻灯片 (PDF)",
    handout: "讲义 (PDF)",
    self_test: "自测",
    sheet: "会后一张纸 (PDF)",
    team: "一个小组",
    engineering: "全体工程师",
    company: "全公司",
    expert: "面向专家",
    familiar: "面向熟悉的人",
    mixed: "有人熟悉，有人不熟",
    new: "不需要基础",
    non_technical: "不需要技术背景",
    comma: "、",
    tongue: Tongue::Chinese,
};

static JAPANESE: Labels = Labels {
    talks: "講演",
    deck: "スライドを開く",
    slides_pdf: "スライド (PDF)",
    handout: "配布資料 (PDF)",
    self_test: "自分で確認",
    sheet: "持ち帰りシート (PDF)",
    team: "チーム向け",
    engineering: "エンジニア全員",
    company: "全社",
    expert: "専門家向け",
    familiar: "経験者向け",
    mixed: "経験はさまざま",
    new: "初めての人向け",
    non_technical: "技術の知識は不要",
    comma: "、",
    tongue: Tongue::Japanese,
};
