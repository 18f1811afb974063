use std::fmt::Write as _;

use super::details::made_of;
use super::figures::{clock, escape, range, signed, standing};
use super::labels::{Words, fill};
use crate::timing::{Cut, Sheet, SheetSection, SheetSlide};

/// Everything as tables: sections, slides, and what can be cut.
pub(super) fn tables(sheet: &Sheet, words: &Words, out: &mut String) {
    if !sheet.sections.is_empty() {
        sections(sheet, words, out);
    }
    slides(sheet, words, out);
    cuts(words.cuts, &sheet.cuts, words, out);
    if let Some(drop) = &sheet.drop {
        cuts(words.drops, &drop.slides, words, out);
    }
}

/// The columns of a table: heading, and whether it holds figures.
fn open(id: &str, heading: &str, columns: &[(&str, bool)], out: &mut String) {
    let _ = write!(
        out,
        "<h2 id=\"{id}\">{}</h2>\n<div class=\"wide\" role=\"region\" tabindex=\"0\" aria-labelledby=\"{id}\">\n\
         <table>\n<thead><tr>",
        escape(heading)
    );
    for (column, is_figure) in columns {
        let class = if *is_figure { " class=\"figure\"" } else { "" };
        let _ = write!(out, "<th scope=\"col\"{class}>{}</th>", escape(column));
    }
    out.push_str("</tr></thead>\n<tbody>\n");
}

fn close(out: &mut String) {
    out.push_str("</tbody>\n</table>\n</div>\n");
}

fn figure(value: Option<String>, class: &str, out: &mut String) {
    let _ = write!(out, "<td class=\"figure {class}\">{}</td>", value.unwrap_or_default());
}

fn sections(sheet: &Sheet, words: &Words, out: &mut String) {
    let has_plan = sheet.sections.iter().any(|section| section.planned.is_some());
    let has_run = sheet.sections.iter().any(|section| section.rehearsed.is_some());
    let columns = [
        (words.section, false, true),
        (words.planned, true, has_plan),
        (words.estimate, true, true),
        (words.difference, true, has_plan),
        (words.rehearsed, true, has_run),
    ];
    let columns: Vec<(&str, bool)> =
        columns.iter().filter(|(_, _, is_shown)| *is_shown).map(|(name, is_figure, _)| (*name, *is_figure)).collect();
    open("sections", words.sections, &columns, out);
    for section in &sheet.sections {
        let SheetSection { name, planned, estimate, rehearsed, .. } = section;
        let _ = write!(out, "<tr><th scope=\"row\">{}</th>", escape(name));
        if has_plan {
            figure(planned.map(clock), "", out);
        }
        let standing_now = standing(estimate.p50, *planned);
        figure(Some(format!("{} <small>{}</small>", clock(estimate.p50), range(*estimate))), "", out);
        if has_plan {
            figure(planned.map(|planned| signed(estimate.p50 - planned)), standing_now, out);
        }
        if has_run {
            figure(rehearsed.map(clock), rehearsed.map_or("", |time| standing(time, *planned)), out);
        }
        out.push_str("</tr>\n");
    }
    close(out);
}

fn slides(sheet: &Sheet, words: &Words, out: &mut String) {
    let has_plan = sheet.slides.iter().any(|slide| slide.planned.is_some());
    let has_run = sheet.slides.iter().any(|slide| slide.rehearsed.is_some());
    let has_flags = sheet.slides.iter().any(|slide| slide.optional || !slide.flags.is_empty());
    let columns = [
        ("#", true, true),
        (words.slide, false, true),
        (words.start, true, true),
        (words.estimate, true, true),
        (words.planned, true, has_plan),
        (words.rehearsed, true, has_run),
        (words.made_of, false, true),
        (words.basis, false, true),
        (words.flags, false, has_flags),
    ];
    let columns: Vec<(&str, bool)> =
        columns.iter().filter(|(_, _, is_shown)| *is_shown).map(|(name, is_figure, _)| (*name, *is_figure)).collect();
    open("slides", words.slides, &columns, out);
    for (index, slide) in sheet.slides.iter().enumerate() {
        let title = slide.title.as_deref().unwrap_or(&slide.id);
        let _ = write!(out, "<tr><td class=\"figure\">{}</td><th scope=\"row\">{}</th>", index + 1, escape(title));
        figure(Some(clock(slide.start)), "", out);
        figure(Some(format!("{} <small>{}</small>", clock(slide.estimate.p50), range(slide.estimate))), "", out);
        if has_plan {
            figure(slide.planned.map(clock), "", out);
        }
        if has_run {
            let class = slide.rehearsed.map_or("", |time| standing(time, slide.planned));
            figure(slide.rehearsed.map(clock), class, out);
        }
        let (parts, basis) = (made_of(slide, words), words.name(slide.basis));
        let _ = write!(out, "<td class=\"parts\">{}</td><td class=\"brief\">{}</td>", escape(&parts), escape(basis));
        if has_flags {
            let _ = write!(out, "<td>{}</td>", escape(&flags(slide, words)));
        }
        out.push_str("</tr>\n");
    }
    close(out);
}

fn flags(slide: &SheetSlide, words: &Words) -> String {
    let optional = slide.optional.then_some(words.optional);
    let flags: Vec<&str> = slide.flags.iter().map(|flag| words.name(flag)).chain(optional).collect();
    flags.join(words.comma)
}

fn cuts(heading: &str, cuts: &[Cut], words: &Words, out: &mut String) {
    if cuts.is_empty() {
        return;
    }
    let _ = writeln!(out, "<h2>{}</h2>\n<ul class=\"cuts\">", escape(heading));
    for cut in cuts {
        let why = match cut.why {
            "optional" => words.optional,
            "code" => words.less_code,
            _ => words.guessed,
        };
        let title = escape(cut.title.as_deref().unwrap_or(&cut.id));
        let saves = fill(words.saves, &clock(cut.saves));
        let _ = writeln!(out, "<li><b>{saves}</b> {}. {title} <small>{why}</small></li>", cut.number);
    }
    out.push_str("</ul>\n");
}
