//! The methods of albums.

use photos_emulator::{DEFAULT_CLIENT, DEFAULT_USER, Entry};
use serde_json::json;

use crate::media::jpeg;
use crate::session::{Session, steady};

#[tokio::test]
async fn an_album_is_created() {
    let session = Session::start().await;
    let album = session
        .post("/v1/albums", &json!({"album": {"title": "Summer 2026"}}))
        .await
        .expect(200);
    let id = album["id"].as_str().unwrap().to_owned();
    assert!(id.len() >= 55 && !id.contains('/'), "{id}");
    let url = format!("https://photos.google.com/lr/album/{id}");
    assert_eq!(
        album,
        json!({"id": id, "title": "Summer 2026", "productUrl": url, "isWriteable": true})
    );
    for body in [
        json!({}),
        json!({"album": {"title": "x".repeat(501)}}),
        json!({"album": {"name": "x"}}),
    ] {
        assert_eq!(
            session.post("/v1/albums", &body).await.status,
            400,
            "{body}"
        );
    }
    assert_eq!(session.emulator.albums().len(), 1);
}

#[tokio::test]
async fn an_album_has_a_count_and_a_cover_once_it_has_items() {
    let session = Session::start().await;
    let album = session.album("Summer 2026").await;
    let target = format!("/v1/albums/{album}");
    let url = format!("https://photos.google.com/lr/album/{album}");
    let empty = json!({
        "id": album, "title": "Summer 2026", "productUrl": url, "isWriteable": true, "coverPhotoBaseUrl": "URL",
    });
    assert_eq!(steady(session.get(&target).await.expect(200)), empty);

    let mut items = Vec::new();
    for seed in 1..=3 {
        items.push(session.create("a.jpg", &jpeg(1, 1, seed)).await);
    }
    let all: Vec<&str> = items.iter().map(String::as_str).collect();
    assert_eq!(session.add(&album, &all).await.expect(200), json!({}));
    let full = json!({
        "id": album, "title": "Summer 2026", "productUrl": url, "isWriteable": true, "coverPhotoBaseUrl": "URL",
        "mediaItemsCount": "3", "coverPhotoMediaItemId": items[0],
    });
    assert_eq!(steady(session.get(&target).await.expect(200)), full);
}

#[tokio::test]
async fn an_album_that_is_gone_or_foreign_is_not_shown() {
    let session = Session::start().await;
    let foreign = session
        .emulator
        .add_album(DEFAULT_USER, Some("other"), "Foreign");
    assert_eq!(
        session
            .get(&format!("/v1/albums/{foreign}"))
            .await
            .message(403),
        "The caller does not have permission"
    );
    let unknown = session.get("/v1/albums/unknown").await;
    assert_eq!(
        unknown.message(404),
        "The provided ID does not match any albums."
    );
    assert_eq!(session.get("/v1/albums").await.expect(200), json!({}));
}

#[tokio::test]
async fn a_patch_changes_what_its_mask_names() {
    let session = Session::start().await;
    let album = session.album("Summer 2026").await;
    let (one, two) = (
        session.create("1.jpg", &jpeg(1, 1, 1)).await,
        session.create("2.jpg", &jpeg(1, 1, 2)).await,
    );
    session.add(&album, &[&one, &two]).await.expect(200);
    let target = format!("/v1/albums/{album}");
    let body = json!({"title": "Summer at the lake", "coverPhotoMediaItemId": two});

    let only_title = session
        .patch(&format!("{target}?updateMask=title"), &body)
        .await
        .expect(200);
    assert_eq!(
        (&only_title["title"], &only_title["coverPhotoMediaItemId"]),
        (&body["title"], &json!(one))
    );
    let both = session
        .patch(
            &format!("{target}?updateMask=title%2CcoverPhotoMediaItemId"),
            &body,
        )
        .await;
    assert_eq!(
        steady(both.expect(200)),
        json!({
            "id": album, "title": "Summer at the lake", "isWriteable": true, "mediaItemsCount": "2",
            "productUrl": format!("https://photos.google.com/lr/album/{album}"),
            "coverPhotoBaseUrl": "URL", "coverPhotoMediaItemId": two,
        })
    );
    for mask in [
        "",
        "?updateMask=",
        "?updateMask=id",
        "?updateMask=title,isWriteable",
        "?updateMask=cover_photo_media_item_id",
        "?updateMask=*",
    ] {
        assert_eq!(
            session
                .patch(&format!("{target}{mask}"), &body)
                .await
                .status,
            400,
            "{mask}"
        );
    }
    let outside = session.create("3.jpg", &jpeg(1, 1, 3)).await;
    let cover = json!({"coverPhotoMediaItemId": outside});
    assert_eq!(
        session
            .patch(
                &format!("{target}?updateMask=coverPhotoMediaItemId"),
                &cover
            )
            .await
            .status,
        400
    );
}

#[tokio::test]
async fn enrichments_take_their_places() {
    let session = Session::start().await;
    let album = session.album("Trip").await;
    let item = session.create("1.jpg", &jpeg(1, 1, 1)).await;
    session.add(&album, &[&item]).await.expect(200);
    let target = format!("/v1/albums/{album}:addEnrichment");
    let place = |name: &str, degrees: f64| json!({"locationName": name, "latlng": {"latitude": degrees, "longitude": 9.26}});
    let kinds = [
        json!({"locationEnrichment": {"location": place("Lake Como", 45.99)}}),
        json!({"textEnrichment": {"text": "Day one"}}),
        json!({"mapEnrichment": {"origin": place("Milan", 45.46), "destination": place("Como", 45.81)}}),
    ];
    let mut added: Vec<String> = Vec::new();
    for (kind, position) in kinds.iter().zip([
        "FIRST_IN_ALBUM",
        "AFTER_ENRICHMENT_ITEM",
        "AFTER_MEDIA_ITEM",
    ]) {
        let mut position = json!({"position": position, "relativeMediaItemId": item});
        position["relativeEnrichmentItemId"] = added.first().cloned().unwrap_or_default().into();
        let body = json!({"newEnrichmentItem": kind, "albumPosition": position});
        let response = session.post(&target, &body).await.expect(200);
        let id = response["enrichmentItem"]["id"]
            .as_str()
            .unwrap()
            .to_owned();
        assert_eq!(response, json!({"enrichmentItem": {"id": id}}));
        added.push(id);
    }
    let entry = |index: usize| Entry::Enrichment {
        id: added[index].clone(),
        content: kinds[index].clone(),
    };
    let entries = session.emulator.album(&album).unwrap().entries;
    assert_eq!(
        entries,
        [entry(0), entry(1), Entry::Item(item.clone()), entry(2)]
    );
    assert_eq!(
        session.album_items(&album).await,
        [item],
        "enrichments are never listed"
    );
}

#[tokio::test]
async fn an_enrichment_needs_a_position_and_exactly_one_kind() {
    let session = Session::start().await;
    let album = session.album("Trip").await;
    let text = json!({"textEnrichment": {"text": "Day one"}});
    let first = json!({"position": "FIRST_IN_ALBUM"});
    let far = json!({"locationEnrichment": {"location": {"locationName": "?", "latlng": {"latitude": 91}}}});
    for (what, body) in [
        ("no position", json!({"newEnrichmentItem": text})),
        (
            "an open position",
            json!({"newEnrichmentItem": text, "albumPosition": {}}),
        ),
        ("no enrichment", json!({"albumPosition": first})),
        (
            "no kind",
            json!({"newEnrichmentItem": {}, "albumPosition": first}),
        ),
        (
            "no text",
            json!({"newEnrichmentItem": {"textEnrichment": {}}, "albumPosition": first}),
        ),
        (
            "off the globe",
            json!({"newEnrichmentItem": far, "albumPosition": first}),
        ),
        (
            "two kinds",
            json!({"newEnrichmentItem": {"textEnrichment": {"text": "a"}, "locationEnrichment": {}}, "albumPosition": first}),
        ),
    ] {
        assert_eq!(
            session
                .post(&format!("/v1/albums/{album}:addEnrichment"), &body)
                .await
                .status,
            400,
            "{what}"
        );
    }
    assert_eq!(session.emulator.album(&album).unwrap().entries, []);
}

#[tokio::test]
async fn adding_and_removing_are_all_or_nothing() {
    let session = Session::start().await;
    let album = session.album("Trip").await;
    let mut items = Vec::new();
    for seed in 1..=3 {
        items.push(session.create("a.jpg", &jpeg(1, 1, seed)).await);
    }
    let foreign = photos_emulator::NewItem::new("f.jpg", jpeg(1, 1, 9)).client(Some("other"));
    let foreign = session.emulator.add_item(foreign).unwrap();
    let refused = session.add(&album, &[&items[0], &foreign]).await;
    assert_eq!(
        refused.expect(400),
        json!({"error": {
            "code": 400, "message": "Request contains an invalid media item id.", "status": "INVALID_ARGUMENT",
        }})
    );
    assert_eq!(session.album_items(&album).await, Vec::<String>::new());
    assert_eq!(session.add(&album, &[]).await.status, 400);
    assert_eq!(
        session
            .add(&album, &vec![items[0].as_str(); 51])
            .await
            .status,
        400
    );
    session
        .add(&album, &[&items[2], &items[0], &items[1]])
        .await
        .expect(200);
    assert_eq!(
        session.album_items(&album).await,
        [items[2].clone(), items[0].clone(), items[1].clone()]
    );

    let remove = async |ids: &[&str]| {
        session
            .post(
                &format!("/v1/albums/{album}:batchRemoveMediaItems"),
                &json!({"mediaItemIds": ids}),
            )
            .await
    };
    let first = items[0].as_str();
    for ids in [
        vec![],
        vec![first, first],
        vec![first, "unknown"],
        vec![first, &foreign],
    ] {
        assert_eq!(remove(&ids).await.status, 400, "{ids:?}");
    }
    assert_eq!(remove(&[&items[2]]).await.expect(200), json!({}));
    assert_eq!(
        remove(&[&items[2]]).await.status,
        400,
        "it is no longer in the album"
    );
    assert_eq!(session.album_items(&album).await, items[..2]);
    assert_eq!(
        session.emulator.items().len(),
        4,
        "items stay in the library"
    );
    assert!(session.emulator.album(&album).unwrap().client.as_deref() == Some(DEFAULT_CLIENT));
}

#[tokio::test]
async fn a_cover_goes_with_its_item() {
    let session = Session::start().await;
    let album = session.album("Trip").await;
    let (one, two) = (
        session.create("1.jpg", &jpeg(1, 1, 1)).await,
        session.create("2.jpg", &jpeg(1, 1, 2)).await,
    );
    session.add(&album, &[&one, &two]).await.expect(200);
    let target = format!("/v1/albums/{album}");
    let cover = json!({"coverPhotoMediaItemId": two});
    session
        .patch(
            &format!("{target}?updateMask=coverPhotoMediaItemId"),
            &cover,
        )
        .await
        .expect(200);
    let body = json!({"mediaItemIds": [two]});
    session
        .post(&format!("{target}:batchRemoveMediaItems"), &body)
        .await
        .expect(200);
    assert_eq!(
        session.get(&target).await.expect(200)["coverPhotoMediaItemId"],
        one
    );
}

#[tokio::test]
async fn an_album_holds_20_000_items() {
    let session = Session::start().await;
    let album = session.album("Full").await;
    let item = session.create("1.jpg", &jpeg(1, 1, 1)).await;
    let token = session.upload(&jpeg(1, 1, 2)).await;
    let new_item = json!({"simpleMediaItem": {"uploadToken": token}});
    let batch = json!({"albumId": album, "newMediaItems": [new_item]});
    session.emulator.edit_album(&album, |album| {
        album
            .entries
            .extend((0..20_000).map(|number| Entry::Item(number.to_string())));
    });
    assert_eq!(session.add(&album, &[&item]).await.status, 400);
    assert_eq!(
        session
            .post("/v1/mediaItems:batchCreate", &batch)
            .await
            .status,
        400
    );
    assert_eq!(session.emulator.items().len(), 1, "nothing was created");
    session
        .emulator
        .edit_album(&album, |album| drop(album.entries.pop()));
    session
        .post("/v1/mediaItems:batchCreate", &batch)
        .await
        .expect(200);
    assert_eq!(session.add(&album, &[&item]).await.status, 400);
}
