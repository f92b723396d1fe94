//! Media items: originals with what the service found out about them.

use std::collections::{BTreeMap, BTreeSet};

use bytes::Bytes;
use jiff::Timestamp;

use super::access::Identity;
use crate::ids::{hex, sha256};

/// One photo or video in a user's library, as the emulator keeps it.
#[derive(Clone, Debug)]
#[non_exhaustive]
#[allow(
    clippy::struct_excessive_bools,
    reason = "independent marks that a user sets in the app"
)]
pub struct Item {
    /// Resource id.
    pub id: String,
    /// Whose library it is in.
    pub user: String,
    /// The OAuth client that created it; `None` for items that came another way, such as a phone's backup.
    pub client: Option<String>,
    /// The name of the first upload of these bytes.
    pub file_name: String,
    /// The user's text; empty when there is none.
    pub description: String,
    /// Type found in the bytes.
    pub mime_type: String,
    /// The original.
    pub bytes: Bytes,
    /// Capture time, or the time of the upload when the bytes carry none.
    pub creation_time: Timestamp,
    /// Whether `creation_time` is a capture time: items without one never match a date filter.
    pub has_capture_time: bool,
    /// Width in pixels.
    pub width: u64,
    /// Height in pixels.
    pub height: u64,
    /// What only photos or only videos have.
    pub media: Media,
    /// Content categories, for instance `LANDSCAPES`; the API cannot set them.
    pub categories: BTreeSet<String>,
    /// Marked as a favourite.
    pub favorite: bool,
    /// Archived: listed only on request.
    pub archived: bool,
    /// In the trash: never listed.
    pub trashed: bool,
    /// The clip of a motion photo, served for `=dv`.
    pub motion: Option<Bytes>,
    /// The SHA-1 of the original.
    pub(crate) sha1: [u8; 20],
    /// Later items have larger numbers; breaks ties of the creation time.
    pub(crate) serial: u64,
}

impl Item {
    /// One read by a client: a step on for a video in processing.
    pub(crate) fn read(&mut self) {
        if let Media::Video(video) = &mut self.media
            && video.status == "PROCESSING"
        {
            video.processing_reads = video.processing_reads.saturating_sub(1);
            if video.processing_reads == 0 {
                "READY".clone_into(&mut video.status);
            }
        }
    }

    /// SHA-256 of the original, in lower-case hexadecimal.
    pub fn sha256(&self) -> String {
        hex(&sha256(&self.bytes))
    }

    /// Whether the application that a token belongs to created this item for this user.
    pub(crate) fn is_visible_to(&self, who: &Identity) -> bool {
        self.user == who.user && self.client.as_ref() == Some(&who.client)
    }
}

/// What only photos or only videos have.
#[derive(Clone, Debug, PartialEq)]
pub enum Media {
    /// A photo and the camera that took it.
    Photo(Camera),
    /// A video.
    Video(Video),
}

/// Camera settings; absent ones are left out of the reply.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Camera {
    /// Maker of the camera.
    pub make: String,
    /// Model of the camera.
    pub model: String,
    /// Focal length in millimetres; 0 is absent.
    pub focal_length: f64,
    /// Aperture f-number; 0 is absent.
    pub aperture: f64,
    /// ISO sensitivity; 0 is absent.
    pub iso: u32,
    /// Exposure time as the wire has it, for instance `0.0025s`.
    pub exposure_time: Option<String>,
}

/// State of a video.
#[derive(Clone, Debug, PartialEq)]
pub struct Video {
    /// Frames per second, shown once the video is ready.
    pub fps: f64,
    /// `PROCESSING`, `READY`, `FAILED` or whatever a test puts here.
    pub status: String,
    /// How many more reads say `PROCESSING`; then `READY` follows.
    pub processing_reads: u32,
}

/// Every item, and which bytes a user already has.
#[derive(Debug, Default)]
pub(crate) struct Items {
    by_id: BTreeMap<String, Item>,
    /// By user and SHA-1 of the bytes.
    by_content: BTreeMap<(String, [u8; 20]), String>,
}

impl Items {
    pub(crate) fn insert(&mut self, item: Item) {
        self.by_content
            .insert((item.user.clone(), item.sha1), item.id.clone());
        self.by_id.insert(item.id.clone(), item);
    }

    pub(crate) fn get(&self, id: &str) -> Option<&Item> {
        self.by_id.get(id)
    }

    pub(crate) fn get_mut(&mut self, id: &str) -> Option<&mut Item> {
        self.by_id.get_mut(id)
    }

    /// The item that the application may see, unless it is in the trash.
    pub(crate) fn visible(&self, id: &str, who: &Identity) -> Option<&Item> {
        self.get(id)
            .filter(|item| item.is_visible_to(who) && !item.trashed)
    }

    /// The id of the item whose bytes have this SHA-1 in the user's library.
    pub(crate) fn with_content(&self, user: &str, sha1: [u8; 20]) -> Option<String> {
        self.by_content.get(&(user.to_owned(), sha1)).cloned()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Item> {
        self.by_id.values()
    }

    /// Bytes of all originals of a user.
    pub(crate) fn stored_bytes(&self, user: &str) -> u64 {
        self.iter()
            .filter(|item| item.user == user)
            .map(|item| item.bytes.len() as u64)
            .sum()
    }
}
