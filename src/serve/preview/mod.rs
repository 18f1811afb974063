//! The live preview: talks as they are being written, in the browser.
//!
//! In: a talk, or a folder of talks. Out: a server on loopback whose pages follow every save, and word of what is wrong
//! for the terminal. One thread watches and writes ([`workshop`]), the server hands out what it last made ([`stage`]);
//! it must not know how a talk becomes slides.

mod list;
mod news;
mod site;
mod stage;
mod watch;
mod workshop;

use std::io;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::time::Duration;

use jiff::civil::Date;
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, watch as channel};
use warp::Filter as _;

use crate::diagnostic::Diagnostics;
use crate::pipeline::Talks;
use crate::serve::guard::{Names, secured};
use crate::serve::{address, stop};
use crate::source::Sources;
use site::{MAX_LISTENERS, Site};
use stage::Stages;
use workshop::Workshop;

/// How long connections may take to end when the server does.
const FAREWELL: Duration = Duration::from_secs(1);

/// What is shown, and where.
#[derive(Clone, Debug)]
pub struct PreviewOptions {
    /// What is shown: one talk at the root of the server, or a list of those in a folder, each below it.
    pub talks: Talks,
    /// The port; the next free one is taken when somebody else has it, any free one for 0.
    pub port: u16,
    /// The day from which a list counts the days to its talks; `None` for the day that it is.
    pub today: Option<Date>,
}

/// What was found in a talk, told after each save that changes it.
#[derive(Clone, Copy, Debug)]
pub struct Verdict<'a> {
    /// The talk's name in a folder of talks; empty when there is only one.
    pub talk: &'a str,
    /// What was found.
    pub diagnostics: &'a Diagnostics,
    /// The texts that this is about.
    pub sources: &'a Sources,
}

/// Told of verdicts, from the thread that works.
pub type OnVerdict = Box<dyn FnMut(&Verdict<'_>) + Send>;

/// Shows the talks, tells the address of the page, and goes on until the process is asked to end.
///
/// # Errors
/// The port can't be used, or the system refuses what a server needs.
pub fn preview(options: PreviewOptions, on_ready: impl FnOnce(&str, u16), on_verdict: OnVerdict) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let result = runtime.block_on(show(options, on_ready, on_verdict));
    runtime.shutdown_timeout(FAREWELL);
    result
}

async fn show(options: PreviewOptions, on_ready: impl FnOnce(&str, u16), on_verdict: OnVerdict) -> io::Result<()> {
    let home = IpAddr::from(Ipv4Addr::LOCALHOST);
    let (port, listeners) = address::listen(&[home], options.port).await?;
    let is_list = matches!(options.talks, Talks::Folder { .. });
    let stages = Stages::default();
    let workshop = Workshop::open(options.talks, stages.clone(), on_verdict);
    let (end, ending) = channel::channel(false);
    let seats = Arc::new(Semaphore::new(MAX_LISTENERS));
    let site = Arc::new(Site {
        names: Names::of(&[home], port),
        stages,
        is_list,
        today: options.today,
        ending: ending.clone(),
        seats,
    });
    let servers: Vec<_> = listeners
        .into_iter()
        .map(|listener| tokio::spawn(serve(Arc::clone(&site), listener, ending.clone())))
        .collect();
    let stopping = stop::asked();
    tokio::pin!(stopping);
    // Once before the address is told, so that a stop that follows at once is heard.
    let begun = futures_util::future::poll_immediate(&mut stopping).await;
    on_ready(&format!("http://127.0.0.1:{port}/"), port);
    if begun.is_none() {
        stopping.await;
    }
    end.send_replace(true);
    drop(workshop);
    let all_left = async {
        for server in servers {
            // One that broke off has ended too.
            let _ = server.await;
        }
    };
    // Whoever does not leave by then is cut off.
    let _ = tokio::time::timeout(FAREWELL, all_left).await;
    Ok(())
}

/// Answers all requests that come to one address.
async fn serve(site: Arc<Site>, listener: TcpListener, mut ending: channel::Receiver<bool>) {
    let query = warp::query::raw().or(warp::any().map(String::new)).unify();
    let routes = warp::method().and(warp::path::full()).and(query).and(warp::header::headers_cloned()).map(
        move |method, path: warp::path::FullPath, query: String, headers| {
            secured(site.answer(&method, path.as_str(), &query, &headers))
        },
    );
    let until = async move {
        // A server that has lost its site ends as well.
        let _ = ending.wait_for(|ending| *ending).await;
    };
    warp::serve(routes).incoming(listener).graceful(until).run().await;
}
