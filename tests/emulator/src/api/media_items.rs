//! `mediaItems.get`, `batchGet`, `list` and `patch`.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{Call, Listing, albums, render, text};
use crate::replies;
use crate::reply::Reply;
use crate::state::State;
use crate::state::access::Identity;
use crate::state::items::Item;
use crate::wire::Message;

/// Longest description in characters.
pub(crate) const DESCRIPTION_LENGTH: usize = 1000;

pub(crate) fn get(call: &mut Call<'_>) -> Result<Reply, Reply> {
    known(call)?;
    Ok(Reply::json(200, item(call, call.resource, None)))
}

/// One result for each id, in the order asked for; an unknown id fails by itself.
pub(crate) fn batch_get(call: &mut Call<'_>) -> Result<Reply, Reply> {
    let ids: Vec<&str> = call.query.all("mediaItemIds").collect();
    if !(1..=albums::BATCH).contains(&ids.len()) {
        let note = format!("{} ids; 1 to {} are accepted", ids.len(), albums::BATCH);
        return Err(replies::invalid_argument().note(note));
    }
    if ids.iter().collect::<BTreeSet<_>>().len() < ids.len() {
        return Err(replies::invalid_argument().note("an id is repeated"));
    }
    let results = ids.into_iter().map(|id| {
        if call.state.items.visible(id, call.who).is_some() {
            return Message::default()
                .message("mediaItem", item(call, id, None))
                .into();
        }
        let status = json!({"code": 3, "message": "Invalid media item ID."});
        Message::default().message("status", status).into()
    });
    let results = results.collect();
    Ok(Reply::json(
        200,
        Message::default().list("mediaItemResults", results).into(),
    ))
}

pub(crate) fn list(call: &mut Call<'_>) -> Result<Reply, Reply> {
    let who = call.who;
    let found = |state: &State| newest_first(state, who, |item| !item.archived);
    let (ids, token) = Listing::from_query(call, 25, 100)?.page(call, found)?;
    Ok(page(call, &ids, token, None))
}

pub(crate) fn patch(call: &mut Call<'_>) -> Result<Reply, Reply> {
    albums::mask(call, &["description"])?;
    let description = description(call.body)?;
    known(call)?;
    if let Some(item) = call.state.items.get_mut(call.resource) {
        item.description = description;
    }
    Ok(Reply::json(200, item(call, call.resource, None)))
}

/// A page of items that were found: those in the trash by now are missing.
pub(crate) fn page(
    call: &mut Call<'_>,
    ids: &[String],
    token: Option<String>,
    album: Option<&str>,
) -> Reply {
    let shown = ids
        .iter()
        .filter(|id| call.state.items.visible(id, call.who).is_some())
        .cloned();
    let shown: Vec<String> = shown.collect();
    let items = shown.iter().map(|id| item(call, id, album)).collect();
    let page = Message::default()
        .list("mediaItems", items)
        .text("nextPageToken", &token.unwrap_or_default());
    Reply::json(200, page.into())
}

/// The ids of the items that the application may see and that match, newest first.
pub(crate) fn newest_first(
    state: &State,
    who: &Identity,
    matches: impl Fn(&Item) -> bool,
) -> Vec<String> {
    let visible = |item: &&Item| item.is_visible_to(who) && !item.trashed && matches(item);
    let mut items: Vec<&Item> = state.items.iter().filter(visible).collect();
    items.sort_by_key(|item| std::cmp::Reverse((item.creation_time, item.serial)));
    items.into_iter().map(|item| item.id.clone()).collect()
}

/// The description in a body, at most 1,000 characters.
pub(crate) fn description(item: &Value) -> Result<String, Reply> {
    let description = text(item, "description");
    if description.chars().count() > DESCRIPTION_LENGTH {
        return Err(
            replies::invalid_argument().note("the description is longer than 1,000 characters")
        );
    }
    Ok(description.to_owned())
}

/// What the service replies for an id that the caller cannot use is not recorded: here 400 for one that never
/// existed, as in a batchGet result, and 404 for one that does.
fn known(call: &Call<'_>) -> Result<(), Reply> {
    if call.state.items.visible(call.resource, call.who).is_some() {
        return Ok(());
    }
    if call.state.items.get(call.resource).is_some() {
        return Err(replies::error(
            404,
            "NOT_FOUND",
            "Requested entity was not found.",
        ));
    }
    Err(replies::invalid("Invalid media item ID."))
}

fn item(call: &mut Call<'_>, id: &str, album: Option<&str>) -> Value {
    render::read_item(call.state, id, call.origin, album).unwrap_or_default()
}
