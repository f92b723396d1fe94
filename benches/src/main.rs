//! Runs the measurements and prints their tables: `cargo xtask bench` calls it.
//!
//! Everything is compared in the same run. Times are never recorded, only ratios; what repeats
//! exactly, instructions and allocations, is compared with the committed figures in
//! `recorded.json`.

mod report;

use std::process::ExitCode;

use clap::{Parser, ValueEnum as _};

/// Measures calls, generation and builds beside a published client and one by hand.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask bench", bin_name = "cargo xtask bench")]
pub(crate) struct Arguments {
    /// What to measure [default: all; with --quick all but builds]
    #[arg(value_enum, value_name = "SECTION")]
    only: Vec<Section>,
    /// Smaller sizes, and no CPU time of calls: seconds in place of minutes.
    #[arg(long)]
    quick: bool,
    /// Fail if a recorded figure has grown by more than 3 percent.
    #[arg(long)]
    check: bool,
    /// Record the figures of this run, and write them and their pictures into `docs/`.
    #[arg(long, conflicts_with_all = ["check", "quick"])]
    write: bool,
}

/// A part of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Section {
    /// Calls of each client.
    Calls,
    /// Pages of any size.
    Decoding,
    /// Bytes and folders.
    Transfers,
    /// Documents of any size.
    Generation,
    /// A small program with each client, built from nothing: half an hour.
    Builds,
}

impl Arguments {
    fn sections(&self) -> Vec<Section> {
        let mut sections = self.only.clone();
        if sections.is_empty() {
            sections.extend(Section::value_variants());
            sections.retain(|section| !self.quick || *section != Section::Builds);
        }
        sections
    }
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match report::run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
