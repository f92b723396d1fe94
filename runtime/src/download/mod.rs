//! Downloads that are complete, or fail.
//!
//! A download that breaks goes on where it broke, if the server says that the rest belongs to what
//! came before; otherwise it begins again, or fails. What ends too early is never taken for whole.
//!
//! [`Download`] comes from a method of a generated client that gives media, or is made
//! [from an address](Download::from_url) that a service hands out, such as the base URL of a photo.
//!
//! ```no_run
//! use std::path::Path;
//!
//! use discovery_runtime::Client;
//! use discovery_runtime::download::Download;
//!
//! # async fn example(core: &Client, base_url: &str) -> discovery_runtime::Result<()> {
//! let bytes = Download::from_url(core, format!("{base_url}=d"))
//!     .to_file(Path::new("lake.jpg"))
//!     .await?;
//! # let _ = bytes;
//! # Ok(())
//! # }
//! ```
//!
//! # Time
//!
//! The limits of calls are made for small messages and do not count here. A download has stalled if
//! it had to wait for 32 seconds to get 16 KiB; the time that its reader takes is not counted. The
//! whole takes as long as it takes. [`CallOptions`](crate::CallOptions) change both.

mod address;
mod body;
mod builder;
mod content_range;
mod fetch;
#[cfg(feature = "fs")]
mod file;
mod file_name;
mod origin;
#[cfg(feature = "fs")]
mod part;
mod position;
mod settings;

pub use self::body::Body;
pub use self::builder::Download;
pub use self::file_name::file_name;
