//! The words of the command line.

use clap::{Parser, Subcommand};

use crate::account::Shared;
use crate::albums::Albums;
use crate::completions::Completions;
use crate::download::Download;
use crate::end;
use crate::items::Items;
use crate::login::Login;
use crate::pick::Pick;
use crate::upload::Upload;

/// Uploads whole folders to Google Photos, downloads albums, and lets you pick from your library
///
/// An app sees the albums and items that it created itself, and what you pick.
#[derive(Parser)]
#[command(name = "google-photos", version, after_help = end::HELP)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) shared: Shared,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    Login(Login),
    /// Sign out: end the grant, and forget it
    Logout,
    Albums(Albums),
    Items(Items),
    Upload(Upload),
    Download(Download),
    Pick(Pick),
    /// Start a server on this machine that behaves like Google Photos, to try everything without an account
    ///
    /// Give the address that it prints to the other commands with --server.
    Emulator(photos_emulator::Program),
    Completions(Completions),
}
