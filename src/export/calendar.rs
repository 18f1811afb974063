//! The rounds of a follow-up as entries of a calendar (iCalendar, RFC 5545).
//!
//! In: a [`FollowUp`], and the calendar that was written before, if any. Out: the text of `follow-up.ics`: five minutes
//! at ten in the morning of each round, local time wherever one is, that don't make anybody look busy. An entry asks and
//! does not answer. It keeps its UID for good; when it has changed since `before`, its SEQUENCE is one more, by which
//! calendars know the newer. Nothing is taken from a clock: the stamp is the day of the talk.

use std::fmt::Write as _;

use jiff::civil::Date;
use sha2::{Digest as _, Sha256};

use crate::recall::{FollowUp, Round, fill};
use crate::talk::plain_text;

/// Characters of a question; a calendar shows a few lines.
const LONGEST_QUESTION: usize = 280;

/// Characters of the title.
const LONGEST_TITLE: usize = 120;

/// Bytes of a line without its end (RFC 5545, 3.1).
const LONGEST_LINE: usize = 75;

/// Bytes of the digest that names an entry.
const UID_BYTES: usize = 16;

/// The text of `follow-up.ics`; `None` when the talk has no date. `before` is the text of the same file as it was.
#[must_use]
pub fn calendar(follow_up: &FollowUp, before: Option<&str>) -> Option<String> {
    // Years before Christ can't be written there.
    let talk = follow_up.date.filter(|date| date.year() > 0)?;
    let before = before.unwrap_or_default();
    let mut out = String::new();
    for (name, value) in
        [("BEGIN", "VCALENDAR"), ("VERSION", "2.0"), ("PRODID", "-//Retell//Retell//EN"), ("METHOD", "PUBLISH")]
    {
        push_line(name, value, &mut out);
    }
    for round in &follow_up.rounds {
        let Some(date) = round.date else { continue };
        let uid = uid(&follow_up.id, round);
        let event = |sequence| event(follow_up, round, &Frame { talk, date, uid: &uid, sequence });
        out.push_str(&match sequence_in(before, &uid) {
            Some(sequence) if before.contains(&event(sequence)) => event(sequence),
            Some(sequence) => event(sequence.saturating_add(1)),
            None => event(0),
        });
    }
    push_line("END", "VCALENDAR", &mut out);
    Some(out)
}

/// What an entry has besides its words.
struct Frame<'a> {
    talk: Date,
    date: Date,
    uid: &'a str,
    sequence: u32,
}

fn event(follow_up: &FollowUp, round: &Round, frame: &Frame<'_>) -> String {
    let title = shortened(&follow_up.title, LONGEST_TITLE);
    let labels = follow_up.labels();
    let summary = escaped(&fill(&labels.invitation, &[("title", &title), ("n", &round.day.to_string())]));
    let day = frame.date.strftime("%Y%m%d");
    let mut out = String::new();
    let mut line = |name: &str, value: &str| push_line(name, value, &mut out);
    line("BEGIN", "VEVENT");
    line("UID", frame.uid);
    line("DTSTAMP", &frame.talk.strftime("%Y%m%dT000000Z").to_string());
    line("SEQUENCE", &frame.sequence.to_string());
    // Without a zone: ten o'clock where the reader is.
    line("DTSTART", &format!("{day}T100000"));
    line("DTEND", &format!("{day}T100500"));
    line("TRANSP", "TRANSPARENT");
    line("SUMMARY", &summary);
    line("DESCRIPTION", &escaped(&description(follow_up, round)));
    if let Some(link) = follow_up.link_to(round) {
        line("URL", &link);
    }
    line("BEGIN", "VALARM");
    line("ACTION", "DISPLAY");
    line("TRIGGER", "PT0S");
    line("DESCRIPTION", &summary);
    line("END", "VALARM");
    line("END", "VEVENT");
    out
}

/// Why one should answer now, one or two questions, and where the answers are.
fn description(follow_up: &FollowUp, round: &Round) -> String {
    let labels = follow_up.labels();
    let mut parts = vec![labels.invitation_text.clone()];
    let asked = follow_up.invitation(round);
    parts.extend(asked.iter().map(|asked| format!("• {}", shortened(&plain_text(asked.ask), LONGEST_QUESTION))));
    parts.push(match follow_up.link_to(round) {
        Some(link) => format!("{} {link}", labels.invitation_link),
        None => labels.invitation_file.replace('`', ""),
    });
    parts.extend(follow_up.contact.as_ref().map(|contact| format!("{} {contact}", labels.contact)));
    parts.join("\n")
}

/// What calendars know the entry by: made of the names of talk and round, so that other words are the same entry.
fn uid(talk: &str, round: &Round) -> String {
    let mut out = String::new();
    // Some calendars don't tell upper from lower case.
    for byte in Sha256::digest(format!("{talk}/d{}", round.day)).iter().take(UID_BYTES) {
        let _ = write!(out, "{byte:02x}");
    }
    out + "@retell"
}

/// The SEQUENCE of the entry `uid` in a calendar that [`calendar`] has written.
fn sequence_in(calendar: &str, uid: &str) -> Option<u32> {
    let entry = calendar.split_once(&format!("UID:{uid}\r\n"))?.1;
    let entry = entry.split("END:VEVENT").next().unwrap_or_default();
    entry.lines().find_map(|line| line.strip_prefix("SEQUENCE:")?.parse().ok())
}

/// `text` on one line, cut where it is longer than `most` characters.
fn shortened(text: &str, most: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None => line,
    }
}

/// A TEXT value (RFC 5545, 3.3.11).
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            _ if c.is_control() => out.push(' '),
            _ => out.push(c),
        }
    }
    out
}

/// Adds `name:value`, folded between characters: a line that goes on starts with a blank, which counts.
fn push_line(name: &str, value: &str, out: &mut String) {
    let mut bytes = 0;
    for c in name.chars().chain([':']).chain(value.chars()) {
        if bytes + c.len_utf8() > LONGEST_LINE {
            out.push_str("\r\n ");
            bytes = 1;
        }
        out.push(c);
        bytes += c.len_utf8();
    }
    out.push_str("\r\n");
}
