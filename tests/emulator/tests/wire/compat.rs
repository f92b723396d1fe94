//! What other people's clients send and the service takes: google-api-python-client, google-auth-oauthlib, gphotospy
//! and `google_photos_library_api` were pointed at the emulator.

use photos_emulator::{DEFAULT_CLIENT, Emulator, OAuthClient, sample_photo};
use serde_json::json;

use crate::client::send;
use crate::session::{RAW, Session, ids};
use crate::sign_in::{REDIRECT, VERIFIER, authorize, form};

const FORM: (&str, &str) = ("Content-Type", "application/x-www-form-urlencoded");

/// google-api-python-client sends an address of more than 2,048 characters so (`MAX_URI_LENGTH` in its `http.py`):
/// that of `batchGet` with 50 ids.
#[tokio::test]
async fn a_post_stands_for_a_get_with_a_long_query() {
    let session = Session::start().await;
    let mut pairs = Vec::new();
    for seed in 0..50 {
        let id = session.create("a.png", &sample_photo(8, 8, seed)).await;
        pairs.push(("mediaItemIds", id));
    }
    let pairs: Vec<_> = pairs.iter().map(|(key, id)| (*key, id.as_str())).collect();
    let headers = [FORM, ("X-HTTP-Method-Override", "GET")];
    let target = "/v1/mediaItems:batchGet?alt=json";
    let response = session
        .send("POST", target, &headers, form(&pairs).as_bytes())
        .await;
    let results = response.expect(200)["mediaItemResults"].clone();
    assert_eq!(results.as_array().unwrap().len(), 50);
    assert_eq!(session.emulator.calls("mediaItems.batchGet"), 1);
    // The request is recorded as it came.
    let sent = session.emulator.requests_of("mediaItems.batchGet");
    assert_eq!(sent[0].http_method, "POST");
    // Without the header it is the method that there is none of.
    let plain = session
        .send("POST", target, &[FORM], b"mediaItemIds=x")
        .await;
    assert_eq!(plain.status, 404);
    // A method with a body keeps it.
    let album = session.album("a").await;
    let headers = [
        ("Content-Type", "application/json"),
        ("X-HTTP-Method-Override", "PATCH"),
    ];
    let target = format!("/v1/albums/{album}?updateMask=title");
    let patched = session
        .send("POST", &target, &headers, br#"{"title": "b"}"#)
        .await;
    assert_eq!(patched.expect(200)["title"], "b");
}

/// <https://protobuf.dev/programming-guides/json/>: parsers accept both forms of a name.
#[tokio::test]
async fn names_in_bodies_can_be_in_snake_case() {
    let session = Session::start().await;
    let id = session.create("a.png", &sample_photo(8, 8, 1)).await;
    let body =
        json!({"page_size": 5, "filters": {"media_type_filter": {"media_types": ["PHOTO"]}}});
    let found = session
        .post("/v1/mediaItems:search", &body)
        .await
        .expect(200);
    assert_eq!(ids(&found["mediaItems"]), [id]);
    let twice = json!({"page_size": 5, "pageSize": 5});
    let refused = session.post("/v1/mediaItems:search", &twice).await;
    assert_eq!(refused.status, 400);
    let unknown = json!({"page_Size": 5});
    let refused = session.post("/v1/mediaItems:search", &unknown).await;
    assert_eq!(refused.status, 400);
}

async fn exchange(session: &Session, headers: &[(&str, &str)], pairs: &[(&str, &str)]) -> u16 {
    let headers = [headers, &[FORM]].concat();
    let body = form(pairs);
    let response = send(
        &session.address(),
        "POST",
        "/token",
        &headers,
        body.as_bytes(),
    )
    .await;
    response.unwrap().status
}

async fn code(session: &Session, changes: &[(&str, &str)]) -> String {
    let redirect = authorize(session, changes).await;
    let location = redirect.header("location").unwrap();
    let query = location.split_once('?').unwrap().1;
    let mut pairs = form_urlencoded::parse(query.as_bytes());
    let found = pairs.find(|(name, _)| name == "code").unwrap();
    found.1.into_owned()
}

/// RFC 6749, section 2.3.1: both parts are encoded as in a form.
#[tokio::test]
async fn clients_can_authenticate_with_http_basic() {
    let session = Session::start_with(|config| {
        config.oauth_clients = vec![OAuthClient {
            id: DEFAULT_CLIENT.to_owned(),
            secret: Some("a b:c".to_owned()),
        }];
    })
    .await;
    let basic = |secret: &str| {
        use base64::Engine as _;
        let pair = format!("{DEFAULT_CLIENT}:{secret}");
        let encoded = base64::engine::general_purpose::STANDARD.encode(pair);
        format!("Basic {encoded}")
    };
    for (header, status) in [
        (basic("a+b%3Ac"), 200),
        (basic("wrong"), 401),
        ("Basic !".to_owned(), 401),
        ("Bearer x".to_owned(), 401),
    ] {
        let code = code(&session, &[]).await;
        let pairs = [
            ("grant_type", "authorization_code"),
            ("code", code.as_str()),
            ("redirect_uri", REDIRECT),
            ("code_verifier", VERIFIER),
        ];
        let headers = [("Authorization", header.as_str())];
        assert_eq!(
            exchange(&session, &headers, &pairs).await,
            status,
            "{header}"
        );
    }
}

/// <https://developers.google.com/identity/protocols/oauth2/native-app>: PKCE is recommended, and `plain` a method.
#[tokio::test]
async fn sign_in_works_without_pkce() {
    let session = Session::start().await;
    let none = [("code_challenge", ""), ("code_challenge_method", "")];
    let plain = [
        ("code_challenge", VERIFIER),
        ("code_challenge_method", "plain"),
    ];
    let unnamed = [("code_challenge", VERIFIER), ("code_challenge_method", "")];
    for (changes, verifier, status) in [
        (none, "", 200),
        // Somebody took the challenge out on the way.
        (none, VERIFIER, 400),
        (plain, VERIFIER, 200),
        (plain, "", 400),
        (unnamed, VERIFIER, 200),
    ] {
        let code = code(&session, &changes).await;
        let mut pairs = vec![
            ("grant_type", "authorization_code"),
            ("code", code.as_str()),
            ("redirect_uri", REDIRECT),
            ("client_id", DEFAULT_CLIENT),
        ];
        if !verifier.is_empty() {
            pairs.push(("code_verifier", verifier));
        }
        assert_eq!(exchange(&session, &[], &pairs).await, status, "{changes:?}");
    }
}

#[tokio::test]
async fn discovery_documents_lead_to_the_emulator() {
    let emulator = Emulator::start().await.unwrap();
    let address = emulator.url().replace("http://", "");
    let get = async |target: &str| send(&address, "GET", target, &[], b"").await.unwrap();
    for (target, name) in [
        ("/$discovery/rest?version=v1", "photoslibrary"),
        ("/%24discovery/rest?version=v1", "photoslibrary"),
        ("/discovery/v1/apis/photoslibrary/v1/rest", "photoslibrary"),
        ("/discovery/v1/apis/photospicker/v1/rest", "photospicker"),
    ] {
        let document = get(target).await.expect(200);
        assert_eq!(document["name"], name);
        for root in ["rootUrl", "baseUrl"] {
            assert_eq!(document[root], format!("{}/", emulator.url()), "{target}");
        }
    }
    for target in [
        "/$discovery/rest?version=v2",
        "/discovery/v1/apis/drive/v1/rest",
    ] {
        assert_eq!(get(target).await.status, 404);
    }
}

#[tokio::test]
async fn file_names_of_other_bytes_than_ascii_are_refused() {
    let session = Session::start().await;
    for (headers, name) in [(RAW, "Gr\u{fc}n.png"), (RAW, "\u{5c71}.png")] {
        let headers = [headers, &[("X-Goog-Upload-File-Name", name)]].concat();
        let response = session
            .send("POST", "/v1/uploads", &headers, &sample_photo(8, 8, 1))
            .await;
        assert_eq!(response.status, 400, "{name}");
    }
    let start = [
        ("X-Goog-Upload-Protocol", "resumable"),
        ("X-Goog-Upload-Command", "start"),
        ("X-Goog-Upload-File-Name", "Gr\u{fc}n.png"),
    ];
    let response = session.send("POST", "/v1/uploads", &start, b"").await;
    assert_eq!(response.status, 400);
}
