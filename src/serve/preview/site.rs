use std::convert::Infallible;
use std::sync::Arc;

use futures_util::stream::unfold;
use futures_util::{Stream, StreamExt as _};
use jiff::civil::Date;
use tokio::sync::{Semaphore, watch};
use warp::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderMap, HeaderValue, LOCATION};
use warp::http::{Method, StatusCode};
use warp::hyper::body::Bytes;
use warp::reply::{Reply as _, Response};
use warp::sse::Event;

use crate::serve::guard::{Names, decoded, policy_of};
use crate::serve::preview::stage::{Problems, Shown, Stage, Stages};
use crate::serve::preview::{list, news};

/// What the server answers.
pub(super) struct Site {
    pub(super) names: Names,
    pub(super) stages: Stages,
    /// Whether the root is a list of talks, and each talk has a folder of its own.
    pub(super) is_list: bool,
    /// The day that a list counts from, where it is not the day that it is.
    pub(super) today: Option<Date>,
    pub(super) ending: watch::Receiver<bool>,
    /// Places for those who listen to events.
    pub(super) seats: Arc<Semaphore>,
}

/// The most pages that listen at a time.
pub(super) const MAX_LISTENERS: usize = 256;

impl Site {
    pub(super) fn answer(&self, method: &Method, path: &str, query: &str, headers: &HeaderMap) -> Response {
        if !self.names.allow(headers) {
            return plain(StatusCode::FORBIDDEN, "this server does not go by that name");
        }
        if !matches!(*method, Method::GET | Method::HEAD) {
            return plain(StatusCode::METHOD_NOT_ALLOWED, "only reading is possible here");
        }
        let path = path.strip_prefix('/').unwrap_or(path);
        if !self.is_list {
            return match self.stages.find("") {
                Some(stage) => self.of_talk(&stage, path, query),
                None => starting(),
            };
        }
        match path.split_once('/') {
            None if path.is_empty() => {
                // Counted before it is looked at: what changes in between is told to the page once more.
                let version = *self.stages.changes().borrow();
                page(list::page(&self.stages.all(), version, self.today()))
            }
            None if path == "events" => self.list_events(query),
            None => match self.find(path) {
                Some(_) => redirect(&format!("/{path}/")),
                None => nothing(),
            },
            Some((name, rest)) => match self.find(name) {
                Some(stage) => self.of_talk(&stage, rest, query),
                None => nothing(),
            },
        }
    }

    fn today(&self) -> Date {
        self.today.unwrap_or_else(|| jiff::Zoned::now().date())
    }

    /// The talk whose folder a part of a path names.
    fn find(&self, encoded: &str) -> Option<Arc<Stage>> {
        self.stages.find(&decoded(encoded)?)
    }

    fn of_talk(&self, stage: &Arc<Stage>, path: &str, query: &str) -> Response {
        match path {
            "" => stage.shown().map_or_else(|| list::unreadable(stage), |shown| page(shown.preview.page())),
            "events" => {
                let revision = query.split('&').find_map(|part| part.strip_prefix("revision="));
                self.events(deck_events(stage, revision.unwrap_or_default(), self.ending.clone()))
            }
            _ => match stage.shown().and_then(|shown| shown.preview.file(path)) {
                Some((kind, bytes)) => typed(StatusCode::OK, bytes.into(), kind),
                None => nothing(),
            },
        }
    }

    /// Each change of the list, those first that came since the version that a page says it shows.
    fn list_events(&self, query: &str) -> Response {
        let mut changes = self.stages.changes();
        let shown = query.split('&').find_map(|part| part.strip_prefix("since="));
        if shown.is_some_and(|shown| shown.parse() != Ok(*changes.borrow())) {
            changes.mark_changed();
        }
        self.events(unfold((changes, self.ending.clone()), |(mut changes, mut ending)| async move {
            tokio::select! {
                heard = changes.changed() => heard.ok()?,
                _ = ending.wait_for(|ending| *ending) => return None,
            }
            Some((Ok(Event::default().event("list").data("")), (changes, ending)))
        }))
    }

    /// Sends events for as long as somebody listens, if there is a place.
    fn events(&self, stream: impl Stream<Item = Result<Event, Infallible>> + Send + Sync + 'static) -> Response {
        let Ok(seat) = Arc::clone(&self.seats).try_acquire_owned() else {
            return plain(StatusCode::SERVICE_UNAVAILABLE, "too many pages listen");
        };
        let stream = stream.inspect(move |_| {
            // Held by the stream, and given back with it.
            let _ = &seat;
        });
        warp::sse::reply(warp::sse::keep_alive().stream(stream)).into_response()
    }
}

/// What one page has been sent.
struct Listener {
    shown: watch::Receiver<Option<Arc<Shown>>>,
    problems: watch::Receiver<Arc<Problems>>,
    ending: watch::Receiver<bool>,
    /// The deck that the page shows, where that is known.
    last: Option<Arc<Shown>>,
    /// The revision that the page says it shows.
    claims: String,
}

/// Each deck and each verdict, those of now first; a page that shows `revision` gets only what differs from it.
fn deck_events(
    stage: &Stage,
    revision: &str,
    ending: watch::Receiver<bool>,
) -> impl Stream<Item = Result<Event, Infallible>> + Send + Sync + use<> {
    let (mut shown, mut problems) = stage.listen();
    shown.mark_changed();
    problems.mark_changed();
    let listener = Listener { shown, problems, ending, last: None, claims: revision.to_owned() };
    unfold(listener, |mut listener| async move {
        let event = listener.next().await?;
        Some((Ok(event), listener))
    })
}

impl Listener {
    async fn next(&mut self) -> Option<Event> {
        loop {
            tokio::select! {
                // A deck goes before what is wrong with it.
                biased;
                _ = self.ending.wait_for(|ending| *ending) => return None,
                changed = self.shown.changed() => {
                    changed.ok()?;
                    let now = self.shown.borrow_and_update().clone();
                    let Some(now) = now else { continue };
                    let is_known = now.preview.revision() == self.claims;
                    now.preview.revision().clone_into(&mut self.claims);
                    let last = self.last.replace(Arc::clone(&now));
                    if is_known {
                        continue;
                    }
                    let news = news::deck(last.as_deref(), &now);
                    return Some(Event::default().event("deck").data(news));
                }
                changed = self.problems.changed() => {
                    changed.ok()?;
                    let now = Arc::clone(&self.problems.borrow_and_update());
                    if now.known {
                        return Some(Event::default().event("problems").data(&now.text));
                    }
                }
            }
        }
    }
}

/// A page of ours, under the policy that it names for itself.
pub(super) fn page(html: String) -> Response {
    let policy = policy_of(&html);
    let mut response = typed(StatusCode::OK, html.into(), "text/html; charset=utf-8");
    if let Some(policy) = policy {
        response.headers_mut().insert(CONTENT_SECURITY_POLICY, policy);
    }
    response
}

fn starting() -> Response {
    let mut response = plain(StatusCode::SERVICE_UNAVAILABLE, "the talk is being read");
    response.headers_mut().insert("refresh", HeaderValue::from_static("1"));
    response
}

fn nothing() -> Response {
    plain(StatusCode::NOT_FOUND, "there is nothing here")
}

fn redirect(to: &str) -> Response {
    let mut response = plain(StatusCode::SEE_OTHER, "");
    if let Ok(to) = HeaderValue::from_str(to) {
        response.headers_mut().insert(LOCATION, to);
    }
    response
}

fn plain(status: StatusCode, text: &str) -> Response {
    typed(status, text.to_owned().into(), "text/plain; charset=utf-8")
}

fn typed(status: StatusCode, bytes: Bytes, kind: &'static str) -> Response {
    let mut response = Response::new(bytes.into());
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    response
}
