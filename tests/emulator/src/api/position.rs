//! Where new entries of an album go.

use serde_json::Value;

use super::text;
use crate::replies;
use crate::reply::Reply;
use crate::state::albums::{Album, Place};

/// The place that an `AlbumPosition` names; the end of the album when there is none. A relative entry must be named
/// and be in the album.
pub(crate) fn place(position: Option<&Value>, album: &Album) -> Result<Place, Reply> {
    let Some(position) = position else {
        return Ok(Place::Last);
    };
    let relative = |name: &str| text(position, name).to_owned();
    let place = match text(position, "position") {
        "FIRST_IN_ALBUM" => Place::First,
        "AFTER_MEDIA_ITEM" => Place::AfterItem(relative("relativeMediaItemId")),
        "AFTER_ENRICHMENT_ITEM" => Place::AfterEnrichment(relative("relativeEnrichmentItemId")),
        _ => Place::Last,
    };
    match album.index_of(&place) {
        Some(_) => Ok(place),
        None => Err(replies::invalid_argument()
            .note("the relative entry of the position is not in the album")),
    }
}
