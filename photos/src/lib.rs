//! Whole folders to and from Google Photos, on top of the generated Photos Library client.
//!
//! The generated client has a method for each call of the service. People want something else:
//! *this folder into that album*, with a thousand files, over a network that breaks. That takes
//! several calls in the right order and a memory of what is done, and it is what this crate adds.
//! It is a crate of its own because the runtime knows no service, generated folders hold nothing
//! that is written by hand, and examples are no library.
//!
//! ```no_run
//! use google_photos::Photos;
//! use google_photoslibrary_v1::{Client, Credentials};
//!
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let client = Client::builder().credentials(Credentials::token("ACCESS_TOKEN")).build()?;
//! let photos = Photos::new(client);
//!
//! let report = photos
//!     .upload_files(["iceland/geysir.jpg", "iceland/skogafoss.jpg"])
//!     .album("ALBUM_ID")
//!     .journal("iceland/.upload.journal")
//!     .send()
//!     .await?;
//! for file in report.files() {
//!     println!("{}: {}", file.path().display(), file.outcome());
//! }
//! # Ok(())
//! # }
//! ```
//!
//! * [`Photos::upload_files`] uploads files and creates items of them, in order, with an
//!   [`Outcome`] for each file, and goes on where an interrupted run stopped.
//! * [`Photos::download_item`] downloads the bytes of an item, when there are some.
//! * [`media_url`] makes the addresses of the bytes of an item: sizes, downloads, videos.
//! * [`limits`] lists what the service limits, and where that is said.

mod blocking;
mod download;
pub mod limits;
mod media_url;
mod photos;
mod upload;

pub use self::download::{DownloadError, DownloadItem};
pub use self::media_url::{BaseUrl, MediaUrl, Picture, media_url};
pub use self::photos::Photos;
pub use self::upload::{
    FileReport, JournalError, NewFile, Outcome, Rejection, RejectionReason, Report, Stop,
    StopReason, UploadEvent, UploadFiles,
};
