use std::fmt::Write as _;

use crate::asset::qr;
use crate::escape::html as escaped;
use crate::export::sheet::pieces::{label, labelled, open_part};
use crate::export::sheet::{SYMPTOMS, Sheet};
use crate::recall::{Trigger, fill};

/// A place to write in.
const BLANK: &str = "<span class=\"blank\"></span>";

/// The first page: what to remember, what to do first, and questions with lines to write on.
pub(super) fn front(sheet: &Sheet<'_>) -> String {
    let labels = sheet.follow_up.labels();
    let mut out = String::from("<section class=\"page front\">\n<div class=\"page-body\" data-bounds>\n");
    head(sheet, &mut out);
    triggers(sheet, &mut out);
    questions(sheet, &mut out);
    out.push_str("<div class=\"own on-paper\">\n");
    open_part(&mut out, "if-then", &labels.my_if_then);
    let sentence = fill(&escaped(&labels.if_then), &[("blank", BLANK)]);
    let _ = writeln!(out, "<p>{sentence}</p>\n</section>");
    open_part(&mut out, "muddiest", &labels.muddiest);
    lines(&mut out, 2);
    out.push_str("</section>\n</div>\n</div>\n</section>\n");
    out
}

fn head(sheet: &Sheet<'_>, out: &mut String) {
    let (follow_up, labels) = (sheet.follow_up, sheet.follow_up.labels());
    out.push_str("<header class=\"sheet-head on-paper\" data-part=\"head\">\n<div class=\"sheet-name\">\n");
    titles(sheet, "h1", out);
    reach(sheet, true, out);
    if let Some(takeaway) = &follow_up.takeaway {
        labelled(out, "takeaway", &labels.takeaway, &format!("<strong>{}</strong>", escaped(takeaway)));
    }
    out.push_str("</div>\n");
    if let Some(code) = follow_up.link.as_deref().and_then(|link| qr::svg(link, 96)) {
        let code = code.replacen("<svg", "<svg aria-hidden=\"true\"", 1);
        let _ =
            writeln!(out, "<figure class=\"sheet-code\">{code}<figcaption>{}</figcaption></figure>", labels.self_test);
    }
    out.push_str("</header>\n");
}

/// Title, subtitle, speakers and date.
pub(super) fn titles(sheet: &Sheet<'_>, heading: &str, out: &mut String) {
    let follow_up = sheet.follow_up;
    let mut kicker = vec![escaped(&follow_up.labels().follow_up)];
    kicker.extend(follow_up.date.map(|date| format!("<time datetime=\"{date}\">{date}</time>")));
    let _ = writeln!(out, "<p class=\"kicker\">{}</p>", kicker.join(" · "));
    let _ = writeln!(out, "<{heading} dir=\"auto\">{}</{heading}>", escaped(&follow_up.title));
    let speakers = follow_up.speakers.iter().filter(|speaker| !speaker.name.is_empty());
    let speakers: Vec<String> = speakers
        .map(|speaker| match &speaker.role {
            Some(role) => format!("{} · {}", escaped(&speaker.name), escaped(role)),
            None => escaped(&speaker.name),
        })
        .collect();
    let subtitle = follow_up.subtitle.as_deref().map(escaped);
    for line in subtitle.into_iter().chain([speakers.join("; ")]).filter(|line| !line.is_empty()) {
        let _ = writeln!(out, "<p class=\"by\" dir=\"auto\">{line}</p>");
    }
}

/// Whom to ask and, for who does not look at it already, where the self-test is.
pub(super) fn reach(sheet: &Sheet<'_>, with_link: bool, out: &mut String) {
    let (follow_up, labels) = (sheet.follow_up, sheet.follow_up.labels());
    let mut ways = Vec::new();
    let mut way = |name: &str, html: String| {
        ways.push(format!("<span class=\"way\"><span class=\"label\">{}</span> {html}</span>", escaped(name)));
    };
    if let Some(contact) = &follow_up.contact {
        way(&labels.contact, escaped(contact));
    }
    if let Some(link) = follow_up.link.as_ref().filter(|_| with_link) {
        let shown = link.split_once("://").map_or(link.as_str(), |(_, rest)| rest);
        way(&labels.self_test, format!("<a href=\"{}\">{}</a>", escaped(link), escaped(shown)));
    }
    if !ways.is_empty() {
        let _ = writeln!(out, "<p class=\"reach\">{}</p>", ways.join(" "));
    }
}

fn triggers(sheet: &Sheet<'_>, out: &mut String) {
    let triggers = &sheet.follow_up.triggers;
    if triggers.is_empty() {
        return;
    }
    open_part(out, "symptoms", &sheet.follow_up.labels().when_you_see);
    let _ = writeln!(out, "<div class=\"cards cards-{}\">", triggers.len().min(SYMPTOMS));
    for (at, trigger) in triggers.iter().enumerate() {
        let class = if at < SYMPTOMS { "card" } else { "card on-screen" };
        let _ = writeln!(out, "<article class=\"{class}\" data-piece=\"trigger:{}\">", escaped(&trigger.id));
        card(sheet, trigger, out);
        out.push_str("</article>\n");
    }
    out.push_str("</div>\n</section>\n");
}

fn card(sheet: &Sheet<'_>, trigger: &Trigger, out: &mut String) {
    let labels = sheet.follow_up.labels();
    let _ = writeln!(out, "<h3 dir=\"auto\">{}</h3>", sheet.text(&trigger.when));
    if let Some(means) = &trigger.means {
        labelled(out, "means", &labels.means, &sheet.text(means));
    }
    labelled(out, "first", &labels.first_action, &sheet.text(&trigger.action));
    let mut place = sheet.place(&trigger.slide, false);
    if let Some(see) = &trigger.see {
        place = format!("{} · {place}", sheet.text(see));
    }
    labelled(out, "see", &labels.read_on, &place);
}

fn questions(sheet: &Sheet<'_>, out: &mut String) {
    let count = sheet.items().count();
    if count == 0 {
        return;
    }
    let labels = sheet.follow_up.labels();
    // A full stop of full width has its blank in itself.
    let gap = if labels.answer_first.ends_with('。') { "" } else { " " };
    let _ = writeln!(
        out,
        "<section class=\"part questions on-paper\" data-part=\"questions\">\n<h2>{}<small>{}{gap}{}</small></h2>\n<ol>",
        escaped(&labels.recall),
        escaped(&labels.answer_first),
        escaped(&labels.answers_behind)
    );
    for (at, item) in sheet.items().enumerate() {
        let (id, ask) = (escaped(&item.id), sheet.text(&item.ask));
        let _ = writeln!(out, "<li data-n=\"{}\" data-piece=\"recall:{id}\"><p dir=\"auto\">{ask}</p>", at + 1);
        lines(out, if count < 5 { 3 } else { 2 });
        out.push_str("</li>\n");
    }
    out.push_str("</ol>\n</section>\n");
}

/// Lines to write on.
fn lines(out: &mut String, count: usize) {
    out.push_str("<div class=\"lines\">");
    out.push_str(&"<i></i>".repeat(count));
    out.push_str("</div>\n");
}

/// What the label of the self-test says as a heading.
pub(super) fn self_test(sheet: &Sheet<'_>) -> String {
    label(&sheet.follow_up.labels().self_test, &[])
}
