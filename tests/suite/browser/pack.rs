//! Packs that the program itself has built: theme, player and page in one.

use std::fs;
use std::process::Command;

use super::chromium::Chromium;
use crate::project::Project;

/// A talk with these lines in its front matter and these slides, built.
fn built(front_matter: &str, slides: &str) -> Project {
    let talk = format!("---\ntitle: A talk\nlang: en\n{front_matter}\n---\n\n{slides}\n");
    let project = Project::new().file("x/talk.md", talk);
    project.run(["build", "x"]).exit(0).stderr_is("");
    project
}

const SLIDES: &str = "# Opening\n\nwords\n\n---\n\n## Deck\n\n- one\n- two\n\n---\n\n## Retell data\n\nwords";

/// Where things stand on each slide, from the slide's corner, in its own pixels.
const PLACES: &str = "[...document.querySelectorAll('main > .slide')].filter(e => e.offsetWidth > 0).flatMap(slide => {
    const from = slide.getBoundingClientRect();
    const scale = from.width / slide.offsetWidth;
    return [...slide.querySelectorAll('h1, h2, p, li')].map(e => {
      const at = e.getBoundingClientRect();
      return [(at.left - from.left) / scale, (at.top - from.top) / scale].map(Math.round).join(' ');
    });
  })";

#[test]
fn the_player_moves_nothing_on_a_slide() {
    let project = built("theme: paper", SLIDES);
    let page = project.path("dist/x/index.html");
    let plain: Vec<String> = Chromium::open_without_scripts(&page).eval(PLACES);
    let mut shown: Vec<String> = Vec::new();
    for fragment in ["", "#deck", "#retell-data"] {
        let deck = Chromium::open(&page, fragment);
        shown.extend(deck.eval::<Vec<String>>(PLACES));
        assert_eq!(deck.eval::<usize>("[...document.querySelectorAll('*')].filter(e => e.scrollTop !== 0).length"), 0);
    }
    assert_eq!(shown, plain);
}

#[test]
fn a_slide_may_have_any_name() {
    let project = built("theme: night", SLIDES);
    let page = project.path("dist/x/index.html");
    let deck = Chromium::open(&page, "#retell-data");
    assert_eq!(deck.eval::<String>("document.querySelector('.is-current h2').textContent"), "Retell data");
    deck.press("ArrowLeft");
    assert_eq!(deck.eval::<String>("document.querySelector('.is-current').id"), "deck");
    assert_eq!(deck.eval::<usize>("document.querySelectorAll('#deck').length"), 1);
}

#[test]
fn paper_has_the_shape_of_the_slide() {
    for (aspect, size) in [("16:9", "960 x 540 pts"), ("4:3", "720 x 540 pts"), ("16:10", "864 x 540 pts")] {
        let project = built(&format!("aspect: {aspect}"), SLIDES);
        let page = project.path("dist/x/index.html");
        for deck in [Chromium::open(&page, ""), Chromium::open_without_scripts(&page)] {
            let printed = project.path("printed.pdf");
            fs::write(&printed, deck.pdf()).expect("the PDF is written");
            for pdf in [printed, project.path("dist/x/slides.pdf")] {
                let told = Command::new("pdfinfo").arg(&pdf).output().expect("poppler is installed");
                let told = String::from_utf8_lossy(&told.stdout).into_owned();
                assert!(told.contains("Pages:           3") && told.contains(size), "{aspect} {pdf:?}: {told}");
            }
        }
    }
}
