//! Base URLs: bytes, options, expiry, ranges.

use std::time::Duration;

use photos_emulator::{Media, sample_photo, sample_video};
use serde_json::Value;

use crate::client::{Response, send};
use crate::session::Session;

/// The path of the base URL of a new read.
async fn base(session: &Session, id: &str) -> String {
    let item = session
        .get(&format!("/v1/mediaItems/{id}"))
        .await
        .expect(200);
    path(session, &item["baseUrl"])
}

fn path(session: &Session, url: &Value) -> String {
    url.as_str()
        .unwrap()
        .strip_prefix(&session.emulator.url())
        .unwrap()
        .to_owned()
}

/// Fetches without a token, as base URLs are.
async fn fetch(
    session: &Session,
    method: &str,
    target: &str,
    headers: &[(&str, &str)],
) -> Response {
    send(&session.address(), method, target, headers, b"")
        .await
        .unwrap()
}

/// Width and height of a PNG.
fn size(png: &[u8]) -> (u32, u32) {
    assert_eq!(&png[..8], b"\x89PNG\r\n\x1A\n");
    let side = |start: usize| u32::from_be_bytes(png[start..start + 4].try_into().unwrap());
    (side(16), side(20))
}

#[tokio::test]
async fn a_photo_is_downloaded_or_scaled() {
    let session = Session::start().await;
    let bytes = sample_photo(400, 300, 1);
    let id = session.create("a.png", &bytes).await;
    let base = base(&session, &id).await;
    let download = fetch(&session, "GET", &format!("{base}=d"), &[]).await;
    assert_eq!(
        (download.status, download.header("content-type")),
        (200, Some("image/png"))
    );
    assert_eq!(download.body, bytes);
    let head = fetch(&session, "HEAD", &format!("{base}=d"), &[]).await;
    assert_eq!((head.status, head.body.len()), (200, 0));
    assert_eq!(
        head.header("content-length"),
        Some(bytes.len().to_string().as_str())
    );
    for (options, expected) in [
        ("w200", (200, 150)),
        ("w40-h40", (40, 30)),
        ("w40-h50-c", (40, 50)),
        ("w4000", (400, 300)),
    ] {
        let scaled = fetch(&session, "GET", &format!("{base}={options}"), &[]).await;
        assert_eq!(size(&scaled.body), expected, "{options}");
    }
    assert_eq!(
        fetch(&session, "GET", &base, &[]).await.status,
        400,
        "not usable bare"
    );
    assert_eq!(
        fetch(&session, "GET", &format!("{base}=dv"), &[])
            .await
            .status,
        404,
        "not a motion photo"
    );
    assert_eq!(
        fetch(&session, "GET", &format!("{base}=x"), &[])
            .await
            .status,
        400
    );
    assert_eq!(
        fetch(&session, "POST", &format!("{base}=d"), &[])
            .await
            .status,
        404
    );
    assert_eq!(session.emulator.calls("baseUrl"), 9);
}

#[tokio::test]
async fn what_is_expired_unknown_or_gone() {
    let session = Session::start().await;
    let id = session.create("a.png", &sample_photo(4, 3, 1)).await;
    let base = base(&session, &id).await;
    session.emulator.advance(Duration::from_secs(3599));
    assert_eq!(
        fetch(&session, "GET", &format!("{base}=d"), &[])
            .await
            .status,
        200
    );
    session.emulator.advance(Duration::from_secs(1));
    let expired = fetch(&session, "GET", &format!("{base}=d"), &[]).await;
    assert_eq!(
        (expired.status, expired.header("content-type")),
        (403, Some("text/html; charset=UTF-8"))
    );

    let mut damaged = base.clone();
    damaged.replace_range(damaged.len() - 4.., "AAAA");
    for target in [format!("{damaged}=d"), "/base/unknown=d".to_owned()] {
        let unknown = fetch(&session, "GET", &target, &[]).await;
        assert_eq!(
            (unknown.status, unknown.header("content-type")),
            (404, Some("image/png"))
        );
        size(&unknown.body);
    }
    session
        .emulator
        .stop_clock_at(session.emulator.ago(Duration::from_secs(3600)));
    session.emulator.edit_item(&id, |item| item.trashed = true);
    assert_eq!(
        fetch(&session, "GET", &format!("{base}=d"), &[])
            .await
            .status,
        404
    );
}

#[tokio::test]
async fn a_video_redirects_once_it_is_ready() {
    let session = Session::start_with(|config| config.video_processing_reads = 2).await;
    let bytes = sample_video(5000, 1);
    let id = session.create("v.mp4", &bytes).await;
    let early = base(&session, &id).await;
    assert_eq!(
        fetch(&session, "GET", &format!("{early}=dv"), &[])
            .await
            .status,
        404
    );
    assert_eq!(
        size(
            &fetch(&session, "GET", &format!("{early}=w64-h64"), &[])
                .await
                .body
        ),
        (64, 36),
        "a thumbnail"
    );
    let ready = base(&session, &id).await;
    let redirect = fetch(&session, "GET", &format!("{ready}=dv"), &[]).await;
    assert_eq!(redirect.status, 302);
    let location = redirect.header("location").unwrap();
    let target = location.strip_prefix(&session.emulator.url()).unwrap();
    assert!(target.starts_with("/video-downloads/"), "{location}");
    let video = fetch(&session, "GET", target, &[]).await;
    assert_eq!(
        (video.status, video.header("content-type")),
        (200, Some("video/mp4"))
    );
    assert_eq!(video.body, bytes);

    session
        .emulator
        .configure(|config| config.video_host = Some("localhost".to_owned()));
    let redirect = fetch(&session, "GET", &format!("{ready}=dv"), &[]).await;
    let elsewhere = session.emulator.url().replace("127.0.0.1", "localhost");
    assert!(redirect.header("location").unwrap().starts_with(&elsewhere));
    let Media::Video(video) = session.emulator.item(&id).unwrap().media else {
        panic!("not a video")
    };
    assert_eq!(video.status, "READY");
}

#[tokio::test]
async fn a_motion_photo_has_both() {
    let session = Session::start().await;
    let id = session.create("a.png", &sample_photo(4, 3, 1)).await;
    let clip = sample_video(100, 1);
    session
        .emulator
        .edit_item(&id, |item| item.motion = Some(clip.clone()));
    let base = base(&session, &id).await;
    let redirect = fetch(&session, "GET", &format!("{base}=dv"), &[]).await;
    let target = redirect
        .header("location")
        .unwrap()
        .strip_prefix(&session.emulator.url())
        .unwrap()
        .to_owned();
    assert_eq!(fetch(&session, "GET", &target, &[]).await.body, clip);
    assert_eq!(
        fetch(&session, "GET", &format!("{base}=d"), &[])
            .await
            .status,
        200
    );
}

#[tokio::test]
async fn an_interrupted_download_can_go_on() {
    let session = Session::start().await;
    let bytes = sample_photo(400, 300, 1);
    let id = session.create("a.png", &bytes).await;
    let target = format!("{}=d", base(&session, &id).await);
    let rest = fetch(&session, "GET", &target, &[("Range", "bytes=10-")]).await;
    let range = format!("bytes 10-{}/{}", bytes.len() - 1, bytes.len());
    assert_eq!(
        (rest.status, rest.header("content-range")),
        (206, Some(range.as_str()))
    );
    assert_eq!(rest.body, bytes[10..]);
    let outside = fetch(&session, "GET", &target, &[("Range", "bytes=1000000-")]).await;
    let range = format!("bytes */{}", bytes.len());
    assert_eq!(
        (outside.status, outside.header("content-range")),
        (416, Some(range.as_str()))
    );
    assert_eq!(
        fetch(&session, "GET", &target, &[("Range", "lines=1-2")])
            .await
            .body,
        bytes
    );
}

#[tokio::test]
async fn the_cover_of_an_album_is_a_base_url_even_when_it_is_empty() {
    let session = Session::start().await;
    let album = session.album("Empty").await;
    let cover = session
        .get(&format!("/v1/albums/{album}"))
        .await
        .expect(200)["coverPhotoBaseUrl"]
        .clone();
    let placeholder = fetch(
        &session,
        "GET",
        &format!("{}=w100-h100", path(&session, &cover)),
        &[],
    )
    .await;
    assert_eq!(
        (placeholder.status, placeholder.header("content-type")),
        (200, Some("image/png"))
    );
}
