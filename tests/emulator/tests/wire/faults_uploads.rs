//! Planned faults on the way of uploaded bytes: what the server keeps, loses and tells.

use photos_emulator::{Cut, Fault, sample_video};

use crate::client::Response;
use crate::session::{RAW, Session};

const GRANULE: usize = 262_144;

async fn start(session: &Session, total: usize) -> String {
    let total = total.to_string();
    let headers = [
        ("X-Goog-Upload-Command", "start"),
        ("X-Goog-Upload-Content-Type", "video/mp4"),
        ("X-Goog-Upload-Protocol", "resumable"),
        ("X-Goog-Upload-Raw-Size", total.as_str()),
    ];
    let response = session.send("POST", "/v1/uploads", &headers, b"").await;
    response
        .header("x-goog-upload-url")
        .unwrap()
        .strip_prefix(&session.emulator.url())
        .unwrap()
        .to_owned()
}

async fn step(
    session: &Session,
    url: &str,
    command: &str,
    offset: usize,
    body: &[u8],
) -> std::io::Result<Response> {
    let offset = offset.to_string();
    let headers = [
        ("X-Goog-Upload-Command", command),
        ("X-Goog-Upload-Offset", offset.as_str()),
    ];
    session.try_send("POST", url, &headers, body).await
}

/// Status and committed bytes.
async fn query(session: &Session, url: &str) -> (String, Option<usize>) {
    let response = session
        .send("POST", url, &[("X-Goog-Upload-Command", "query")], b"")
        .await;
    let received = response
        .header("x-goog-upload-size-received")
        .map(|size| size.parse().unwrap());
    (
        response.header("x-goog-upload-status").unwrap().to_owned(),
        received,
    )
}

fn id(url: &str) -> &str {
    url.strip_prefix("/v1/uploads?upload_id=")
        .unwrap()
        .split('&')
        .next()
        .unwrap()
}

#[tokio::test]
async fn a_broken_chunk_leaves_its_whole_granules() {
    let session = Session::start().await;
    let file = sample_video(4 * GRANULE, 1);
    let url = start(&session, file.len()).await;
    for (arrived, committed) in [
        (GRANULE + 1000, GRANULE),
        (GRANULE - 1, GRANULE),
        (2 * GRANULE, 3 * GRANULE),
    ] {
        session
            .emulator
            .plan("uploads.finalize", Fault::cut_request(arrived, Cut::Reset));
        let offset = query(&session, &url).await.1.unwrap();
        assert!(
            step(&session, &url, "upload, finalize", offset, &file[offset..])
                .await
                .is_err()
        );
        assert_eq!(
            query(&session, &url).await,
            ("active".to_owned(), Some(committed))
        );
    }
    let response = step(
        &session,
        &url,
        "upload, finalize",
        3 * GRANULE,
        &file[3 * GRANULE..],
    )
    .await
    .unwrap();
    assert_eq!(session.emulator.uploaded(&response.text()).unwrap(), file);
    session.emulator.assert_faults_consumed();
}

#[tokio::test]
async fn a_partial_acknowledgement_stays_active_and_gives_no_token() {
    let session = Session::start().await;
    let file = sample_video(3 * GRANULE, 1);
    let url = start(&session, file.len()).await;
    session
        .emulator
        .plan("uploads", Fault::swallow_request(GRANULE + 5).times(1));
    let response = step(&session, &url, "upload, finalize", 0, &file)
        .await
        .unwrap();
    assert_eq!(
        (
            response.status,
            response.body.len(),
            response.header("x-goog-upload-status")
        ),
        (200, 0, Some("active"))
    );
    assert_eq!(
        query(&session, &url).await,
        ("active".to_owned(), Some(GRANULE))
    );
}

#[tokio::test]
async fn a_lost_final_reply_leaves_a_final_session_without_a_token() {
    let session = Session::start().await;
    let url = start(&session, 5).await;
    session
        .emulator
        .plan("uploads.finalize", Fault::lose_reply(Cut::Reset));
    assert!(
        step(&session, &url, "upload, finalize", 0, b"bytes")
            .await
            .is_err()
    );
    assert_eq!(query(&session, &url).await, ("final".to_owned(), None));
    assert_eq!(
        step(&session, &url, "upload, finalize", 0, b"bytes")
            .await
            .unwrap()
            .status,
        400
    );

    let url = start(&session, 5).await;
    session
        .emulator
        .plan("uploads.finalize", Fault::duplicate());
    let response = step(&session, &url, "upload, finalize", 0, b"bytes")
        .await
        .unwrap();
    assert_eq!(
        response.status, 400,
        "the second of two deliveries meets an ended session"
    );
}

#[tokio::test]
async fn a_server_can_lose_or_claim_bytes() {
    let session = Session::start().await;
    let file = sample_video(2 * GRANULE, 1);
    let url = start(&session, file.len()).await;
    step(&session, &url, "upload", 0, &file[..GRANULE])
        .await
        .unwrap();
    assert!(session.emulator.rewind_upload(id(&url), 0));
    assert_eq!(query(&session, &url).await.1, Some(0));
    session.emulator.plan(
        "uploads.query",
        Fault::alter().header("X-Goog-Upload-Size-Received", "999999999"),
    );
    assert_eq!(query(&session, &url).await.1, Some(999_999_999));
    let kept = session.emulator.upload_session(id(&url)).unwrap();
    assert_eq!(
        (kept.status, kept.received.len(), kept.total),
        ("active", 0, Some(2 * GRANULE as u64))
    );
}

#[tokio::test]
async fn a_broken_raw_upload_leaves_nothing() {
    let session = Session::start().await;
    session
        .emulator
        .plan("uploads.raw", Fault::cut_request(3, Cut::Reset));
    assert!(
        session
            .try_send("POST", "/v1/uploads", RAW, b"bytes")
            .await
            .is_err()
    );
    let recorded = session.emulator.requests_of("uploads.raw").pop().unwrap();
    assert_eq!(
        (recorded.complete, recorded.body.as_ref()),
        (false, b"byt".as_slice())
    );
    session
        .emulator
        .plan("uploads.raw", Fault::lose_reply(Cut::Close));
    assert!(
        session
            .try_send("POST", "/v1/uploads", RAW, b"bytes")
            .await
            .is_err()
    );
    session.upload(b"bytes").await;
    session.emulator.assert_faults_consumed();
}

#[tokio::test]
async fn bodies_that_do_not_fit_are_refused() {
    let session = Session::start_with(|config| config.max_body = 100).await;
    let response = session.send("POST", "/v1/uploads", RAW, &[1; 101]).await;
    assert_eq!(response.expect(413)["error"]["status"], "OUT_OF_RANGE");
    assert_eq!(
        session
            .send("POST", "/v1/uploads", RAW, &[1; 100])
            .await
            .status,
        200
    );
}
