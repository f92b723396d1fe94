//! Files into the library: bytes side by side, items in order and one call at a time.
//!
//! What turns into what:
//!
//! ```text
//! NewFile         (file)      what the caller gives: a path, a name, a description
//!    │ account::verify()      rejects a journal of another account
//!    │ plan()                 rejects what can't be used, and reads the journal
//! FileUpload      (plan)      one file of a run, with its `Phase`:
//!    │
//!    │ Pending ──── BytesUpload (bytes) ──── UploadedBytes, or an UploadFailure
//!    │ Uploaded ─── ItemRequest (create) ─── ItemResult (results), 50 of them a BatchResult
//!    │ Done
//!    │
//! Outcome         (outcome)   what became of it, in the `FileReport` of the `Report`
//! ```
//!
//! * `run` is the only place that changes phases. It starts tasks, takes their `TaskResult`s, and
//!   ends with a `Report`; a `Stop` says why it ended early.
//! * `journal` has a `State` for each file and album on disk before anything depends on it: a
//!   session before bytes go there, a token before an item is requested.
//! * `UploadEvent`s tell the caller what happens meanwhile.
//! * Retries of requests are the runtime's. Here are only those that need several calls: bisecting a
//!   rejected batch (`create`), waiting for a rate limit or a connection by the client's policy
//!   (`waits`), and a second request for items with a transient error (`run::items`).
//! * Nothing is final unless the service rejected this file for itself: `codes` is the table.

mod account;
mod bytes;
mod codes;
mod content;
mod create;
mod event;
mod failure;
mod file;
mod files;
mod journal;
mod open_journal;
mod outcome;
mod plan;
mod report;
mod results;
mod run;
mod shared;
mod stop;
mod version;
mod waits;

pub use self::event::{UploadEvent, WaitReason};
pub use self::file::NewFile;
pub use self::files::UploadFiles;
pub use self::journal::JournalError;
pub use self::open_journal::OpenJournal;
pub use self::outcome::{Outcome, Rejection, RejectionReason};
pub use self::report::{FileReport, Report};
pub use self::stop::{Stop, StopReason};
