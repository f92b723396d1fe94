//! `mediaItems.batchCreate`: turns upload tokens into items, with one result each.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::media_items::description;
use super::{Call, albums, position, render, text};
use crate::replies;
use crate::reply::Reply;
use crate::state::albums::{Album, CAPACITY, Entry, Place};
use crate::state::uploads::Upload;
use crate::wire::Message;

const FILE_NAME_LENGTH: usize = 255;

/// What was asked for one item.
struct NewItem {
    token: String,
    file_name: String,
    description: String,
}

/// The outcome for one item: its id, or a `google.rpc` code and message.
type Outcome = Result<String, (i32, String)>;

pub(crate) fn run(call: &mut Call<'_>) -> Result<Reply, Reply> {
    let items = new_items(call)?;
    let place = place(call)?;
    check_storage(call, &items)?;
    let mut seen = BTreeSet::new();
    let mut created = Vec::new();
    let mut results = Vec::new();
    let mut failed = 0;
    for item in &items {
        let outcome = if seen.insert(item.token.as_str()) {
            create(call, item)
        } else {
            Err((
                6,
                "The upload token is repeated in this request.".to_owned(),
            ))
        };
        failed += usize::from(outcome.is_err());
        created.extend(outcome.iter().cloned());
        results.push(result(call, &item.token, &outcome));
    }
    if let Some((album, place)) = place
        && let Some(album) = call.state.albums.get_mut(&album)
    {
        album.insert(&place, created.into_iter().map(Entry::Item));
    }
    let status = if failed > 0 && call.state.config.quirks.multi_status {
        207
    } else {
        200
    };
    let reply = Reply::json(
        status,
        Message::default()
            .list("newMediaItemResults", results)
            .into(),
    );
    Ok(if failed > 0 {
        reply.note(format!("{failed} of {} items failed", items.len()))
    } else {
        reply
    })
}

/// The items asked for; what is wrong with one of them here refuses the whole call.
fn new_items(call: &Call<'_>) -> Result<Vec<NewItem>, Reply> {
    let items = call
        .body
        .get("newMediaItems")
        .and_then(Value::as_array)
        .map(Vec::as_slice)
        .unwrap_or_default();
    if !(1..=albums::BATCH).contains(&items.len()) {
        let note = format!("{} items; 1 to {} are accepted", items.len(), albums::BATCH);
        return Err(replies::invalid_argument().note(note));
    }
    let items = items.iter().map(|item| {
        let simple = item.get("simpleMediaItem").unwrap_or(&Value::Null);
        let file_name = text(simple, "fileName").to_owned();
        if file_name.chars().count() > FILE_NAME_LENGTH {
            return Err(replies::file_name_too_long());
        }
        Ok(NewItem {
            token: text(simple, "uploadToken").to_owned(),
            file_name,
            description: description(item)?,
        })
    });
    items.collect()
}

/// The album and the place in it, if the items go into one.
fn place(call: &Call<'_>) -> Result<Option<(String, Place)>, Reply> {
    let wanted = call.body.get("albumPosition");
    let id = text(call.body, "albumId");
    if id.is_empty() {
        return match wanted {
            Some(_) => Err(replies::invalid_argument().note("a position without an album")),
            None => Ok(None),
        };
    }
    let album: &Album = albums::addable(call.state, call.who, id)?;
    if wanted.is_some() && !album.was_created_by(call.who) {
        return Err(
            replies::invalid_argument().note("only the owner of an album can set a position")
        );
    }
    let count = call
        .body
        .get("newMediaItems")
        .and_then(Value::as_array)
        .map_or(0, Vec::len);
    if album.item_ids().count() + count > CAPACITY {
        return Err(replies::invalid_argument().note("the album would hold more than 20,000 items"));
    }
    Ok(Some((album.id.clone(), position::place(wanted, album)?)))
}

/// Refuses the whole call when the new originals do not fit.
fn check_storage(call: &Call<'_>, items: &[NewItem]) -> Result<(), Reply> {
    let Some(limit) = call.state.storage_limits.get(&call.who.user) else {
        return Ok(());
    };
    let uploads = items
        .iter()
        .filter_map(|item| call.state.uploads.tokens.get(&item.token));
    let new = uploads.filter(|upload| {
        call.state
            .items
            .with_content(&upload.user, upload.sha1)
            .is_none()
    });
    let needed: u64 = new.map(|upload| upload.bytes.len() as u64).sum();
    if call.state.items.stored_bytes(&call.who.user) + needed > *limit {
        return Err(replies::storage_full());
    }
    Ok(())
}

fn create(call: &mut Call<'_>, item: &NewItem) -> Outcome {
    let refused = || {
        (
            3,
            "Failed: There was an error while trying to create this media item.".to_owned(),
        )
    };
    if let Some(planned) = call.state.uploads.planned_failures.remove(&item.token) {
        return Err(planned);
    }
    let (now, who) = (call.state.now(), call.who);
    let usable = |upload: &&Upload| upload.is_usable(&who.user, &who.client, now);
    let upload = call
        .state
        .uploads
        .tokens
        .get(&item.token)
        .filter(usable)
        .ok_or_else(refused)?
        .clone();
    // The first of the two names wins; the name in the upload's header is the deprecated one.
    let file_name = if item.file_name.is_empty() {
        &upload.file_name
    } else {
        &item.file_name
    };
    call.state
        .create_item(&upload, file_name, &item.description)
        .ok_or_else(refused)
}

fn result(call: &Call<'_>, token: &str, outcome: &Outcome) -> Value {
    let result = Message::default().text("uploadToken", token);
    let item = outcome
        .as_ref()
        .ok()
        .and_then(|id| call.state.items.get(id));
    match (item, outcome) {
        (Some(item), _) => result
            .message("status", json!({"message": "Success"}))
            .message("mediaItem", render::new_item(item)),
        (None, Err((code, message))) => {
            result.message("status", json!({"code": code, "message": message}))
        }
        (None, Ok(_)) => result.message("status", json!({"code": 13, "message": "Internal error"})),
    }
    .into()
}
