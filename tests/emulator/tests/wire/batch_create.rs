//! `mediaItems.batchCreate` and what belongs to it.

use photos_emulator::{DEFAULT_CLIENT, DEFAULT_USER, NewItem, Quirks};
use serde_json::{Value, json};

use crate::media::{exif, jpeg, jpeg_with};
use crate::session::{Session, ids};

fn new_item(token: &str, file_name: &str) -> Value {
    json!({"simpleMediaItem": {"fileName": file_name, "uploadToken": token}})
}

async fn batch_create(session: &Session, body: &Value) -> Value {
    session
        .post("/v1/mediaItems:batchCreate", body)
        .await
        .expect(200)
}

#[tokio::test]
async fn an_item_is_created_at_its_place() {
    let session = Session::start().await;
    let first = session.create("first.jpg", &jpeg(10, 10, 1)).await;
    let last = session.create("last.jpg", &jpeg(10, 10, 2)).await;
    let album = session.album("Summer 2026").await;
    session.add(&album, &[&first, &last]).await.expect(200);
    let token = session
        .upload(&jpeg_with(4032, 3024, &exif("2026:05:03 09:12:44"), 3))
        .await;
    let body = json!({
        "albumId": album,
        "newMediaItems": [{
            "description": "At the lake",
            "simpleMediaItem": {"fileName": "lake.jpg", "uploadToken": token},
        }],
        "albumPosition": {"position": "AFTER_MEDIA_ITEM", "relativeMediaItemId": first},
    });
    let created = batch_create(&session, &body).await;
    let id = created["newMediaItemResults"][0]["mediaItem"]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    assert_eq!(
        created,
        json!({"newMediaItemResults": [{
            "uploadToken": token,
            "status": {"message": "Success"},
            "mediaItem": {
                "id": id,
                "description": "At the lake",
                "productUrl": format!("https://photos.google.com/lr/photo/{id}"),
                "mimeType": "image/jpeg",
                "mediaMetadata": {
                    "creationTime": "2026-05-03T09:12:44Z",
                    "width": "4032",
                    "height": "3024",
                    "photo": {
                        "cameraMake": "Sony", "cameraModel": "G8441", "focalLength": 4.4, "apertureFNumber": 2,
                        "isoEquivalent": 40, "exposureTime": "0.004999999s",
                    },
                },
                "filename": "lake.jpg",
            },
        }]})
    );
    assert_eq!(session.album_items(&album).await, [first, id, last]);
}

#[tokio::test]
async fn items_fail_one_by_one() {
    let session = Session::start().await;
    let tokens = [
        session.upload(&jpeg(1, 1, 1)).await,
        session.upload(b"no picture at all").await,
        session.upload(&jpeg(1, 1, 2)).await,
    ];
    session
        .emulator
        .plan_item_failure(&tokens[2], 13, "Internal error");
    assert_eq!(session.emulator.faults_left().len(), 1);
    let items: Vec<_> = tokens
        .iter()
        .zip(["a.jpg", "b.jpg", "c.jpg"])
        .map(|(token, name)| new_item(token, name))
        .collect();
    let created = batch_create(&session, &json!({"newMediaItems": items})).await;
    let id = created["newMediaItemResults"][0]["mediaItem"]["id"].clone();
    let url = format!(
        "https://photos.google.com/lr/photo/{}",
        id.as_str().unwrap()
    );
    assert_eq!(
        created,
        json!({"newMediaItemResults": [
            {
                "uploadToken": tokens[0],
                "status": {"message": "Success"},
                "mediaItem": {
                    "id": id, "productUrl": url, "mimeType": "image/jpeg",
                    "mediaMetadata": {
                        "creationTime": "2026-05-03T09:12:44Z", "width": "1", "height": "1", "photo": {},
                    },
                    "filename": "a.jpg",
                },
            },
            {"uploadToken": tokens[1], "status": {
                "code": 3, "message": "Failed: There was an error while trying to create this media item.",
            }},
            {"uploadToken": tokens[2], "status": {"code": 13, "message": "Internal error"}},
        ]})
    );
    session.emulator.assert_faults_consumed();
    assert_eq!(session.emulator.items().len(), 1);

    session.emulator.configure(|config| {
        config.quirks = Quirks {
            multi_status: true,
            ..Quirks::default()
        }
    });
    let again = session
        .post(
            "/v1/mediaItems:batchCreate",
            &json!({"newMediaItems": [items[1]]}),
        )
        .await;
    assert_eq!(
        again.expect(207)["newMediaItemResults"][0]["status"]["code"],
        3
    );
}

#[tokio::test]
async fn one_long_name_refuses_the_whole_call() {
    let session = Session::start().await;
    let (good, bad) = (
        session.upload(&jpeg(1, 1, 1)).await,
        session.upload(&jpeg(1, 1, 2)).await,
    );
    let long = format!("{}.jpg", "é".repeat(252));
    let items = json!({"newMediaItems": [new_item(&good, "a.jpg"), new_item(&bad, &long)]});
    let response = session.post("/v1/mediaItems:batchCreate", &items).await;
    assert_eq!(
        response.expect(400),
        json!({"error": {
            "code": 400, "message": "File name must not have more than 255 characters.", "status": "INVALID_ARGUMENT",
        }})
    );
    assert_eq!(session.emulator.items().len(), 0, "nothing was created");
    let name = format!("{}.jpg", "é".repeat(251));
    let items = json!({"newMediaItems": [new_item(&good, "a.jpg"), new_item(&bad, &name)]});
    assert_eq!(
        batch_create(&session, &items).await["newMediaItemResults"][1]["mediaItem"]["filename"],
        name
    );
}

#[tokio::test]
async fn equal_bytes_are_one_item_in_both_albums_with_the_first_name() {
    let session = Session::start().await;
    let (one, two) = (session.album("One").await, session.album("Two").await);
    let mut created = Vec::new();
    for (album, name) in [
        (&one, "first.jpg"),
        (&two, "second.jpg"),
        (&two, "third.jpg"),
    ] {
        let token = session.upload(&jpeg(8, 8, 1)).await;
        let body = json!({"albumId": album, "newMediaItems": [new_item(&token, name)]});
        created.push(
            batch_create(&session, &body).await["newMediaItemResults"][0]["mediaItem"].clone(),
        );
    }
    assert_eq!(created[1]["filename"], "first.jpg");
    let ids = ids(&Value::Array(created));
    assert!(ids[0] == ids[1] && ids[1] == ids[2]);
    assert_eq!(session.album_items(&one).await, ids[..1]);
    assert_eq!(
        session.album_items(&two).await,
        ids[..1],
        "an album holds an item once"
    );
    assert_eq!(session.emulator.items().len(), 1);
}

#[tokio::test]
async fn bytes_from_the_users_phone_join_the_album_but_stay_foreign() {
    let session = Session::start().await;
    let phone = NewItem::new("phone.jpg", jpeg(8, 8, 1)).client(None);
    let id = session.emulator.add_item(phone).unwrap();
    let album = session.album("Mine").await;
    let token = session.upload(&jpeg(8, 8, 1)).await;
    let created = batch_create(
        &session,
        &json!({"newMediaItems": [new_item(&token, "a.jpg")]}),
    )
    .await;
    assert_eq!(created["newMediaItemResults"][0]["mediaItem"]["id"], id);
    assert_eq!(
        session.add(&album, &[&id]).await.message(400),
        "Request contains an invalid media item id."
    );
    let body = json!({"albumId": album, "newMediaItems": [new_item(&token, "a.jpg")]});
    batch_create(&session, &body).await;
    assert!(session.emulator.album(&album).unwrap().contains(&id));
}

#[tokio::test]
async fn limits_and_positions_are_checked_before_anything_is_created() {
    let session = Session::start().await;
    let token = session.upload(&jpeg(1, 1, 1)).await;
    let (album, item) = (session.album("A").await, new_item(&token, "a.jpg"));
    let position = |position: &str| json!({"albumId": album, "newMediaItems": [item], "albumPosition": {"position": position}});
    let long = json!({"simpleMediaItem": {"uploadToken": token}, "description": "x".repeat(1001)});
    for (what, body) in [
        ("no items", json!({"newMediaItems": []})),
        ("51 items", json!({"newMediaItems": vec![item.clone(); 51]})),
        (
            "a position without an album",
            json!({"newMediaItems": [item], "albumPosition": {"position": "FIRST_IN_ALBUM"}}),
        ),
        ("no relative item", position("AFTER_MEDIA_ITEM")),
        ("no relative enrichment", position("AFTER_ENRICHMENT_ITEM")),
        ("a long description", json!({"newMediaItems": [long]})),
        (
            "an unknown field",
            json!({"newMediaItems": [item], "albumID": album}),
        ),
    ] {
        let response = session.post("/v1/mediaItems:batchCreate", &body).await;
        assert_eq!(
            response.expect(400)["error"]["status"],
            "INVALID_ARGUMENT",
            "{what}"
        );
    }
    assert_eq!(session.emulator.items().len(), 0);
    batch_create(&session, &position("FIRST_IN_ALBUM")).await;
    let repeated = batch_create(&session, &json!({"newMediaItems": [item, item]})).await;
    let codes: Vec<_> = (0..2)
        .map(|index| repeated["newMediaItemResults"][index]["status"]["code"].as_i64())
        .collect();
    assert_eq!(codes, [None, Some(6)]);
}

#[tokio::test]
async fn storage_full_album_gone_album_foreign() {
    let session = Session::start().await;
    let bytes = jpeg(1, 1, 1);
    let token = session.upload(&bytes).await;
    let mut body = json!({"newMediaItems": [new_item(&token, "a.jpg")]});
    session
        .emulator
        .set_storage_limit(DEFAULT_USER, Some(bytes.len() as u64 - 1));
    let full = session.post("/v1/mediaItems:batchCreate", &body).await;
    assert_eq!(
        full.message(400),
        "The remaining storage in the user's account is not enough to perform this operation."
    );
    session
        .emulator
        .set_storage_limit(DEFAULT_USER, Some(bytes.len() as u64));

    let gone = session.album("Gone").await;
    assert!(session.emulator.delete_album(&gone));
    body["albumId"] = gone.into();
    let response = session.post("/v1/mediaItems:batchCreate", &body).await;
    assert_eq!(
        response.expect(404),
        json!({"error": {"code": 404, "message": "The provided ID does not match any albums.", "status": "NOT_FOUND"}})
    );
    for (user, client) in [
        (DEFAULT_USER, None),
        (DEFAULT_USER, Some("other")),
        ("other@example.com", Some(DEFAULT_CLIENT)),
    ] {
        body["albumId"] = session.emulator.add_album(user, client, "Foreign").into();
        let response = session.post("/v1/mediaItems:batchCreate", &body).await;
        assert_eq!(
            response.message(400),
            "No permission to add media items to this album.",
            "{user} {client:?}"
        );
    }
    assert_eq!(session.emulator.items().len(), 0, "the token is still good");
    batch_create(&session, &json!({"newMediaItems": body["newMediaItems"]})).await;
    assert_eq!(session.emulator.items().len(), 1);
}
