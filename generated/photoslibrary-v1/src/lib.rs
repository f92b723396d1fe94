// Made from the Discovery document `photoslibrary:v1`, revision 20251221, by `cargo xtask codegen`.
// Edits are lost: change the document, its overrides or generator/src/emit/root.rs.

//! A client for the Photos Library API.
//!
//! Uploads photos and videos to a user's Google Photos library and manages what an app has put
//! there.
//!
//! Since 31 March 2025 an app sees only the albums and media items that its own OAuth client
//! created. The rest of the library is out of reach, and listings leave it out without an
//! error. Every call acts for a signed-in user through OAuth 2.0; service accounts are not
//! supported.
//!
//! A new item takes two steps: send its bytes to `v1/uploads`, which answers with an upload
//! token, then turn up to 50 tokens a call into media items with `mediaItems.batchCreate`.
//! Nothing can be deleted: items can only be taken out of albums.
//!
//! A project may make 10,000 requests a day, and 75,000 more for the bytes behind base URLs. A
//! 429 marks either of these limits or one of several that are not published, such as that on
//! parallel writes for one user.
//!
//! # Quick start
//!
//! ```no_run
//! use google_photoslibrary_v1::{Client, Credentials};
//!
//! # fn example() -> google_photoslibrary_v1::Result<()> {
//! let client = Client::builder()
//!     .credentials(Credentials::token("ACCESS_TOKEN"))
//!     .build()?;
//! # let _ = client;
//! # Ok(())
//! # }
//! ```
//!
//! The methods are grouped by resource: [`albums`](Client::albums), [`media_items`](Client::media_items), [`shared_albums`](Client::shared_albums).
//!
//! The service is documented at <https://developers.google.com/photos/>.

#![cfg_attr(rustfmt, rustfmt_skip)]
#![forbid(unsafe_code)]
#![warn(missing_docs)]
#![allow(
    deprecated,
    reason = "what is deprecated for users still has to be implemented"
)]

#[rustfmt::skip]
pub mod albums;
#[rustfmt::skip]
pub mod media_items;
#[rustfmt::skip]
pub mod shared_albums;
#[rustfmt::skip]
pub mod schemas;
#[rustfmt::skip]
pub mod scopes;

pub use discovery_runtime::{
    self as runtime, CallOptions, ClientBuilder, Credentials, Error, Result,
};

use discovery_runtime::codegen::{ApiClient, Service};

/// The revision of the Discovery document `photoslibrary:v1` that this crate was made from.
pub const DISCOVERY_REVISION: &str = "20251221";

/// The SHA-256 of that document in its canonical form (sorted keys, two spaces), in hex.
pub const DOCUMENT_SHA256: &str = "7c8d01023014a7c120565d4394138f3ad04085667272f3128890830e44567f80";

/// A client for the Photos Library API.
///
/// It is cheap to clone, and clones share connections, credentials and the retry budget.
#[derive(Clone, Debug)]
pub struct Client {
    core: discovery_runtime::Client,
}

impl Client {
    /// Starts to build a client.
    pub fn builder() -> ClientBuilder<Self> {
        ClientBuilder::new()
    }

    /// The client of the runtime below, for requests that this crate has no method for.
    pub fn core(&self) -> &discovery_runtime::Client {
        &self.core
    }

    /// The resource `albums`.
    pub fn albums(&self) -> albums::Albums {
        albums::Albums::new(&self.core)
    }

    /// The resource `mediaItems`.
    pub fn media_items(&self) -> media_items::MediaItems {
        media_items::MediaItems::new(&self.core)
    }

    /// The resource `sharedAlbums`.
    pub fn shared_albums(&self) -> shared_albums::SharedAlbums {
        shared_albums::SharedAlbums::new(&self.core)
    }
}

impl ApiClient for Client {
    const SERVICE: Service = Service::new(
            "photoslibrary",
            "v1",
            "https://photoslibrary.googleapis.com/",
        )
        .mtls_root_url("https://photoslibrary.mtls.googleapis.com/")
        .revision("20251221")
        .crate_version(env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION"))
        .rate_limit_delay(30);

    fn from_core(core: discovery_runtime::Client) -> Self {
        Self { core }
    }
}
