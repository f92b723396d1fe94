//! Uploads with the raw protocol.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use photos_emulator::{sample_photo, scopes};
use serde_json::json;
use sha1::{Digest as _, Sha1};

use crate::media::jpeg;
use crate::session::{RAW, Session};

#[tokio::test]
async fn bytes_become_a_token_in_plain_text() {
    let session = Session::start().await;
    let response = session
        .send("POST", "/v1/uploads", RAW, &vec![7; 40_960])
        .await;
    assert_eq!(response.status, 200);
    assert_eq!(
        response.header("content-type"),
        Some("text/plain; charset=utf-8")
    );
    let token = response.text();
    assert!(
        token.starts_with("CAIS") && token.trim() == token,
        "{token}"
    );
    assert_eq!(session.emulator.uploaded(&token).unwrap(), vec![7; 40_960]);
    assert_eq!(
        session.emulator.items().len(),
        0,
        "nothing is created by the upload"
    );
}

#[tokio::test]
async fn a_wrong_checksum_is_refused_and_a_right_one_is_not() {
    let session = Session::start().await;
    let wrong = [RAW, &[("X-Goog-Hash", "sha1=2jmj7l5rSw0yVb/vlWAYkK/YBwk=")]].concat();
    let response = session.send("POST", "/v1/uploads", &wrong, b"bytes").await;
    assert_eq!(
        response.expect(400),
        json!({"error": {
            "code": 400,
            "message": "User-provided checksum does not match received payload content.",
            "status": "INVALID_ARGUMENT",
        }})
    );
    let hash = format!("sha1={}", STANDARD.encode(Sha1::digest(b"bytes")));
    let right = [RAW, &[("X-Goog-Hash", hash.as_str())]].concat();
    assert_eq!(
        session
            .send("POST", "/v1/uploads", &right, b"bytes")
            .await
            .status,
        200
    );
}

#[tokio::test]
async fn without_protocol_or_bytes_nothing_is_taken() {
    let session = Session::start().await;
    for (headers, body) in [
        (&[][..], &b"x"[..]),
        (RAW, b""),
        (&[("X-Goog-Upload-Protocol", "multipart")], b"x"),
    ] {
        let response = session.send("POST", "/v1/uploads", headers, body).await;
        assert_eq!(response.status, 400, "{headers:?}");
        assert_eq!(response.header("x-goog-upload-status"), None);
    }
    assert_eq!(session.emulator.calls("uploads"), 3);
}

#[tokio::test]
async fn uploading_needs_the_append_scope() {
    let mut session = Session::start().await;
    session.token = session
        .emulator
        .token(&[scopes::READONLY_APPCREATEDDATA, scopes::EDIT_APPCREATEDDATA]);
    let response = session.send("POST", "/v1/uploads", RAW, b"x").await;
    assert_eq!(
        response.message(403),
        "Request had insufficient authentication scopes."
    );
}

#[tokio::test]
async fn a_token_works_for_a_day_and_only_for_its_user() {
    let mut session = Session::start().await;
    let old = session.upload(&jpeg(2, 2, 1)).await;
    session.emulator.advance(Duration::from_secs(24 * 3600 - 1));
    session.token = session.emulator.token(&scopes::LIVE);
    let young = session.upload(&jpeg(2, 2, 2)).await;
    session.emulator.advance(Duration::from_secs(1));
    let batch = json!({"newMediaItems": [
        {"simpleMediaItem": {"uploadToken": old}},
        {"simpleMediaItem": {"uploadToken": young}},
        {"simpleMediaItem": {"uploadToken": "CAISnobody"}},
    ]});
    let results = session
        .post("/v1/mediaItems:batchCreate", &batch)
        .await
        .expect(200);
    let codes: Vec<_> = results["newMediaItemResults"]
        .as_array()
        .unwrap()
        .iter()
        .map(|result| result["status"]["code"].as_i64())
        .collect();
    assert_eq!(codes, [Some(3), None, Some(3)]);

    let foreign = session.upload(&sample_photo(4, 4, 1)).await;
    session.token = session.emulator.token_for(
        "other@example.com",
        photos_emulator::DEFAULT_CLIENT,
        &scopes::LIVE,
    );
    let batch = json!({"newMediaItems": [{"simpleMediaItem": {"uploadToken": foreign}}]});
    let results = session
        .post("/v1/mediaItems:batchCreate", &batch)
        .await
        .expect(200);
    assert_eq!(results["newMediaItemResults"][0]["status"]["code"], 3);
}

#[tokio::test]
async fn the_name_of_the_header_gives_way_to_that_of_the_item() {
    let session = Session::start().await;
    let headers = [RAW, &[("X-Goog-Upload-File-Name", "header.jpg")]].concat();
    let mut names = Vec::new();
    for (seed, file_name) in [(1, ""), (2, "item.jpg")] {
        let token = session
            .send("POST", "/v1/uploads", &headers, &jpeg(2, 2, seed))
            .await
            .text();
        let item = json!({"simpleMediaItem": {"uploadToken": token, "fileName": file_name}});
        let created = session
            .post(
                "/v1/mediaItems:batchCreate",
                &json!({"newMediaItems": [item]}),
            )
            .await
            .expect(200);
        names.push(created["newMediaItemResults"][0]["mediaItem"]["filename"].clone());
    }
    assert_eq!(names, ["header.jpg", "item.jpg"]);
}
