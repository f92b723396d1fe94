//! `mediaItems.get`, `batchGet` and `patch`.

use photos_emulator::{DEFAULT_USER, Media, NewItem, sample_video};
use serde_json::json;

use crate::media::{exif, jpeg, jpeg_with};
use crate::session::{Session, steady};

#[tokio::test]
async fn a_photo_shows_what_its_bytes_say() {
    let session = Session::start().await;
    let id = session
        .create(
            "lake.jpg",
            &jpeg_with(4032, 3024, &exif("2024:02:29 11:46:20"), 1),
        )
        .await;
    let target = format!("/v1/mediaItems/{id}");
    let first = session.get(&target).await.expect(200);
    let second = session.get(&target).await.expect(200);
    assert_ne!(
        first["baseUrl"], second["baseUrl"],
        "each read has a new base URL"
    );
    assert_eq!(
        steady(first),
        json!({
            "id": id, "productUrl": format!("https://photos.google.com/lr/photo/{id}"), "baseUrl": "URL",
            "mimeType": "image/jpeg",
            "mediaMetadata": {
                "creationTime": "2024-02-29T11:46:20Z", "width": "4032", "height": "3024",
                "photo": {
                    "cameraMake": "Sony", "cameraModel": "G8441", "focalLength": 4.4, "apertureFNumber": 2,
                    "isoEquivalent": 40, "exposureTime": "0.004999999s",
                },
            },
            "filename": "lake.jpg",
        })
    );
}

#[tokio::test]
async fn a_video_is_processed_before_it_is_ready() {
    let session = Session::start_with(|config| config.video_processing_reads = 2).await;
    let id = session.create("VID_1.mp4", &sample_video(100, 1)).await;
    let target = format!("/v1/mediaItems/{id}");
    for _ in 0..2 {
        let item = session.get(&target).await.expect(200);
        assert_eq!(
            item["mediaMetadata"]["video"],
            json!({"status": "PROCESSING"})
        );
    }
    let item = session.get(&target).await.expect(200);
    assert_eq!(
        item["mediaMetadata"]["video"],
        json!({"fps": 30, "status": "READY"})
    );
    assert_eq!(
        (&item["mimeType"], &item["filename"]),
        (&json!("video/mp4"), &json!("VID_1.mp4"))
    );

    session.emulator.edit_item(&id, |item| {
        let Media::Video(video) = &mut item.media else {
            panic!("not a video")
        };
        video.status = "FAILED".to_owned();
    });
    let item = session.get(&target).await.expect(200);
    assert_eq!(item["mediaMetadata"]["video"], json!({"status": "FAILED"}));
}

#[tokio::test]
async fn batch_get_gives_a_result_for_each_id_in_order() {
    let session = Session::start().await;
    let id = session.create("a.jpg", &jpeg(1, 1, 1)).await;
    let target = format!("/v1/mediaItems:batchGet?mediaItemIds=GONE&mediaItemIds={id}");
    let results = session.get(&target).await.expect(200);
    assert_eq!(
        results["mediaItemResults"][0],
        json!({"status": {"code": 3, "message": "Invalid media item ID."}})
    );
    let item = session
        .get(&format!("/v1/mediaItems/{id}"))
        .await
        .expect(200);
    assert_eq!(
        steady(results["mediaItemResults"][1].clone()),
        steady(json!({"mediaItem": item}))
    );
    let many = (0..51)
        .map(|number| format!("mediaItemIds={number}"))
        .collect::<Vec<_>>()
        .join("&");
    for query in ["", "mediaItemIds=a&mediaItemIds=a", &many] {
        assert_eq!(
            session
                .get(&format!("/v1/mediaItems:batchGet?{query}"))
                .await
                .status,
            400,
            "{query}"
        );
    }
}

#[tokio::test]
async fn a_patch_changes_the_description() {
    let session = Session::start().await;
    let id = session.create("a.jpg", &jpeg(1, 1, 1)).await;
    let target = format!("/v1/mediaItems/{id}");
    let body = json!({"description": "Sunrise"});
    let patched = session
        .patch(&format!("{target}?updateMask=description"), &body)
        .await
        .expect(200);
    assert_eq!(patched["description"], "Sunrise");
    assert_eq!(
        steady(session.get(&target).await.expect(200)),
        steady(patched)
    );
    for mask in ["", "?updateMask=filename", "?updateMask=description,id"] {
        assert_eq!(
            session
                .patch(&format!("{target}{mask}"), &body)
                .await
                .status,
            400,
            "{mask}"
        );
    }
    let long = json!({"description": "x".repeat(1001)});
    assert_eq!(
        session
            .patch(&format!("{target}?updateMask=description"), &long)
            .await
            .status,
        400
    );
}

#[tokio::test]
async fn items_that_the_application_cannot_use_are_refused() {
    let session = Session::start().await;
    assert_eq!(
        session.get("/v1/mediaItems/unknown").await.message(400),
        "Invalid media item ID."
    );
    let foreign = NewItem::new("f.jpg", jpeg(1, 1, 1))
        .user(DEFAULT_USER)
        .client(Some("other"));
    let foreign = session.emulator.add_item(foreign).unwrap();
    let own = session.create("a.jpg", &jpeg(1, 1, 2)).await;
    assert!(session.emulator.edit_item(&own, |item| item.trashed = true));
    for id in [foreign, own] {
        let target = format!("/v1/mediaItems/{id}");
        assert_eq!(
            session.get(&target).await.expect(404)["error"]["status"],
            "NOT_FOUND"
        );
        let patch = session
            .patch(
                &format!("{target}?updateMask=description"),
                &json!({"description": "x"}),
            )
            .await;
        assert_eq!(patch.status, 404);
    }
    assert_eq!(session.get("/v1/mediaItems").await.expect(200), json!({}));
}
