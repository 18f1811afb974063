//! Who may ask: the names a server answers to, the token of the speaker, and the headers of every answer.

use std::net::IpAddr;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use subtle::ConstantTimeEq as _;
use warp::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, COOKIE, HOST, HeaderMap, HeaderName, HeaderValue, ORIGIN, REFERRER_POLICY,
    X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use warp::reply::Response;

/// The names of a server, each as it stands in `Host`.
///
/// A page of another site can make its own name lead to this machine; the browser then sends that name, which is none
/// of these.
#[derive(Clone, Debug)]
pub(crate) struct Names(Vec<String>);

impl Names {
    /// The names of a server that can be reached at these addresses.
    pub(crate) fn of(addresses: &[IpAddr], port: u16) -> Self {
        let mut hosts: Vec<String> = addresses.iter().map(host).collect();
        if addresses.iter().any(IpAddr::is_loopback) {
            hosts.push("localhost".to_owned());
        }
        let mut names: Vec<String> = hosts.iter().map(|host| format!("{host}:{port}")).collect();
        if port == 80 {
            names.extend(hosts);
        }
        Self(names)
    }

    /// Whether a request asks for one of these names.
    pub(crate) fn allow(&self, headers: &HeaderMap) -> bool {
        only(headers, &HOST).is_some_and(|host| self.0.iter().any(|name| name.eq_ignore_ascii_case(host)))
    }

    /// Whether a request comes from a page of this server.
    pub(crate) fn are_origin_of(&self, headers: &HeaderMap) -> bool {
        let origin = only(headers, &ORIGIN).and_then(|origin| origin.strip_prefix("http://"));
        self.allow(headers)
            && origin.zip(only(headers, &HOST)).is_some_and(|(origin, host)| origin.eq_ignore_ascii_case(host))
    }
}

/// An address as it stands in a URL.
pub(crate) fn host(address: &IpAddr) -> String {
    match address {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => format!("[{address}]"),
    }
}

/// The text that a part of an address stands for; `None` when it is no text.
pub(crate) fn decoded(part: &str) -> Option<String> {
    let mut out = Vec::with_capacity(part.len());
    let mut rest = part.as_bytes();
    while let [first, tail @ ..] = rest {
        rest = tail;
        if *first != b'%' {
            out.push(*first);
            continue;
        }
        let digits = std::str::from_utf8(tail.get(..2)?).ok()?;
        out.push(u8::from_str_radix(digits, 16).ok()?);
        rest = &tail[2..];
    }
    String::from_utf8(out).ok()
}

/// The one value of a header; `None` when it is missing, doubled or no text.
fn only<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    let mut values = headers.get_all(name).iter();
    let value = values.next()?.to_str().ok()?;
    values.next().is_none().then_some(value)
}

/// The secret that lets somebody drive the talk: 128 random bits, made anew with every start.
#[derive(Clone)]
pub(crate) struct Token(String);

impl Token {
    /// A new token; fails where the system has no randomness to give.
    pub(crate) fn new() -> Result<Self, getrandom::Error> {
        let mut bytes = [0; 16];
        getrandom::fill(&mut bytes)?;
        Ok(Self(URL_SAFE_NO_PAD.encode(bytes)))
    }

    /// The token as it stands in an address.
    pub(crate) fn text(&self) -> &str {
        &self.0
    }

    /// Whether this is the token; takes as long for a wrong one as for the right one.
    pub(crate) fn is(&self, given: &str) -> bool {
        self.0.as_bytes().ct_eq(given.as_bytes()).into()
    }

    /// The header that makes a browser keep the token for the server on this port.
    pub(crate) fn cookie(&self, port: u16) -> String {
        format!("{}={}; Path=/; HttpOnly; SameSite=Strict", cookie_name(port), self.0)
    }

    /// Whether a request carries the token's cookie.
    pub(crate) fn is_carried(&self, headers: &HeaderMap, port: u16) -> bool {
        cookies(headers, &cookie_name(port)).any(|value| self.is(value))
    }
}

/// What a request carries in cookies of this name.
fn cookies<'a>(headers: &'a HeaderMap, name: &str) -> impl Iterator<Item = &'a str> {
    let sent = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    let pairs = sent.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.filter(move |(key, _)| *key == name).map(|(_, value)| value)
}

/// The mark by which one browser of the audience is told from another, for a day: random, and nothing else is known of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Visitor(String);

impl Visitor {
    /// A new one; fails where the system has no randomness to give.
    pub(crate) fn new() -> Result<Self, getrandom::Error> {
        Token::new().map(|token| Self(token.0))
    }

    /// The one that a request carries.
    pub(crate) fn of(headers: &HeaderMap, port: u16) -> Option<Self> {
        let is_one = |value: &str| {
            value.len() == 22 && value.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
        };
        cookies(headers, &visitor_name(port)).find(|value| is_one(value)).map(|value| Self(value.to_owned()))
    }

    /// The mark itself.
    pub(crate) fn text(&self) -> &str {
        &self.0
    }

    /// The header that makes a browser keep it for the server on this port. A link from a chat brings it along.
    pub(crate) fn cookie(&self, port: u16) -> String {
        format!("{}={}; Path=/; Max-Age=86400; HttpOnly; SameSite=Lax", visitor_name(port), self.0)
    }
}

fn visitor_name(port: u16) -> String {
    format!("retell-ask-{port}")
}

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token")
    }
}

/// Browsers keep cookies by host alone, so the port of the server stands in the name.
fn cookie_name(port: u16) -> String {
    format!("retell-{port}")
}

/// What an answer may do that brings no policy of its own: nothing but look well.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// The policy that a page of ours names for itself, and that nobody may frame it, which only a header can say.
pub(crate) fn policy_of(page: &str) -> Option<HeaderValue> {
    let (_, rest) = page.split_once("<meta http-equiv=\"Content-Security-Policy\" content=\"")?;
    let (policy, _) = rest.split_once('"')?;
    HeaderValue::from_str(&format!("{policy}; frame-ancestors 'none'")).ok()
}

/// Adds the headers that keep an answer to those who asked for it.
pub(crate) fn secured(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.entry(CONTENT_SECURITY_POLICY).or_insert(HeaderValue::from_static(POLICY));
    for (name, value) in [
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (X_FRAME_OPTIONS, "DENY"),
        (REFERRER_POLICY, "no-referrer"),
        (CACHE_CONTROL, "no-store"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(HeaderName, &str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.append(name, HeaderValue::from_str(value).unwrap());
        }
        headers
    }

    #[test]
    fn only_names_of_the_server_are_answered() {
        let addresses: Vec<IpAddr> = ["127.0.0.1", "192.168.7.2", "fe80::1"].map(|text| text.parse().unwrap()).into();
        let names = Names::of(&addresses, 4000);
        for host in ["127.0.0.1:4000", "localhost:4000", "LOCALHOST:4000", "192.168.7.2:4000", "[fe80::1]:4000"] {
            assert!(names.allow(&headers(&[(HOST, host)])), "{host}");
        }
        for host in ["127.0.0.1", "127.0.0.1:4001", "evil.example:4000", "127.0.0.1:4000.evil.example", "0.0.0.0:4000"]
        {
            assert!(!names.allow(&headers(&[(HOST, host)])), "{host}");
        }
        assert!(!names.allow(&headers(&[])));
        assert!(!names.allow(&headers(&[(HOST, "localhost:4000"), (HOST, "localhost:4000")])), "twice");
        assert!(Names::of(&addresses, 80).allow(&headers(&[(HOST, "localhost")])));
    }

    #[test]
    fn an_origin_is_the_host_that_was_asked() {
        let names = Names::of(&["127.0.0.1".parse().unwrap()], 4000);
        let allows = |host: &str, origin: &str| names.are_origin_of(&headers(&[(HOST, host), (ORIGIN, origin)]));
        assert!(allows("localhost:4000", "http://localhost:4000"));
        assert!(!allows("localhost:4000", "http://127.0.0.1:4000"), "another name of the same machine");
        assert!(!allows("localhost:4000", "http://evil.example"));
        assert!(!allows("localhost:4000", "null"));
        assert!(!allows("evil.example:4000", "http://evil.example:4000"));
        assert!(!names.are_origin_of(&headers(&[(HOST, "localhost:4000")])), "none at all");
    }

    #[test]
    fn a_token_is_new_each_time_and_found_among_cookies() {
        let token = Token::new().unwrap();
        assert_ne!(token.text(), Token::new().unwrap().text());
        assert_eq!(token.text().len(), 22);
        assert!(token.is(token.text()) && !token.is("") && !token.is(&token.text()[1..]));
        let carried = |cookie: String| token.is_carried(&headers(&[(COOKIE, &cookie)]), 4000);
        assert!(carried(format!("a=b; retell-4000={}; c", token.text())));
        assert!(!carried(format!("retell-4001={}", token.text())));
        assert!(!carried("retell-4000=".to_owned()));
        assert!(
            token.cookie(4000).starts_with("retell-4000=")
                && token.cookie(4000).contains("; HttpOnly; SameSite=Strict")
        );
        assert_eq!(format!("{token:?}"), "Token", "it never reaches a log");
    }

    #[test]
    fn the_policy_of_a_page_is_told_in_the_header_too() {
        let page = "<head><meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'\"><title>";
        assert_eq!(policy_of(page).unwrap(), "default-src 'none'; frame-ancestors 'none'");
        assert_eq!(policy_of("<p>"), None);
        let plain = secured(Response::new("".into()));
        assert_eq!(plain.headers()[CONTENT_SECURITY_POLICY], POLICY);
        assert_eq!(plain.headers()[CACHE_CONTROL], "no-store");
    }
}
