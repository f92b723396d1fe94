//! `canonicalize`: gives documents the one form in which a diff shows what has changed in the API.

use std::path::PathBuf;

use super::screen::Screen;
use super::{Status, input};

/// Rewrite JSON documents in canonical form
///
/// Keys are sorted, the indent is two spaces, and a newline ends the file, so that two versions
/// of a document differ only where the API does. A document in which a key occurs twice is refused.
/// Files are replaced whole; one that is canonical already is not touched.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The files to rewrite
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
}

pub(super) fn run(arguments: &Arguments, screen: &mut Screen) -> Status {
    let mut status = Status::Done;
    for path in &arguments.files {
        let source = match input::read(path) {
            Ok(source) => source,
            Err(message) => {
                screen.error(message);
                status = Status::Failed;
                continue;
            }
        };
        let text = match discovery_generator::canonicalize(&source) {
            Ok(text) => text,
            Err(diagnostics) => {
                screen.progress(diagnostics);
                status = Status::Failed;
                continue;
            }
        };
        match discovery_generator::output::write_file(path, &text) {
            Ok(true) => screen.result(format_args!("{}: rewritten", source.name)),
            Ok(false) => screen.result(format_args!("{}: canonical already", source.name)),
            Err(error) => {
                screen.error(error);
                status = Status::Failed;
            }
        }
    }
    status
}
