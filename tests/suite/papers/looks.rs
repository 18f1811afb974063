//! How papers look: by their pixels.

use super::built;

/// The mean brightness of the first page, 0 to 1.
fn brightness(pack: &std::path::Path) -> f64 {
    let draw = std::process::Command::new("pdftoppm")
        .args(["-r", "40", "-gray", "-l", "1", "-singlefile", "handout.pdf", "page"])
        .current_dir(pack)
        .output()
        .expect("pdftoppm is installed");
    assert!(draw.status.success());
    let bytes = std::fs::read(pack.join("page.pgm")).unwrap();
    // After the head of a PGM file; a few bytes of it do not change the mean.
    let pixels = &bytes[20..];
    pixels.iter().map(|byte| f64::from(*byte)).sum::<f64>() / 255.0 / f64::from(u32::try_from(pixels.len()).unwrap())
}

#[test]
fn ink_is_spared_where_that_is_asked_for() {
    let slide = "# Dark\n\n- one\n- two\n\n```sql\nselect 1;\n```\n";
    let own = "<style>\n.slide { background: #002b36; color: #fdf6e3; }\n</style>\n\n";
    for own in ["", own] {
        let text = format!("---\ntitle: Ink\nlang: en\n---\n\n{own}{slide}\n---\n\n{slide}");
        let (_project, pack) = built(&text, ["--only", "handout", "--handout", "2up", "--theme", "night"]);
        assert!(brightness(&pack) < 0.7, "dark slides are dark: {}", brightness(&pack));
        let (_project, pack) = built(&text, ["--only", "handout", "--handout", "2up", "--theme", "night", "--ink"]);
        assert!(brightness(&pack) > 0.93, "{}", brightness(&pack));
    }
}
