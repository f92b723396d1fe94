//! Files into the library: bytes side by side, items in order and one call at a time.

mod bytes;
mod create;
mod event;
mod file;
mod files;
mod journal;
mod outcome;
mod plan;
mod rate_limit;
mod report;
mod results;
mod run;
mod shared;
mod stop;
mod version;

pub use self::event::UploadEvent;
pub use self::file::NewFile;
pub use self::files::UploadFiles;
pub use self::journal::JournalError;
pub use self::outcome::{Outcome, Rejection, RejectionReason};
pub use self::report::{FileReport, Report};
pub use self::stop::{Stop, StopReason};
