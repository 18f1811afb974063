//! The page that shows the packs of several talks.

use std::process::Command;

use super::axe::assert_accessible;
use super::chromium::{Chromium, Device};
use crate::built::{SAMPLE, talks};

#[test]
fn a_gallery_is_sound_and_fits_desk_and_phone() {
    let home = tempfile::tempdir().expect("a folder");
    let outlines = [("company", "en"), ("engineering", "zh"), ("team", "en")];
    let retell = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_retell"));
        command.env("RETELL_HOME", home.path()).current_dir(home.path()).args(arguments);
        let output = command.output().expect("the program runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    };
    for (outline, lang) in outlines {
        retell(&["new", &format!("talks/{outline}"), "--template", outline, "--lang", lang]);
    }
    let sample = talks().join(SAMPLE);
    std::fs::create_dir_all(home.path().join("talks").join(SAMPLE).join("img")).expect("a folder");
    for file in
        std::fs::read_dir(&sample).expect("the sample").chain(std::fs::read_dir(sample.join("img")).expect("img"))
    {
        let from = file.expect("a file").path();
        if from.is_file() {
            let below = from.strip_prefix(talks()).expect("below");
            std::fs::copy(&from, home.path().join("talks").join(below)).expect("a copy");
        }
    }
    retell(&["gallery", "talks", "--without-notes"]);
    let page = Chromium::open(&home.path().join("dist/index.html"), "");
    for scheme in ["light", "dark"] {
        page.prefer(&[("prefers-color-scheme", scheme)]);
        for (width, height, device) in [(1280, 800, Device::Desktop), (390, 844, Device::Phone)] {
            page.set_size(width, height, device);
            page.act("for (const image of document.images) image.loading = 'eager'");
            page.wait_until("[...document.images].every(image => image.complete && image.naturalWidth === 1200)");
            assert!(page.eval::<bool>("document.documentElement.scrollWidth <= innerWidth"), "{scheme} {width}");
            assert_accessible(&page, &format!("gallery, {scheme}, {width}"));
        }
    }
    assert_eq!(page.eval::<usize>("document.querySelectorAll('article').length"), outlines.len() + 1);
    page.act("document.querySelector('h2 a').click()");
    page.wait_until("document.querySelector('.slide') !== null");
    assert_eq!(page.errors(), Vec::<String>::new());
}
