//! Which scopes open which method today, and with legacy sharing on.

use photos_emulator::scopes::{
    APPENDONLY as A, EDIT_APPCREATEDDATA as E, LIVE, PHOTOSLIBRARY, READONLY,
    READONLY_APPCREATEDDATA as R, REMOVED, SHARING,
};
use serde_json::json;

use crate::session::Session;

/// Method, path, scopes that open it today, scopes of the discovery document that open it no more.
const TABLE: [(&str, &str, &[&str], &[&str]); 19] = [
    (
        "POST",
        "/v1/albums/ID:addEnrichment",
        &[A, E],
        &[PHOTOSLIBRARY, SHARING],
    ),
    (
        "POST",
        "/v1/albums/ID:batchAddMediaItems",
        &[A, E],
        &[PHOTOSLIBRARY, SHARING],
    ),
    (
        "POST",
        "/v1/albums/ID:batchRemoveMediaItems",
        &[E],
        &[PHOTOSLIBRARY],
    ),
    ("POST", "/v1/albums", &[A], &[PHOTOSLIBRARY, SHARING]),
    ("GET", "/v1/albums/ID", &[R], &[PHOTOSLIBRARY, READONLY]),
    ("GET", "/v1/albums", &[R], &[PHOTOSLIBRARY, READONLY]),
    ("PATCH", "/v1/albums/ID", &[E], &[]),
    ("POST", "/v1/albums/ID:share", &[], &[SHARING]),
    ("POST", "/v1/albums/ID:unshare", &[], &[SHARING]),
    (
        "POST",
        "/v1/mediaItems:batchCreate",
        &[A],
        &[PHOTOSLIBRARY, SHARING],
    ),
    (
        "GET",
        "/v1/mediaItems:batchGet",
        &[R],
        &[PHOTOSLIBRARY, READONLY],
    ),
    ("GET", "/v1/mediaItems/ID", &[R], &[PHOTOSLIBRARY, READONLY]),
    ("GET", "/v1/mediaItems", &[R], &[PHOTOSLIBRARY, READONLY]),
    ("PATCH", "/v1/mediaItems/ID", &[E], &[]),
    (
        "POST",
        "/v1/mediaItems:search",
        &[R],
        &[PHOTOSLIBRARY, READONLY],
    ),
    ("GET", "/v1/sharedAlbums/TOKEN", &[], &[SHARING]),
    ("POST", "/v1/sharedAlbums:join", &[], &[SHARING]),
    ("POST", "/v1/sharedAlbums:leave", &[], &[SHARING]),
    ("GET", "/v1/sharedAlbums", &[], &[PHOTOSLIBRARY, READONLY]),
];

/// The scopes that open a method, tried one by one.
async fn open(session: &mut Session, method: &str, target: &str) -> Vec<&'static str> {
    let mut open = Vec::new();
    for scope in [LIVE, REMOVED].concat() {
        session.token = session.emulator.token(&[scope]);
        let response = session
            .send(
                method,
                target,
                &[("Content-Type", "application/json")],
                b"{}",
            )
            .await;
        assert_ne!(response.status, 401);
        if response.status == 403 {
            assert_eq!(
                response.json(),
                json!({"error": {
                    "code": 403, "message": "Request had insufficient authentication scopes.", "status": "PERMISSION_DENIED",
                }})
            );
        } else {
            open.push(scope);
        }
    }
    open
}

fn sorted(scopes: &[&'static str]) -> Vec<&'static str> {
    let mut scopes = scopes.to_vec();
    scopes.sort_unstable();
    scopes
}

#[tokio::test]
async fn each_method_opens_to_its_scopes_only() {
    let mut session = Session::start().await;
    for (method, target, today, _) in TABLE {
        assert_eq!(
            sorted(&open(&mut session, method, target).await),
            sorted(today),
            "{method} {target}"
        );
    }
}

#[tokio::test]
async fn legacy_sharing_brings_the_removed_scopes_back() {
    let mut session = Session::start_with(|config| config.legacy_sharing = true).await;
    for (method, target, today, removed) in TABLE {
        let mut expected = [today, removed].concat();
        // Listing shared albums is open to the live read scope as well, as the discovery document says.
        expected.extend((target == "/v1/sharedAlbums").then_some(R));
        assert_eq!(
            sorted(&open(&mut session, method, target).await),
            sorted(&expected),
            "{method} {target}"
        );
    }
}
