//! What the room answers to requests: three pages for those who may have them, the socket, and nothing else.

use std::io::{self, Read as _, Write as _};

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use warp::http::header::{
    ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderMap, HeaderValue,
    LOCATION, SET_COOKIE, TRANSFER_ENCODING, VARY,
};
use warp::http::{Method, StatusCode};
use warp::hyper::body::Bytes;
use warp::reply::Response;

use super::hub::Role;
use crate::serve::guard::{Names, Token, decoded, policy_of};

/// A page in memory, packed, shared by all who ask for it.
pub(super) struct Page {
    packed: Bytes,
    policy: Option<HeaderValue>,
}

impl Page {
    #[allow(clippy::needless_pass_by_value, reason = "nobody needs the text any more, and its memory is wanted")]
    pub(super) fn new(html: String) -> io::Result<Self> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(html.as_bytes())?;
        Ok(Self { packed: encoder.finish()?.into(), policy: policy_of(&html) })
    }

    /// The page, packed for who takes it so.
    pub(super) fn answer(&self, headers: &HeaderMap) -> Response {
        let takes = |value: &HeaderValue| value.to_str().is_ok_and(|value| value.contains("gzip"));
        let is_packed = headers.get_all(ACCEPT_ENCODING).iter().any(takes);
        let body = if is_packed { Ok(self.packed.clone()) } else { self.plain() };
        let Ok(body) = body else { return plain(StatusCode::NOT_ACCEPTABLE, "this page comes packed") };
        let mut response = Response::new(body.into());
        let sent = response.headers_mut();
        sent.insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
        sent.insert(VARY, HeaderValue::from_static("accept-encoding, cookie"));
        if let Some(policy) = &self.policy {
            sent.insert(CONTENT_SECURITY_POLICY, policy.clone());
        }
        if is_packed {
            sent.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        }
        response
    }

    /// The page as it was, for the few programs that unpack nothing.
    fn plain(&self) -> io::Result<Bytes> {
        let mut html = Vec::new();
        GzDecoder::new(self.packed.as_ref()).read_to_end(&mut html)?;
        Ok(html.into())
    }
}

/// Who gets what.
pub(super) struct Doors {
    pub(super) names: Names,
    /// The talk's title.
    pub(super) title: String,
    pub(super) token: Token,
    pub(super) port: u16,
    pub(super) speaker: Page,
    pub(super) remote: Page,
    pub(super) viewer: Page,
    /// Whether the audience may ask here.
    pub(super) asks: bool,
}

/// A request, as far as it matters.
pub(super) struct Asked {
    pub(super) method: Method,
    pub(super) path: String,
    pub(super) query: String,
    pub(super) headers: HeaderMap,
}

/// What is done with a request.
pub(super) enum Decision {
    Answer(Response),
    /// It may open a socket, in this role; without one, to be told that it may not.
    Seat(Option<Role>),
}

impl Doors {
    /// Decides on a request; `is_socket` when it asks for a socket.
    pub(super) fn decide(&self, asked: &Asked, is_socket: bool) -> Decision {
        let refuse = |status, why: &str| Decision::Answer(plain(status, why));
        if !self.names.allow(&asked.headers) {
            return refuse(StatusCode::FORBIDDEN, "this server does not go by that name");
        }
        if !matches!(asked.method, Method::GET | Method::HEAD) {
            return refuse(StatusCode::METHOD_NOT_ALLOWED, "only reading is possible here");
        }
        if has_body(&asked.headers) {
            return refuse(StatusCode::PAYLOAD_TOO_LARGE, "no request has a body here");
        }
        let speaks = self.token.is_carried(&asked.headers, self.port);
        match asked.path.as_str() {
            "/room" if !is_socket => refuse(StatusCode::UPGRADE_REQUIRED, "this is a web socket"),
            "/room" if !self.names.are_origin_of(&asked.headers) => {
                refuse(StatusCode::FORBIDDEN, "this socket is for pages of this server")
            }
            // A page of the talk that was held here before knows other slides.
            "/room" if asked.talk().is_some_and(|talk| talk != self.title) => Decision::Seat(None),
            "/room" if asked.wants("as=attendee") => Decision::Seat(self.asks.then_some(Role::Attendee)),
            "/room" if asked.wants("as=viewer") => Decision::Seat(Some(Role::Viewer)),
            "/room" if speaks => Decision::Seat(Some(Role::Speaker)),
            // A window of the speaker from before this start is told so, and not made a viewer.
            "/room" if asked.wants("as=speaker") => Decision::Seat(None),
            "/room" => Decision::Seat(Some(Role::Viewer)),
            "/" | "/remote" if asked.token().is_some() => Decision::Answer(self.welcome(asked)),
            "/" if speaks => Decision::Answer(self.speaker.answer(&asked.headers)),
            "/" => Decision::Answer(redirect("/follow")),
            "/remote" if speaks => Decision::Answer(self.remote.answer(&asked.headers)),
            "/remote" => Decision::Answer(no_entry()),
            "/follow" => Decision::Answer(self.viewer.answer(&asked.headers)),
            _ => refuse(StatusCode::NOT_FOUND, "there is nothing here"),
        }
    }

    /// Takes the token out of the address and into a cookie, if it is the right one.
    fn welcome(&self, asked: &Asked) -> Response {
        if !asked.token().is_some_and(|token| self.token.is(token)) {
            return no_entry();
        }
        let rest: Vec<&str> = asked.query.split('&').filter(|part| !part.starts_with("token=")).collect();
        let mark = if rest.is_empty() { "" } else { "?" };
        let mut response = redirect(&format!("{}{mark}{}", asked.path, rest.join("&")));
        if let Ok(cookie) = HeaderValue::from_str(&self.token.cookie(self.port)) {
            response.headers_mut().insert(SET_COOKIE, cookie);
        }
        response
    }
}

impl Asked {
    fn token(&self) -> Option<&str> {
        self.query.split('&').find_map(|part| part.strip_prefix("token="))
    }

    /// The title of the talk whose page asks, where it tells.
    fn talk(&self) -> Option<String> {
        self.query.split('&').find_map(|part| decoded(part.strip_prefix("talk=")?))
    }

    fn wants(&self, part: &str) -> bool {
        self.query.split('&').any(|given| given == part)
    }
}

fn has_body(headers: &HeaderMap) -> bool {
    headers.contains_key(TRANSFER_ENCODING) || headers.get(CONTENT_LENGTH).is_some_and(|length| length != "0")
}

/// An answer that leads to another path.
pub(super) fn redirect(to: &str) -> Response {
    let mut response = plain(StatusCode::SEE_OTHER, "");
    if let Ok(to) = HeaderValue::from_str(to) {
        response.headers_mut().insert(LOCATION, to);
    }
    response
}

/// The page of a phone that is not let in. A link from another site comes without the cookie; asking again from here
/// brings it.
fn no_entry() -> Response {
    let page = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Retell</title>\
                <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
                <style>body{font:18px/1.6 system-ui,sans-serif;max-width:24em;margin:20vh auto;padding:0 24px;\
                color-scheme:light dark}a{display:inline-block;padding:8px 0}</style>\
                <h1>No entry</h1><p>Scan the code in the terminal once more: it is new with every start.\
                <p lang=\"zh\">请重新扫描终端里的二维码，每次启动都会换新。\
                <p lang=\"ja\">端末の QR コードを読み直してください。起動のたびに新しくなります。\
                <p><a href=\"/remote\">Try again</a> · <a href=\"/follow\">Only watch</a></html>\n";
    typed(StatusCode::FORBIDDEN, page, "text/html; charset=utf-8")
}

/// An answer of one line.
pub(super) fn plain(status: StatusCode, text: &str) -> Response {
    typed(status, text, "text/plain; charset=utf-8")
}

/// An answer of a kind of text.
pub(super) fn typed(status: StatusCode, text: &str, kind: &'static str) -> Response {
    let mut response = Response::new(Bytes::from(text.to_owned()).into());
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    response
}
