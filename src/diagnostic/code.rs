//! The stable codes of all findings. `retell explain CODE` prints the text kept beside this file in
//! `explain/CODE.md`, whose first line is the summary.

use crate::diagnostic::Severity;

/// One kind of finding.
#[derive(Debug)]
pub struct Code {
    /// The kebab-case name; never changes once released.
    pub name: &'static str,
    /// The severity that a finding has unless a stage raises or lowers it.
    pub severity: Severity,
    /// What it means and how to mend it, in Markdown; the first line is a summary.
    pub explanation: &'static str,
}

impl Code {
    /// The first line of the explanation.
    #[must_use]
    pub fn summary(&self) -> &'static str {
        self.explanation.lines().next().unwrap_or_default()
    }

    /// Whether it is about how long the talk takes: an estimate, which hinders no build.
    #[must_use]
    pub fn is_timing(&self) -> bool {
        self.name.starts_with("timing-")
    }
}

/// There is one static per code, so two findings are of one kind when their names are equal.
impl PartialEq for Code {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Code {}

/// The code called `name`, if there is one.
#[must_use]
pub fn find(name: &str) -> Option<&'static Code> {
    ALL.iter().copied().find(|code| code.name == name)
}

macro_rules! codes {
    ($($constant:ident $name:literal $severity:ident)*) => {
        $(
            #[doc = concat!("`", $name, "`")]
            pub static $constant: Code = Code {
                name: $name,
                severity: Severity::$severity,
                explanation: include_str!(concat!("explain/", $name, ".md")),
            };
        )*

        /// Every code, in the order of this file.
        pub static ALL: &[&Code] = &[$(&$constant),*];
    };
}

codes! {
    // Reading
    UNREADABLE_FILE "unreadable-file" Error
    NOT_UTF8 "not-utf8" Error
    FILE_TOO_LARGE "file-too-large" Error
    PATH_OUTSIDE_TALK "path-outside-talk" Error
    EMPTY_TALK "empty-talk" Error
    TOO_MANY_SLIDES "too-many-slides" Error
    NESTING_TOO_DEEP "nesting-too-deep" Error
    INCLUDE_FAILED "include-failed" Error
    // Front matter
    UNCLOSED_FRONT_MATTER "unclosed-front-matter" Error
    MISSING_FRONT_MATTER "missing-front-matter" Warning
    YAML_SYNTAX "yaml-syntax" Error
    MISSING_TITLE "missing-title" Error
    UNKNOWN_KEY "unknown-key" Error
    DUPLICATE_KEY "duplicate-key" Error
    MISSING_KEY "missing-key" Error
    INVALID_VALUE "invalid-value" Error
    UNCLEAR_TIME "unclear-time" Warning
    UNSUPPORTED_DIALECT "unsupported-dialect" Error
    // Slides
    UNCLOSED_FENCE "unclosed-fence" Error
    UNCLOSED_COMMENT "unclosed-comment" Error
    UNCLOSED_CONTAINER "unclosed-container" Error
    UNKNOWN_DIRECTIVE "unknown-directive" Warning
    SETEXT_SEPARATOR "setext-separator" Warning
    UNUSED_ATTRIBUTE "unused-attribute" Warning
    DUPLICATE_ID "duplicate-id" Error
    UNKNOWN_LAYOUT "unknown-layout" Error
    UNKNOWN_LANGUAGE "unknown-language" Warning
    HTML_REMOVED "html-removed" Warning
    MATH_SYNTAX "math-syntax" Error
    DIAGRAM_SYNTAX "diagram-syntax" Error
    // Pictures and links
    REMOTE_URL "remote-url" Error
    MISSING_IMAGE "missing-image" Error
    UNREADABLE_IMAGE "unreadable-image" Error
    PICTURE_CHANGED "picture-changed" Info
    SVG_REMOVED "svg-removed" Warning
    MISSING_ALT "missing-alt" Warning
    DEAD_LINK "dead-link" Error
    // The laid-out slide
    OVERFLOW "overflow" Error
    MISSING_GLYPH "missing-glyph" Error
    SMALL_TEXT "small-text" Warning
    LOW_CONTRAST "low-contrast" Warning
    EMPTY_SLIDE "empty-slide" Warning
    UNTITLED_SLIDE "untitled-slide" Warning
    CLICK_MARKS "click-marks" Warning
    NOT_PAINTED "not-painted" Warning
    INTERNAL_ERROR "internal-error" Error
    // Time
    TIMING_OVER_BUDGET "timing-over-budget" Warning
    TIMING_QUESTIONS_AT_RISK "timing-questions-at-risk" Warning
    TIMING_SHORT "timing-short" Info
    TIMING_SECTIONS_OVER_SLOT "timing-sections-over-slot" Error
    TIMING_SECTION_OFF_PLAN "timing-section-off-plan" Warning
    TIMING_DEMO_WITHOUT_TIME "timing-demo-without-time" Error
    TIMING_LONG_SLIDE "timing-long-slide" Warning
    TIMING_LONG_CODE "timing-long-code" Warning
    TIMING_FAST_SLIDES "timing-fast-slides" Warning
    TIMING_FEW_NOTES "timing-few-notes" Info
    TIMING_STALE_REHEARSAL "timing-stale-rehearsal" Warning
    TIMING_UNUSUAL_SPEED "timing-unusual-speed" Info
    UNREADABLE_REHEARSALS "unreadable-rehearsals" Warning
    // Whom the talk is for
    UNEXPLAINED_TERM "unexplained-term" Warning
    AUDIENCE_CODE "audience-code" Warning
    AUDIENCE_LONG_CODE "audience-long-code" Info
    AUDIENCE_NO_SCENE "audience-no-scene" Info
    ADOPT_NO_COSTS "adopt-no-costs" Info
    // What the audience takes home
    RECALL_NO_DATA "recall-no-data" Info
    RECALL_MISSING_TAKEAWAY "recall-missing-takeaway" Warning
    RECALL_NO_TRIGGER "recall-no-trigger" Warning
    RECALL_ITEM_COUNT "recall-item-count" Warning
    RECALL_NO_ACTION "recall-no-action" Warning
    RECALL_NO_PROBE "recall-no-probe" Info
    RECALL_NO_DATE "recall-no-date" Info
    RECALL_SCHEDULE "recall-schedule" Warning
    RECALL_DEADLINE "recall-deadline" Warning
    RECALL_NO_ID "recall-no-id" Warning
    RECALL_YES_NO "recall-yes-no" Warning
    RECALL_TWO_ASKS "recall-two-asks" Warning
    RECALL_ANSWER_GIVEN "recall-answer-given" Warning
    RECALL_OUT_OF_CONTEXT "recall-out-of-context" Warning
    RECALL_LONG_ANSWER "recall-long-answer" Warning
    RECALL_SAME_ANSWER "recall-same-answer" Warning
    RECALL_NO_WHY "recall-no-why" Warning
    SHEET_OVERFLOW "sheet-overflow" Warning
    QA_NONE_PREPARED "qa-none-prepared" Info
    QA_NO_SLIDE "qa-no-slide" Info
    // Themes
    UNKNOWN_THEME "unknown-theme" Error
    INVALID_THEME "invalid-theme" Error
    ABSTRACT_THEME "abstract-theme" Info
    MISSING_LAYOUT "missing-layout" Warning
    MISSING_FACE "missing-face" Warning
    TEMPLATE_ERROR "template-error" Error
    UNREADABLE_FONT "unreadable-font" Error
    UNSUPPORTED_CSS "unsupported-css" Warning
    // Writing
    NOT_WRITTEN "not-written" Error
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_kebab_case_and_unique() {
        let mut names: Vec<_> = ALL.iter().map(|code| code.name).collect();
        for name in &names {
            let is_kebab = name
                .split('-')
                .all(|word| !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit()));
            assert!(is_kebab, "{name}");
            assert_eq!(find(name).map(|code| code.name), Some(*name));
        }
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), ALL.len());
    }

    #[test]
    fn every_code_is_explained() {
        for code in ALL {
            let (name, mut lines) = (code.name, code.explanation.lines());
            assert!(!code.summary().ends_with('.') && code.summary().len() > 15, "{name}: {}", code.summary());
            assert_eq!(lines.nth(1), Some(""), "{name}: the summary is followed by an empty line");
            assert!(lines.count() > 3, "{name}: says too little");
            for ignored in code.explanation.split("check: ignore ").skip(1) {
                assert!(ignored.starts_with(&format!("{name} ")), "{name}: silences another rule");
            }
        }
    }
}
