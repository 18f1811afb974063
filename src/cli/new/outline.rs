use clap::ValueEnum;

use super::Language;

/// A kind of talk that an outline is there for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Outline {
    /// 30 minutes for your own team: what annoys all, and what to do about it
    Team,
    /// 45 minutes for engineers: a riddle, how it works inside, its limits
    Engineering,
    /// 30 minutes for everybody, without code: a story and one habit
    Company,
    /// 40 minutes on one case: scene, wrong tracks, clue, cause, lesson
    CaseStudy,
    /// 40 minutes on A or B: criteria first, then costs, and the way back
    Comparison,
    /// 30 minutes on a module for its users, half of them for questions
    QaSession,
    /// 45 minutes on a stream: a hook, a demo, polls, a teleprompter
    LiveStream,
}

impl Outline {
    /// The talk with its places to fill in.
    pub(super) fn talk(self, language: Language) -> &'static str {
        match (self, language) {
            (Self::Team, Language::En) => include_str!("team.en.md"),
            (Self::Team, Language::Zh) => include_str!("team.zh.md"),
            (Self::Engineering, Language::En) => include_str!("engineering.en.md"),
            (Self::Engineering, Language::Zh) => include_str!("engineering.zh.md"),
            (Self::Company, Language::En) => include_str!("company.en.md"),
            (Self::Company, Language::Zh) => include_str!("company.zh.md"),
            (Self::CaseStudy, Language::En) => include_str!("case-study.en.md"),
            (Self::CaseStudy, Language::Zh) => include_str!("case-study.zh.md"),
            (Self::Comparison, Language::En) => include_str!("comparison.en.md"),
            (Self::Comparison, Language::Zh) => include_str!("comparison.zh.md"),
            (Self::QaSession, Language::En) => include_str!("qa-session.en.md"),
            (Self::QaSession, Language::Zh) => include_str!("qa-session.zh.md"),
            (Self::LiveStream, Language::En) => include_str!("live-stream.en.md"),
            (Self::LiveStream, Language::Zh) => include_str!("live-stream.zh.md"),
        }
    }

    /// The theme that suits it when nobody asks for another.
    pub(super) fn theme(self) -> &'static str {
        match self {
            Self::Team | Self::Comparison | Self::QaSession => "paper",
            Self::Engineering => "blueprint",
            Self::Company => "bold",
            Self::CaseStudy => "terminal",
            Self::LiveStream => "night",
        }
    }
}
