//! `photos-emulator`: the emulator as a program, for developing a client without a Google account.

use std::io::{self, Write as _};
use std::process::ExitCode;

use clap::Parser;
use photos_emulator::{Emulator, Program};

/// A server of the Photos Library and Picker APIs on 127.0.0.1 that keeps albums and items in memory until it ends.
///
/// Point a client at the printed root URL in place of the service's, and use the printed
/// access token, or sign in at the printed OAuth endpoints. Every request is logged on standard error as one line:
/// the HTTP method, what was called, the status, and why where the reply does not say it.
#[derive(Debug, Parser)]
#[command(version)]
struct Arguments {
    #[command(flatten)]
    program: Program,
}

#[tokio::main]
async fn main() -> ExitCode {
    match Arguments::parse().program.run(announce).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Written at once, since a program that reads it may be waiting.
fn announce(emulator: &Emulator) -> io::Result<()> {
    let mut out = io::stdout();
    writeln!(
        out,
        "{}\nCtrl-C ends it, and everything in it is gone.",
        emulator.instructions()
    )?;
    out.flush()
}
