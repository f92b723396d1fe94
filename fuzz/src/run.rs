//! Runs a target: on its corpus, then on mutations until there were enough or the time is over.

use std::fs;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use fastrand::Rng;

use crate::mutate::mutated;
use crate::targets::Target;

/// An input that takes longer is a failure: nothing here waits for anything but a clock of its own.
pub const LONGEST: Duration = Duration::from_secs(30);

/// When a run ends.
#[derive(Clone, Copy, Debug)]
pub enum Until {
    /// After so many mutations.
    Cases(u64),
    /// After a time.
    Time(Duration),
}

/// What a run found.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// How many inputs were tried, those of the corpus included.
    pub cases: u64,
    /// How long the slowest one took.
    pub slowest: Duration,
    /// What went wrong first, with the input; nothing is tried after that.
    pub failure: Option<Failure>,
}

/// An input that failed.
#[derive(Clone, Debug)]
pub struct Failure {
    /// What the target said.
    pub message: String,
    /// The seed that gives this input as the first one.
    pub seed: u64,
    /// The input.
    pub input: Vec<u8>,
}

/// The folder of corpora.
pub fn corpus_folder() -> PathBuf {
    let package = std::env::var_os("CARGO_MANIFEST_DIR");
    let package = package.map_or_else(|| PathBuf::from("fuzz"), PathBuf::from);
    package.join("corpus")
}

/// The files of a target's corpus, in the order of their names.
///
/// # Errors
///
/// The folder or a file of it cannot be read.
pub fn corpus(folder: &Path, target: &Target) -> io::Result<Vec<Vec<u8>>> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder.join(target.name))? {
        paths.push(entry?.path());
    }
    paths.sort();
    paths.iter().map(fs::read).collect()
}

/// Runs a target; `progress` is told how many inputs there were. Seeds are counted up from `seed`, so
/// that the seed of a failure finds its input at once.
///
/// An input that does not end is reported while its thread goes on: the process should end then.
pub fn run(
    target: Target,
    corpus: Vec<Vec<u8>>,
    seed: u64,
    until: Until,
    progress: impl Fn(u64),
) -> Report {
    let (sender, receiver) = channel();
    thread::spawn(move || inputs(&target, &corpus, seed, until, &sender));
    collect(&receiver, progress)
}

enum Event {
    Begins {
        seed: u64,
        input: Vec<u8>,
    },
    Ended {
        took: Duration,
        panic: Option<String>,
    },
}

fn inputs(target: &Target, corpus: &[Vec<u8>], seed: u64, until: Until, events: &Sender<Event>) {
    let start = Instant::now();
    let from_corpus = corpus.iter().cloned().map(|input| (seed, input));
    let made = (0..).map(|count| {
        let seed = seed.wrapping_add(count);
        (
            seed,
            mutated(corpus, target.tokens, &mut Rng::with_seed(seed)),
        )
    });
    let made = made.zip(0..).take_while(|(_, count)| match until {
        Until::Cases(most) => *count < most,
        Until::Time(most) => start.elapsed() < most,
    });
    for (seed, input) in from_corpus.chain(made.map(|(made, _)| made)) {
        let begins = Event::Begins {
            seed,
            input: input.clone(),
        };
        if events.send(begins).is_err() {
            return;
        }
        let begin = Instant::now();
        let result = catch_unwind(AssertUnwindSafe(|| (target.run)(&input)));
        let panic = result.err().map(|panic| {
            let text = panic.downcast_ref::<String>().map(String::as_str);
            let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
            text.unwrap_or("a panic without a message").to_owned()
        });
        let took = begin.elapsed();
        if events.send(Event::Ended { took, panic }).is_err() {
            return;
        }
    }
}

fn collect(events: &Receiver<Event>, progress: impl Fn(u64)) -> Report {
    let mut report = Report::default();
    let mut current = (0, Vec::new());
    loop {
        let message = match events.recv_timeout(LONGEST) {
            Ok(Event::Begins { seed, input }) => {
                current = (seed, input);
                continue;
            }
            Ok(Event::Ended { took, panic }) => {
                report.cases += 1;
                report.slowest = report.slowest.max(took);
                progress(report.cases);
                panic
            }
            Err(RecvTimeoutError::Timeout) => Some(format!("no end within {LONGEST:?}")),
            Err(RecvTimeoutError::Disconnected) => return report,
        };
        if let Some(message) = message {
            let (seed, input) = current;
            report.failure = Some(Failure {
                message,
                seed,
                input,
            });
            return report;
        }
    }
}
