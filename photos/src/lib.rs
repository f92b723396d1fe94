#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]
//!
//! # Where to look
//!
//! * [`Photos::upload_files`] uploads files and creates items of them, in order, with an
//!   [`Outcome`] for each file, and resumes where an interrupted run stopped.
//! * [`Photos::download_item`] downloads the bytes of an item, when there are some.
//! * [`Photos::pick`] lets the user pick items that the app did not create, and downloads them.
//! * [`media_url`] makes the addresses of the bytes of an item: sizes, downloads, videos.
//! * [`limits`] lists what the service limits, and where that is said.

mod download;
pub mod limits;
mod media_url;
mod photos;
mod picker;
mod stable_name;
mod upload;

pub use self::download::{DownloadError, DownloadItem};
pub use self::media_url::{BaseUrl, MediaUrl, Picture, media_url};
pub use self::photos::Photos;
pub use self::picker::{
    DownloadPicked, Pick, PickEnd, PickError, PickEvent, PickIntoFolder, PickReport, PickSession,
    PickedFile, PickedOutcome, WaitForPick,
};
pub use self::stable_name::stable_file_name;
pub use self::upload::{
    FileReport, JournalError, NewFile, OpenJournal, Outcome, Rejection, RejectionReason, Report,
    Stop, StopReason, UploadEvent, UploadFiles, WaitReason,
};
