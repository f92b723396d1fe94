//! Uploads that survive a broken network.
//!
//! An upload is one request if it is small, and resumable otherwise: a session at the server to which
//! it is sent in chunks. Whatever happens to the connection, it continues where the server says that
//! it is, or fails with an error that says what to do; bytes are never skipped, mixed or counted
//! twice.
//!
//! ```no_run
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
//! The result of a resumable upload is in the response to its last bytes. If that response is lost,
//! truncated or malformed, the session is queried for it, as often as failures are retried; the bytes
//! are not sent again. If no response can be read, the upload fails with
//! [`is_outcome_unknown`](crate::Error::is_outcome_unknown), unless doing it twice is the same as
//! doing it once.
//!
//! # Time
//!
//! The limits of calls are made for small messages and do not count here. A request of an upload
//! ends after 32 seconds in which nothing moves; the server has longer for its last response. The
//! whole takes as long as it takes. [`CallOptions`](crate::CallOptions) of the upload, or those of
//! the client, change both.

// What turns into what:
//
//     Upload<R>        (builder)    what the caller describes: an `UploadSpec` and how to decode
//        │ plan()                   checks size, type and name; chooses the `Mode`
//     Plan             (plan)       a link to the service, the `Terms` of all requests, the source
//        ├── single::send()         Mode::Simple, Mode::Multipart: one request, retried whole
//        └── Transfer  (transfer)   Mode::Resumable, behind the `Session<R>` of the caller
//               │ Step              what to do next, by the `Engine`, a state machine without I/O
//               │ Message           the request for it, by the protocol (`x_goog` or `google`)
//               │ Body              the bytes of a chunk, streamed from the source
//               │ Signal            what the response means, back to the engine
//        ┌──────┘
//     FullResponse                  the response with the result
//        │ Decode<R>   (decode)
//     R                             a schema of the service, or an `UploadToken`

mod body;
mod builder;
mod callback;
mod content_type;
mod decode;
mod engine;
mod file_name;
pub(crate) mod method;
mod mime;
mod multipart;
mod plan;
mod progress;
mod protocol;
mod resumable;
mod saved;
mod session;
mod session_url;
mod settings;
mod single;
mod source;
mod token;
mod transfer;
mod verify;

pub use self::builder::Upload;
#[doc(hidden)]
pub use self::method::Protocol;
use self::method::UploadMethod;
pub use self::mime::guess_content_type;
pub use self::progress::Progress;
pub use self::resumable::Resumable;
pub use self::saved::SavedSession;
pub use self::session::Session;
pub use self::source::{Fingerprint, Source, SourceStream, UploadSource};
pub use self::token::UploadToken;
