//! The verbs of the command line, and the statuses with which it exits.

mod canonicalize;
mod generate;
mod input;
mod runtime;
mod screen;
mod summary;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use screen::Screen;

/// Emits Rust client crates from Google API Discovery documents.
///
/// It reads local files only, starts no other program, and writes nothing outside of the folder
/// that you name.
#[derive(Debug, Parser)]
#[command(name = "discovery-generator", version, after_help = STATUSES)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    verb: Verb,
}

const STATUSES: &str = "\
Exit status:
  0  done; with --check: everything is up to date
  1  with --check: something differs
  2  an error; the messages say what to do";

#[derive(Debug, Subcommand)]
enum Verb {
    Generate(generate::Arguments),
    Canonicalize(canonicalize::Arguments),
}

/// How a run ended, worst last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Status {
    Done,
    Differs,
    Failed,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        Self::from(match status {
            Status::Done => 0,
            Status::Differs => 1,
            Status::Failed => 2,
        })
    }
}

/// Does what the command line says.
pub(crate) fn run(arguments: &Arguments) -> impl Into<ExitCode> + use<> {
    let mut screen = Screen::default();
    match &arguments.verb {
        Verb::Generate(arguments) => generate::run(arguments, &mut screen),
        Verb::Canonicalize(arguments) => canonicalize::run(arguments, &mut screen),
    }
}
