#![doc = include_str!("../README.md")]
//!
//! ---
//!
//! What the examples share: which server to talk to.

mod albums;
mod sign_in;
pub mod table;

use std::error::Error;
use std::path::PathBuf;

use google_photoslibrary_v1::{Client, Credentials};
use photos_emulator::{DEVELOPER_TOKEN, Emulator};

pub use albums::find_album;

/// Where an example finds a Photos Library service.
#[derive(Debug, clap::Args)]
pub struct Server {
    /// A server on this machine, such as a running photos-emulator; without it the example starts
    /// one of its own, with some demo albums
    #[arg(long, value_name = "URL")]
    pub server: Option<String>,
    /// Use Google's service with this OAuth access token
    #[arg(
        long,
        value_name = "TOKEN",
        env = "PHOTOS_ACCESS_TOKEN",
        hide_env_values = true
    )]
    pub token: Option<String>,
    /// Sign in to Google's service in the browser, as the OAuth client in this file of the Google
    /// Cloud console; a grant is kept in ~/.config/photos-examples
    #[arg(long, value_name = "FILE", conflicts_with_all = ["server", "token"])]
    pub client_secret: Option<PathBuf>,
}

impl Server {
    /// A client of the chosen service, and the emulator that must live as long as the client is used.
    ///
    /// # Errors
    ///
    /// The emulator cannot start, the address is not one on this machine, or the user does not sign
    /// in.
    pub async fn connect(&self) -> Result<(Client, Option<Emulator>), Box<dyn Error>> {
        if let Some(file) = &self.client_secret {
            let credentials = sign_in::sign_in(file).await?;
            return Ok((Client::builder().credentials(credentials).build()?, None));
        }
        let token = self
            .token
            .clone()
            .unwrap_or_else(|| DEVELOPER_TOKEN.to_owned());
        let builder = Client::builder().credentials(Credentials::token(token));
        if let Some(server) = &self.server {
            return Ok((builder.endpoint_on_loopback(server).build()?, None));
        }
        if self.token.is_some() {
            return Ok((builder.build()?, None));
        }
        let emulator = Emulator::start().await?;
        emulator.seed_demo();
        eprintln!(
            "no account is given: using an emulator of the service at {}, which ends with this program",
            emulator.url()
        );
        Ok((
            builder.endpoint_on_loopback(&emulator.url()).build()?,
            Some(emulator),
        ))
    }

    /// Whether the service is an emulator that ends with the example, and everything in it.
    pub fn is_of_its_own(&self) -> bool {
        self.server.is_none() && self.token.is_none() && self.client_secret.is_none()
    }
}
