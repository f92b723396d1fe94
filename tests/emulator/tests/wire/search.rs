//! `mediaItems.search` and its rules.

use std::slice;

use photos_emulator::{NewItem, sample_photo, sample_video};
use serde_json::{Value, json};

use crate::media::jpeg;
use crate::session::{Session, ids, steady};

/// Adds a photo taken at a moment.
fn photo(session: &Session, seed: u32, taken: &str) -> String {
    let item = NewItem::new(format!("{seed}.png"), sample_photo(2, 2, seed))
        .captured(taken.parse().unwrap());
    session.emulator.add_item(item).unwrap()
}

async fn found(session: &Session, body: Value) -> Vec<String> {
    ids(&session
        .post("/v1/mediaItems:search", &body)
        .await
        .expect(200)["mediaItems"])
}

#[tokio::test]
async fn dates_and_ranges_in_order() {
    let session = Session::start().await;
    let february = photo(&session, 1, "2026-02-28T23:00:00Z");
    let third_of_may = photo(&session, 2, "2019-05-03T00:00:00Z");
    photo(&session, 3, "2026-04-01T00:00:00Z");
    let archived = photo(&session, 4, "2026-01-01T00:00:00Z");
    session
        .emulator
        .edit_item(&archived, |item| item.archived = true);
    let listed = session.get("/v1/mediaItems").await.expect(200);
    assert!(
        !ids(&listed["mediaItems"]).contains(&archived),
        "archived items are not listed"
    );
    session.create("today.jpg", &jpeg(1, 1, 1)).await;
    let mut body = json!({
        "pageSize": 100,
        "orderBy": "MediaMetadata.creation_time desc",
        "filters": {
            "dateFilter": {
                "dates": [{"month": 5, "day": 3}],
                "ranges": [{"startDate": {"year": 2026, "month": 1}, "endDate": {"year": 2026, "month": 3}}],
            },
            "includeArchivedMedia": true,
        },
    });
    let newest_first = [february.clone(), archived.clone(), third_of_may.clone()];
    assert_eq!(
        found(&session, body.clone()).await,
        newest_first,
        "an item without a capture date never matches"
    );
    body["orderBy"] = "MediaMetadata.creation_time".into();
    assert_eq!(
        found(&session, body.clone()).await,
        [third_of_may.clone(), archived, february.clone()]
    );
    body["filters"]["includeArchivedMedia"] = false.into();
    assert_eq!(
        found(&session, body.clone()).await,
        [third_of_may, february]
    );
    body["pageSize"] = "1".into();
    let first = session
        .post("/v1/mediaItems:search", &body)
        .await
        .expect(200);
    body["pageToken"] = first["nextPageToken"].clone();
    assert_eq!(
        found(&session, body).await.len(),
        1,
        "the token goes into the body"
    );
}

#[tokio::test]
async fn an_album_comes_in_its_order_and_never_with_filters() {
    let session = Session::start().await;
    let album = session.album("Summer").await;
    let old = photo(&session, 1, "2001-01-01T00:00:00Z");
    let new = photo(&session, 2, "2026-01-01T00:00:00Z");
    session.add(&album, &[&old, &new]).await.expect(200);
    assert_eq!(session.album_items(&album).await, [old.clone(), new]);
    let page = session
        .post(
            "/v1/mediaItems:search",
            &json!({"albumId": album, "pageSize": 1}),
        )
        .await
        .expect(200);
    assert_eq!(
        steady(page["mediaItems"][0].clone()),
        json!({
            "id": old, "productUrl": format!("https://photos.google.com/lr/album/{album}/photo/{old}"),
            "baseUrl": "URL", "mimeType": "image/png", "filename": "1.png",
            "mediaMetadata": {"creationTime": "2001-01-01T00:00:00Z", "width": "2", "height": "2", "photo": {}},
        })
    );
    for filters in [
        json!({}),
        json!({"includeArchivedMedia": false}),
        json!({"featureFilter": {}}),
    ] {
        let response = session
            .post(
                "/v1/mediaItems:search",
                &json!({"albumId": album, "filters": filters}),
            )
            .await;
        assert_eq!(
            response.expect(400),
            json!({"error": {
                "code": 400, "message": "Request contains an invalid argument.", "status": "INVALID_ARGUMENT",
            }})
        );
    }
    let unknown = session
        .post("/v1/mediaItems:search", &json!({"albumId": "unknown"}))
        .await;
    assert_eq!(
        unknown.message(404),
        "The provided ID does not match any albums."
    );
}

#[tokio::test]
async fn categories_features_and_media_types_narrow() {
    let session = Session::start().await;
    let cat = photo(&session, 1, "2026-01-01T00:00:00Z");
    let dog = photo(&session, 2, "2026-01-02T00:00:00Z");
    let plain = photo(&session, 3, "2026-01-03T00:00:00Z");
    let video = session
        .emulator
        .add_item(NewItem::new("v.mp4", sample_video(50, 1)))
        .unwrap();
    for (id, categories) in [(&cat, &["PETS", "ANIMALS"][..]), (&dog, &["PETS", "SPORT"])] {
        session.emulator.edit_item(id, |item| {
            item.categories
                .extend(categories.iter().map(|&category| category.to_owned()));
        });
    }
    session
        .emulator
        .edit_item(&cat, |item| item.favorite = true);
    let filter = async |filters: Value| found(&session, json!({"filters": filters})).await;
    let content = |included: &[&str], excluded: &[&str]| json!({"contentFilter": {"includedContentCategories": included, "excludedContentCategories": excluded}});
    assert_eq!(
        filter(content(&["PETS"], &[])).await,
        [dog.clone(), cat.clone()]
    );
    assert_eq!(
        filter(content(&["ANIMALS", "SPORT"], &[])).await,
        [dog.clone(), cat.clone()]
    );
    assert_eq!(
        filter(content(&["NONE", "ANIMALS"], &[])).await,
        slice::from_ref(&cat)
    );
    assert_eq!(
        filter(content(&["PETS"], &["SPORT"])).await,
        slice::from_ref(&cat),
        "excluded wins"
    );
    assert_eq!(
        filter(content(&[], &["PETS"])).await,
        [video.clone(), plain.clone()]
    );
    assert_eq!(
        filter(json!({"featureFilter": {"includedFeatures": ["FAVORITES"]}})).await,
        slice::from_ref(&cat)
    );
    let both = json!({"featureFilter": {"includedFeatures": ["FAVORITES", "NONE"]}});
    assert_eq!(filter(both).await.len(), 4);
    for (media_type, expected) in [("VIDEO", vec![&video]), ("PHOTO", vec![&plain, &dog, &cat])] {
        let found = filter(json!({"mediaTypeFilter": {"mediaTypes": [media_type]}})).await;
        assert_eq!(found.iter().collect::<Vec<_>>(), expected);
    }
    assert_eq!(
        filter(json!({"mediaTypeFilter": {"mediaTypes": ["ALL_MEDIA"]}}))
            .await
            .len(),
        4
    );
    let mut narrowed = content(&["PETS"], &[]);
    narrowed["featureFilter"] = json!({"includedFeatures": ["FAVORITES"]});
    assert_eq!(filter(narrowed).await, [cat], "filters are joined");
}

#[tokio::test]
async fn invalid_searches_are_rejected() {
    let session = Session::start().await;
    let year = json!({"dates": [{"year": 2026}]});
    let ordered =
        |filters: Value| json!({"orderBy": "MediaMetadata.creation_time", "filters": filters});
    for (what, body) in [
        (
            "two media types",
            json!({"filters": {"mediaTypeFilter": {"mediaTypes": ["PHOTO", "VIDEO"]}}}),
        ),
        ("no media type", json!({"filters": {"mediaTypeFilter": {}}})),
        (
            "11 categories",
            json!({"filters": {"contentFilter": {"includedContentCategories": vec!["PETS"; 11]}}}),
        ),
        (
            "an unknown category",
            json!({"filters": {"contentFilter": {"includedContentCategories": ["CATS"]}}}),
        ),
        (
            "6 dates",
            json!({"filters": {"dateFilter": {"dates": vec![json!({"year": 2026}); 6]}}}),
        ),
        (
            "a bad date",
            json!({"filters": {"dateFilter": {"dates": [{"year": 2026, "day": 1}]}}}),
        ),
        (
            "an order without filters",
            json!({"orderBy": "MediaMetadata.creation_time"}),
        ),
        (
            "an order without dates",
            ordered(json!({"includeArchivedMedia": true})),
        ),
        (
            "an order with content",
            ordered(json!({"dateFilter": year, "contentFilter": {}})),
        ),
        (
            "an order with a media type",
            ordered(json!({"dateFilter": year, "mediaTypeFilter": {"mediaTypes": ["PHOTO"]}})),
        ),
        (
            "an order with a feature",
            ordered(json!({"dateFilter": year, "featureFilter": {}})),
        ),
        (
            "an unknown order",
            json!({"orderBy": "creationTime", "filters": {"dateFilter": year}}),
        ),
        ("a negative size", json!({"pageSize": -1})),
    ] {
        assert_eq!(
            session.post("/v1/mediaItems:search", &body).await.status,
            400,
            "{what}"
        );
    }
    let allowed = ordered(
        json!({"dateFilter": year, "includeArchivedMedia": true, "excludeNonAppCreatedData": true}),
    );
    session
        .post("/v1/mediaItems:search", &allowed)
        .await
        .expect(200);
}
