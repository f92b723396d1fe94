//! An emulator with a client that talks to it.

use std::time::Duration;

use discovery_runtime::RetryPolicy;
use google_photoslibrary_v1::schemas::{Album, CreateAlbumRequest};
use google_photoslibrary_v1::{Client, Credentials};
use photos_emulator::{Config, Emulator, NewItem, sample_photo, scopes};

pub struct Session {
    pub emulator: Emulator,
    pub client: Client,
}

impl Session {
    pub async fn start() -> Self {
        Self::start_with(|_| {}).await
    }

    pub async fn start_with(change: impl FnOnce(&mut Config)) -> Self {
        let emulator = Emulator::start_with(change).await.unwrap();
        let token = emulator.token(&scopes::LIVE);
        let client = client(&emulator, &token);
        Self { emulator, client }
    }

    /// An album that this client made.
    pub async fn album(&self, title: &str) -> String {
        let request = CreateAlbumRequest::default().with_album(Album::default().with_title(title));
        self.client
            .albums()
            .create(request)
            .send()
            .await
            .unwrap()
            .id
            .unwrap()
    }

    /// A photo in the library that this client made.
    pub fn photo(&self, file_name: &str, seed: u32) -> String {
        self.emulator
            .add_item(NewItem::new(file_name, sample_photo(8, 8, seed)))
            .unwrap()
    }
}

/// A client that waits a millisecond where users would wait seconds.
pub fn client(emulator: &Emulator, token: &str) -> Client {
    client_of(emulator, Credentials::token(token))
}

pub fn client_of(emulator: &Emulator, credentials: Credentials) -> Client {
    Client::builder()
        .endpoint_on_loopback(&emulator.url())
        .credentials(credentials)
        .retry(RetryPolicy::default().with_base_delay(Duration::from_millis(1)))
        .build()
        .unwrap()
}
