//! QR codes as drawings.

use std::fmt::Write as _;

use fast_qr::QRBuilder;

/// How many modules stay light around a code, so that cameras find it.
const QUIET: usize = 4;

/// A QR code as an SVG of one path, black on white, `side` CSS pixels wide; `None` for a text that is too long.
#[must_use]
pub fn svg(text: &str, side: u32) -> Option<String> {
    let code = QRBuilder::new(text).build().ok()?;
    let mut path = String::new();
    for row in 0..code.size {
        let mut column = 0;
        while column < code.size {
            let start = column;
            while column < code.size && code[row][column].value() {
                column += 1;
            }
            if column > start {
                let run = column - start;
                // A run of dark modules is one rectangle, so no hair-line parts them.
                let _ = write!(path, "M{} {}h{run}v1h-{run}z", start + QUIET, row + QUIET);
            }
            column += 1;
        }
    }
    let whole = code.size + 2 * QUIET;
    Some(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {whole} {whole}\" width=\"{side}\" height=\"{side}\" \
         shape-rendering=\"crispEdges\"><path fill=\"#ffffff\" d=\"M0 0h{whole}v{whole}h-{whole}z\"/>\
         <path fill=\"#000000\" d=\"{path}\"/></svg>"
    ))
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_code_is_dark_on_light_with_a_quiet_edge() {
        let svg = super::svg("https://wiki.example/follow-up.html", 96).unwrap();
        // The finder at the upper left: seven dark modules behind the four that stay light.
        assert!(svg.contains("d=\"M4 4h7v1h-7z"), "{svg}");
        assert_eq!(super::svg(&"x".repeat(5_000), 96), None);
    }
}
