//! The handle: a client, and what runs over it have to agree on. Its methods stand beside what they
//! make, in `upload/files.rs`, `download.rs` and `picker/pick.rs`.

use std::fmt;
use std::sync::Arc;

use discovery_runtime::{Clock, Error};
use google_photoslibrary_v1::Client;
use google_photospicker_v1 as picker;
use tokio::sync::Mutex;

/// A client of the Photos Library API with what takes more than one call.
///
/// It is cheap to clone. The service takes one write of a user at a time: clones create items one
/// call after another, whatever runs at the same time. Make one handle for each user and clone it.
#[derive(Clone)]
pub struct Photos {
    client: Client,
    picker: Option<picker::Client>,
    clock: Arc<dyn Clock>,
    writes: Arc<Mutex<()>>,
}

impl Photos {
    /// A handle of a client, which lives by the clock of the client.
    pub fn new(client: Client) -> Self {
        Self {
            clock: client.core().clock().clone(),
            client,
            picker: None,
            writes: Arc::default(),
        }
    }

    /// The same with another clock for the waits between calls and the age of upload tokens. The
    /// calls themselves keep the clock of the client, so that tests can skip the waits while a
    /// server takes its time.
    #[must_use]
    pub fn with_clock(mut self, clock: impl Clock) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// The client below, for single calls.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// The same with a client of the Picker API that was made for it. Without one it is made of the
    /// client of the Library API, with the same credentials, which then need the scopes of both.
    #[must_use]
    pub fn with_picker(mut self, client: picker::Client) -> Self {
        self.picker = Some(client);
        self
    }

    /// The client of the Picker API, for single calls.
    pub fn picker(&self) -> Result<picker::Client, Error> {
        match &self.picker {
            Some(client) => Ok(client.clone()),
            None => self.client.core().for_api(),
        }
    }

    pub(crate) fn clock(&self) -> &dyn Clock {
        &*self.clock
    }

    /// Who holds it may write.
    pub(crate) fn writes(&self) -> &Mutex<()> {
        &self.writes
    }
}

impl fmt::Debug for Photos {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Photos")
            .field("client", &self.client)
            .finish_non_exhaustive()
    }
}
