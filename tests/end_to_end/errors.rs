//! What goes wrong, as the user of the emitted client sees it.

use discovery_runtime::QuotaKind;
use google_photoslibrary_v1::schemas::{Album, CreateAlbumRequest, SearchMediaItemsRequest};
use photos_emulator::{Cut, Fault, Framing, Reply, replies, scopes};

use crate::session::{Session, client};

fn create(session: &Session) -> google_photoslibrary_v1::albums::Create {
    session
        .client
        .albums()
        .create(CreateAlbumRequest::default().with_album(Album::default().with_title("x")))
}

#[tokio::test]
async fn read_is_retried_whatever_its_verb() {
    let session = Session::start().await;
    for method in ["albums.list", "mediaItems.search"] {
        session.emulator.plan(method, Fault::status(503).times(2));
    }
    session.client.albums().list().send().await.unwrap();
    session
        .client
        .media_items()
        .search(SearchMediaItemsRequest::default())
        .send()
        .await
        .unwrap();
    assert_eq!(session.emulator.calls("albums.list"), 3);
    assert_eq!(session.emulator.calls("mediaItems.search"), 3);
    session.emulator.assert_faults_consumed();
}

#[tokio::test]
async fn write_is_not_retried_after_a_lost_response() {
    let session = Session::start().await;
    session
        .emulator
        .plan("albums.create", Fault::lose_reply(Cut::Reset));
    let error = create(&session).send().await.unwrap_err();
    assert!(error.is_outcome_unknown(), "{error}");
    assert_eq!(session.emulator.calls("albums.create"), 1);
    assert_eq!(
        session.emulator.albums().len(),
        1,
        "the service carried it out"
    );
    assert_eq!(error.attempts().len(), 1);
    assert_eq!(error.method(), Some("photoslibrary.albums.create"));
}

#[tokio::test]
async fn daily_quota_is_not_retried() {
    let session = Session::start().await;
    session.emulator.plan(
        "albums.list",
        Fault::reply(replies::daily_quota_exceeded(10_000)),
    );
    let error = session.client.albums().list().send().await.unwrap_err();
    assert!(error.is_quota_exceeded(), "{error}");
    assert_eq!(error.quota_kind(), Some(QuotaKind::PerDay));
    assert_eq!(session.emulator.calls("albums.list"), 1);
}

#[tokio::test]
async fn error_has_status_and_details() {
    let session = Session::start().await;
    let error = session
        .client
        .albums()
        .get("NONE")
        .send()
        .await
        .unwrap_err();
    assert!(error.is_not_found(), "{error}");
    assert_eq!(error.http_status(), Some(404));
    assert!(!error.rpc_status().unwrap().message.is_empty());
    assert!(!error.is_retryable());
}

#[tokio::test]
async fn insufficient_scope_error_names_the_scopes() {
    let session = Session::start().await;
    let narrow = client(
        &session.emulator,
        &session.emulator.token(&[scopes::APPENDONLY]),
    );
    let error = narrow.albums().list().send().await.unwrap_err();
    assert!(
        error.is_permission_denied() && error.is_scope_insufficient(),
        "{error}"
    );
    assert_eq!(error.accepted_scopes(), [scopes::READONLY_APPCREATEDDATA]);
}

#[tokio::test]
async fn expired_token_needs_sign_in() {
    let session = Session::start().await;
    let token = session.emulator.token(&scopes::LIVE);
    session.emulator.expire_token(&token);
    let error = client(&session.emulator, &token)
        .albums()
        .list()
        .send()
        .await
        .unwrap_err();
    assert!(error.is_unauthenticated(), "{error}");
    assert!(!format!("{error:?} {error}").contains(&token));
}

#[tokio::test]
async fn malformed_response_bodies_have_clear_errors() {
    let session = Session::start().await;
    let html = Reply::new(200)
        .header("content-type", "text/html")
        .body("<html>Sign in to the hotel</html>");
    session.emulator.plan("albums.get", Fault::reply(html));
    let error = session.client.albums().get("A").send().await.unwrap_err();
    assert!(error.to_string().contains("text/html"), "{error}");

    let bad_gateway = Reply::new(502)
        .header("content-type", "text/html")
        .body("<html>502</html>");
    session
        .emulator
        .plan("albums.create", Fault::reply(bad_gateway));
    let error = create(&session).send().await.unwrap_err();
    assert_eq!(error.http_status(), Some(502));
    assert!(error.is_outcome_unknown(), "{error}");

    let empty = Reply::new(200)
        .header("content-type", "application/json")
        .body("");
    session.emulator.plan("albums.create", Fault::reply(empty));
    let error = create(&session).send().await.unwrap_err();
    assert!(error.to_string().contains("empty"), "{error}");

    let long = Reply::new(200)
        .header("content-type", "application/json")
        .body(r#"{"id":"A"}"#);
    session.emulator.plan(
        "albums.create",
        Fault::reply(long)
            .framing(Framing::Length(100))
            .cut(10, Cut::Close),
    );
    let error = create(&session).send().await.unwrap_err();
    assert!(error.is_outcome_unknown(), "{error}");
    session.emulator.assert_faults_consumed();
}

#[tokio::test]
async fn empty_response_is_accepted_where_nothing_is_declared() {
    use google_photoslibrary_v1::schemas::BatchAddMediaItemsToAlbumRequest;
    let session = Session::start().await;
    for (status, body) in [(200, ""), (200, "{}"), (204, "")] {
        let reply = Reply::new(status)
            .header("content-type", "application/json")
            .body(body);
        session
            .emulator
            .plan("albums.batchAddMediaItems", Fault::reply(reply));
        let request = BatchAddMediaItemsToAlbumRequest::default().with_media_item_ids(["ITM1"]);
        session
            .client
            .albums()
            .batch_add_media_items("ALB1", request)
            .send()
            .await
            .unwrap();
    }
    session.emulator.assert_faults_consumed();
}

#[tokio::test]
async fn calls_and_clients_are_send() {
    fn assert_send<T: Send + 'static>(_: &T) {}
    fn assert_shared<T: Send + Sync + Clone + 'static>(_: &T) {}
    let session = Session::start().await;
    assert_shared(&session.client);
    assert_shared(&session.client.albums());
    assert_send(&create(&session).send());
    let call = session.client.albums().list();
    tokio::spawn(async move { call.send().await })
        .await
        .unwrap()
        .unwrap();
}
