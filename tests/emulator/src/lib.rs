//! A server of the Photos Library API and the Photos Picker API on loopback that keeps state.
//!
//! It replies as the service was recorded to reply, so that a client can be developed and tested without a Google
//! account: albums, items, searches, uploads, base URLs, picking sessions, sign-in, quotas, and on request every fault that a network
//! or a server can have. It shares no code with any client: requests are checked by what is on the wire.
//!
//! ```
//! use photos_emulator::{Emulator, Fault, scopes};
//!
//! # #[tokio::main]
//! # async fn main() -> std::io::Result<()> {
//! let emulator = Emulator::start().await?;
//! let token = emulator.token(&scopes::LIVE);
//! emulator.plan("albums.list", Fault::status(503).times(2));
//! // Point a client at `emulator.url()` with `token` as its access token, then:
//! assert_eq!(emulator.calls("albums.list"), 0);
//! assert_eq!(emulator.faults_left().len(), 1);
//! # assert!(token.starts_with("ya29."));
//! # Ok(())
//! # }
//! ```
//!
//! Where the record of the service is silent, the emulator takes the stricter reading: what works here should work
//! there. The README lists these places.

mod api;
mod base_urls;
mod clock;
mod config;
mod demo;
mod discovery;
mod emulator;
mod encode;
mod exchange;
mod faults;
mod fields;
mod home;
mod html;
mod ids;
mod media;
mod oauth;
mod picker;
mod program;
mod quota;
mod recorder;
pub mod replies;
mod reply;
mod request;
mod router;
mod schema;
pub mod scopes;
mod server;
mod shared;
mod state;
mod uploads;
mod wire;

pub use bytes::Bytes;
pub use config::{Config, Consent, Log, LogLine, OAuthClient, OverMaximum, Quirks};
pub use emulator::Emulator;
pub use faults::{Cut, Fault, Framing, Gate};
pub use jiff::Timestamp;
pub use media::{sample_photo, sample_video};
pub use program::Program;
pub use quota::Quotas;
pub use recorder::{RecordedRequest, redacted};
pub use reply::Reply;
pub use state::NewItem;
pub use state::access::{DEFAULT_CLIENT, DEFAULT_USER, DEVELOPER_TOKEN};
pub use state::albums::{Album, Entry, Share};
pub use state::items::{Camera, Item, Media, Video};
pub use state::picking::PickingSession;
pub use state::uploads::UploadSession;
