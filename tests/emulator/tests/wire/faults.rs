//! Planned faults on the way of a reply.

use std::io::ErrorKind;
use std::time::Duration;

use flate2::read::GzDecoder;
use photos_emulator::{Cut, Fault, Framing, Gate, Reply};
use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::client::End;
use crate::session::{Session, ids};

#[tokio::test]
async fn a_refused_call_has_no_effect_and_a_lost_reply_has_one() {
    let session = Session::start().await;
    let body = json!({"album": {"title": "A"}}).to_string();
    let headers = [("Content-Type", "application/json")];
    let create = async || {
        session
            .try_send("POST", "/v1/albums", &headers, body.as_bytes())
            .await
    };
    for (fault, albums) in [
        (Fault::status(503), 0),
        (Fault::no_reply(Cut::Reset), 0),
        (Fault::no_reply(Cut::Close), 0),
        (Fault::cut_request(5, Cut::Reset), 0),
        (Fault::cut_request(body.len(), Cut::Close), 0),
        (Fault::swallow_request(5), 0),
        (Fault::swallow_request(body.len()), 0),
        (Fault::lose_reply(Cut::Reset), 1),
        (Fault::lose_reply(Cut::Close), 2),
        (Fault::cut_reply(3, Cut::Reset), 3),
        (Fault::duplicate(), 5),
        (Fault::alter(), 6),
    ] {
        session.emulator.plan("albums.create", fault.clone());
        let _ = create().await;
        session.emulator.assert_faults_consumed();
        assert_eq!(session.emulator.albums().len(), albums, "{fault:?}");
    }
}

#[tokio::test]
async fn connections_end_as_planned() {
    let session = Session::start().await;
    let whole = session.get("/v1/albums?prettyPrint=false").await;
    assert_eq!((whole.text().as_str(), whole.end), ("{}", End::Framed));
    let target = "/v1/albums?prettyPrint=false";
    for (cut, kind) in [
        (Cut::Reset, ErrorKind::ConnectionReset),
        (Cut::Close, ErrorKind::UnexpectedEof),
    ] {
        session.emulator.plan("albums.list", Fault::no_reply(cut));
        let error = session.try_send("GET", target, &[], b"").await.unwrap_err();
        assert_eq!(error.kind(), kind);
    }
    for (fault, end) in [
        (Fault::cut_reply(1, Cut::Reset), End::Reset),
        (Fault::cut_reply(1, Cut::Close), End::Short),
        (
            Fault::cut_reply(1, Cut::Close).framing(Framing::Chunked),
            End::Short,
        ),
        (
            Fault::cut_reply(1, Cut::Close).framing(Framing::UntilClose),
            End::Closed,
        ),
        (Fault::truncate(1), End::Framed),
        (Fault::truncate(1).framing(Framing::Chunked), End::Framed),
        (Fault::truncate(1).framing(Framing::Length(7)), End::Short),
    ] {
        session.emulator.plan("albums.list", fault.clone());
        let response = session.get(target).await;
        assert_eq!(
            (response.status, response.text().as_str(), response.end),
            (200, "{", end),
            "{fault:?}"
        );
    }
    session.emulator.assert_faults_consumed();
}

#[tokio::test]
async fn replies_can_be_replaced_and_altered() {
    let session = Session::start().await;
    session.emulator.plan(
        "albums.list",
        Fault::reply(Reply::new(429).header("Retry-After", "120")),
    );
    let limited = session.get("/v1/albums").await;
    assert_eq!(
        (limited.status, limited.header("retry-after")),
        (429, Some("120"))
    );

    let fault = Fault::alter()
        .with_status(200)
        .body("<html>")
        .header("Content-Type", "text/html")
        .without_header("Vary");
    session.emulator.plan("/v1/albums", fault);
    let altered = session.get("/v1/albums").await;
    assert_eq!(
        (altered.text().as_str(), altered.header("content-type")),
        ("<html>", Some("text/html"))
    );
    assert_eq!(altered.header("vary"), None);

    let raw = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\n{}";
    session.emulator.plan("*", Fault::raw(raw, Cut::Close));
    let response = session.get("/v1/albums").await;
    assert_eq!(response.headers.len(), 2, "{:?}", response.headers);

    session.emulator.plan(
        "albums",
        Fault::reply(Reply::new(200).header("not a header", "x")),
    );
    assert!(
        session
            .try_send("GET", "/v1/albums", &[], b"")
            .await
            .is_err(),
        "what HTTP cannot carry is no reply"
    );
    session.emulator.assert_faults_consumed();
}

#[tokio::test]
async fn faults_can_wait_repeat_and_be_counted() {
    let session = Session::start().await;
    session
        .emulator
        .plan("albums.list", Fault::status(503).skip(1).times(2));
    session.emulator.plan("mediaItems.list", Fault::status(500));
    let mut statuses = Vec::new();
    for _ in 0..4 {
        statuses.push(session.get("/v1/albums").await.status);
    }
    assert_eq!(statuses, [200, 503, 503, 200]);
    let left = session.emulator.faults_left();
    assert!(
        left.len() == 1 && left[0].starts_with("mediaItems.list"),
        "{left:?}"
    );
    let unmet = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        session.emulator.assert_faults_consumed();
    }));
    assert!(unmet.is_err());
    session.emulator.clear_faults();
    session.emulator.assert_faults_consumed();
    session.get("/v1/mediaItems").await.expect(200);
}

#[tokio::test]
async fn a_stalled_reply_stays_silent_on_an_open_connection() {
    let session = Session::start().await;
    for fault in [
        Fault::no_reply(Cut::Stall),
        Fault::cut_reply(1, Cut::Stall),
        Fault::cut_request(0, Cut::Stall),
    ] {
        session.emulator.plan("albums.list", fault);
        let call = session.try_send("GET", "/v1/albums", &[], b"");
        let waited = tokio::time::timeout(Duration::from_millis(100), call).await;
        assert!(waited.is_err(), "{waited:?}");
    }
    session.emulator.assert_faults_consumed();
    session.get("/v1/albums").await.expect(200);
}

#[tokio::test]
async fn a_kept_connection_can_be_hung_up() {
    let session = Session::start().await;
    let request = format!(
        "GET /v1/albums?prettyPrint=false HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {}\r\n\r\n",
        session.token
    );
    session
        .emulator
        .plan("albums.list", Fault::hang_up(Cut::Close).skip(1));
    let mut stream = TcpStream::connect(session.address()).await.unwrap();
    for _ in 0..2 {
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut reply = String::new();
        while !reply.ends_with("\r\n\r\n{}") {
            let mut piece = [0; 1];
            assert_eq!(stream.read(&mut piece).await.unwrap(), 1, "{reply}");
            reply.push(char::from(piece[0]));
        }
        assert!(
            reply.starts_with("HTTP/1.1 200 OK")
                && !reply.to_ascii_lowercase().contains("connection:"),
            "{reply}"
        );
    }
    assert_eq!(
        stream.read(&mut [0; 1]).await.unwrap(),
        0,
        "the end comes without notice"
    );
    assert_eq!(session.emulator.calls("albums.list"), 2);
    session.emulator.assert_faults_consumed();
}

#[tokio::test]
async fn a_small_body_can_unpack_to_a_large_one() {
    let session = Session::start().await;
    session
        .emulator
        .plan("albums.list", Fault::reply(Reply::inflating(200, 8 << 20)));
    let response = session.get("/v1/albums").await;
    assert_eq!(
        (
            response.header("content-encoding"),
            response.body.len() < 20_000
        ),
        (Some("gzip"), true)
    );
    let unpacked = std::io::copy(
        &mut GzDecoder::new(response.body.as_slice()),
        &mut std::io::sink(),
    )
    .unwrap();
    assert_eq!(unpacked, 8 << 20);
}

#[tokio::test]
async fn replies_can_be_slow_or_endless() {
    let session = Session::start().await;
    session.emulator.plan(
        "albums.list",
        Fault::alter().trickle(20, Duration::from_millis(1)),
    );
    let slow = session.get("/v1/albums").await;
    assert_eq!((slow.end, slow.expect(200)), (End::Framed, json!({})));

    session.emulator.plan(
        "albums.list",
        Fault::alter()
            .body("x".repeat(10_000))
            .framing(Framing::Endless),
    );
    let call = session.try_send("GET", "/v1/albums", &[], b"");
    assert!(
        tokio::time::timeout(Duration::from_millis(50), call)
            .await
            .is_err(),
        "it never ends"
    );
    session.get("/v1/albums").await.expect(200);
}

#[tokio::test]
async fn a_gate_holds_reads_and_uploads_as_well() {
    let session = Session::start().await;
    let gate = Gate::new();
    session.emulator.plan("albums.list", Fault::hold(&gate));
    session.emulator.plan("uploads", Fault::hold(&gate));
    let opener = async {
        gate.arrived(2).await;
        gate.open();
    };
    let upload = session.upload(b"bytes");
    let (list, _, ()) = tokio::join!(session.get("/v1/albums"), upload, opener);
    assert_eq!(ids(&list.expect(200)["albums"]), Vec::<String>::new());
}

#[tokio::test]
async fn sign_in_and_base_urls_can_fail_too() {
    let session = Session::start().await;
    session.emulator.plan(
        "oauth.token",
        Fault::reply(Reply::json(400, json!({"error": "invalid_grant"}))),
    );
    session
        .emulator
        .plan("baseUrl", Fault::status(500).times(2));
    assert_eq!(
        session.send("POST", "/token", &[], b"").await.expect(400),
        json!({"error": "invalid_grant"})
    );
    assert_eq!(session.get("/base/x=d").await.status, 500);
    assert_eq!(session.get("/video-downloads/x").await.status, 500);
    session.emulator.assert_faults_consumed();
}
