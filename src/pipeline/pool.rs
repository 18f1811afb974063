use std::sync::OnceLock;

use rayon::prelude::*;

use crate::pipeline::Job;

/// The stack of each thread, in bytes: what the parser's limits on nesting take in the layout engine, and to spare.
const STACK: usize = 32 * 1024 * 1024;

/// Runs `each` on all jobs at once and gives what came of them in the order of the jobs.
///
/// `workers` limits the threads of this run, the work within a job included; `None` takes one per
/// core. Where the system gives no threads, the jobs run one after the other.
pub fn run<T: Send>(jobs: &[Job], workers: Option<usize>, each: impl Fn(&Job) -> T + Sync + Send) -> Vec<T> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(workers.unwrap_or(0)).stack_size(STACK).build();
    match pool {
        Ok(pool) => pool.install(|| jobs.par_iter().map(&each).collect()),
        Err(_) => jobs.iter().map(each).collect(),
    }
}

/// The threads that previews share; `None` where the system gives none.
pub(super) fn shared() -> Option<&'static rayon::ThreadPool> {
    static POOL: OnceLock<Option<rayon::ThreadPool>> = OnceLock::new();
    POOL.get_or_init(|| rayon::ThreadPoolBuilder::new().stack_size(STACK).build().ok()).as_ref()
}
