//! How a talk names a picture or a font: a path in its folder, or a `data:` URL.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// Whether a source holds the file itself.
pub(super) fn is_data_url(source: &str) -> bool {
    source.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("data:"))
}

/// Whether a source names another machine or another scheme.
pub(super) fn is_remote(source: &str) -> bool {
    let scheme = source.split([':', '/', '?', '#']).next().unwrap_or_default();
    source.starts_with("//")
        || (scheme.len() > 1
            && source[scheme.len()..].starts_with(':')
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.')))
}

/// The bytes of a `data:` URL after its scheme.
pub(super) fn decode_data_url(rest: &str) -> Option<Vec<u8>> {
    let (head, payload) = rest.split_once(',')?;
    if head.rsplit(';').next().is_some_and(|last| last.trim().eq_ignore_ascii_case("base64")) {
        let payload = percent_decode(payload);
        let compact: String = payload.chars().filter(|c| !c.is_ascii_whitespace()).collect();
        STANDARD.decode(compact).ok()
    } else {
        Some(percent_decode_bytes(payload))
    }
}

/// `text` with `%41` as `A`; as it is when that gives no text.
pub(super) fn percent_decode(text: &str) -> String {
    String::from_utf8(percent_decode_bytes(text)).unwrap_or_else(|_| text.to_owned())
}

fn percent_decode_bytes(text: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let digits = tail.get(..2).filter(|digits| *first == b'%' && digits.iter().all(u8::is_ascii_hexdigit));
        let byte = digits
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        out.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { &tail[2..] } else { tail };
    }
    out
}
