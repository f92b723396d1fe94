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
//! # Parts and versions
//!
//! [`Download::range`] asks for a part. A part that continues must begin where the download is, and
//! belong to the same whole: the requests have `If-Range` if there is a strong `ETag`, or a strong
//! date without any tag, and lengths, tags, generations and checksums of the responses are compared
//! (RFC 9110, sections 13.1.5, 14.4 and 15.3.7). A response with status 200 and a `Content-Range`
//! that is not the whole is refused. What was received before stays, and can be continued.
//!
//! # Checksums
//!
//! If the server says checksums (`x-goog-hash` with `crc32c` or `md5`, as Cloud Storage does), what
//! came is compared with all of them. Another one fails with
//! [`is_data_loss`](crate::Error::is_data_loss), and no file is made. They are those of the whole as it
//! is stored, so they are not compared if a part was asked for, or if the server decoded what it has
//! as gzip; see [`Download::decode`]. A download that is continued, in memory or in a file, is compared
//! as a whole.
//!
//! # Time
//!
//! The limits of calls are made for small messages and do not count here. A download has stalled if
//! it had to wait for 32 seconds to get 16 KiB; the time that its reader takes is not counted. The
//! whole takes as long as it takes. [`CallOptions`](crate::CallOptions) change both.

mod address;
mod body;
mod builder;
mod checksum;
mod content;
mod content_range;
mod encoding;
mod fetch;
#[cfg(feature = "fs")]
mod file;
mod file_name;
mod origin;
#[cfg(feature = "fs")]
mod part;
mod position;
mod range;
mod settings;
#[cfg(feature = "fs")]
mod unfinished;
mod version;

pub use self::body::Body;
pub use self::builder::Download;
pub use self::file_name::file_name;
pub use self::range::ByteRange;
