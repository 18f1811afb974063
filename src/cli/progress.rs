use std::io::Write as _;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use crate::diagnostic::counted;

/// How long work may take without a word.
const PATIENCE: Duration = Duration::from_secs(1);
/// How often the line is written anew.
const BEAT: Duration = Duration::from_millis(200);

/// Does `work` on `total` talks; it calls what it is given after each.
///
/// With `shown`, a line on the terminal says how far it is once a second has passed, and is erased
/// at the end.
pub(super) fn during<T>(shown: bool, total: usize, work: impl FnOnce(&(dyn Fn() + Sync)) -> T) -> T {
    let done = AtomicUsize::new(0);
    let count = || {
        done.fetch_add(1, Ordering::Relaxed);
    };
    if !shown {
        return work(&count);
    }
    let (finish, finished) = channel::<()>();
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let finished = finished;
            let mut waited = PATIENCE;
            if finished.recv_timeout(PATIENCE) != Err(RecvTimeoutError::Timeout) {
                return;
            }
            loop {
                draw(done.load(Ordering::Relaxed), total, waited);
                if finished.recv_timeout(BEAT) != Err(RecvTimeoutError::Timeout) {
                    return erase();
                }
                waited += BEAT;
            }
        });
        let result = work(&count);
        // Closing the channel ends the other thread.
        drop(finish);
        result
    })
}

fn draw(done: usize, total: usize, waited: Duration) {
    let progress = if total == 1 { String::new() } else { format!(" {done} of {}", counted(total, "talk")) };
    let line = format!("\r\x1b[Kworking:{progress} {} s", waited.as_secs());
    let _ = std::io::stderr().lock().write_all(line.as_bytes());
}

fn erase() {
    let _ = std::io::stderr().lock().write_all(b"\r\x1b[K");
}
