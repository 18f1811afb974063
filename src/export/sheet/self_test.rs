use std::fmt::Write as _;

use serde::Serialize;

use crate::escape::html as escaped;
use crate::export::sheet::Sheet;
use crate::export::sheet::front::self_test as heading;
use crate::export::sheet::pieces::label;
use crate::recall::results::FEWEST;
use crate::recall::{Item, Labels};

/// The latest day that a result line may name.
const MAX_DAY: u32 = 366;

/// What the script is told.
#[derive(Serialize)]
struct Test<'f> {
    talk: &'f str,
    date: Option<String>,
    rounds: Vec<TestRound<'f>>,
}

#[derive(Serialize)]
struct TestRound<'f> {
    day: u32,
    items: Vec<&'f str>,
    /// Whether questions come in other words.
    varied: bool,
    behaviour: bool,
}

/// The self-test: questions that open without scripting, and what the script makes of them.
pub(super) fn self_test(sheet: &Sheet<'_>) -> String {
    let mut out = format!(
        "<section class=\"test\" aria-labelledby=\"test-heading\">\n<h2 id=\"test-heading\">{}</h2>\n",
        heading(sheet)
    );
    let labels = sheet.follow_up.labels();
    let _ = writeln!(out, "<p class=\"hint\">{}</p>\n<ol class=\"items\">", escaped(&labels.answer_first));
    for item in &sheet.follow_up.items {
        question(sheet, item, &mut out);
    }
    out.push_str("</ol>\n<div class=\"player\" hidden>\n");
    start(sheet, &mut out);
    asking(labels, &mut out);
    behaviour(sheet, &mut out);
    done(labels, &mut out);
    let _ = writeln!(out, "</div>\n<script type=\"application/json\" id=\"test\">{}</script>\n</section>", data(sheet));
    out
}

/// What the script needs to know, as JSON that can stand in a script element.
fn data(sheet: &Sheet<'_>) -> String {
    let follow_up = sheet.follow_up;
    let at_the_talk = TestRound {
        day: 0,
        items: follow_up.asked_at_the_talk().into_iter().map(|item| item.id.as_str()).collect(),
        varied: false,
        behaviour: false,
    };
    let later = follow_up.rounds.iter().filter(|round| round.day <= MAX_DAY).map(|round| TestRound {
        day: round.day,
        items: follow_up.asked_in(round).iter().map(|asked| asked.item.id.as_str()).collect(),
        varied: round.is_last,
        behaviour: round.asks_behaviour(),
    });
    let test = Test {
        talk: &follow_up.id,
        date: follow_up.date.map(|date| date.to_string()),
        rounds: std::iter::once(at_the_talk).chain(later).collect(),
    };
    // Texts and numbers under text keys always serialise.
    serde_json::to_string(&test).unwrap_or_default().replace('<', "\\u003c")
}

fn question(sheet: &Sheet<'_>, item: &Item, out: &mut String) {
    let labels = sheet.follow_up.labels();
    // What is held back until the last round is not shown to who has no scripting.
    let held_back = if item.probe { " hidden" } else { "" };
    let (id, ask, answer) = (escaped(&item.id), sheet.text(&item.ask), sheet.text(&item.answer));
    let _ = writeln!(
        out,
        "<li data-id=\"{id}\"{held_back}><details><summary dir=\"auto\">{ask}</summary>\n\
         <p class=\"answer\" dir=\"auto\">{answer}</p>\n<div class=\"reason\">"
    );
    if let Some(why) = &item.why {
        let _ = writeln!(
            out,
            "<p dir=\"auto\"><span class=\"label\">{}</span> {}</p>",
            escaped(&labels.why),
            sheet.text(why)
        );
    }
    let _ = writeln!(out, "<p class=\"see\">{}</p></div></details>", sheet.place(&item.slide, true));
    if let Some(variant) = item.variants.first() {
        let _ = writeln!(out, "<p class=\"variant\" hidden>{}</p>", sheet.text(variant));
    }
    for wrong in &item.wrong {
        let _ = writeln!(out, "<p class=\"wrong\" hidden>{}</p>", sheet.text(wrong));
    }
    out.push_str("</li>\n");
}

/// Which round, and what becomes of the answers.
fn start(sheet: &Sheet<'_>, out: &mut String) {
    let (follow_up, labels) = (sheet.follow_up, sheet.follow_up.labels());
    let _ =
        writeln!(out, "<form class=\"start\">\n<fieldset class=\"rounds\"><legend>{}</legend>", escaped(&labels.round));
    let days = follow_up.rounds.iter().filter(|round| round.day <= MAX_DAY);
    let days = days.map(|round| (round.day, label(&labels.day, &[("n", &round.day.to_string())]), round.date));
    let first = (0, escaped(&labels.at_the_talk), follow_up.date);
    for (day, name, date) in std::iter::once(first).chain(days) {
        let date = date.map(|date| format!("<small>{date}</small>")).unwrap_or_default();
        let _ = writeln!(
            out,
            "<label class=\"chip\"><input type=\"radio\" name=\"round\" value=\"{day}\"><span>{name}{date}</span></label>"
        );
    }
    let _ = writeln!(
        out,
        "</fieldset>\n<p class=\"privacy\">{}</p>\n<label class=\"remember\"><input type=\"checkbox\" name=\"remember\" \
         aria-describedby=\"remember-why\"><span>{}</span></label>\n<p class=\"privacy\" id=\"remember-why\">{}</p>\n\
         <button class=\"main\" type=\"submit\">{}</button>\n</form>",
        privacy(labels),
        escaped(&labels.remember),
        escaped(&labels.remember_why),
        escaped(&labels.start)
    );
}

/// One question after the other.
fn asking(labels: &Labels, out: &mut String) {
    let _ = writeln!(
        out,
        "<div class=\"asking\" hidden>\n<p class=\"progress\" data-label=\"{}\"></p>\n<div class=\"track\" \
         aria-hidden=\"true\"><div></div></div>\n<h3 class=\"ask\" tabindex=\"-1\" dir=\"auto\"></h3>\n\
         <label class=\"own-answer\"><span>{}</span><textarea rows=\"3\" autocomplete=\"off\"></textarea></label>\n\
         <fieldset class=\"choices\" hidden><legend>{}</legend></fieldset>\n<div class=\"actions\">\n\
         <button class=\"main reveal\" type=\"button\">{}</button>\n<button class=\"show-choices\" type=\"button\">{}</button>\n\
         </div>\n<div class=\"revealed\" hidden>\n<h4 tabindex=\"-1\">{}</h4>\n<div class=\"answer\" dir=\"auto\"></div>\n\
         <div class=\"rate\" role=\"group\" aria-labelledby=\"rate-question\"><p id=\"rate-question\">{}</p>",
        escaped(&labels.progress),
        escaped(&labels.your_answer),
        escaped(&labels.answers),
        escaped(&labels.reveal),
        escaped(&labels.choices),
        escaped(&labels.answer),
        escaped(&labels.how_was_it)
    );
    for (score, name) in [&labels.missed, &labels.partly, &labels.got_it].into_iter().enumerate() {
        let name = escaped(name);
        let _ = writeln!(out, "<button type=\"button\" data-score=\"{score}\" aria-pressed=\"false\">{name}</button>");
    }
    let _ = writeln!(
        out,
        "</div>\n<div class=\"reason\" hidden></div>\n</div>\n<div class=\"steps\">\n<button class=\"back\" \
         type=\"button\">{}</button>\n<button class=\"main next\" type=\"button\" data-label=\"{}\" data-last=\"{}\" hidden>\
         {}</button>\n</div>\n</div>",
        escaped(&labels.back),
        escaped(&labels.next),
        escaped(&labels.result),
        escaped(&labels.next)
    );
}

/// What people did, and what became of the proposals.
fn behaviour(sheet: &Sheet<'_>, out: &mut String) {
    let labels = sheet.follow_up.labels();
    let _ = writeln!(
        out,
        "<form class=\"behaviour\" hidden>\n<h3 tabindex=\"-1\">{}</h3>",
        escaped(&labels.since_the_talk)
    );
    let yes_no = [("1", labels.yes.as_str()), ("0", labels.no.as_str())];
    for (name, ask) in [("met", &labels.met), ("recognised", &labels.recognised), ("acted", &labels.acted)] {
        radios(name, &escaped(ask), &yes_no, out);
    }
    let states = [
        ("tried", &*labels.tried),
        ("decided", &*labels.decided),
        ("dropped", &*labels.dropped),
        ("", &*labels.not_yet),
    ];
    for adoption in &sheet.follow_up.adoptions {
        radios(&format!("adopt:{}", adoption.id), &sheet.text(&adoption.tool), &states, out);
    }
    let _ = writeln!(
        out,
        "<div class=\"steps\"><button class=\"back\" type=\"button\">{}</button>\n<button class=\"main\" \
         type=\"submit\">{}</button></div>\n</form>",
        escaped(&labels.back),
        escaped(&labels.result)
    );
}

/// One choice of several; `ask` is HTML.
fn radios(name: &str, ask: &str, options: &[(&str, &str)], out: &mut String) {
    let name = escaped(name);
    let _ = writeln!(out, "<fieldset data-name=\"{name}\"><legend>{ask}</legend>");
    for (value, word) in options {
        let word = escaped(word);
        let _ = writeln!(
            out,
            "<label class=\"chip\"><input type=\"radio\" name=\"{name}\" value=\"{value}\"><span>{word}</span></label>"
        );
    }
    out.push_str("</fieldset>\n");
}

/// The score, what to look at again, and the line to hand in.
fn done(labels: &Labels, out: &mut String) {
    let _ = writeln!(
        out,
        "<section class=\"done\" hidden>\n<h3 tabindex=\"-1\">{}</h3>\n<p class=\"score\" data-label=\"{}\"></p>\n\
         <div class=\"again-list\" hidden><h4>{}</h4><ul></ul></div>\n<h4 id=\"result-heading\">{}</h4>\n\
         <p class=\"privacy\">{} {}</p>\n<p class=\"line\"><textarea readonly rows=\"2\" spellcheck=\"false\" \
         aria-labelledby=\"result-heading\"></textarea></p>\n<div class=\"actions\">\n<button class=\"main copy\" \
         type=\"button\">{}</button>\n<span class=\"copied\" role=\"status\" data-label=\"{}\"></span>\n\
         <button class=\"again\" type=\"button\">{}</button>\n<button class=\"print\" type=\"button\">{}</button>\n\
         </div>\n</section>",
        escaped(&labels.finished),
        escaped(&labels.score),
        escaped(&labels.look_again),
        escaped(&labels.result),
        escaped(&labels.send_result),
        privacy(labels),
        escaped(&labels.copy_result),
        escaped(&labels.copied),
        escaped(&labels.again),
        escaped(&labels.print)
    );
}

/// What is done with answers, in two sentences; a full stop of full width has its blank in itself.
fn privacy(labels: &Labels) -> String {
    let first = label(&labels.privacy, &[("n", &FEWEST.to_string())]);
    let gap = if first.ends_with('。') { "" } else { " " };
    format!("{first}{gap}{}", escaped(&labels.lines_deleted))
}
