//! Base URLs: media bytes behind links that live for an hour. Those of the Library API need no token,
//! those of the Picker API do.

mod options;
mod range;
mod thumbnail;

use jiff::{SignedDuration, Timestamp};
use percent_encoding::percent_decode_str;

use crate::api::authorize;
use crate::clock::plus;
use crate::media::flat_png;
use crate::reply::Reply;
use crate::request::Received;
use crate::scopes::PICKER;
use crate::state::State;
use crate::state::items::{Item, Media};
use options::Options;

/// The "item" behind the cover of an empty album.
pub(crate) const PLACEHOLDER: &str = "placeholder";
/// How long a base URL works.
const LIFETIME: SignedDuration = SignedDuration::from_mins(60);

/// A new base URL for an item. It says when it was made, so that none has to be remembered.
pub(crate) fn mint(state: &mut State, origin: &str, item: &str) -> String {
    let (made, serial) = (state.now().as_millisecond(), state.ids.serial());
    format!(
        "{origin}/base/{}",
        state.ids.seal(&format!("{made}.{serial}.{item}"))
    )
}

/// A new base URL for an item that was picked.
pub(crate) fn mint_picked(state: &mut State, origin: &str, item: &str) -> String {
    mint(state, origin, item).replacen("/base/", "/picked/", 1)
}

/// Serves a base URL of an item that was picked: only with the token of who picked it.
pub(crate) fn serve_picked(
    state: &mut State,
    rest: &str,
    request: &Received,
    origin: &str,
) -> Reply {
    if request.bearer().is_none() {
        return forbidden("the base URL needs an access token");
    }
    let who = match authorize(state, request, &[PICKER], &[]) {
        Ok(who) => who,
        Err(refusal) => return refusal,
    };
    let owner = percent_decode_str(rest)
        .decode_utf8_lossy()
        .split('=')
        .next()
        .and_then(|sealed| open(state, sealed))
        .and_then(|(_, id)| state.items.get(&id).map(|item| item.user.clone()));
    if owner.is_some_and(|owner| owner != who.user) {
        return forbidden("the item belongs to another user");
    }
    send(state, rest, request, origin)
}

/// Serves a base URL with its options.
pub(crate) fn serve(state: &mut State, rest: &str, request: &Received, origin: &str) -> Reply {
    let now = state.now();
    if !state.usage.charge_base_url(&state.config.quotas, now) {
        return Reply::html(
            429,
            "<html><title>Error 429 (Too Many Requests)!!1</title></html>",
        )
        .note("the base URL requests of the day are used up");
    }
    send(state, rest, request, origin)
}

fn send(state: &mut State, rest: &str, request: &Received, origin: &str) -> Reply {
    let now = state.now();
    let rest = percent_decode_str(rest).decode_utf8_lossy();
    let (sealed, options) = rest.split_once('=').unwrap_or((&rest, ""));
    let Some((made, id)) = open(state, sealed) else {
        return missing("no such base URL");
    };
    if now >= plus(made, LIFETIME) {
        return expired();
    }
    let options = match Options::parse(options) {
        Ok(options) => options,
        Err(note) => {
            return Reply::html(
                400,
                "<html><title>Error 400 (Bad Request)!!1</title></html>",
            )
            .note(note);
        }
    };
    if id == PLACEHOLDER {
        return range::serve(
            request,
            "image/png",
            flat_png(160, 160, [0xDA, 0xDC, 0xE0]).into(),
        );
    }
    let Some(item) = state.items.get(&id).filter(|item| !item.trashed) else {
        return missing("the item is gone");
    };
    if options.video {
        return match video(item) {
            Ok(_) => redirect(state, sealed, origin),
            Err(note) => missing(note),
        };
    }
    match &item.media {
        Media::Photo(_) if options.download => {
            range::serve(request, &item.mime_type, item.bytes.clone())
        }
        Media::Photo(_) if !options.has_size() => Reply::html(
            400,
            "<html><title>Error 400 (Bad Request)!!1</title></html>",
        )
        .note("a photo needs a size or =d"),
        _ => range::serve(request, "image/png", thumbnail::draw(item, &options)),
    }
}

/// Serves what `=dv` redirected to.
pub(crate) fn serve_video(state: &mut State, sealed: &str, request: &Received) -> Reply {
    let Some((made, id)) = open(state, sealed) else {
        return missing("no such video URL");
    };
    if state.now() >= plus(made, LIFETIME) {
        return expired();
    }
    match state
        .items
        .get(&id)
        .filter(|item| !item.trashed)
        .ok_or("the item is gone")
        .and_then(video)
    {
        Ok(bytes) => range::serve(request, "video/mp4", bytes),
        Err(note) => missing(note),
    }
}

/// The video bytes of an item: of a processed video, or of a motion photo.
fn video(item: &Item) -> Result<bytes::Bytes, &'static str> {
    match &item.media {
        Media::Video(video) if video.status == "READY" => Ok(item.bytes.clone()),
        Media::Video(_) => Err("the video is not ready"),
        Media::Photo(_) => item
            .motion
            .clone()
            .ok_or("a photo without motion has no video"),
    }
}

fn redirect(state: &State, sealed: &str, origin: &str) -> Reply {
    let port = origin.rsplit_once(':').map_or("", |(_, port)| port);
    let elsewhere = state
        .config
        .video_host
        .as_ref()
        .map(|host| format!("http://{host}:{port}"));
    Reply::new(302).header(
        "location",
        format!(
            "{}/video-downloads/{sealed}",
            elsewhere.as_deref().unwrap_or(origin)
        ),
    )
}

/// When a base URL was made, and for which item.
fn open(state: &State, sealed: &str) -> Option<(Timestamp, String)> {
    let payload = state.ids.open(sealed)?;
    let mut parts = payload.splitn(3, '.');
    let made = Timestamp::from_millisecond(parts.next()?.parse().ok()?).ok()?;
    Some((made, parts.nth(1)?.to_owned()))
}

fn expired() -> Reply {
    forbidden("the base URL expired")
}

fn forbidden(note: &str) -> Reply {
    Reply::html(403, "<html><title>Error 403 (Forbidden)!!1</title></html>").note(note)
}

/// 404 whose body is a picture, as the service replies.
fn missing(note: &str) -> Reply {
    Reply::new(404)
        .header("content-type", "image/png")
        .body(flat_png(60, 60, [0xFF, 0xFF, 0xFF]))
        .note(note)
}
