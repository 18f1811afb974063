//! What phones of the audience read and send, and what the speaker says of it: requests in, posts for the clerk out.

use std::collections::BTreeMap;
use std::io;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use futures_util::{Stream, StreamExt as _};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::json;
use tokio::time::timeout;
use warp::Buf;
use warp::http::header::{
    CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_TYPE, HeaderMap, HeaderValue, RETRY_AFTER, SET_COOKIE,
};
use warp::http::{Method, StatusCode};
use warp::reply::Response;

use super::message::Slides;
use super::pages::{Asked, Doors, Page, plain, redirect, typed};
use crate::pipeline::RoomAudience;
use crate::serve::audience::{Allowances, Clerk, Mark, Post, Refusal, Taken, Wording, number};
use crate::serve::guard::Visitor;

/// The most bytes of a post.
const MAX_BODY: usize = 4 * 1024;

/// How long a post may take to arrive.
const SLOWEST: Duration = Duration::from_secs(10);

/// Everything that the audience gets and gives.
pub(super) struct Audience {
    pub(super) clerk: Arc<Clerk>,
    page: Page,
    sheet: Option<Page>,
    given: RoomAudience,
    slides: Slides,
    allowances: Mutex<Allowances>,
}

/// A post that is not taken, and why.
struct Refused {
    status: StatusCode,
    /// A word for the page, which has its own languages.
    why: &'static str,
    wait: Option<Duration>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    text: String,
    slide: Option<String>,
    name: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Named {
    id: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Marked {
    id: String,
    #[serde(rename = "as")]
    mark: Mark,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Scores {
    scores: BTreeMap<String, u8>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Switch {
    on: bool,
}

/// Who sends a post.
struct Sender {
    visitor: Visitor,
    address: Option<IpAddr>,
}

impl Audience {
    pub(super) fn new(mut given: RoomAudience, clerk: Arc<Clerk>, slides: Slides) -> io::Result<Self> {
        let page = Page::new(std::mem::take(&mut given.page))?;
        let sheet = given.sheet.take().map(Page::new).transpose()?;
        Ok(Self { clerk, page, sheet, given, slides, allowances: Mutex::default() })
    }

    /// Whether a path is one of the audience's, or of the speaker's for them.
    pub(super) fn has(path: &str) -> bool {
        path == "/ask" || path.starts_with("/ask/") || path.starts_with("/queue/")
    }

    /// What reading a path gives.
    pub(super) fn read(&self, asked: &Asked, port: u16) -> Response {
        match asked.path.as_str() {
            "/ask" => self.welcome(&asked.headers, port),
            "/ask/round" if self.clerk.floor().borrow().is_open() => self.questions(),
            "/ask/follow-up.ics" => match &self.given.calendar {
                Some(calendar) => {
                    let mut response = typed(StatusCode::OK, calendar, "text/calendar; charset=utf-8");
                    let name = HeaderValue::from_static("attachment; filename=\"follow-up.ics\"");
                    response.headers_mut().insert(CONTENT_DISPOSITION, name);
                    response
                }
                None => nothing(),
            },
            // The sheet finds the deck beside itself; here that is what viewers follow.
            "/ask/index.html" if self.sheet.is_some() => redirect("/follow"),
            "/ask/follow-up.html" => self.sheet.as_ref().map_or_else(nothing, |sheet| sheet.answer(&asked.headers)),
            _ => nothing(),
        }
    }

    fn welcome(&self, headers: &HeaderMap, port: u16) -> Response {
        let mut response = self.page.answer(headers);
        if Visitor::of(headers, port).is_none() {
            let cookie = Visitor::new().ok().and_then(|visitor| HeaderValue::from_str(&visitor.cookie(port)).ok());
            let Some(cookie) = cookie else {
                return plain(StatusCode::SERVICE_UNAVAILABLE, "the system gave no random numbers");
            };
            response.headers_mut().insert(SET_COOKIE, cookie);
        }
        response
    }

    fn questions(&self) -> Response {
        let question = |question: &crate::pipeline::RoomQuestion| json!({"id": question.id, "ask": question.ask, "answer": question.answer, "why": question.why});
        let questions: Vec<_> = self.given.questions.iter().map(question).collect();
        said(StatusCode::OK, &json!({ "questions": questions }))
    }

    /// Takes a post of anybody; `body` is read only when all that can be known before is right.
    pub(super) async fn post<B: Buf>(
        &self,
        asked: &Asked,
        doors: &Doors,
        address: Option<IpAddr>,
        body: impl Stream<Item = Result<B, warp::Error>>,
    ) -> Response {
        match self.try_post(asked, doors, address, body).await {
            Ok(response) => response,
            Err(Refused { status, why, wait }) => {
                let mut response = said(status, &json!({ "refused": why }));
                if let Some(wait) = wait {
                    let seconds = wait.as_secs() + 1;
                    response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
                }
                response
            }
        }
    }

    async fn try_post<B: Buf>(
        &self,
        asked: &Asked,
        doors: &Doors,
        address: Option<IpAddr>,
        body: impl Stream<Item = Result<B, warp::Error>>,
    ) -> Result<Response, Refused> {
        if asked.method != Method::POST {
            return Err(refused(StatusCode::METHOD_NOT_ALLOWED, "method"));
        }
        if !doors.names.are_origin_of(&asked.headers) {
            return Err(refused(StatusCode::FORBIDDEN, "origin"));
        }
        if asked.headers.get(CONTENT_TYPE).is_none_or(|kind| kind != "application/json") {
            return Err(refused(StatusCode::UNSUPPORTED_MEDIA_TYPE, "type"));
        }
        let is_speakers = asked.path.starts_with("/queue/");
        if is_speakers && !doors.token.is_carried(&asked.headers, doors.port) {
            return Err(refused(StatusCode::FORBIDDEN, "token"));
        }
        let length = announced(&asked.headers)?;
        let visitor = Visitor::of(&asked.headers, doors.port);
        if is_speakers {
            let body = whole(body, length).await?;
            return self.direct(&asked.path, &body).await;
        }
        let Some(visitor) = visitor else { return Err(refused(StatusCode::FORBIDDEN, "cookie")) };
        let sender = Sender { visitor, address };
        let is_words = asked.path != "/ask/support";
        let allowed = {
            let mut allowances = self.allowances.lock().unwrap_or_else(PoisonError::into_inner);
            allowances.take(sender.visitor.text(), sender.address, is_words)
        };
        if let Err(wait) = allowed {
            return Err(Refused { status: StatusCode::TOO_MANY_REQUESTS, why: "slow", wait: Some(wait) });
        }
        let body = whole(body, length).await?;
        self.hear(&asked.path, &body, &sender).await
    }

    /// What somebody in the audience says.
    async fn hear(&self, path: &str, body: &[u8], sender: &Sender) -> Result<Response, Refused> {
        let browser = sender.visitor.text();
        match path {
            "/ask/question" => {
                let Words { text, slide, name } = read(body)?;
                let (text, slide) = (Wording::text(&text)?, self.slide(slide)?);
                let name = Wording::name(&name.unwrap_or_default())?;
                let key = self.clerk.key(browser, &text);
                self.take(Post::Ask { text, slide, name, key }).await
            }
            "/ask/support" => {
                let Named { id } = read(body)?;
                let Some(number) = number(&id) else { return Err(unknown()) };
                self.take(Post::Support { number, by: self.clerk.by(browser) }).await
            }
            "/ask/muddy" => {
                let Words { text, slide, name: None } = read(body)? else { return Err(odd()) };
                self.take(Post::Muddy { text: Wording::text(&text)?, slide: self.slide(slide)? }).await
            }
            "/ask/result" => {
                let Scores { scores } = read(body)?;
                let token = self.clerk.token(browser);
                let Some(line) = self.given.result_line(&scores, &token) else { return Err(odd()) };
                let answer = json!({ "line": line });
                self.clerk.take(Post::Result { line, token }).await.map_err(Refused::from)?;
                Ok(said(StatusCode::OK, &answer))
            }
            _ => Err(unknown()),
        }
    }

    /// What the speaker does with what was said.
    async fn direct(&self, path: &str, body: &[u8]) -> Result<Response, Refused> {
        match path {
            "/queue/mark" => {
                let Marked { id, mark } = read(body)?;
                let Some(number) = number(&id) else { return Err(unknown()) };
                self.take(Post::Mark { number, mark }).await
            }
            "/queue/round" if !self.given.questions.is_empty() => {
                let Switch { on } = read(body)?;
                self.take(Post::Round { open: on }).await
            }
            "/queue/code" => {
                let Switch { on } = read(body)?;
                self.clerk.show_code(on);
                Ok(said(StatusCode::OK, &json!({})))
            }
            _ => Err(unknown()),
        }
    }

    async fn take(&self, post: Post) -> Result<Response, Refused> {
        let answer = match self.clerk.take(post).await? {
            Taken::Asked(number) => json!({ "id": format!("q{number}") }),
            Taken::Written => json!({}),
            Taken::Already => json!({ "already": true }),
        };
        Ok(said(StatusCode::OK, &answer))
    }

    /// A slide of this talk, or none.
    fn slide(&self, given: Option<String>) -> Result<Option<String>, Refused> {
        match given {
            Some(slide) if !self.slides.contains_key(&slide) => Err(odd()),
            slide => Ok(slide),
        }
    }
}

/// How long the body says that it is.
fn announced(headers: &HeaderMap) -> Result<usize, Refused> {
    let length = headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    match length {
        Some(length) if length <= MAX_BODY => Ok(length),
        Some(_) => Err(refused(StatusCode::PAYLOAD_TOO_LARGE, "long")),
        None => Err(refused(StatusCode::LENGTH_REQUIRED, "length")),
    }
}

/// The whole body, if it comes in time and is as long as it said.
async fn whole<B: Buf>(body: impl Stream<Item = Result<B, warp::Error>>, length: usize) -> Result<Vec<u8>, Refused> {
    let mut bytes = Vec::with_capacity(length);
    let reading = async {
        let mut body = std::pin::pin!(body);
        while let Some(chunk) = body.next().await {
            let Ok(mut chunk) = chunk else { return false };
            while chunk.has_remaining() {
                let part = chunk.chunk();
                let count = part.len();
                bytes.extend_from_slice(part);
                chunk.advance(count);
            }
            if bytes.len() > length {
                return false;
            }
        }
        bytes.len() == length
    };
    match timeout(SLOWEST, reading).await {
        Ok(true) => Ok(bytes),
        Ok(false) => Err(odd()),
        Err(_) => Err(refused(StatusCode::REQUEST_TIMEOUT, "slow")),
    }
}

fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Refused> {
    serde_json::from_slice(body).map_err(|_| odd())
}

impl From<Wording> for Refused {
    fn from(flaw: Wording) -> Self {
        match flaw {
            Wording::Empty => refused(StatusCode::BAD_REQUEST, "empty"),
            Wording::TooLong => refused(StatusCode::PAYLOAD_TOO_LARGE, "long"),
        }
    }
}

impl From<Refusal> for Refused {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Unknown => unknown(),
            Refusal::Closed => refused(StatusCode::CONFLICT, "closed"),
            Refusal::Full => refused(StatusCode::INSUFFICIENT_STORAGE, "full"),
            Refusal::Disk => refused(StatusCode::INSUFFICIENT_STORAGE, "disk"),
            Refusal::Busy => {
                let wait = Some(Duration::from_secs(1));
                Refused { wait, ..refused(StatusCode::SERVICE_UNAVAILABLE, "busy") }
            }
        }
    }
}

fn refused(status: StatusCode, why: &'static str) -> Refused {
    Refused { status, why, wait: None }
}

fn odd() -> Refused {
    refused(StatusCode::BAD_REQUEST, "odd")
}

fn unknown() -> Refused {
    refused(StatusCode::NOT_FOUND, "unknown")
}

fn nothing() -> Response {
    plain(StatusCode::NOT_FOUND, "there is nothing here")
}

fn said(status: StatusCode, answer: &serde_json::Value) -> Response {
    typed(status, &answer.to_string(), "application/json")
}
