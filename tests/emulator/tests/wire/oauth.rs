//! Sign-in of an installed application.

use std::time::Duration;

use photos_emulator::{Consent, DEFAULT_CLIENT, OAuthClient, redacted, scopes};
use serde_json::json;

use crate::client::send;
use crate::session::Session;
use crate::sign_in::{
    VERIFIER, authorize, code, exchange, form, parameter, post_form, redirected, refresh, text,
};

#[tokio::test]
async fn a_user_signs_in_and_the_application_calls() {
    let mut session = Session::start().await;
    let pairs = redirected(&authorize(&session, &[("login_hint", "ann@example.com")]).await);
    assert_eq!(parameter(&pairs, "state"), "s t&te");
    let tokens = exchange(&session, &parameter(&pairs, "code"), &[])
        .await
        .expect(200);
    assert_eq!(
        (&tokens["expires_in"], &tokens["token_type"]),
        (&json!(3599), &json!("Bearer"))
    );
    let granted: Vec<_> = text(&tokens, "scope").split(' ').collect();
    assert_eq!(
        granted,
        [scopes::APPENDONLY, scopes::READONLY_APPCREATEDDATA]
    );

    session.token = text(&tokens, "access_token").to_owned();
    let album = session.album("A").await;
    assert_eq!(
        session.emulator.album(&album).unwrap().user,
        "ann@example.com"
    );
    let target = format!("/v1/albums/{album}?updateMask=title");
    assert_eq!(
        session.patch(&target, &json!({"title": "B"})).await.status,
        403,
        "the scope was not granted"
    );

    session.emulator.advance(Duration::from_secs(3599));
    assert_eq!(session.get("/v1/albums").await.status, 401);
    let refreshed = refresh(&session, text(&tokens, "refresh_token"))
        .await
        .expect(200);
    assert_eq!(
        refreshed.as_object().unwrap().get("refresh_token"),
        None,
        "it stays the same"
    );
    session.token = text(&refreshed, "access_token").to_owned();
    assert_eq!(
        session.get("/v1/albums").await.expect(200)["albums"][0]["id"],
        album
    );
}

#[tokio::test]
async fn invalid_authorization_request_is_shown_and_not_redirected() {
    let session = Session::start().await;
    for (name, value) in [
        ("client_id", "nobody"),
        ("client_id", ""),
        ("redirect_uri", "https://example.com/callback"),
        ("redirect_uri", ""),
        ("response_type", "token"),
        ("scope", ""),
        ("scope", "https://www.googleapis.com/auth/drive"),
        ("state", ""),
        ("code_challenge", "short"),
        ("code_challenge_method", "S512"),
    ] {
        let response = authorize(&session, &[(name, value)]).await;
        assert_eq!(
            (response.status, response.header("location")),
            (400, None),
            "{name}={value}"
        );
        assert_eq!(
            response.header("content-type"),
            Some("text/html; charset=UTF-8")
        );
    }
    let hostile = authorize(&session, &[("scope", "<script>alert(1)</script>")])
        .await
        .text();
    assert!(!hostile.contains("<script>"), "{hostile}");
}

#[tokio::test]
async fn authorization_code_is_single_use_and_expires() {
    let session = Session::start().await;
    for (name, value) in [
        (
            "code_verifier",
            "another-verifier-of-at-least-43-characters-01234",
        ),
        ("code_verifier", ""),
        ("code_verifier", "short"),
        ("redirect_uri", "http://127.0.0.1:9004/elsewhere"),
        ("code", "4/made-up"),
    ] {
        let code = code(&session).await;
        let refused = exchange(&session, &code, &[(name, value)])
            .await
            .expect(400);
        let expected = if name == "redirect_uri" {
            "redirect_uri_mismatch"
        } else {
            "invalid_grant"
        };
        assert_eq!(refused["error"], expected, "{name}={value}");
    }
    let used = code(&session).await;
    exchange(&session, &used, &[]).await.expect(200);
    assert_eq!(
        exchange(&session, &used, &[]).await.expect(400)["error"],
        "invalid_grant"
    );
    let old = code(&session).await;
    session.emulator.advance(Duration::from_secs(600));
    assert_eq!(
        exchange(&session, &old, &[]).await.expect(400)["error"],
        "invalid_grant"
    );
    let foreign = exchange(&session, &code(&session).await, &[("client_id", "nobody")]).await;
    assert_eq!(foreign.expect(401)["error"], "invalid_client");
}

#[tokio::test]
async fn the_user_can_refuse_or_grant_less() {
    let session = Session::start_with(|config| config.consent = Consent::Deny).await;
    let denied = redirected(&authorize(&session, &[]).await);
    assert_eq!(
        (parameter(&denied, "error"), parameter(&denied, "state")),
        ("access_denied".into(), "s t&te".into())
    );
    let less = vec![scopes::APPENDONLY.to_owned()];
    session
        .emulator
        .configure(|config| config.consent = Consent::ApproveOnly(less));
    let tokens = exchange(&session, &code(&session).await, &[])
        .await
        .expect(200);
    assert_eq!(tokens["scope"], scopes::APPENDONLY);
}

#[tokio::test]
async fn the_consent_page_takes_one_decision() {
    let session = Session::start_with(|config| config.consent = Consent::Ask).await;
    for (decision, expected) in [("allow", "code"), ("deny", "error")] {
        let page = authorize(&session, &[]).await;
        assert_eq!(page.status, 200);
        let html = page.text();
        assert!(
            html.contains(DEFAULT_CLIENT) && html.contains(scopes::APPENDONLY),
            "{html}"
        );
        let id = html
            .split("name=\"request\" value=\"")
            .nth(1)
            .unwrap()
            .split('"')
            .next()
            .unwrap()
            .to_owned();
        let pairs = [("request", id.as_str()), ("decision", decision)];
        parameter(
            &redirected(&post_form(&session, "/o/oauth2/v2/auth", &pairs).await),
            expected,
        );
        assert_eq!(
            post_form(&session, "/o/oauth2/v2/auth", &pairs)
                .await
                .status,
            400,
            "decided already"
        );
    }
}

#[tokio::test]
async fn refresh_tokens_rotate_on_request_and_end_when_revoked() {
    let mut session = Session::start_with(|config| config.rotate_refresh_tokens = true).await;
    let tokens = exchange(&session, &code(&session).await, &[])
        .await
        .expect(200);
    let first = text(&tokens, "refresh_token").to_owned();
    let rotated = refresh(&session, &first).await.expect(200);
    assert_ne!(text(&rotated, "refresh_token"), first);
    let ended = refresh(&session, &first).await;
    assert_eq!(
        ended.expect(400),
        json!({"error": "invalid_grant", "error_description": "Token has been expired or revoked."})
    );
    for token in ["access_token", "refresh_token"] {
        let tokens = exchange(&session, &code(&session).await, &[])
            .await
            .expect(200);
        session.token = text(&tokens, "access_token").to_owned();
        session.get("/v1/albums").await.expect(200);
        let revoked = post_form(&session, "/revoke", &[("token", text(&tokens, token))]).await;
        assert_eq!(revoked.expect(200), json!({}));
        assert_eq!(
            session.get("/v1/albums").await.status,
            401,
            "{token} ends the grant"
        );
        assert_eq!(
            refresh(&session, text(&tokens, "refresh_token"))
                .await
                .status,
            400
        );
    }
    assert_eq!(
        post_form(&session, "/revoke?token=nobody", &[])
            .await
            .expect(400)["error"],
        "invalid_token"
    );
}

#[tokio::test]
async fn the_token_endpoint_wants_a_form_a_known_grant_and_the_secret() {
    let session = Session::start_with(|config| {
        config.oauth_clients = vec![OAuthClient {
            id: DEFAULT_CLIENT.to_owned(),
            secret: Some("s3cret".to_owned()),
        }];
    })
    .await;
    let json = [("Content-Type", "application/json")];
    let response = send(&session.address(), "POST", "/token", &json, b"{}")
        .await
        .unwrap();
    assert_eq!(response.expect(400)["error"], "invalid_request");
    let code = code(&session).await;
    assert_eq!(
        exchange(&session, &code, &[]).await.expect(401)["error"],
        "invalid_client"
    );
    let password = exchange(
        &session,
        &code,
        &[("client_secret", "s3cret"), ("grant_type", "password")],
    )
    .await;
    assert_eq!(password.expect(400)["error"], "unsupported_grant_type");
    exchange(&session, &code, &[("client_secret", "s3cret")])
        .await
        .expect(200);
    let recorded = session.emulator.requests_of("oauth.token").pop().unwrap();
    let recorded = String::from_utf8(recorded.body.to_vec()).unwrap();
    let hashed = form(&[("code_verifier", &redacted(VERIFIER))]);
    assert!(
        recorded.contains(&hashed) && !recorded.contains("s3cret") && !recorded.contains(&code),
        "{recorded}"
    );
}

#[tokio::test]
async fn developer_mode_knows_every_application() {
    let session = Session::start_with(|config| config.developer_mode = true).await;
    let own = [("client_id", "my-own-client")];
    let code = parameter(&redirected(&authorize(&session, &own).await), "code");
    let changes = [own[0], ("client_secret", "anything")];
    let tokens = exchange(&session, &code, &changes).await.expect(200);
    assert!(text(&tokens, "access_token").starts_with("ya29."));
    assert_eq!(authorize(&session, &[("client_id", "")]).await.status, 400);
}
