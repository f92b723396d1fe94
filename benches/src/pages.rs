//! Canned pages: made, not copied, in the lengths that the service's values have.

use std::sync::LazyLock;

use serde_json::{Value, json};

use crate::Case;

/// The page of a case with so many entries; the service indents its JSON by two blanks unless `prettyPrint=false`.
pub fn page(case: Case, entries: usize, pretty: bool) -> String {
    let page = match case {
        Case::AlbumsList => json!({
            "albums": (0..entries).map(album).collect::<Vec<_>>(),
            "nextPageToken": text("token", 1, 180),
        }),
        Case::Search => json!({
            "mediaItems": (0..entries).map(item).collect::<Vec<_>>(),
            "nextPageToken": text("token", 2, 180),
        }),
        Case::BatchCreate => json!({
            "newMediaItemResults": (0..entries).map(created).collect::<Vec<_>>(),
        }),
    };
    let text = if pretty {
        serde_json::to_string_pretty(&page)
    } else {
        serde_json::to_string(&page)
    };
    text.expect("a value made of texts is JSON")
}

/// The upload token of an item that is created; there are fifty.
pub fn upload_token(index: usize) -> &'static str {
    static TOKENS: LazyLock<Vec<String>> =
        LazyLock::new(|| (0..50).map(|index| text("upload", index, 200)).collect());
    &TOKENS[index % TOKENS.len()]
}

fn album(index: usize) -> Value {
    json!({
        "id": text("album", index, 70),
        "title": format!("Reise nach Ísland, Tag {index}"),
        "productUrl": format!("https://photos.google.com/lr/album/{}", text("album", index, 70)),
        "isWriteable": true,
        "mediaItemsCount": (index * 37 % 900).to_string(),
        "coverPhotoBaseUrl": base_url(index),
        "coverPhotoMediaItemId": text("item", index, 84),
    })
}

fn item(index: usize) -> Value {
    json!({
        "id": text("item", index, 84),
        "productUrl": format!("https://photos.google.com/lr/photo/{}", text("item", index, 84)),
        "baseUrl": base_url(index),
        "mimeType": "image/jpeg",
        "mediaMetadata": {
            "creationTime": format!("2026-07-{:02}T1{}:0{}:27Z", index % 28 + 1, index % 10, index % 6),
            "width": "5472",
            "height": "3648",
            "photo": {
                "cameraMake": "FUJIFILM",
                "cameraModel": "X-T5",
                "focalLength": 23.0,
                "apertureFNumber": 5.6,
                "isoEquivalent": 125,
                "exposureTime": "0.002s",
            },
        },
        "filename": format!("DSCF{index:04}.JPG"),
    })
}

fn created(index: usize) -> Value {
    json!({
        "uploadToken": upload_token(index),
        "status": { "message": "Success" },
        "mediaItem": item(index),
    })
}

fn base_url(index: usize) -> String {
    format!(
        "https://lh3.googleusercontent.com/lr/{}",
        text("base", index, 160)
    )
}

/// A text of the alphabet of identifiers, the same at each run.
fn text(kind: &str, index: usize, length: usize) -> String {
    const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut state = kind.bytes().fold(index as u64 + 1, |state, byte| {
        state.wrapping_mul(31).wrapping_add(u64::from(byte))
    });
    (0..length)
        .map(|_| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            char::from(ALPHABET[(state >> 58) as usize])
        })
        .collect()
}
