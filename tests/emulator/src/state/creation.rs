//! How items come into a library: from an upload, or put there by a test.

use bytes::Bytes;
use jiff::Timestamp;

use super::State;
use super::access::{DEFAULT_CLIENT, DEFAULT_USER};
use super::items::{Item, Media, Video};
use super::uploads::Upload;
use crate::ids::sha1;
use crate::media::inspect;

/// An item that a test puts into a library with [`Emulator::add_item`](crate::Emulator::add_item), where it can be
/// given what uploads cannot: another owner, or a capture time without EXIF.
#[derive(Clone, Debug)]
#[must_use = "the item is in no library yet"]
pub struct NewItem {
    pub(crate) user: String,
    pub(crate) client: Option<String>,
    pub(crate) bytes: Bytes,
    pub(crate) file_name: String,
    pub(crate) description: String,
    pub(crate) capture_time: Option<Timestamp>,
}

impl NewItem {
    /// An item of the default user, created by the default OAuth client. The bytes must be a photo or a video;
    /// see [`sample_photo`](crate::sample_photo).
    pub fn new(file_name: impl Into<String>, bytes: impl Into<Bytes>) -> Self {
        Self {
            user: DEFAULT_USER.to_owned(),
            client: Some(DEFAULT_CLIENT.to_owned()),
            bytes: bytes.into(),
            file_name: file_name.into(),
            description: String::new(),
            capture_time: None,
        }
    }

    /// Puts the item into another user's library.
    pub fn user(mut self, user: impl Into<String>) -> Self {
        self.user = user.into();
        self
    }

    /// The OAuth client that created it; `None` for an item that came from the user's own devices.
    pub fn client(mut self, client: Option<&str>) -> Self {
        self.client = client.map(str::to_owned);
        self
    }

    /// The user's text.
    pub fn description(mut self, description: impl Into<String>) -> Self {
        self.description = description.into();
        self
    }

    /// When it was taken; overrides what the bytes say.
    pub fn captured(mut self, time: Timestamp) -> Self {
        self.capture_time = Some(time);
        self
    }
}

impl State {
    /// The id of the item with the upload's bytes: the one that the user has already, whatever it is called, or a
    /// new one. Nothing when the bytes are neither a photo nor a video.
    pub(crate) fn create_item(
        &mut self,
        upload: &Upload,
        file_name: &str,
        description: &str,
    ) -> Option<String> {
        let new = NewItem {
            user: upload.user.clone(),
            client: Some(upload.client.clone()),
            bytes: upload.bytes.clone(),
            file_name: file_name.to_owned(),
            description: description.to_owned(),
            capture_time: None,
        };
        self.insert(new, upload.sha1)
    }

    pub(crate) fn insert_item(&mut self, new: NewItem) -> Option<String> {
        let sha1 = sha1(&new.bytes);
        self.insert(new, sha1)
    }

    fn insert(&mut self, new: NewItem, sha1: [u8; 20]) -> Option<String> {
        if let Some(id) = self.items.with_content(&new.user, sha1) {
            return Some(id);
        }
        let found = inspect(&new.bytes)?;
        let id = self.ids.resource(new.client.as_deref());
        let capture_time = new.capture_time.or(found.capture_time);
        self.items.insert(Item {
            id: id.clone(),
            user: new.user,
            client: new.client,
            file_name: new.file_name,
            description: new.description,
            mime_type: found.mime_type.to_owned(),
            creation_time: capture_time.unwrap_or_else(|| whole_seconds(self.now())),
            has_capture_time: capture_time.is_some(),
            width: found.width,
            height: found.height,
            media: if found.mime_type.starts_with("video/") {
                Media::Video(self.new_video())
            } else {
                Media::Photo(found.camera)
            },
            bytes: new.bytes,
            categories: std::collections::BTreeSet::new(),
            favorite: false,
            archived: false,
            trashed: false,
            motion: None,
            sha1,
            serial: self.ids.serial(),
        });
        Some(id)
    }

    fn new_video(&self) -> Video {
        let reads = self.config.video_processing_reads;
        let status = if reads == 0 { "READY" } else { "PROCESSING" };
        Video {
            fps: 30.0,
            status: status.to_owned(),
            processing_reads: reads,
        }
    }
}

/// Times of uploads have no fraction on the wire.
fn whole_seconds(time: Timestamp) -> Timestamp {
    Timestamp::from_second(time.as_second()).unwrap_or(time)
}
