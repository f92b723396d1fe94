//! `albums.addEnrichment`: texts, locations and maps between the items of an album.

use serde_json::Value;

use super::{Call, albums, position, text};
use crate::replies;
use crate::reply::Reply;
use crate::state::albums::Entry;
use crate::wire::Message;

/// Adds one enrichment. Unlike for media items, the position is required.
pub(crate) fn add(call: &mut Call<'_>) -> Result<Reply, Reply> {
    let refuse = |note: &str| replies::invalid_argument().note(note);
    let content = call
        .body
        .get("newEnrichmentItem")
        .ok_or_else(|| refuse("no enrichment"))?;
    check(content).map_err(refuse)?;
    let wanted = call
        .body
        .get("albumPosition")
        .filter(|wanted| !matches!(text(wanted, "position"), "" | "POSITION_TYPE_UNSPECIFIED"));
    let wanted = wanted.ok_or_else(|| refuse("an enrichment needs a position"))?;
    let place = position::place(
        Some(wanted),
        albums::own(call.state, call.who, call.resource)?,
    )?;
    let id = call.state.ids.resource(Some(&call.who.client));
    if let Some(album) = call.state.albums.get_mut(call.resource) {
        album.insert(
            &place,
            [Entry::Enrichment {
                id: id.clone(),
                content: content.clone(),
            }],
        );
    }
    let item = Message::default().text("id", &id);
    Ok(Reply::json(
        200,
        Message::default().message("enrichmentItem", item).into(),
    ))
}

/// Exactly one of the three kinds, with what it needs.
fn check(content: &Value) -> Result<(), &'static str> {
    let kinds = ["textEnrichment", "locationEnrichment", "mapEnrichment"];
    let given: Vec<_> = kinds
        .iter()
        .filter_map(|kind| content.get(kind).map(|value| (*kind, value)))
        .collect();
    let [(kind, value)] = given.as_slice() else {
        return Err("exactly one kind of enrichment is needed");
    };
    match *kind {
        "textEnrichment" if text(value, "text").is_empty() => Err("the text is empty"),
        "textEnrichment" => Ok(()),
        "locationEnrichment" => location(value.get("location")),
        _ => location(value.get("origin")).and_then(|()| location(value.get("destination"))),
    }
}

fn location(location: Option<&Value>) -> Result<(), &'static str> {
    let location = location.ok_or("a location is missing")?;
    let place = location
        .get("latlng")
        .ok_or("a location has no coordinates")?;
    let degrees = |name: &str| place.get(name).and_then(Value::as_f64).unwrap_or(0.0);
    if degrees("latitude").abs() > 90.0 || degrees("longitude").abs() > 180.0 {
        return Err("a coordinate is out of range");
    }
    Ok(())
}
