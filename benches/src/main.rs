//! Runs the measurements and prints their tables: `cargo xtask bench` calls it.
//!
//! Everything is compared in the same run. Times are never recorded, only ratios; what repeats
//! exactly, instructions and allocations, is compared with the committed figures in
//! `recorded.json`.

mod report;

use std::process::ExitCode;

use clap::Parser;

/// Measures calls, generation and builds beside a published client and one by hand.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask bench", bin_name = "cargo xtask bench")]
pub(crate) struct Arguments {
    /// Only what takes seconds: instructions, allocations and generation of small documents.
    #[arg(long)]
    quick: bool,
    /// Also build a small program with each client from nothing: a quarter of an hour.
    #[arg(long)]
    builds: bool,
    /// Only transfers of bytes and of folders.
    #[arg(long)]
    transfers: bool,
    /// Fail if a recorded figure has grown by more than 3 percent.
    #[arg(long)]
    check: bool,
    /// Record the figures of this run, and write the page and its picture into `docs/`.
    #[arg(long, conflicts_with_all = ["check", "quick"])]
    write: bool,
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
