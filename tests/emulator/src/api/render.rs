//! Albums and media items as reply messages.

use serde_json::Value;

use crate::base_urls;
use crate::state::State;
use crate::state::access::Identity;
use crate::state::albums::{Album, Share};
use crate::state::items::{Camera, Item, Media};
use crate::wire::Message;

/// One read of a media item: a new base URL, and a step on for a video in processing. In an album search the
/// product URL names the album.
pub(crate) fn read_item(
    state: &mut State,
    id: &str,
    origin: &str,
    album: Option<&str>,
) -> Option<Value> {
    let base_url = base_urls::mint(state, origin, id);
    let item = state.items.get_mut(id)?;
    let message = item_message(item, album, &base_url);
    item.read();
    Some(message)
}

/// An item as batchCreate gives it back: without a base URL.
pub(crate) fn new_item(item: &Item) -> Value {
    item_message(item, None, "")
}

/// An album. `sharing` adds what only the removed scope could see.
pub(crate) fn album(
    state: &mut State,
    album: &Album,
    origin: &str,
    who: &Identity,
    sharing: bool,
) -> Value {
    let cover = album.cover_item();
    let cover_url = base_urls::mint(state, origin, cover.unwrap_or(base_urls::PLACEHOLDER));
    let message = new_album(album, who)
        .int64("mediaItemsCount", album.item_ids().count() as u64)
        .text("coverPhotoBaseUrl", &cover_url)
        .text("coverPhotoMediaItemId", cover.unwrap_or_default());
    match share_info(album, who).filter(|_| sharing) {
        Some(share_info) => message.message("shareInfo", share_info).into(),
        None => message.into(),
    }
}

/// An album as it is created: without count and cover.
pub(crate) fn new_album(album: &Album, who: &Identity) -> Message {
    let can_add = |share: &Share| share.collaborative && share.joined.contains(&who.user);
    let is_writeable = album.was_created_by(who) || album.share.as_ref().is_some_and(can_add);
    Message::default()
        .text("id", &album.id)
        .text("title", &album.title)
        .text(
            "productUrl",
            &format!("https://photos.google.com/lr/album/{}", album.id),
        )
        .flag("isWriteable", is_writeable)
}

/// How an album is shared, seen by one user.
pub(crate) fn share_info(album: &Album, who: &Identity) -> Option<Value> {
    let share = album.share.as_ref()?;
    let options = Message::default()
        .flag("isCollaborative", share.collaborative)
        .flag("isCommentable", share.commentable);
    let is_owned = album.user == who.user;
    let info = Message::default()
        .message("sharedAlbumOptions", options)
        .text(
            "shareableUrl",
            &format!("https://photos.app.goo.gl/{}", share.token),
        )
        .text("shareToken", &share.token)
        .flag("isJoined", is_owned || share.joined.contains(&who.user))
        .flag("isOwned", is_owned)
        .flag("isJoinable", true);
    Some(info.into())
}

fn item_message(item: &Item, album: Option<&str>, base_url: &str) -> Value {
    let product_url = match album {
        Some(album) => format!(
            "https://photos.google.com/lr/album/{album}/photo/{}",
            item.id
        ),
        None => format!("https://photos.google.com/lr/photo/{}", item.id),
    };
    Message::default()
        .text("id", &item.id)
        .text("description", &item.description)
        .text("productUrl", &product_url)
        .text("baseUrl", base_url)
        .text("mimeType", &item.mime_type)
        .message("mediaMetadata", metadata(item))
        .text("filename", &item.file_name)
        .into()
}

fn metadata(item: &Item) -> Message {
    let common = Message::default()
        .text("creationTime", &item.creation_time.to_string())
        .int64("width", item.width)
        .int64("height", item.height);
    match &item.media {
        Media::Photo(camera) => common.message("photo", photo(camera)),
        Media::Video(video) => {
            // The frame rate is known once the video was processed.
            let fps = if video.status == "READY" {
                video.fps
            } else {
                0.0
            };
            common.message(
                "video",
                Message::default()
                    .number("fps", fps)
                    .text("status", &video.status),
            )
        }
    }
}

fn photo(camera: &Camera) -> Message {
    let message = Message::default()
        .text("cameraMake", &camera.make)
        .text("cameraModel", &camera.model);
    exposure(message, camera)
}

/// Adds how a photo was taken, which both APIs say alike.
pub(super) fn exposure(message: Message, camera: &Camera) -> Message {
    message
        .number("focalLength", camera.focal_length)
        .number("apertureFNumber", camera.aperture)
        .number("isoEquivalent", f64::from(camera.iso))
        .text(
            "exposureTime",
            camera.exposure_time.as_deref().unwrap_or_default(),
        )
}
