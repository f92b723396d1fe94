//! Uploads that survive a broken network.
//!
//! An upload is one request if it is small, and a session in steps otherwise. Whatever happens to
//! the connection, it goes on from where the server says that it is, or fails with an error that
//! says what to do; bytes are never skipped, mixed or counted twice.
//!
//! ```no_run
//! use std::path::Path;
//!
//! use discovery_runtime::upload::{Upload, UploadToken};
//!
//! # async fn example(upload: Upload<UploadToken>) -> discovery_runtime::Result<()> {
//! // `upload` comes from a method of a generated client that takes bytes.
//! let token = upload
//!     .on_progress(|progress| println!("{} of {}", progress.acknowledged, progress.total))
//!     .send()
//!     .await?;
//! # drop(token);
//! # Ok(())
//! # }
//! ```
//!
//! # Types
//!
//! The bytes are sent with a type of content: the one that
//! [`content_type`](Upload::content_type) says, or else that of the body of the call, or else what
//! the bytes and the name of the file tell. What the method does not accept is never sent.
//!
//! # Results
//!
//! The result of an upload in steps is in the response to its last bytes. If that response is lost,
//! cut off or no JSON, the session is asked for it again, as often as failures are retried; the bytes
//! are not sent again. If no response can be read, the upload fails with
//! [`is_outcome_unknown`](crate::Error::is_outcome_unknown), unless doing it twice is the same as
//! doing it once.
//!
//! # Time
//!
//! The limits of calls are made for small messages and do not count here. A request of an upload
//! ends after 32 seconds in which nothing moves; the server has longer for its last answer. The
//! whole takes as long as it takes. [`CallOptions`](crate::CallOptions) of the upload, or those of
//! the client, change both.

mod body;
mod builder;
mod content_type;
mod dialect;
mod engine;
mod examine;
mod file_name;
mod mime;
mod multipart;
mod progress;
mod resumable;
mod saved;
mod session;
mod session_url;
mod settings;
mod single;
mod source;
mod token;
mod transfer;

pub use self::builder::Upload;
#[doc(hidden)]
pub use self::dialect::Protocol;
pub use self::mime::guess_content_type;
pub(crate) use self::mime::is_accepted;
pub use self::progress::Progress;
pub use self::resumable::Resumable;
pub use self::saved::SavedSession;
pub use self::session::Session;
pub use self::source::{Fingerprint, Source, SourceStream, UploadSource};
pub use self::token::UploadToken;
