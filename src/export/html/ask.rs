use serde::Serialize;

use super::{ICON, bundle, policy};
use crate::deck::Deck;
use crate::escape::html as escape;

/// What the audience can take along from the page where it asks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Takeaways {
    /// The rounds as entries of a calendar, `follow-up.ics`.
    pub calendar: bool,
    /// The sheet, `follow-up.html`.
    pub sheet: bool,
}

/// What the page is told.
#[derive(Serialize)]
struct AskPage<'a> {
    title: &'a str,
    slides: Vec<AskSlide<'a>>,
    #[serde(flatten)]
    takeaways: Takeaways,
}

#[derive(Serialize)]
struct AskSlide<'a> {
    id: &'a str,
    title: &'a str,
}

/// The page on which the audience of a room asks, for phones: the titles of the slides are all that it knows of the talk.
#[must_use]
pub fn ask_page(deck: &Deck, takeaways: Takeaways) -> String {
    let player = bundle::asking(&deck.lang);
    let slides = deck.slides.iter();
    let slides = slides.map(|slide| AskSlide { id: &slide.id, title: slide.title.as_deref().unwrap_or_default() });
    let page = AskPage { title: &deck.title, slides: slides.collect(), takeaways };
    // Texts under text keys always serialise.
    let data = serde_json::to_string(&page).unwrap_or_default().replace('<', "\\u003c");
    let (lang, title, policy) = (escape(&deck.lang), escape(&deck.title), policy(&player.script, true));
    let (script, style) = (&player.script, &player.style);
    format!(
        "<!doctype html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n{ICON}\n<title>{title}</title>\n<style>{style}</style>\n\
         </head>\n<body>\n<script type=\"application/json\">{data}</script>\n<script>{script}</script>\n</body>\n</html>\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::html::tests::deck;

    #[test]
    fn the_page_knows_titles_and_no_more() {
        let page = ask_page(&deck(), Takeaways { calendar: true, sheet: false });
        assert!(page.contains("<title>A &amp; B</title>") && page.contains("\"calendar\":true"));
        for secret in ["secret", "hidden?", "covert?", "optional"] {
            assert!(!page.contains(secret), "{secret}");
        }
        assert_eq!(page.matches("</script").count(), 2, "a title cannot end the script");
        for language in ["zh-CN", "ja"] {
            let mut deck = deck();
            deck.lang = language.to_owned();
            assert_ne!(ask_page(&deck, Takeaways::default()), page);
        }
    }
}
