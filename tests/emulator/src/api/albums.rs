//! The methods of albums, except for enrichments and sharing.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Call, Listing, render, text, texts};
use crate::replies;
use crate::reply::Reply;
use crate::scopes::SHARING;
use crate::state::State;
use crate::state::access::Identity;
use crate::state::albums::{Album, CAPACITY, Entry, Place};
use crate::wire::Message;

/// Longest title in characters.
const TITLE_LENGTH: usize = 500;
/// Most ids in one call.
pub(crate) const BATCH: usize = 50;

pub(crate) fn create(call: &mut Call<'_>) -> Result<Reply, Reply> {
    let album = call
        .body
        .get("album")
        .ok_or_else(|| replies::invalid_argument().note("no album"))?;
    let title = title(album)?;
    let id = call.state.ids.resource(Some(&call.who.client));
    let album = Album {
        id: id.clone(),
        user: call.who.user.clone(),
        client: Some(call.who.client.clone()),
        title,
        entries: Vec::new(),
        cover: None,
        share: None,
        serial: call.state.ids.serial(),
    };
    let message = render::new_album(&album, call.who);
    call.state.albums.insert(id, album);
    Ok(Reply::json(200, message.into()))
}

pub(crate) fn get(call: &mut Call<'_>) -> Result<Reply, Reply> {
    let album = own(call.state, call.who, call.resource)?.clone();
    Ok(Reply::json(200, message(call, &album)))
}

pub(crate) fn list(call: &mut Call<'_>) -> Result<Reply, Reply> {
    let who = call.who;
    let (ids, token) = Listing::from_query(call, 20, 50)?.page(call, |state| {
        let mut albums: Vec<_> = state
            .albums
            .values()
            .filter(|album| album.was_created_by(who))
            .collect();
        albums.sort_by_key(|album| album.serial);
        albums.into_iter().map(|album| album.id.clone()).collect()
    })?;
    let found: Vec<Album> = ids
        .iter()
        .filter_map(|id| call.state.albums.get(id))
        .cloned()
        .collect();
    let albums = found.iter().map(|album| message(call, album)).collect();
    let page = Message::default()
        .list("albums", albums)
        .text("nextPageToken", &token.unwrap_or_default());
    Ok(Reply::json(200, page.into()))
}

pub(crate) fn patch(call: &mut Call<'_>) -> Result<Reply, Reply> {
    let mask = mask(call, &["title", "coverPhotoMediaItemId"])?;
    let new_title = title(call.body)?;
    let cover = text(call.body, "coverPhotoMediaItemId").to_owned();
    let album = own(call.state, call.who, call.resource)?;
    if mask.contains("coverPhotoMediaItemId") && !album.contains(&cover) {
        return Err(replies::invalid_media_item_id().note("the cover is not in the album"));
    }
    let mut album = album.clone();
    if mask.contains("title") {
        album.title = new_title;
    }
    if mask.contains("coverPhotoMediaItemId") {
        album.cover = Some(cover);
    }
    call.state.albums.insert(album.id.clone(), album.clone());
    Ok(Reply::json(200, message(call, &album)))
}

/// All or nothing: one item that the application did not create changes nothing.
pub(crate) fn batch_add(call: &mut Call<'_>) -> Result<Reply, Reply> {
    let ids = media_item_ids(call)?;
    let album = addable(call.state, call.who, call.resource)?;
    if album.item_ids().count() + ids.iter().filter(|id| !album.contains(id)).count() > CAPACITY {
        return Err(replies::invalid_argument().note("the album would hold more than 20,000 items"));
    }
    if ids
        .iter()
        .any(|id| call.state.items.visible(id, call.who).is_none())
    {
        return Err(replies::invalid_media_item_id());
    }
    if let Some(album) = call.state.albums.get_mut(call.resource) {
        album.insert(&Place::Last, ids.into_iter().map(Entry::Item));
    }
    Ok(empty())
}

/// All or nothing: one item that is not in the album changes nothing.
pub(crate) fn batch_remove(call: &mut Call<'_>) -> Result<Reply, Reply> {
    let ids = media_item_ids(call)?;
    if ids.iter().collect::<BTreeSet<_>>().len() < ids.len() {
        return Err(replies::invalid_argument().note("an id is repeated"));
    }
    let album = own(call.state, call.who, call.resource)?;
    let removable =
        |id: &String| album.contains(id) && call.state.items.visible(id, call.who).is_some();
    if !ids.iter().all(removable) {
        return Err(replies::invalid_media_item_id());
    }
    if let Some(album) = call.state.albums.get_mut(call.resource) {
        album.remove_items(&ids);
    }
    Ok(empty())
}

/// `{}`.
pub(crate) fn empty() -> Reply {
    Reply::json(200, Message::default().into())
}

/// An album as this caller sees it.
pub(crate) fn message(call: &mut Call<'_>, album: &Album) -> Value {
    let sharing = call.state.config.legacy_sharing && call.who.has_any(&[SHARING]);
    render::album(call.state, album, call.origin, call.who, sharing)
}

/// The album with this id, if this application created it for this user.
pub(crate) fn own<'a>(state: &'a State, who: &Identity, id: &str) -> Result<&'a Album, Reply> {
    let album = state.albums.get(id).ok_or_else(replies::album_not_found)?;
    if album.was_created_by(who) {
        Ok(album)
    } else {
        Err(replies::permission_denied())
    }
}

/// The album with this id, if this caller can add items: the owner, or someone who joined a collaborative album.
pub(crate) fn addable<'a>(state: &'a State, who: &Identity, id: &str) -> Result<&'a Album, Reply> {
    let album = state.albums.get(id).ok_or_else(replies::album_not_found)?;
    let shared = state.config.legacy_sharing
        && album
            .share
            .as_ref()
            .is_some_and(|share| share.collaborative && share.joined.contains(&who.user));
    if album.was_created_by(who) || shared {
        Ok(album)
    } else {
        Err(replies::foreign_album())
    }
}

/// The paths of the update mask, all of which must be allowed; 400 without a mask.
pub(crate) fn mask(call: &Call<'_>, allowed: &[&str]) -> Result<BTreeSet<String>, Reply> {
    let mask = call.query.get("updateMask").unwrap_or_default();
    let paths: BTreeSet<String> = mask.split(',').map(|path| path.trim().to_owned()).collect();
    if paths.iter().all(|path| allowed.contains(&path.as_str())) {
        return Ok(paths);
    }
    Err(replies::invalid_argument().note(format!(
        "updateMask must name some of {}",
        allowed.join(", ")
    )))
}

fn title(album: &Value) -> Result<String, Reply> {
    let title = text(album, "title");
    if title.chars().count() > TITLE_LENGTH {
        return Err(replies::invalid_argument().note("the title is longer than 500 characters"));
    }
    Ok(title.to_owned())
}

fn media_item_ids(call: &Call<'_>) -> Result<Vec<String>, Reply> {
    let ids = texts(call.body, "mediaItemIds");
    if (1..=BATCH).contains(&ids.len()) {
        return Ok(ids);
    }
    Err(replies::invalid_argument().note(format!("{} ids; 1 to {BATCH} are accepted", ids.len())))
}
