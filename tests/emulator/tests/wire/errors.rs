//! Errors that any call can meet, and requests that are no calls.

use std::time::Duration;

use photos_emulator::{DEVELOPER_TOKEN, Emulator, Fault, scopes};
use serde_json::json;

use crate::client::send;
use crate::session::Session;

#[tokio::test]
async fn a_bad_token_is_refused() {
    let mut session = Session::start().await;
    let good = session.token.clone();
    let expired = session.emulator.token(&scopes::LIVE);
    assert!(session.emulator.expire_token(&expired));
    let revoked = session.emulator.token(&scopes::LIVE);
    assert!(session.emulator.revoke(&revoked) && !session.emulator.revoke("nobody"));
    for bad in [expired.as_str(), &revoked, "ya29.nobody", ""] {
        session.token = bad.to_owned();
        let response = session.get("/v1/albums").await;
        assert_eq!(
            response.expect(401),
            json!({"error": {
                "code": 401, "message": "Request had invalid authentication credentials.", "status": "UNAUTHENTICATED",
            }})
        );
        let challenge = "Bearer realm=\"https://accounts.google.com/\", error=\"invalid_token\"";
        assert_eq!(response.header("www-authenticate"), Some(challenge));
        assert_eq!(
            response.header("content-type"),
            Some("application/json; charset=UTF-8")
        );
    }
    for headers in [&[][..], &[("Authorization", "Basic dXNlcjpwYXNz")]] {
        assert_eq!(
            send(&session.address(), "GET", "/v1/albums", headers, b"")
                .await
                .unwrap()
                .status,
            401
        );
    }
    session.token = good;
    session.get("/v1/albums").await.expect(200);
    session.emulator.advance(Duration::from_secs(3599));
    assert_eq!(session.get("/v1/albums").await.status, 401, "an hour later");
}

#[tokio::test]
async fn a_token_may_come_as_a_parameter() {
    let session = Session::start().await;
    let target = format!("/v1/albums?access_token={}", session.token);
    send(&session.address(), "GET", &target, &[], b"")
        .await
        .unwrap()
        .expect(200);
    let recorded = session.emulator.requests();
    assert!(
        !format!("{recorded:?}").contains(&session.token),
        "it is not kept"
    );
}

#[tokio::test]
async fn developer_mode_takes_any_token_but_an_expired_one() {
    let emulator = Emulator::start_with(|config| config.developer_mode = true)
        .await
        .unwrap();
    let address = emulator.url().replace("http://", "");
    let expired = emulator.token(&scopes::LIVE);
    emulator.expire_token(&expired);
    for (token, status) in [
        ("anything", 200),
        (DEVELOPER_TOKEN, 200),
        (expired.as_str(), 401),
        ("", 401),
    ] {
        let header = format!("Bearer {token}");
        let response = send(
            &address,
            "GET",
            "/v1/albums",
            &[("Authorization", &header)],
            b"",
        )
        .await
        .unwrap();
        assert_eq!(response.status, status, "{token}");
    }
    let strict = Session::start().await;
    let header = format!("Bearer {DEVELOPER_TOKEN}");
    let response = send(
        &strict.address(),
        "GET",
        "/v1/albums",
        &[("Authorization", &header)],
        b"",
    )
    .await
    .unwrap();
    assert_eq!(response.status, 200, "the developer token works everywhere");
}

#[tokio::test]
async fn the_api_is_not_enabled() {
    let session = Session::start_with(|config| config.api_enabled = false).await;
    let url = "https://console.developers.google.com/apis/api/photoslibrary.googleapis.com/overview?project=100000000001";
    let message = format!(
        "Photos Library API has not been used in project 100000000001 before or it is disabled. Enable it by visiting {url} then retry."
    );
    let links = json!([{"description": "Google developers console API activation", "url": url}]);
    assert_eq!(
        session.get("/v1/mediaItems").await.expect(403),
        json!({"error": {
            "code": 403, "message": message, "status": "PERMISSION_DENIED",
            "details": [{"@type": "type.googleapis.com/google.rpc.Help", "links": links}],
        }})
    );
    session
        .emulator
        .configure(|config| config.api_enabled = true);
    session.get("/v1/mediaItems").await.expect(200);
}

#[tokio::test]
async fn server_errors_have_their_recorded_bodies() {
    let session = Session::start().await;
    for status in [500, 502, 503] {
        session
            .emulator
            .plan("mediaItems.list", Fault::status(status));
    }
    let internal = "Internal error encountered.";
    let reason = json!([{"message": internal, "domain": "global", "reason": "backendError"}]);
    assert_eq!(
        session.get("/v1/mediaItems").await.expect(500),
        json!({"error": {"code": 500, "message": internal, "errors": reason, "status": "INTERNAL"}})
    );
    let gateway = session.get("/v1/mediaItems").await;
    assert_eq!(
        (gateway.status, gateway.header("content-type")),
        (502, Some("text/html; charset=UTF-8"))
    );
    assert_eq!(
        gateway.text(),
        "<!DOCTYPE html><html><title>Error 502 (Server Error)!!1</title></html>"
    );
    let unavailable = session.get("/v1/mediaItems").await;
    assert_eq!((unavailable.status, unavailable.body.len()), (503, 0));
    session.get("/v1/mediaItems").await.expect(200);
    session.emulator.assert_faults_consumed();
}

#[tokio::test]
async fn unknown_path_is_an_html_404() {
    let session = Session::start().await;
    let album = session.album("A").await;
    for (method, target) in [
        ("GET", "/v1/photos".to_owned()),
        ("GET", "/v2/albums".to_owned()),
        ("DELETE", format!("/v1/albums/{album}")),
        ("POST", format!("/v1/albums/{album}")),
        ("GET", format!("/v1/albums/{album}/items")),
        ("POST", format!("/v1/albums/{album}%3AbatchAddMediaItems")),
        ("POST", "/v1/mediaItems%3Asearch".to_owned()),
        ("GET", "/v1/albums/".to_owned()),
        ("GET", "//v1/albums".to_owned()),
    ] {
        let response = session.send(method, &target, &[], b"").await;
        assert_eq!(
            (response.status, response.header("content-type")),
            (404, Some("text/html; charset=UTF-8")),
            "{target}"
        );
    }
    let encoded = album.replace("__", "%5F%5F");
    assert_eq!(
        session
            .get(&format!("/v1/albums/{encoded}"))
            .await
            .expect(200)["id"],
        album,
        "ids are decoded"
    );
    let slash = session.get("/v1/albums/a%2Fb").await;
    assert_eq!(
        slash.expect(404)["error"]["status"],
        "NOT_FOUND",
        "an encoded slash belongs to the id"
    );
}

#[tokio::test]
async fn bodies_must_be_json_of_the_right_shape() {
    let session = Session::start().await;
    let json = [("Content-Type", "application/json; charset=utf-8")];
    let body = br#"{"album":{"title":"A"}}"#;
    assert_eq!(
        session.send("POST", "/v1/albums", &json, body).await.status,
        200
    );
    assert_eq!(
        session.send("POST", "/v1/albums", &[], body).await.status,
        400,
        "no content type"
    );
    assert_eq!(
        session
            .send("POST", "/v1/albums", &json, b"{\"album\":")
            .await
            .status,
        400
    );
    let unknown = session
        .post("/v1/albums", &json!({"album": {"name": "A"}}))
        .await
        .expect(400);
    let message =
        "Invalid JSON payload received. Unknown name \"name\" at 'album': Cannot find field.";
    assert_eq!(unknown["error"]["message"], message);
    assert_eq!(
        unknown["error"]["details"][0]["fieldViolations"][0]["field"],
        "album"
    );
    assert_eq!(session.emulator.albums().len(), 1);
}
