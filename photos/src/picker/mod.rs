//! What a user picks in Google Photos, for an app that sees nothing else of the library.
//!
//! ```text
//! Pick            (pick)      what the caller wants: how many items at most
//!    │ start()
//! PickSession     (session)   the address to open; later its items, and the end of it
//!    │ wait()     (wait)      until the user is done, the time is over, or the caller stops
//!    │ items()    (listing)   all pages, kept so that addresses that expired are read anew once
//!    │ download() (download)  one item, one file
//!    │ delete()
//! PickReport      (folder)    all of it in one call, with a `PickedFile` for each item
//! ```
//!
//! * The session is deleted at the end of the one call, whatever happened (`cleanup`): the service
//!   limits how many there are.
//! * Retries of requests are the runtime's. Here is only what needs several calls: polling, and
//!   listing again for new addresses.

mod cleanup;
mod download;
mod error;
mod event;
mod fetch;
mod folder;
mod listing;
mod names;
mod pick;
mod report;
mod session;
mod stop;
mod wait;

pub use self::download::DownloadPicked;
pub use self::error::PickError;
pub use self::event::PickEvent;
pub use self::folder::PickIntoFolder;
pub use self::pick::Pick;
pub use self::report::{PickReport, PickedFile, PickedOutcome};
pub use self::session::PickSession;
pub use self::wait::{PickEnd, WaitForPick};
