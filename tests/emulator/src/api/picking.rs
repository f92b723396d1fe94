//! The methods of the Photos Picker API: `sessions.create`, `get` and `delete`, and `mediaItems.list`.

use jiff::SignedDuration;
use serde_json::{Value, json};

use super::{Call, Listing, render};
use crate::base_urls;
use crate::clock::{plus, signed};
use crate::replies;
use crate::reply::Reply;
use crate::state::State;
use crate::state::items::{Item, Media};
use crate::state::picking::PickingSession;
use crate::wire::Message;

/// How many items can be picked, without a choice and at most.
const MAX_ITEMS: usize = 2000;

pub(crate) fn create(call: &mut Call<'_>) -> Result<Reply, Reply> {
    let max_items = max_items(call.body)?;
    if !call.state.config.photos_account {
        let text = "The user does not have an active Google Photos account.";
        return Err(replies::precondition(text));
    }
    let now = call.state.now();
    let request_id = call.query.get("requestId").map(str::to_owned);
    let own: Vec<&PickingSession> = call
        .state
        .picking
        .0
        .values()
        .filter(|session| session.belongs_to(call.who) && now < session.expires)
        .collect();
    // The same request again is the same session.
    if let Some(known) = own
        .iter()
        .find(|session| request_id.is_some() && session.request_id == request_id)
    {
        let message = message(call.state, known, call.origin);
        return Ok(Reply::json(200, message));
    }
    if own.len() >= call.state.config.picking_sessions {
        return Err(replies::too_many_sessions());
    }
    let session = PickingSession {
        id: call.state.ids.opaque(),
        user: call.who.user.clone(),
        client: call.who.client.clone(),
        max_items,
        picked: None,
        request_id,
        created: now,
        expires: plus(now, signed(call.state.config.picking_session_lifetime)),
        page: call.state.ids.opaque(),
    };
    let message = message(call.state, &session, call.origin);
    call.state.picking.0.insert(session.id.clone(), session);
    Ok(Reply::json(200, message))
}

pub(crate) fn get(call: &mut Call<'_>) -> Result<Reply, Reply> {
    let session = own(call, call.resource)?;
    Ok(Reply::json(200, message(call.state, &session, call.origin)))
}

pub(crate) fn delete(call: &mut Call<'_>) -> Result<Reply, Reply> {
    let session = own(call, call.resource)?;
    call.state.picking.0.remove(&session.id);
    Ok(Reply::json(200, json!({})))
}

pub(crate) fn list(call: &mut Call<'_>) -> Result<Reply, Reply> {
    let session = own(call, call.query.get("sessionId").unwrap_or_default())?;
    let Some(picked) = session.picked else {
        let text = "The user has not picked media items yet.";
        return Err(replies::precondition(text));
    };
    let mut listing = Listing::from_query(call, 50, 100)?;
    listing.query = format!("{} {}", listing.query, session.id);
    let (ids, token) = listing.page(call, |_| picked)?;
    let items = ids.iter().filter_map(|id| item(call, id)).collect();
    let page = Message::default()
        .list("mediaItems", items)
        .text("nextPageToken", &token.unwrap_or_default());
    Ok(Reply::json(200, page.into()))
}

/// The session of the caller with this id.
fn own(call: &Call<'_>, id: &str) -> Result<PickingSession, Reply> {
    call.state
        .picking
        .get(id, call.state.now())
        .filter(|session| session.belongs_to(call.who))
        .cloned()
        .ok_or_else(|| replies::error(404, "NOT_FOUND", "Requested entity was not found."))
}

fn max_items(body: &Value) -> Result<usize, Reply> {
    let wanted = body.pointer("/pickingConfig/maxItemCount");
    match wanted.and_then(Value::as_i64).unwrap_or_default() {
        0 => Ok(MAX_ITEMS),
        count => usize::try_from(count)
            .ok()
            .filter(|count| *count <= MAX_ITEMS)
            .ok_or_else(|| replies::invalid_argument().note("maxItemCount is none of 1 to 2,000")),
    }
}

fn message(state: &State, session: &PickingSession, origin: &str) -> Value {
    let done = session.picked.is_some();
    let config = &state.config;
    let end = plus(session.created, signed(config.picking_timeout));
    let left = state.now().duration_until(end).max(SignedDuration::ZERO);
    let seconds = |duration: SignedDuration| format!("{}s", duration.as_secs_f64());
    let message = Message::default()
        .text("id", &session.id)
        .text("pickerUri", &format!("{origin}/picker/{}", session.page))
        .text("expireTime", &session.expires.to_string())
        .message(
            "pickingConfig",
            Message::default().int64("maxItemCount", session.max_items as u64),
        )
        .flag("mediaItemsSet", done);
    if done {
        return message.into();
    }
    let polling = Message::default()
        .text(
            "pollInterval",
            &seconds(signed(config.picking_poll_interval)),
        )
        .text("timeoutIn", &seconds(left));
    message.message("pollingConfig", polling).into()
}

/// One read of a picked item, with a new base URL; a step on for a video in processing.
fn item(call: &mut Call<'_>, id: &str) -> Option<Value> {
    let base_url = base_urls::mint_picked(call.state, call.origin, id);
    let item = call.state.items.get_mut(id).filter(|item| !item.trashed)?;
    let message = item_message(item, &base_url);
    item.read();
    Some(message)
}

fn item_message(item: &Item, base_url: &str) -> Value {
    let (kind, metadata) = match &item.media {
        Media::Photo(camera) => {
            let photo = render::exposure(Message::default(), camera);
            let metadata = Message::default()
                .text("cameraMake", &camera.make)
                .text("cameraModel", &camera.model)
                .message("photoMetadata", photo);
            ("PHOTO", metadata)
        }
        Media::Video(video) => {
            let fps = if video.status == "READY" {
                video.fps
            } else {
                0.0
            };
            let video = Message::default()
                .number("fps", fps)
                .text("processingStatus", &video.status);
            ("VIDEO", Message::default().message("videoMetadata", video))
        }
    };
    #[allow(clippy::cast_precision_loss, reason = "sides of pictures are small")]
    let metadata = metadata
        .number("width", item.width as f64)
        .number("height", item.height as f64);
    let file = Message::default()
        .text("baseUrl", base_url)
        .text("mimeType", &item.mime_type)
        .text("filename", &item.file_name)
        .message("mediaFileMetadata", metadata);
    Message::default()
        .text("id", &item.id)
        .text("createTime", &item.creation_time.to_string())
        .text("type", kind)
        .message("mediaFile", file)
        .into()
}
