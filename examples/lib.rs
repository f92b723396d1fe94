#![doc = include_str!("../README.md")]
//!
//! ---
//!
//! What the examples share: which server to talk to.

mod sign_in;

use std::io;
use std::path::PathBuf;

use anyhow::Context as _;
use google_photoslibrary_v1::{Client, Credentials};
use photos_emulator::{Consent, DEVELOPER_TOKEN, Emulator};

use sign_in::Page;

/// Where an example finds a Photos Library service.
#[derive(Debug, clap::Args)]
pub struct Server {
    /// A server on this machine, such as a running photos-emulator; without it the example starts
    /// one of its own, with some demo albums
    #[arg(long, value_name = "URL")]
    pub server: Option<String>,
    /// Use Google's service with the OAuth access token in the environment variable
    /// `PHOTOS_ACCESS_TOKEN`
    #[arg(long, conflicts_with_all = ["server", "client_secret", "sign_in"])]
    pub token_from_env: bool,
    /// Sign in to Google's service in the browser, as the OAuth client in this file of the Google
    /// Cloud console; a grant is kept in ~/.config/photos-examples
    #[arg(long, value_name = "FILE", conflicts_with = "server")]
    pub client_secret: Option<PathBuf>,
    /// Sign in to the emulator in the browser, as one does to Google's service
    #[arg(long, conflicts_with = "client_secret")]
    pub sign_in: bool,
    /// Print the address to sign in at instead of opening the browser, for instance over ssh
    #[arg(long)]
    pub no_browser: bool,
}

impl Server {
    /// A client of the chosen service, and the emulator that must live as long as the client is used.
    ///
    /// # Errors
    ///
    /// The emulator cannot start, the address is not one on this machine, or the user does not sign
    /// in.
    pub async fn connect(&self) -> anyhow::Result<(Client, Option<Emulator>)> {
        let page = if self.no_browser {
            Page::Printed
        } else {
            Page::Opened
        };
        let builder = Client::builder();
        if let Some(file) = &self.client_secret {
            let credentials = sign_in::at_google(file, page).await?;
            return Ok((builder.credentials(credentials).build()?, None));
        }
        if self.token_from_env {
            let token = std::env::var("PHOTOS_ACCESS_TOKEN")
                .context("the environment variable PHOTOS_ACCESS_TOKEN has no token")?;
            let credentials = Credentials::token(token);
            return Ok((builder.credentials(credentials).build()?, None));
        }
        let (url, emulator) = if let Some(server) = &self.server {
            (server.clone(), None)
        } else {
            let emulator = start_emulator().await?;
            (emulator.url(), Some(emulator))
        };
        let builder = builder.endpoint_on_loopback(&url);
        let credentials = if self.sign_in {
            sign_in::at_emulator(&url, page).await?
        } else {
            Credentials::token(DEVELOPER_TOKEN)
        };
        Ok((builder.credentials(credentials).build()?, emulator))
    }
}

async fn start_emulator() -> io::Result<Emulator> {
    let emulator = Emulator::start_with(|config| config.consent = Consent::Ask).await?;
    emulator.seed_demo();
    eprintln!(
        "no account is given: using an emulator of the service at {}, which ends with this program",
        emulator.url()
    );
    Ok(emulator)
}
