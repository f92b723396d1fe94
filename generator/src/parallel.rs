//! Work on all cores whose results are taken in order.

use std::num::NonZero;
use std::panic::resume_unwind;
use std::sync::mpsc::sync_channel;
use std::thread::{self, Builder};

/// How many results of a thread wait to be taken: documents differ in size by a factor of a
/// thousand, and whoever has the small ones goes on for a while.
const AHEAD: usize = 8;

/// As much as the main thread has on most systems, whatever thread it is.
const STACK: usize = 8 << 20;

/// Does `work` on each job, on as many threads as there are cores, and gives each result with the
/// index of its job to `take`, on this thread and in the order of the jobs.
pub fn in_order<J: Sync, R: Send>(
    jobs: &[J],
    work: impl Fn(&J) -> R + Sync,
    mut take: impl FnMut(usize, &J, R),
) {
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    let threads = cores.min(jobs.len());
    thread::scope(|scope| {
        let work = &work;
        // Each thread has every n-th job, of n threads, so the order of all is that of the threads in turn.
        let results: Vec<_> = (0..threads)
            .map(|first| {
                let (sender, results) = sync_channel(AHEAD);
                let run = move || {
                    let own = jobs.iter().skip(first).step_by(threads);
                    // A send fails only if nobody takes results any more.
                    let _ = own.map(work).try_for_each(|result| sender.send(result));
                };
                let thread = Builder::new().stack_size(STACK).spawn_scoped(scope, run);
                thread.is_ok().then_some(results)
            })
            .collect();
        for (index, job) in jobs.iter().enumerate() {
            let results = results.get(index % threads).and_then(Option::as_ref);
            // Where no thread could be started, this one does the work.
            let result = results.and_then(|results| results.recv().ok());
            take(index, job, result.unwrap_or_else(|| work(job)));
        }
    });
}

/// Does two things at once: the first on another thread, where one can be started.
pub(crate) fn both<A: Send, B>(first: impl Fn() -> A + Sync, second: impl FnOnce() -> B) -> (A, B) {
    thread::scope(|scope| {
        let started = Builder::new().stack_size(STACK).spawn_scoped(scope, &first);
        let second = second();
        let first = match started {
            Ok(thread) => thread.join().unwrap_or_else(|panic| resume_unwind(panic)),
            Err(_) => first(),
        };
        (first, second)
    })
}

#[cfg(test)]
mod tests {
    use super::{both, in_order};

    #[test]
    fn results_are_taken_in_the_order_of_the_jobs() {
        let jobs: Vec<u64> = (0..100).collect();
        let mut taken = Vec::new();
        in_order(
            &jobs,
            |job| {
                // The first ones take longest.
                std::thread::sleep(std::time::Duration::from_micros(500 / (job + 1)));
                job * 2
            },
            |index, job, result| taken.push((index as u64, *job, result)),
        );
        let expected: Vec<_> = (0..100).map(|job| (job, job, job * 2)).collect();
        assert_eq!(taken, expected);
    }

    #[test]
    fn no_jobs_give_no_results() {
        in_order(&[], |job: &u8| *job, |_, _, _| panic!("there is none"));
    }

    #[test]
    fn both_give_their_results_from_two_threads() {
        let here = std::thread::current().id();
        let (first, second) = both(|| std::thread::current().id(), || here);
        assert_eq!(second, here);
        assert_ne!(first, here);
    }
}
