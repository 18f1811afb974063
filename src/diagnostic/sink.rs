use crate::diagnostic::Code;
use crate::source::Span;

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing; never fails a run.
    Info,
    /// Probably not what the speaker wants; fails a run with `--strict`.
    Warning,
    /// Something would be lost or wrong; fails the run.
    Error,
}

impl Severity {
    /// The word that messages use.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// One finding: data, printed elsewhere.
///
/// Messages are lower-case without a full stop, with the user's words in backticks.
#[derive(Clone, Debug, PartialEq)]
pub struct Diagnostic {
    /// The rule that speaks.
    pub code: &'static Code,
    /// How bad it is; the code's own severity unless raised or lowered.
    pub severity: Severity,
    /// What is wrong, in one line.
    pub message: String,
    /// Where; `None` when it concerns the talk as a whole.
    pub span: Option<Span>,
    /// Further places that explain the finding, each with a few words.
    pub labels: Vec<(Span, String)>,
    /// What to do about it, one line each.
    pub hints: Vec<String>,
}

impl Diagnostic {
    /// A finding of `code` at `span`.
    pub fn new(code: &'static Code, span: impl Into<Option<Span>>, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: code.severity,
            message: message.into(),
            span: span.into(),
            labels: Vec::new(),
            hints: Vec::new(),
        }
    }

    /// The same with a line of advice.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// The same with a second place and what it has to do with the finding.
    #[must_use]
    pub fn label(mut self, span: Span, text: impl Into<String>) -> Self {
        self.labels.push((span, text.into()));
        self
    }
}

/// Collects findings while the stages run.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics {
    found: Vec<Diagnostic>,
}

impl Diagnostics {
    /// Adds one finding.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.found.push(diagnostic);
    }

    /// Adds all findings of another sink.
    pub fn append(&mut self, other: Self) {
        self.found.extend(other.found);
    }

    /// Puts the findings in the order of the source (those without a place first) and drops repeats.
    pub fn sort(&mut self) {
        let key = |found: &Diagnostic| found.span.map(|span| (span.source, span.start, span.end));
        self.found.sort_by(|a, b| {
            key(a).cmp(&key(b)).then_with(|| a.code.name.cmp(b.code.name)).then_with(|| a.message.cmp(&b.message))
        });
        self.found.dedup();
    }

    /// Keeps the findings for which `keep` holds.
    pub fn retain(&mut self, keep: impl FnMut(&Diagnostic) -> bool) {
        self.found.retain(keep);
    }

    /// How many findings are of exactly this severity.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.found.iter().filter(|found| found.severity == severity).count()
    }

    /// Whether any finding is an error.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.count(Severity::Error) > 0
    }

    /// Whether any finding forbids to use the talk: an error, but not one of time, since that is an estimate.
    #[must_use]
    pub fn has_hindrances(&self) -> bool {
        self.found.iter().any(|found| found.severity == Severity::Error && !found.code.is_timing())
    }

    /// The findings.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.found.iter()
    }

    /// Whether nothing was found.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }
}
