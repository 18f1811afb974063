//! Abbreviations in a text, and whether a text says what they stand for.

use std::ops::Range;

use crate::talk::Level;

/// Abbreviations of everyday life, and units.
const EVERYDAY: &[&str] = &[
    "AI", "AM", "PM", "APP", "ATM", "CEO", "CFO", "COO", "CTO", "CV", "DIY", "DNA", "DVD", "EU", "FAQ", "FM", "GPS",
    "HR", "ID", "IT", "KFC", "KPI", "LED", "NO", "OK", "PC", "PDF", "PIN", "PPT", "PS", "QA", "QR", "SIM", "SMS", "TV",
    "UK", "UN", "US", "USA", "USB", "USD", "CNY", "RMB", "EUR", "GBP", "JPY", "VIP", "VS", "WIFI", "WWW", "TODO",
    "TBD", "AD", "BC", "HTML", "GB", "KB", "MB", "TB", "PB", "GIB", "KIB", "MIB", "TIB", "HZ", "GHZ", "KHZ", "MHZ",
    "KM", "KG", "CM", "MM", "II", "III", "IV", "VI", "VII", "VIII", "IX", "XI", "XII", "UTC", "GMT", "AND", "OR",
    "NOT", "YES",
];

/// Abbreviations that engineers of every stack know.
const ENGINEERING: &[&str] = &[
    "ACID", "ACK", "ACL", "AOT", "API", "ARM", "ASCII", "AWS", "AZ", "AZS", "BSD", "CD", "CDN", "CI", "CLI", "CPU",
    "CRUD", "CSS", "CSV", "DB", "DBA", "DDL", "DDOS", "DML", "DNS", "DOM", "EC", "EOF", "FIFO", "FTP", "GC", "GCP",
    "GIT", "GNU", "GPL", "GPU", "GUI", "HDD", "HTTP", "HTTPS", "IAM", "IDE", "IO", "IOPS", "IP", "JIT", "JS", "JSON",
    "JVM", "JWT", "LAN", "LIFO", "LRU", "MAC", "MIT", "ML", "NAT", "OOM", "OS", "OSS", "PR", "QPS", "RAM", "REST",
    "RPC", "RPS", "SDK", "SHA", "SLA", "SQL", "SRE", "SSD", "SSH", "SSL", "SSO", "SVG", "TCP", "TLS", "TPS", "TTL",
    "UDP", "UI", "URI", "URL", "UTF", "UUID", "UX", "VM", "VPC", "VPN", "WAN", "WASM", "XML", "XSS", "YAML", "ZIP",
    "LB", "MQ", "ETL", "BI", "SELECT", "INSERT", "UPDATE", "DELETE", "ALTER", "TABLE", "FROM", "WHERE", "JOIN",
    "INDEX", "NULL", "GET", "POST", "PUT", "HEAD", "PATCH", "SET", "OFF", "COPY", "LOCK", "READ", "WRITE", "COMMIT",
    "KEY", "LIMIT", "GROUP", "ORDER", "BY", "IN", "ON", "AS",
];

/// What stands right behind a term that is being explained.
const EXPLAINING: &[&str] = &[
    "(",
    "（",
    "：",
    ": ",
    "=",
    " = ",
    "——",
    " — ",
    " – ",
    " is ",
    " are ",
    ", or ",
    ", the ",
    ", a ",
    ", short for",
    " stands for",
    " means",
    "是",
    "即",
    "指",
    "就是",
    "也就是",
    "，也就是",
    "，就是",
    "，即",
    "叫",
    "的意思",
    "とは",
    "は、",
];

/// What stands right before a term whose words came first.
const EXPLAINED: &[&str] =
    &["(", "（", "也就是", "即", "叫", "叫做", "简称", "called", "known as", "short:", "いわゆる"];

/// The abbreviations in `text`, each as the bytes where it stands: two to six capitals, some of them digits, and perhaps a
/// small `s` for many.
pub(super) fn abbreviations(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = None;
    for (at, character) in text.char_indices().chain([(text.len(), ' ')]) {
        let inside = character.is_ascii_alphanumeric() || character == '_';
        match (inside, start) {
            (true, None) => start = Some(at),
            (false, Some(begin)) => {
                start = None;
                let length = text[begin..at].strip_suffix('s').unwrap_or(&text[begin..at]).len();
                if is_abbreviation(&text[begin..begin + length]) && !is_part_of_name(text, begin, at) {
                    found.push(begin..begin + length);
                }
            }
            _ => {}
        }
    }
    found
}

fn is_abbreviation(word: &str) -> bool {
    let capitals = word.bytes().filter(u8::is_ascii_uppercase).count();
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    (2..=6).contains(&word.len())
        && capitals >= 2
        && capitals > digits
        && capitals + digits == word.len()
        && word.starts_with(|first: char| first.is_ascii_uppercase())
}

/// Whether the word belongs to a path, an address or a file's name.
fn is_part_of_name(text: &str, start: usize, end: usize) -> bool {
    let before = text[..start].chars().next_back();
    let mut after = text[end..].chars();
    let (next, then) = (after.next(), after.next());
    let goes_on = |then: Option<char>| then.is_some_and(|c| c.is_ascii_alphanumeric());
    before.is_some_and(|c| "#@$%\\.".contains(c))
        || (next == Some('.') && goes_on(then))
        || (next == Some('@') && goes_on(then))
}

/// Whether an audience of this level knows the abbreviation without being told.
pub(super) fn is_common(abbreviation: &str, level: Level) -> bool {
    let known = |list: &[&str]| list.iter().any(|known| known.eq_ignore_ascii_case(abbreviation));
    known(EVERYDAY) || (level != Level::NonTechnical && known(ENGINEERING))
}

/// Whether `text` says what `term` is: `MVCC (multi-version …)`, `… control (MVCC)`, `MVCC 是…`.
pub(super) fn explains(text: &str, term: &str) -> bool {
    text.match_indices(term).any(|(at, _)| {
        let (before, after) = (&text[..at], &text[at + term.len()..]);
        let rest = after.trim_start_matches(' ');
        EXPLAINED.iter().any(|sign| before.trim_end_matches(' ').ends_with(sign))
            || EXPLAINING.iter().any(|sign| after.starts_with(sign) || rest.starts_with(sign.trim_start_matches(' ')))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        abbreviations(text).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn abbreviations_are_words_of_capitals() {
        assert_eq!(found("MVCC 和 TLS1 的 LBs，Redis 7.4 RSALv2, a B-tree"), ["MVCC", "TLS1", "LB"]);
        assert_eq!(found("MAX_CONN A1B2C3 X IPv6 README.md #FFAA00 ABCDEFGH 2FA"), Vec::<&str>::new());
        assert_eq!(found("TCP/IP, SSL-VPN"), ["TCP", "IP", "SSL", "VPN"]);
    }

    #[test]
    fn a_term_is_explained_beside_its_words() {
        for text in [
            "multi-version concurrency control (MVCC)",
            "MVCC (multi-version concurrency control)",
            "多版本并发控制（MVCC）",
            "MVCC，也就是多版本并发控制",
            "MVCC 是一种做法",
            "MVCC means many versions",
            "多版本，也就是 MVCC",
            "many versions, known as MVCC",
        ] {
            assert!(explains(text, "MVCC"), "{text}");
        }
        assert!(!explains("we use MVCC here", "MVCC"));
        assert!(!explains("MVCC 很快", "MVCC"));
    }

    #[test]
    fn engineers_know_more() {
        assert!(is_common("ok", Level::NonTechnical));
        assert!(is_common("TLS", Level::New));
        assert!(!is_common("TLS", Level::NonTechnical));
        assert!(!is_common("MVCC", Level::Mixed));
    }
}
