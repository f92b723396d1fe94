//! `mediaItems.search`: by album or by filters, never both.

mod dates;
mod filters;

use serde_json::Value;

use super::media_items::{newest_first, page};
use super::{Call, Listing, albums, text};
use crate::replies;
use crate::reply::Reply;
use crate::state::State;
use filters::Filters;

/// Finds items. Albums come in album order, everything else newest first unless `orderBy` says otherwise.
pub(crate) fn run(call: &mut Call<'_>) -> Result<Reply, Reply> {
    let refuse = |note: &str| replies::invalid_argument().note(note);
    let body = call.body;
    let (album, order) = (text(body, "albumId"), text(body, "orderBy"));
    let filters = body
        .get("filters")
        .map(Filters::parse)
        .transpose()
        .map_err(refuse)?;
    if !album.is_empty() && filters.is_some() {
        return Err(refuse("an album and filters"));
    }
    let oldest_first = match order {
        "" | "MediaMetadata.creation_time desc" => false,
        "MediaMetadata.creation_time" => true,
        _ => return Err(refuse("this order is not known")),
    };
    if !order.is_empty() && !filters.as_ref().is_some_and(Filters::allows_order) {
        return Err(refuse(
            "an order goes with a date filter and with no content, media type or feature filter",
        ));
    }
    if !album.is_empty() {
        albums::own(call.state, call.who, album)?;
    }
    let filters = filters.unwrap_or_default();
    let who = call.who;
    let find = |state: &State| -> Vec<String> {
        if let Some(album) = state.albums.get(album) {
            return album
                .item_ids()
                .filter(|id| state.items.visible(id, who).is_some())
                .map(str::to_owned)
                .collect();
        }
        let mut found = newest_first(state, who, |item| filters.matches(item));
        if oldest_first {
            found.reverse();
        }
        found
    };
    let (ids, token) = listing(body).page(call, find)?;
    Ok(page(
        call,
        &ids,
        token,
        Some(album).filter(|album| !album.is_empty()),
    ))
}

fn listing(body: &Value) -> Listing<'_> {
    let mut query = body.clone();
    if let Some(fields) = query.as_object_mut() {
        fields.remove("pageToken");
    }
    let page_size = body
        .get("pageSize")
        .and_then(Value::as_i64)
        .and_then(|size| i32::try_from(size).ok());
    Listing {
        page_size: page_size.unwrap_or(0),
        page_token: text(body, "pageToken"),
        default: 25,
        maximum: 100,
        query: query.to_string(),
    }
}
