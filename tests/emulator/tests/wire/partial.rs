//! Parameters that every method takes: `fields`, `prettyPrint`, `alt`; and compression.

use std::io::Read as _;

use flate2::read::GzDecoder;
use serde_json::json;

use crate::media::jpeg;
use crate::session::Session;

#[tokio::test]
async fn only_the_selected_fields_come_back() {
    let session = Session::start().await;
    let token = session.upload(&jpeg(1, 1, 1)).await;
    let body = json!({"newMediaItems": [{"simpleMediaItem": {"uploadToken": token}}]});
    let target = "/v1/mediaItems:batchCreate?fields=newMediaItemResults(mediaItem%2FproductUrl)";
    let created = session.post(target, &body).await.expect(200);
    let id = session.emulator.items()[0].id.clone();
    let url = format!("https://photos.google.com/lr/photo/{id}");
    assert_eq!(
        created,
        json!({"newMediaItemResults": [{"mediaItem": {"productUrl": url}}]})
    );

    for (fields, expected) in [
        (
            "id,mediaMetadata/width",
            json!({"id": id, "mediaMetadata": {"width": "1"}}),
        ),
        (
            "mediaMetadata(width,height)",
            json!({"mediaMetadata": {"width": "1", "height": "1"}}),
        ),
        ("*/height", json!({"mediaMetadata": {"height": "1"}})),
    ] {
        let got = session
            .get(&format!("/v1/mediaItems/{id}?fields={fields}"))
            .await
            .expect(200);
        assert_eq!(got, expected, "{fields}");
    }
}

#[tokio::test]
async fn a_wrong_selection_is_refused_before_anything_happens() {
    let session = Session::start().await;
    let body = json!({"album": {"title": "A"}});
    let response = session.post("/v1/albums?fields=id,name", &body).await;
    assert_eq!(response.message(400), "Invalid field selection name");
    assert_eq!(
        session.post("/v1/albums?fields=id(", &body).await.status,
        400
    );
    assert_eq!(session.emulator.albums().len(), 0);
    let error = session.get("/v1/albums/unknown?fields=id").await;
    assert_eq!(
        error.message(404),
        "The provided ID does not match any albums.",
        "errors are never cut"
    );
}

#[tokio::test]
async fn replies_are_pretty_unless_asked_otherwise() {
    let session = Session::start().await;
    let album = session.album("A").await;
    let pretty = session.get(&format!("/v1/albums/{album}")).await.text();
    assert!(pretty.starts_with("{\n  \""), "{pretty}");
    let plain = session
        .get(&format!("/v1/albums/{album}?prettyPrint=false"))
        .await
        .text();
    assert!(!plain.contains('\n'), "{plain}");
}

#[tokio::test]
async fn unknown_parameters_are_tolerated_and_other_forms_are_not() {
    let session = Session::start().await;
    session
        .get("/v1/albums?quotaUser=x&key=y&$.xgafv=2&anything=at-all")
        .await
        .expect(200);
    session.get("/v1/albums?alt=json").await.expect(200);
    assert_eq!(session.get("/v1/albums?alt=proto").await.status, 400);
}

#[tokio::test]
async fn json_is_compressed_for_those_who_accept_it() {
    let session = Session::start().await;
    let album = session.album("A").await;
    let target = format!("/v1/albums/{album}");
    let compressed = session
        .send(
            "GET",
            &target,
            &[("Accept-Encoding", "deflate, GZIP;q=0.5")],
            b"",
        )
        .await;
    assert_eq!(compressed.header("content-encoding"), Some("gzip"));
    assert_eq!(compressed.header("vary"), Some("Accept-Encoding"));
    let mut text = String::new();
    GzDecoder::new(compressed.body.as_slice())
        .read_to_string(&mut text)
        .unwrap();
    assert!(text.contains(&album));
    for accepted in ["identity", "gzip;q=0", "br"] {
        let plain = session
            .send("GET", &target, &[("Accept-Encoding", accepted)], b"")
            .await;
        assert_eq!(
            (plain.header("content-encoding"), plain.status),
            (None, 200),
            "{accepted}"
        );
    }
}
