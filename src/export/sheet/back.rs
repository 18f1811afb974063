use std::fmt::Write as _;

use crate::escape::html as escaped;
use crate::export::sheet::Sheet;
use crate::export::sheet::pieces::{deadline, label, labelled, open_part};
use crate::recall::{Adoption, Question};
use crate::talk::plain_text;

/// The second page: answers, what to decide, what was asked, and when to come back.
pub(super) fn back(sheet: &Sheet<'_>) -> String {
    let mut out = String::from("<section class=\"page back\">\n<div class=\"page-body\" data-bounds>\n");
    running_head(sheet, &mut out);
    answers(sheet, &mut out);
    adoptions(sheet, &mut out);
    questions(sheet, &mut out);
    rest(sheet, &mut out);
    checks(sheet, &mut out);
    out.push_str("</div>\n</section>\n");
    out
}

/// What says whose page this is when it lies apart from the first.
fn running_head(sheet: &Sheet<'_>, out: &mut String) {
    let follow_up = sheet.follow_up;
    let mut parts = vec![escaped(&follow_up.title)];
    parts.extend(follow_up.speaker_names().into_iter().map(escaped));
    parts.extend(follow_up.date.map(|date| date.to_string()));
    let _ = writeln!(out, "<p class=\"running on-paper\" dir=\"auto\">{}</p>", parts.join(" · "));
}

fn answers(sheet: &Sheet<'_>, out: &mut String) {
    if sheet.items().next().is_none() {
        return;
    }
    let labels = sheet.follow_up.labels();
    let _ = writeln!(
        out,
        "<section class=\"part answers on-paper\" data-part=\"answers\">\n<h2>{}</h2>\n<ol>",
        escaped(&labels.answers)
    );
    for (at, item) in sheet.items().enumerate() {
        let (id, answer) = (escaped(&item.id), sheet.text(&item.answer));
        let place = sheet.place(&item.slide, false);
        let _ = writeln!(out, "<li data-n=\"{}\" data-piece=\"recall:{id}\">", at + 1);
        let _ = write!(out, "<p class=\"answer\" dir=\"auto\">{answer}");
        match &item.why {
            Some(why) => {
                out.push_str("</p>\n");
                labelled(out, "why", &labels.why, &format!("{} {place}", sheet.text(why)));
            }
            None => {
                let _ = writeln!(out, " {place}</p>");
            }
        }
        out.push_str("</li>\n");
    }
    out.push_str("</ol>\n</section>\n");
}

fn adoptions(sheet: &Sheet<'_>, out: &mut String) {
    let adoptions = &sheet.follow_up.adoptions;
    if adoptions.is_empty() {
        return;
    }
    open_part(out, "proposals", &sheet.follow_up.labels().adopt_or_drop);
    let _ = writeln!(out, "<div class=\"cards cards-{}\">", adoptions.len().min(2));
    for adoption in adoptions {
        let _ = writeln!(out, "<article class=\"card\" data-piece=\"adopt:{}\">", escaped(&adoption.id));
        proposal(sheet, adoption, out);
        out.push_str("</article>\n");
    }
    out.push_str("</div>\n</section>\n");
}

fn proposal(sheet: &Sheet<'_>, adoption: &Adoption, out: &mut String) {
    let labels = sheet.follow_up.labels();
    let _ = writeln!(out, "<h3 dir=\"auto\">{}</h3>", sheet.text(&adoption.tool));
    let mut row = |name: &str, html: Option<String>| {
        if let Some(html) = html {
            labelled(out, "row", name, &html);
        }
    };
    row(&labels.replaces, adoption.replaces.as_ref().map(|text| sheet.text(text)));
    row(&labels.trial, adoption.trial.as_ref().map(|text| sheet.text(text)));
    row(&labels.owner, adoption.owner.as_ref().map(|text| sheet.text(text)));
    row(&labels.decide_by, adoption.decide_by.map(|by| format!("<b>{}</b>", escaped(&deadline(by, labels)))));
    row(&labels.revisit, adoption.revisit.as_ref().map(|text| sheet.text(text)));
    out.push_str("<div class=\"foot\"><p class=\"choice on-paper\">");
    for word in [&labels.tried, &labels.decided, &labels.dropped] {
        let _ = write!(out, "<span class=\"option\"><span class=\"box\"></span>{}</span>", escaped(word));
    }
    let _ = writeln!(out, "</p>\n<p class=\"see\">{}</p></div>", sheet.place(&adoption.slide, false));
}

fn questions(sheet: &Sheet<'_>, out: &mut String) {
    let answered: Vec<&Question> = sheet.follow_up.answered().collect();
    if answered.is_empty() {
        return;
    }
    let labels = sheet.follow_up.labels();
    open_part(out, "kept", &labels.questions_kept);
    let (on_paper, rest) = answered.split_at(sheet.kept.min(answered.len()));
    let (left, right) = on_paper.split_at(half(on_paper));
    out.push_str("<div class=\"talks\">\n");
    let mut at = 0;
    for (class, column) in [("column", left), ("column", right), ("column on-screen", rest)] {
        if column.is_empty() {
            continue;
        }
        let _ = writeln!(out, "<div class=\"{class}\">");
        for question in column {
            asked(sheet, question, at, out);
            at += 1;
        }
        out.push_str("</div>\n");
    }
    out.push_str("</div>\n");
    let more = answered.len().saturating_sub(sheet.kept);
    if more > 0 {
        let more = label(&labels.more_kept, &[("n", &more.to_string())]);
        let _ = writeln!(out, "<p class=\"more on-paper\">{more}</p>");
    }
    out.push_str("</section>\n");
}

fn asked(sheet: &Sheet<'_>, question: &Question, at: usize, out: &mut String) {
    let ask = sheet.text(&question.ask);
    let _ = write!(
        out,
        "<div class=\"asked\" data-piece=\"qa:{at}\"><p class=\"ask\" dir=\"auto\">{ask}</p>\n<p dir=\"auto\">"
    );
    if let Some(answer) = &question.answer {
        out.push_str(&sheet.text(answer));
    }
    if let Some(slide) = &question.slide {
        let _ = write!(out, " {}", sheet.place(slide, false));
    }
    out.push_str("</p></div>\n");
}

/// How many questions stand in the left one of two columns, so that both are about as long.
fn half(questions: &[&Question]) -> usize {
    let lengths: Vec<usize> = questions
        .iter()
        .map(|question| {
            let answer = question.answer.as_deref().map(plain_text).unwrap_or_default();
            // A question and a gap take room of their own.
            [plain_text(&question.ask), answer].iter().map(|text| width(text)).sum::<usize>() + 40
        })
        .collect();
    let whole: usize = lengths.iter().sum();
    let mut left = 0;
    let count = lengths.iter().take_while(|length| {
        // A question goes to the left when more of it lies in the left half.
        let goes_left = 2 * left + **length <= whole;
        left += **length;
        goes_left
    });
    count.count().max(usize::from(!questions.is_empty()))
}

/// How wide a text is, in half-width characters.
fn width(text: &str) -> usize {
    text.chars().map(|c| if c < '\u{1100}' { 1 } else { 2 }).sum()
}

/// What is left of the page: for notes, where it is more than a line.
fn rest(sheet: &Sheet<'_>, out: &mut String) {
    if sheet.lines == 0 {
        out.push_str("<div class=\"rest on-paper\"></div>\n");
        return;
    }
    let heading = escaped(&sheet.follow_up.labels().own_notes);
    let lines = "<i></i>".repeat(sheet.lines);
    let _ = writeln!(out, "<section class=\"part rest on-paper\" data-rest>\n<h2>{heading}</h2>\n{lines}\n</section>");
}

fn checks(sheet: &Sheet<'_>, out: &mut String) {
    let (follow_up, labels) = (sheet.follow_up, sheet.follow_up.labels());
    if follow_up.rounds.is_empty() || follow_up.items.is_empty() {
        return;
    }
    open_part(out, "checks", &labels.next_checks);
    out.push_str("<ol>\n");
    for round in &follow_up.rounds {
        let day = label(&labels.day, &[("n", &round.day.to_string())]);
        let date = round.date.map(|date| format!("<time datetime=\"{date}\">{date}</time>")).unwrap_or_default();
        let count = follow_up.asked_in(round).len();
        let _ = writeln!(
            out,
            "<li><a class=\"round-link\" href=\"?d={}\">{day}</a> {date}<span class=\"mark on-paper\"> \
             <span class=\"blank\"></span> / {count}</span></li>",
            round.day
        );
    }
    out.push_str("</ol>\n</section>\n");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{SourceId, Span};
    use crate::talk::{Inline, InlineKind};

    #[test]
    fn two_columns_are_about_as_long() {
        let span = Span::new(SourceId::default(), 0, 0);
        let text = |length: usize| vec![Inline { kind: InlineKind::Text("x".repeat(length)), span }];
        let question = |length| Question {
            ask: text(length),
            answer: None,
            slide: None,
            names_slide: false,
            from_audience: false,
            span,
        };
        let split = |lengths: &[usize]| {
            let questions: Vec<Question> = lengths.iter().map(|length| question(*length)).collect();
            half(&questions.iter().collect::<Vec<_>>())
        };
        assert_eq!(split(&[]), 0);
        assert_eq!(split(&[100]), 1);
        assert_eq!(split(&[100, 100]), 1);
        assert_eq!(split(&[300, 100, 100]), 1);
        assert_eq!(split(&[100, 100, 300]), 2);
        assert_eq!((width("ab"), width("读写")), (2, 4));
    }
}
