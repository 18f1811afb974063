use std::collections::BTreeMap;

use minijinja::value::Value;
use minijinja::{AutoEscape, Environment};

use crate::deck::labels::label;
use crate::deck::tails::kept_together;
use crate::diagnostic::{Diagnostic, Diagnostics, code, did_you_mean};
use crate::source::Spanned;
use crate::theme::Theme;

/// How many instructions a layout may take.
const FUEL: u64 = 200_000;
/// How deep layouts may go: each include counts ten, each block one.
const MAX_DEPTH: usize = 60;

/// The shape of a slide when a theme has no `default` layout.
const FALLBACK: &str = "<div class=\"slide-body\" data-bounds>{{ slide.heading }}<div class=\"slide-content\">\
    {{ slide.content }}</div>{{ slide.footnotes }}</div>";

/// The layouts of a theme, compiled.
pub(super) struct Templates<'a> {
    environment: Environment<'a>,
    theme: &'a Theme,
}

impl<'a> Templates<'a> {
    /// Compiles every layout of `theme`; a broken one is reported and left out.
    pub(super) fn new(theme: &'a Theme, lang: &str, for_layout: bool, diagnostics: &mut Diagnostics) -> Self {
        let mut environment = Environment::new();
        environment.set_auto_escape_callback(|_| AutoEscape::Html);
        environment.set_fuel(Some(FUEL));
        environment.set_recursion_limit(MAX_DEPTH);
        let lang = lang.to_owned();
        environment.add_filter("keep", move |text: &str| Value::from_safe_string(kept_together(text, for_layout)));
        environment.add_filter("says", |text: &str, takeaway: Option<&str>| says(text, takeaway.unwrap_or_default()));
        environment.add_function("t", move |key: &str| label(&lang, key).to_owned());
        for (name, source) in &theme.layouts {
            if let Err(error) = environment.add_template_owned(format!("{name}.html"), source.clone()) {
                diagnostics.push(template_error(theme, name, &error));
            }
        }
        if environment.get_template("default.html").is_err() {
            // The text is our own and compiles.
            let _ = environment.add_template_owned("default.html", FALLBACK);
        }
        Self { environment, theme }
    }

    /// The layout that a slide asks for, or the default one.
    pub(super) fn choose(&self, wanted: Option<&Spanned<String>>, diagnostics: &mut Diagnostics) -> String {
        let Some(wanted) = wanted else { return "default".to_owned() };
        let name = wanted.value.trim();
        if self.theme.layouts.contains_key(name) {
            return name.to_owned();
        }
        let message = format!("the theme `{}` has no layout `{name}`", self.theme.name);
        let found = Diagnostic::new(&code::UNKNOWN_LAYOUT, wanted.span, message);
        let names: Vec<&str> = self.theme.layouts.keys().map(String::as_str).collect();
        diagnostics.push(match did_you_mean(name, names.iter().copied()) {
            Some(near) => found.hint(format!("did you mean `{near}`?")),
            None => found.hint(format!("the layouts are `{}`", names.join("`, `"))),
        });
        "default".to_owned()
    }

    /// Whether the layout `name` has a place for a picture that fills its side; others show it like any other.
    pub(super) fn places_photos(&self, name: &str) -> bool {
        let layout = self.environment.get_template(&format!("{name}.html"));
        layout.is_ok_and(|layout| layout.undeclared_variables(true).contains("slide.photo"))
    }

    /// The layout `name`, filled in; when it fails, the slide's default shape.
    pub(super) fn render(&self, name: &str, context: &Value, diagnostics: &mut Diagnostics) -> String {
        let render = |name: &str| {
            self.environment.get_template(&format!("{name}.html")).and_then(|layout| layout.render(context.clone()))
        };
        render(name).unwrap_or_else(|error| {
            diagnostics.push(template_error(self.theme, name, &error));
            self.environment.render_named_str("fallback.html", FALLBACK, context.clone()).unwrap_or_default()
        })
    }
}

/// Whether `html` says `takeaway` in the same words, or in at least half of them; marks, spaces and tags do not count.
fn says(html: &str, takeaway: &str) -> bool {
    let mut is_tag = false;
    let outside = |character: &char| {
        is_tag = *character == '<' || (is_tag && *character != '>');
        !is_tag && character.is_alphanumeric()
    };
    let text: String = html.chars().filter(outside).flat_map(char::to_lowercase).collect();
    let takeaway: String = takeaway.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    text.contains(&takeaway) || (takeaway.contains(&text) && text.chars().count() * 2 >= takeaway.chars().count())
}

fn template_error(theme: &Theme, name: &str, error: &minijinja::Error) -> Diagnostic {
    let place = match (error.name(), error.line()) {
        (Some(file), Some(line)) => format!("`layouts/{file}`, line {line}"),
        _ => format!("`layouts/{name}.html`"),
    };
    let what = error.detail().map_or_else(|| error.kind().to_string(), str::to_owned);
    let message = format!("{place} of the theme `{}`: {}", theme.name, what.trim_end_matches('.'));
    Diagnostic::new(&code::TEMPLATE_ERROR, None, message)
}

/// HTML that a layout may write as it is.
pub(super) fn safe(html: impl Into<String>) -> Value {
    Value::from_safe_string(html.into())
}

/// `pairs` as an object of a layout's context.
pub(super) fn object(pairs: impl IntoIterator<Item = (&'static str, Value)>) -> Value {
    Value::from(pairs.into_iter().collect::<BTreeMap<&'static str, Value>>())
}

/// A text that may be missing.
pub(super) fn optional(text: Option<&str>) -> Value {
    text.map_or(Value::UNDEFINED, Value::from)
}

#[cfg(test)]
mod tests {
    use super::says;

    #[test]
    fn a_takeaway_is_said_whatever_the_marks_and_line_breaks() {
        let takeaway = "派活要说清，收活要验货。";
        for (html, said) in [
            ("派活要说清<br>收活要验货", true),
            ("<p>派活要说清，<span class=\"keep\">收活要验货</span></p>", true),
            ("收活要验货", true),
            ("收活", false),
            ("谢谢", false),
            ("", false),
        ] {
            assert_eq!(says(html, takeaway), said, "{html}");
        }
        assert!(says("谢谢", ""));
    }
}
