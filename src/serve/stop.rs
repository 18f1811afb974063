//! When a server ends: Ctrl-C, or the system's polite request.

/// Waits until the process is asked to end.
#[cfg(unix)]
pub(crate) async fn asked() {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut terminate) = signal(SignalKind::terminate()) else { return by_keyboard().await };
    tokio::select! {
        () = by_keyboard() => {}
        _ = terminate.recv() => {}
    }
}

/// Waits until the process is asked to end.
#[cfg(not(unix))]
pub(crate) async fn asked() {
    by_keyboard().await;
}

async fn by_keyboard() {
    if tokio::signal::ctrl_c().await.is_err() {
        // Where nothing can be heard of, the process ends the hard way.
        std::future::pending::<()>().await;
    }
}
