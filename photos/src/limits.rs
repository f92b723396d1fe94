//! The limits of the service, as Google documents them (read in 2026).
//!
//! Names, descriptions and sizes are checked before anything is sent; batches, waits and the age of
//! tokens and base URLs follow from the others. What is counted for a day or an album, only the
//! service knows: it says when there is no more.
//!
//! | limit | source |
//! |---|---|
//! | [`BATCH`], [`FILE_NAME`], [`DESCRIPTION`], [`ALBUM`] | <https://developers.google.com/photos/library/guides/upload-media> |
//! | [`PHOTO`], [`VIDEO`], [`UPLOAD_TOKEN`] | <https://developers.google.com/photos/library/guides/upload-media> |
//! | [`BASE_URL`] | <https://developers.google.com/photos/library/guides/access-media-items> |
//! | [`REQUESTS_A_DAY`], [`DOWNLOADS_A_DAY`], [`RATE_LIMIT_DELAY`] | <https://developers.google.com/photos/overview/api-limits-quotas> |
//!
//! What no limit says, and users run into all the same:
//!
//! * An app sees the albums and items that it created, and nothing else of the library.
//! * Downloads are not the originals: photos come without the place where they were taken, videos
//!   are compressed again.
//! * Nothing can be deleted; items can be taken out of albums.
//! * Items count against the storage of the user, in full quality.

use std::time::Duration;

/// The most items that one call creates.
pub const BATCH: usize = 50;

/// The longest name of a file, extension included, in characters. One that is longer makes the
/// service reject all items of the call.
pub const FILE_NAME: usize = 255;

/// The longest description of an item, in characters.
pub const DESCRIPTION: usize = 1000;

/// The most items that an album holds.
pub const ALBUM: usize = 20_000;

/// The largest photo, in bytes.
pub const PHOTO: u64 = 200 << 20;

/// The largest video, in bytes.
pub const VIDEO: u64 = 20 << 30;

/// How long an upload token stands for its bytes.
pub const UPLOAD_TOKEN: Duration = Duration::from_secs(24 * 60 * 60);

/// How long a base URL works; some end after half of that.
pub const BASE_URL: Duration = Duration::from_secs(60 * 60);

/// The requests that a project has for a day. Bytes that go up count by the documentation.
pub const REQUESTS_A_DAY: u64 = 10_000;

/// The requests to base URLs that a project has for a day.
pub const DOWNLOADS_A_DAY: u64 = 75_000;

/// The shortest wait after the service said that calls come too fast.
pub const RATE_LIMIT_DELAY: Duration = Duration::from_secs(30);
