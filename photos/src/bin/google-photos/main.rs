//! `google-photos`: whole folders to and from Google Photos, and what the user picks there.
//!
//! `arguments.rs` has the words of the command line, each command has a file or folder of its own,
//! and `end.rs` has the exit codes. `account.rs` says who talks to which server.

mod account;
mod albums;
mod arguments;
mod completions;
mod download;
mod emulator;
mod end;
mod interrupt;
mod items;
mod login;
mod output;
mod pick;
mod upload;

use std::process::ExitCode;

use clap::{CommandFactory as _, Parser as _};

use arguments::{Arguments, Command};
use end::End;

#[tokio::main]
async fn main() -> ExitCode {
    let Arguments { shared, command } = Arguments::parse();
    let ended = match command {
        Command::Login(login) => login.run(&shared).await,
        Command::Logout => login::log_out(&shared).await,
        Command::Albums(albums) => albums.run(&shared).await,
        Command::Items(items) => items.run(&shared).await,
        Command::Upload(upload) => upload.run(&shared).await,
        Command::Download(download) => download.run(&shared).await,
        Command::Pick(pick) => pick.run(&shared).await,
        Command::Emulator(program) => emulator::run(&program, &shared).await,
        Command::Completions(completions) => completions.run(Arguments::command()),
    };
    let server = shared.server.as_deref();
    ended
        .unwrap_or_else(|error| End::report(&error, server))
        .into()
}
