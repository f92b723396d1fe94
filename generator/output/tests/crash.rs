//! A run that ends at any point: after the next one, the folder is entirely old or entirely new.
//!
//! The probe stops a run at its n-th operation, for every n, in two ways: killed, so that nothing
//! after that has any effect, or with one operation that fails, so that the run cleans up after itself.

#![allow(clippy::unwrap_used, reason = "a test may panic, its helpers too")]

mod common;

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use common::{CRATE, Place, new_files, old_files};
use discovery_output::{CrateFiles, DifferenceKind, Options, Probe};

type Picture = BTreeMap<String, String>;

/// What is in the crate's folder before the run.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Start {
    /// There is no folder.
    Nothing,
    /// The files of an earlier run and nothing else.
    Ours,
    /// Files of other people as well.
    Shared,
    /// The files of an earlier run, on a file system that cannot exchange folders.
    NoExchange,
}

const FOREIGN: [(&str, &str); 3] = [
    ("src/extra.rs", "// mine\n"),
    ("src/gone/notes.md", "mine\n"),
    (".git/HEAD", "main\n"),
];

impl Start {
    fn place(self) -> Place {
        let place = Place::new();
        if self != Self::Nothing {
            place.write(&old_files()).unwrap();
        }
        if self == Self::Shared {
            for (path, text) in FOREIGN {
                place.put(path, text);
            }
        }
        place
    }

    /// What the folder holds after a run to its end.
    fn after(self, files: &CrateFiles) -> Picture {
        let place = self.place();
        place.write(files).unwrap();
        place.picture()
    }

    /// Whether a kill shows no mixture even before the next run.
    fn is_swapped_at_once(self) -> bool {
        matches!(self, Self::Nothing | Self::Ours)
    }
}

/// How a run is stopped at an operation.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Stop {
    Killed,
    Failed,
}

/// A probe that stops at operation `at`, and the count of the operations that were asked for.
fn stop(start: Start, stop: Stop, at: usize) -> (Options, Arc<AtomicUsize>) {
    let count = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&count);
    let probe = Probe::new(move |operation, _| {
        let number = counter.fetch_add(1, Ordering::Relaxed);
        if number == at || (stop == Stop::Killed && number > at) {
            return Err(io::Error::from(io::ErrorKind::StorageFull));
        }
        if operation == "exchange" && start == Start::NoExchange {
            return Err(io::Error::from(io::ErrorKind::Unsupported));
        }
        Ok(())
    });
    (Options::default().probe(probe), count)
}

fn run(start: Start, how: Stop, check: impl Fn(&Place, usize)) {
    let (options, count) = stop(start, how, usize::MAX);
    start.place().write_with(&new_files(), &options).unwrap();
    let operations = count.load(Ordering::Relaxed);
    assert!(operations > 15, "{start:?}: {operations} operations");
    for at in 0..operations {
        let place = start.place();
        let (options, _) = stop(start, how, at);
        let error = place.write_with(&new_files(), &options).unwrap_err();
        assert!(
            error.to_string().contains("/out"),
            "{start:?} {at}: {error}"
        );
        check(&place, at);
    }
}

fn killed(start: Start) {
    let (old, new) = (start.after(&old_files()), start.after(&new_files()));
    let before = start.place().picture();
    run(start, Stop::Killed, |place, at| {
        let now = place.picture();
        if start.is_swapped_at_once() {
            assert!(now == before || now == new, "{start:?} {at}: {now:?}");
        }
        if start == Start::Shared {
            for (path, text) in FOREIGN {
                assert_eq!(place.read(path), text, "{start:?} {at}");
            }
        }
        let leftover = place.names().len() > usize::from(place.at("").exists());
        let found =
            discovery_output::compare(&place.out(), &new_files(), &Options::default()).unwrap();
        let reported = found
            .iter()
            .any(|found| found.kind == DifferenceKind::Leftover);
        assert_eq!(reported, leftover, "{start:?} {at}");

        // The next run may want the same as the killed one, or something else.
        let (files, wanted) = if at % 2 == 0 {
            (new_files(), &new)
        } else {
            (old_files(), &old)
        };
        place.write(&files).unwrap();
        assert_eq!(&place.picture(), wanted, "{start:?} {at}");
        assert_eq!(place.names(), [CRATE], "{start:?} {at}");
    });
}

#[test]
fn killed_while_writing_a_new_crate() {
    killed(Start::Nothing);
}

#[test]
fn killed_while_replacing_a_crate() {
    killed(Start::Ours);
}

#[test]
fn killed_while_changing_a_folder_that_is_shared() {
    killed(Start::Shared);
}

#[test]
fn killed_where_folders_cannot_be_exchanged() {
    killed(Start::NoExchange);
}

#[test]
fn killed_again_while_repairing() {
    let start = Start::Shared;
    let new = start.after(&new_files());
    run(start, Stop::Killed, |place, at| {
        for again in [0, 1, 2, 3, 5, 8, 13, 21] {
            let (options, _) = stop(start, Stop::Killed, again);
            // The repair may be shorter than that and the run succeed.
            let _ = place.write_with(&new_files(), &options);
        }
        place.write(&new_files()).unwrap();
        assert_eq!(place.picture(), new, "{at}");
        assert_eq!(place.names(), [CRATE], "{at}");
    });
}

#[test]
fn a_failing_operation_leaves_the_folder_old_or_new() {
    for start in [
        Start::Nothing,
        Start::Ours,
        Start::Shared,
        Start::NoExchange,
    ] {
        let before = start.place().picture();
        let new = start.after(&new_files());
        run(start, Stop::Failed, |place, at| {
            let now = place.picture();
            assert!(now == before || now == new, "{start:?} {at}: {now:?}");
            place.write(&new_files()).unwrap();
            assert_eq!(place.picture(), new, "{start:?} {at}");
            assert_eq!(place.names(), [CRATE], "{start:?} {at}");
        });
    }
}

#[test]
fn an_edit_after_a_kill_is_not_lost() {
    // Cargo.toml is replaced halfway: some kills come before it, some after.
    run(Start::Shared, Stop::Killed, |place, at| {
        place.put("Cargo.toml", "# by hand\n");
        let error = place.write(&new_files()).unwrap_err();
        assert!(error.to_string().contains("Cargo.toml"), "{at}: {error}");
        assert_eq!(place.read("Cargo.toml"), "# by hand\n", "{at}");

        place
            .write_with(&new_files(), &Options::default().force(true))
            .unwrap();
        assert_eq!(place.read("Cargo.toml"), "[package] # new\n", "{at}");
        assert_eq!(place.names(), [CRATE], "{at}");
    });
}
