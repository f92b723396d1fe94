#![doc = include_str!("../README.md")]
//!
//! ---
//!
//! What the examples share: which server to talk to.

use std::error::Error;

use google_photoslibrary_v1::{Client, Credentials};
use photos_emulator::{DEVELOPER_TOKEN, Emulator};

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
}

impl Server {
    /// A client of the chosen service, and the emulator that must live as long as the client is used.
    ///
    /// # Errors
    ///
    /// The emulator cannot start, or the address is not one on this machine.
    pub async fn connect(&self) -> Result<(Client, Option<Emulator>), Box<dyn Error>> {
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
            "no --server and no --token: using an emulator of the service at {}",
            emulator.url()
        );
        Ok((
            builder.endpoint_on_loopback(&emulator.url()).build()?,
            Some(emulator),
        ))
    }
}
