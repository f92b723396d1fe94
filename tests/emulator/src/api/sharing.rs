//! The sharing methods, closed since 2025-03-31: they run only while legacy sharing is on.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Call, Listing, albums, render, text};
use crate::replies;
use crate::reply::Reply;
use crate::state::State;
use crate::state::access::Identity;
use crate::state::albums::{Album, Share};
use crate::wire::Message;

pub(crate) fn share(call: &mut Call<'_>) -> Result<Reply, Reply> {
    let mut album = albums::own(call.state, call.who, call.resource)?.clone();
    let options = call.body.get("sharedAlbumOptions").unwrap_or(&Value::Null);
    let flag = |name: &str| options.get(name).and_then(Value::as_bool).unwrap_or(false);
    let (token, joined) = match album.share {
        Some(share) => (share.token, share.joined),
        None => (call.state.ids.opaque(), BTreeSet::new()),
    };
    let (collaborative, commentable) = (flag("isCollaborative"), flag("isCommentable"));
    album.share = Some(Share {
        token,
        collaborative,
        commentable,
        joined,
    });
    let info = render::share_info(&album, call.who).unwrap_or_default();
    call.state.albums.insert(album.id.clone(), album);
    Ok(Reply::json(
        200,
        Message::default().message("shareInfo", info).into(),
    ))
}

pub(crate) fn unshare(call: &mut Call<'_>) -> Result<Reply, Reply> {
    albums::own(call.state, call.who, call.resource)?;
    if let Some(album) = call.state.albums.get_mut(call.resource) {
        album.share = None;
    }
    Ok(albums::empty())
}

pub(crate) fn get(call: &mut Call<'_>) -> Result<Reply, Reply> {
    let album = shared(call.state, call.resource)?.clone();
    Ok(Reply::json(200, albums::message(call, &album)))
}

pub(crate) fn join(call: &mut Call<'_>) -> Result<Reply, Reply> {
    let album = change(call, |share, who| {
        share.joined.insert(who.user.clone());
    })?;
    let message = albums::message(call, &album);
    Ok(Reply::json(
        200,
        Message::default().message("album", message).into(),
    ))
}

pub(crate) fn leave(call: &mut Call<'_>) -> Result<Reply, Reply> {
    change(call, |share, who| {
        share.joined.remove(&who.user);
    })?;
    Ok(albums::empty())
}

/// The albums that the user shared or joined.
pub(crate) fn list(call: &mut Call<'_>) -> Result<Reply, Reply> {
    let who = call.who;
    let takes_part = |album: &&Album| {
        album
            .share
            .as_ref()
            .is_some_and(|share| album.user == who.user || share.joined.contains(&who.user))
    };
    let (ids, token) = Listing::from_query(call, 20, 50)?.page(call, |state| {
        let mut albums: Vec<_> = state.albums.values().filter(takes_part).collect();
        albums.sort_by_key(|album| album.serial);
        albums.into_iter().map(|album| album.id.clone()).collect()
    })?;
    let found: Vec<Album> = ids
        .iter()
        .filter_map(|id| call.state.albums.get(id))
        .cloned()
        .collect();
    let albums = found
        .iter()
        .map(|album| albums::message(call, album))
        .collect();
    let page = Message::default()
        .list("sharedAlbums", albums)
        .text("nextPageToken", &token.unwrap_or_default());
    Ok(Reply::json(200, page.into()))
}

/// Changes who takes part in the album of the token in the body. The owner neither joins nor leaves.
fn change(call: &mut Call<'_>, change: impl FnOnce(&mut Share, &Identity)) -> Result<Album, Reply> {
    let id = shared(call.state, text(call.body, "shareToken"))?
        .id
        .clone();
    let album = call
        .state
        .albums
        .get_mut(&id)
        .ok_or_else(replies::album_not_found)?;
    if album.user == call.who.user {
        return Err(
            replies::invalid_argument().note("the owner of an album neither joins nor leaves it")
        );
    }
    if let Some(share) = &mut album.share {
        change(share, call.who);
    }
    Ok(album.clone())
}

fn shared<'a>(state: &'a State, token: &str) -> Result<&'a Album, Reply> {
    let has_token = |album: &&Album| {
        album
            .share
            .as_ref()
            .is_some_and(|share| share.token == token)
    };
    state
        .albums
        .values()
        .find(has_token)
        .ok_or_else(replies::album_not_found)
}
