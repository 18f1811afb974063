//! What came of the follow-up, as one page that works without a network.
//!
//! In: [`Results`]. Out: HTML with small charts and without a script, in the talk's language where there is one talk. It
//! must not know how figures come about.

mod chart;

use std::fmt::Write as _;

use crate::escape::html as escape;
use crate::recall::results::{BehaviourResults, Fault, Figures, ProposalResults, Results, Score, TalkResults};
use crate::recall::{Labels, fill};

/// How many places of a flaw are named.
const PLACES: usize = 5;

/// The page.
#[must_use]
pub fn page(results: &Results) -> String {
    let lang = match results.talks.as_slice() {
        [talk] => talk.lang.as_deref().unwrap_or("en"),
        _ => "en",
    };
    let labels = Labels::of(lang);
    let title = match results.talks.as_slice() {
        [talk] => format!("{} – {}", labels.results, talk.title.as_deref().unwrap_or(&talk.id)),
        _ => labels.results.clone(),
    };
    let mut out = format!("<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n", escape(lang));
    let _ = writeln!(
        out,
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; \
         img-src data:; base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{}</title>\n\
         <link rel=\"icon\" href=\"data:,\">\n<style>\n{}</style>\n</head>\n<body>\n<main>",
        escape(&title),
        concat!(include_str!("../report.css"), include_str!("page.css"))
    );
    let mut page = Page { out, labels, fewest: results.fewest };
    results.talks.iter().for_each(|talk| page.talk(talk));
    if results.talks.is_empty() {
        let few = page.few();
        let _ = writeln!(page.out, "<h1>{}</h1>\n<p class=\"quiet\">{few}", escape(&labels.results));
    }
    page.faults(&results.faults);
    let how = fill(&labels.how, &[("n", &results.resamples.to_string())]);
    let lines = fill(&labels.lines, &[("n", &results.lines.to_string())]);
    let _ = writeln!(page.out, "<footer>{} · {}</footer>\n</main>\n</body>\n</html>", escape(&lines), escape(&how));
    page.out
}

/// A page being written.
struct Page {
    out: String,
    labels: &'static Labels,
    fewest: usize,
}

impl Page {
    fn talk(&mut self, talk: &TalkResults) {
        let labels = self.labels;
        let title = talk.title.as_deref().unwrap_or(&talk.id);
        let _ = writeln!(self.out, "<article>\n<h1>{}</h1>", escape(title));
        let people = format!("{} {}", escape(&labels.people), talk.people);
        let _ = writeln!(self.out, "<p class=\"quiet\">{} · {} · {people}", escape(&labels.results), escape(&talk.id));
        self.responses(talk);
        self.weakest(talk);
        self.questions(talk);
        self.probe(talk);
        self.behaviour(&talk.behaviour);
        self.proposals(&talk.proposals);
        self.out.push_str("</article>\n");
    }

    fn heading(&mut self, label: &str) {
        let _ = writeln!(self.out, "<h2>{}</h2>", escape(label));
    }

    /// The start of a table with these heads, below a heading of its name; where it is too wide, it scrolls by keys.
    fn table(&mut self, name: &str, heads: &[&str]) {
        self.heading(name);
        let name = escape(name);
        let _ = write!(
            self.out,
            "<div class=\"scroll\" role=\"region\" aria-label=\"{name}\" tabindex=\"0\"><table>\n<thead><tr>"
        );
        for head in heads {
            let _ = write!(self.out, "<th scope=\"col\">{}", escape(head));
        }
        self.out.push_str("</thead>\n");
    }

    fn end_table(&mut self) {
        self.out.push_str("</table></div>\n");
    }

    fn responses(&mut self, talk: &TalkResults) {
        let labels = self.labels;
        self.table(&labels.response, &[&labels.round, &labels.people, &labels.rate]);
        self.out.push_str("<tbody>\n");
        for round in &talk.rounds {
            let rate = round.rate.map(|rate| format!("{}{}", chart::bar(rate), percent(rate)));
            let day = self.day(round.day);
            let _ = writeln!(self.out, "<tr><td>{day}<td>{}<td>{}", round.people, rate.unwrap_or_default());
        }
        self.out.push_str("</tbody>\n");
        self.end_table();
    }

    fn weakest(&mut self, talk: &TalkResults) {
        if talk.weakest.is_empty() {
            return;
        }
        let labels = self.labels;
        self.heading(&labels.weakest);
        self.out.push_str("<ol>\n");
        for weak in &talk.weakest {
            let slide = weak.slide.as_ref().map(|slide| {
                let number = fill(&labels.slide, &[("n", &slide.number.to_string())]);
                format!("<strong>{}: {}</strong> · ", escape(&number), escape(&slide.title))
            });
            let (slide, day) = (slide.unwrap_or_default(), self.day(weak.day));
            let _ = writeln!(
                self.out,
                "<li>{slide}{} <span class=\"quiet\">{} {:.2}, {day}</span>",
                escape(&weak.id),
                escape(&labels.mean),
                weak.mean
            );
        }
        self.out.push_str("</ol>\n");
    }

    fn questions(&mut self, talk: &TalkResults) {
        let labels = self.labels;
        let heads = [
            &labels.question,
            &labels.round,
            &labels.people,
            &labels.mean,
            &labels.both,
            &labels.change,
            &labels.interval,
        ];
        self.table(&labels.recall, &heads.map(String::as_str));
        self.scores(&escape(&labels.all_questions), &talk.overall);
        for question in &talk.questions {
            let mut name = escape(question.ask.as_deref().unwrap_or(&question.id));
            let slide = question.slide.as_ref().map(|slide| {
                let number = fill(&labels.slide, &[("n", &slide.number.to_string())]);
                format!(" · {}: {}", escape(&number), escape(&slide.title))
            });
            let held = if question.probe { format!(" · {}", escape(&labels.held_back)) } else { String::new() };
            let _ = write!(name, "<small>{}{}{held}</small>", escape(&question.id), slide.unwrap_or_default());
            self.scores(&name, &question.rounds);
        }
        self.end_table();
    }

    /// The rounds of one question; `name` is HTML.
    fn scores(&mut self, name: &str, rounds: &[Score]) {
        let few = self.few();
        let _ = write!(self.out, "<tbody>\n<tr><th scope=\"rowgroup\" rowspan=\"{}\">{name}", rounds.len().max(1));
        if rounds.is_empty() {
            self.out.push_str("<td>–<td>0<td colspan=\"4\">\n");
        }
        for (at, round) in rounds.iter().enumerate() {
            let (start, day) = (if at == 0 { "" } else { "<tr>" }, self.day(round.day));
            let _ = write!(self.out, "{start}<td>{day}<td>{}", round.people);
            let Some(mean) = round.mean else {
                let _ = writeln!(self.out, "<td colspan=\"4\" class=\"few quiet\">{few}");
                continue;
            };
            let _ = write!(self.out, "<td>{}{mean:.2}", chart::bar(mean));
            let _ = match &round.change {
                Some(change) => match &change.figures {
                    Some(figures) => writeln!(self.out, "<td>{}{}", change.people, changed(figures)),
                    None => writeln!(self.out, "<td>{}<td colspan=\"2\" class=\"few quiet\">{few}", change.people),
                },
                None => writeln!(self.out, "<td><td><td>"),
            };
        }
        self.out.push_str("</tbody>\n");
    }

    fn probe(&mut self, talk: &TalkResults) {
        let Some(probe) = &talk.probe else { return };
        let labels = self.labels;
        let heads =
            [&labels.round, &labels.people, &labels.held_back, &labels.practised, &labels.change, &labels.interval];
        self.table(&labels.probe_effect, &heads.map(String::as_str));
        let (day, few) = (self.day(probe.day), self.few());
        let _ = write!(self.out, "<tbody>\n<tr><td>{day}<td>{}", probe.people);
        let _ = match &probe.figures {
            Some(found) => writeln!(
                self.out,
                "<td>{}{:.2}<td>{}{:.2}<td>{}<td>{}",
                chart::bar(found.before),
                found.before,
                chart::bar(found.after),
                found.after,
                found.change_in_words(),
                found.interval_in_words()
            ),
            None => writeln!(self.out, "<td colspan=\"4\" class=\"few quiet\">{few}"),
        };
        self.out.push_str("</tbody>\n");
        self.end_table();
    }

    fn behaviour(&mut self, rounds: &[BehaviourResults]) {
        if rounds.is_empty() {
            return;
        }
        let labels = self.labels;
        let heads = [&labels.round, &labels.people, &labels.met_it, &labels.recognised_it, &labels.acted_on_it];
        self.table(&labels.in_practice, &heads.map(String::as_str));
        self.out.push_str("<tbody>\n");
        let few = self.few();
        for round in rounds {
            let day = self.day(round.day);
            let _ = write!(self.out, "<tr><td>{day}<td>{}", round.people);
            let _ = match (round.met, round.recognised.zip(round.acted)) {
                (Some(met), Some((recognised, acted))) => writeln!(
                    self.out,
                    "<td>{met}<td>{}{}<td>{}{}",
                    chart::bar(recognised),
                    percent(recognised),
                    chart::bar(acted),
                    percent(acted)
                ),
                _ => writeln!(self.out, "<td colspan=\"3\" class=\"few quiet\">{few}"),
            };
        }
        self.out.push_str("</tbody>\n");
        self.end_table();
    }

    fn proposals(&mut self, proposals: &[ProposalResults]) {
        if proposals.is_empty() {
            return;
        }
        let labels = self.labels;
        let heads = ["", &labels.decide_by, &labels.people, &labels.tried, &labels.decided, &labels.dropped];
        self.table(&labels.adopt_or_drop, &heads);
        self.out.push_str("<tbody>\n");
        let few = self.few();
        for proposal in proposals {
            let name = escape(proposal.tool.as_deref().unwrap_or(&proposal.id));
            let by = escape(proposal.decide_by.as_deref().unwrap_or("–"));
            let _ = write!(self.out, "<tr><th scope=\"row\">{name}<td>{by}<td>{}", proposal.people);
            let _ = match proposal.told {
                Some(told) => writeln!(self.out, "<td>{}<td>{}<td>{}", told.tried, told.decided, told.dropped),
                None => writeln!(self.out, "<td colspan=\"3\" class=\"few quiet\">{few}"),
            };
        }
        self.out.push_str("</tbody>\n");
        self.end_table();
    }

    fn faults(&mut self, faults: &[Fault]) {
        if faults.is_empty() {
            return;
        }
        let labels = self.labels;
        self.heading(&labels.not_counted);
        // Messages of the program are in English everywhere.
        self.out.push_str("<ul lang=\"en\">\n");
        for fault in faults {
            let places: Vec<String> = fault
                .places
                .iter()
                .take(PLACES)
                .map(|place| format!("{}:{}", escape(&place.file), place.line))
                .collect();
            let more = if fault.count > places.len() { ", …" } else { "" };
            let (what, outcome) = (escape(fault.what), escape(fault.outcome));
            let _ = writeln!(
                self.out,
                "<li>{} × {what} ({outcome}) <span class=\"quiet\">{}{more}</span>",
                fault.count,
                places.join(", ")
            );
        }
        self.out.push_str("</ul>\n");
    }

    fn day(&self, day: u16) -> String {
        escape(&fill(&self.labels.day, &[("n", &day.to_string())]))
    }

    fn few(&self) -> String {
        escape(&fill(&self.labels.too_few, &[("n", &self.fewest.to_string())]))
    }
}

/// The cells of a change and its interval.
fn changed(figures: &Figures) -> String {
    format!(
        "<td>{:.2} → {:.2} ({})<td>{}{}",
        figures.before,
        figures.after,
        figures.change_in_words(),
        chart::difference(figures),
        figures.interval_in_words()
    )
}

fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}
