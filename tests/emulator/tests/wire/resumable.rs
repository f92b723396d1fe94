//! Uploads with the resumable protocol.

use std::time::Duration;

use photos_emulator::{sample_video, scopes};

use crate::client::{Response, send};
use crate::session::Session;

const GRANULARITY: usize = 262_144;
const TOTAL: usize = 600_000;

/// Starts a session and returns the path and query of its URL.
async fn start(session: &Session, total: Option<usize>) -> String {
    let size = total.map(|total| total.to_string());
    let mut headers = vec![
        ("X-Goog-Upload-Command", "start"),
        ("X-Goog-Upload-Content-Type", "video/mp4"),
        ("X-Goog-Upload-Protocol", "resumable"),
    ];
    headers.extend(size.as_deref().map(|size| ("X-Goog-Upload-Raw-Size", size)));
    let response = session.send("POST", "/v1/uploads", &headers, b"").await;
    assert_eq!(
        (response.status, response.body.len()),
        (200, 0),
        "{}",
        response.text()
    );
    assert_eq!(response.header("x-goog-upload-status"), Some("active"));
    assert_eq!(
        response.header("x-goog-upload-chunk-granularity"),
        Some("262144")
    );
    let url = response.header("x-goog-upload-url").unwrap();
    url.strip_prefix(&session.emulator.url())
        .expect("the session is on the emulator")
        .to_owned()
}

async fn step(
    session: &Session,
    url: &str,
    command: &str,
    offset: Option<usize>,
    body: &[u8],
) -> Response {
    let offset = offset.map(|offset| offset.to_string());
    let mut headers = vec![("X-Goog-Upload-Command", command)];
    headers.extend(
        offset
            .as_deref()
            .map(|offset| ("X-Goog-Upload-Offset", offset)),
    );
    session.send("POST", url, &headers, body).await
}

/// What a query says: status, and committed bytes while active.
async fn query(session: &Session, url: &str) -> (String, Option<usize>) {
    let response = step(session, url, "query", None, b"").await;
    assert_eq!((response.status, response.body.len()), (200, 0));
    let received = response
        .header("x-goog-upload-size-received")
        .map(|size| size.parse().unwrap());
    (
        response.header("x-goog-upload-status").unwrap().to_owned(),
        received,
    )
}

#[tokio::test]
async fn chunks_become_the_file() {
    let session = Session::start().await;
    let file = sample_video(TOTAL, 1);
    let url = start(&session, Some(TOTAL)).await;
    assert!(
        url.starts_with("/v1/uploads?upload_id=") && url.ends_with("&upload_protocol=resumable"),
        "{url}"
    );

    let chunk = step(&session, &url, "upload", Some(0), &file[..2 * GRANULARITY]).await;
    assert_eq!(
        (
            chunk.status,
            chunk.body.len(),
            chunk.header("x-goog-upload-status")
        ),
        (200, 0, Some("active"))
    );
    assert_eq!(
        query(&session, &url).await,
        ("active".to_owned(), Some(2 * GRANULARITY))
    );

    let last = step(
        &session,
        &url,
        "upload, finalize",
        Some(2 * GRANULARITY),
        &file[2 * GRANULARITY..],
    )
    .await;
    assert_eq!(
        (last.status, last.header("x-goog-upload-status")),
        (200, Some("final"))
    );
    assert_eq!(
        last.header("content-type"),
        Some("text/plain; charset=utf-8")
    );
    assert_eq!(session.emulator.uploaded(&last.text()).unwrap(), file);
    assert_eq!(
        query(&session, &url).await,
        ("final".to_owned(), None),
        "no size and no token"
    );
}

#[tokio::test]
async fn both_spellings_of_the_last_command_and_one_request_for_all_work() {
    let session = Session::start().await;
    for command in ["upload, finalize", "upload,finalize", "Upload, Finalize"] {
        let url = start(&session, Some(5)).await;
        let response = step(&session, &url, command, Some(0), b"bytes").await;
        assert_eq!(
            session.emulator.uploaded(&response.text()).unwrap(),
            b"bytes".as_slice()
        );
    }
    let url = start(&session, None).await;
    assert_eq!(
        step(&session, &url, "upload, finalize", Some(0), b"any size")
            .await
            .status,
        200
    );
}

#[tokio::test]
async fn violations_are_plain_400s_and_leave_the_session_as_it_was() {
    let session = Session::start().await;
    let file = sample_video(TOTAL, 1);
    let url = start(&session, Some(TOTAL)).await;
    step(&session, &url, "upload", Some(0), &file[..GRANULARITY]).await;
    for (what, command, offset, body) in [
        ("a replayed chunk", "upload", Some(0), &file[..GRANULARITY]),
        (
            "a gap",
            "upload",
            Some(2 * GRANULARITY),
            &file[..GRANULARITY],
        ),
        (
            "a misaligned chunk",
            "upload",
            Some(GRANULARITY),
            &file[..300_000],
        ),
        ("no offset", "upload", None, &file[..GRANULARITY]),
        (
            "more than announced",
            "upload, finalize",
            Some(GRANULARITY),
            &file[..],
        ),
        (
            "less than announced",
            "upload, finalize",
            Some(GRANULARITY),
            &file[..5],
        ),
        ("an early end", "finalize", None, b""),
        ("an unknown command", "append", Some(GRANULARITY), b""),
    ] {
        let response = step(&session, &url, command, offset, body).await;
        assert_eq!(
            (response.status, response.header("x-goog-upload-status")),
            (400, None),
            "{what}"
        );
        assert_eq!(
            query(&session, &url).await,
            ("active".to_owned(), Some(GRANULARITY)),
            "{what}"
        );
    }
    let unknown = step(&session, "/v1/uploads?upload_id=nobody", "query", None, b"").await;
    assert_eq!(
        (unknown.status, unknown.header("x-goog-upload-status")),
        (400, None)
    );
    let rest = step(
        &session,
        &url,
        "upload, finalize",
        Some(GRANULARITY),
        &file[GRANULARITY..],
    )
    .await;
    assert_eq!(session.emulator.uploaded(&rest.text()).unwrap(), file);
}

#[tokio::test]
async fn an_ended_session_takes_nothing_more() {
    let session = Session::start().await;
    let url = start(&session, Some(5)).await;
    step(&session, &url, "upload, finalize", Some(0), b"bytes").await;
    assert_eq!(
        step(&session, &url, "upload, finalize", Some(0), b"bytes")
            .await
            .status,
        400
    );

    let url = start(&session, Some(5)).await;
    let cancelled = step(&session, &url, "cancel", None, b"").await;
    assert_eq!(
        (cancelled.status, cancelled.header("x-goog-upload-status")),
        (200, Some("cancelled"))
    );
    assert_eq!(query(&session, &url).await, ("cancelled".to_owned(), None));
    assert_eq!(
        step(&session, &url, "upload, finalize", Some(0), b"bytes")
            .await
            .status,
        400
    );
}

#[tokio::test]
async fn an_aligned_file_can_be_finalized_without_more_bytes() {
    let session = Session::start().await;
    let file = sample_video(GRANULARITY, 1);
    let url = start(&session, Some(GRANULARITY)).await;
    step(&session, &url, "upload", Some(0), &file).await;
    let response = step(&session, &url, "finalize", None, b"").await;
    assert_eq!(session.emulator.uploaded(&response.text()).unwrap(), file);

    let url = start(&session, Some(GRANULARITY - 1)).await;
    let beyond = step(&session, &url, "upload", Some(0), &file).await;
    assert_eq!(beyond.status, 400, "one byte more than announced");
}

#[tokio::test]
async fn a_start_needs_a_content_type_and_no_body() {
    let session = Session::start().await;
    let bare = [
        ("X-Goog-Upload-Protocol", "resumable"),
        ("X-Goog-Upload-Command", "start"),
    ];
    assert_eq!(
        session.send("POST", "/v1/uploads", &bare, b"").await.status,
        500
    );
    let typed = [&bare[..], &[("X-Goog-Upload-Content-Type", "image/jpeg")]].concat();
    assert_eq!(
        session
            .send("POST", "/v1/uploads", &typed, b"body")
            .await
            .status,
        400
    );
    let sized = [&typed[..], &[("X-Goog-Upload-Raw-Size", "-1")]].concat();
    assert_eq!(
        session
            .send("POST", "/v1/uploads", &sized, b"")
            .await
            .status,
        400
    );
}

#[tokio::test]
async fn a_session_belongs_to_its_user_needs_a_token_and_lives_a_week() {
    let mut session = Session::start().await;
    let url = start(&session, Some(5)).await;
    let address = session.address();
    let without_token = || {
        send(
            &address,
            "POST",
            &url,
            &[("X-Goog-Upload-Command", "query")],
            b"",
        )
    };
    assert_eq!(without_token().await.unwrap().status, 401);
    session
        .emulator
        .configure(|config| config.session_requires_token = false);
    assert_eq!(without_token().await.unwrap().status, 200);

    session.emulator.advance(Duration::from_secs(7 * 24 * 3600));
    session.token = session.emulator.token(&scopes::LIVE);
    assert_eq!(
        step(&session, &url, "query", None, b"").await.status,
        400,
        "a week later"
    );

    let url = start(&session, Some(5)).await;
    session.token = session
        .emulator
        .token_for("other@example.com", "other", &scopes::LIVE);
    assert_eq!(
        step(&session, &url, "query", None, b"").await.status,
        400,
        "another user"
    );
}
