use std::path::Path;

use crate::export;
use crate::pipeline::Report;
use crate::pipeline::found_talks::read_talk;
use crate::recall::FollowUp;
use crate::recall::results::{Asked, Collected, Expected, Results};

/// A text with result lines somewhere in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResultText {
    /// What messages call it.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// What the result lines in `texts` say; of one talk and in its words when `talk` names it.
///
/// `None` when that talk can't be read or has nothing to be asked about; the report says why. What else is wrong with it
/// is for `check`.
#[must_use]
pub fn results(texts: &[ResultText], talk: Option<&Path>) -> (Report, Option<Results>) {
    let mut report = Report::default();
    let mut known = None;
    if let Some(path) = talk {
        match read_talk(path) {
            Ok(read) => {
                let audience = read.meta.audience.as_ref().and_then(|audience| audience.size);
                known = FollowUp::of(&read).map(|follow_up| (follow_up, audience));
            }
            Err(unreadable) => {
                report.diagnostics.push(*unreadable);
                return (report, None);
            }
        }
        if known.is_none() {
            return (report, None);
        }
    }
    let mut collected = Collected::new(known.as_ref().map(|(follow_up, _)| Expected::of(follow_up)));
    for text in texts {
        collected.read(&text.name, &text.bytes);
    }
    let asked = known.as_ref().map(|(follow_up, audience)| Asked { follow_up, audience: *audience });
    (report, Some(Results::new(&collected, asked)))
}

/// The results as one page, in the talk's language where there is one talk.
#[must_use]
pub fn results_page(results: &Results) -> String {
    export::results::page(results)
}
