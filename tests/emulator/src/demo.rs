//! A small library to look around in: photos, a video and two albums.

use jiff::Timestamp;

use crate::media::{sample_photo, sample_video};
use crate::state::access::{DEFAULT_CLIENT, DEFAULT_USER};
use crate::state::albums::{Album, Entry};
use crate::state::{NewItem, State};

/// Puts thirty photos, a video, an album with a text between its photos and an empty album into the default
/// user's library.
pub(crate) fn seed(state: &mut State) {
    let mut trip = Vec::new();
    for number in 1..=30_u32 {
        let taken =
            Timestamp::from_second(1_777_799_564 + i64::from(number) * 86_400).unwrap_or_default();
        let photo = NewItem::new(
            format!("IMG_{number:04}.png"),
            sample_photo(1600, 1200, number),
        )
        .captured(taken);
        if let Some(id) = state.insert_item(photo)
            && number <= 5
        {
            trip.push(Entry::Item(id));
        }
    }
    if let Some(id) = state.insert_item(NewItem::new("VID_0001.mp4", sample_video(400_000, 1))) {
        trip.push(Entry::Item(id));
    }
    let text = Entry::Enrichment {
        id: state.ids.resource(Some(DEFAULT_CLIENT)),
        content: serde_json::json!({"textEnrichment": {"text": "Day one"}}),
    };
    trip.insert(0, text);
    add_album(state, "Lake trip", trip);
    add_album(state, "Empty", Vec::new());
}

fn add_album(state: &mut State, title: &str, entries: Vec<Entry>) {
    let id = state.ids.resource(Some(DEFAULT_CLIENT));
    let album = Album {
        id: id.clone(),
        user: DEFAULT_USER.to_owned(),
        client: Some(DEFAULT_CLIENT.to_owned()),
        title: title.to_owned(),
        entries,
        cover: None,
        share: None,
        serial: state.ids.serial(),
    };
    state.albums.insert(id, album);
}
