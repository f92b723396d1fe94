//! What a refresh can come to instead of a token.

use serde_json::json;
use tokio::net::TcpListener;

use crate::support::clock::wait_until;
use crate::support::{Caller, Reply, SECOND, Setup, chain};

/// Signs in, and lets the access token come close to its end, or to it.
async fn signed_in_before(setup: &Setup, rest: u32) -> Caller {
    let caller = setup.signed_in().await;
    caller.call().await.unwrap();
    setup.clock.advance((3599 - rest) * SECOND);
    caller
}

fn transient() -> Vec<(&'static str, Reply)> {
    let page = || Reply::new(200, "text/html", "<!DOCTYPE html><p>CANARY</p>");
    let token = || Reply::json(200, &json!({ "access_token": "ya29.CANARY-x" }));
    vec![
        ("status 500", Reply::error(500, "internal_failure")),
        (
            "status 503",
            Reply::new(503, "text/html", "<html>CANARY</html>"),
        ),
        (
            "status 429",
            Reply::error(429, "rate_limit_exceeded").header("Retry-After", "5"),
        ),
        ("status 408", Reply::new(408, "text/plain", "")),
        ("a page", page()),
        ("an empty body", Reply::new(200, "application/json", "")),
        ("a body that is cut", token().cut()),
    ]
}

#[tokio::test]
async fn transient_errors_keep_the_old_token() {
    for (name, reply) in transient() {
        let setup = Setup::new().await;
        let caller = signed_in_before(&setup, 200).await;
        setup.server.reply(reply);
        caller
            .call()
            .await
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(
            (caller.tokens(), setup.server.refreshes()),
            (vec!["2".to_owned(); 2], 1),
            "{name}"
        );
        setup.clock.advance(60 * SECOND);
        caller.call().await.unwrap();
        assert_eq!(caller.tokens().last().unwrap(), "3", "{name}");
        setup.finish();
    }
}

#[tokio::test]
async fn transient_errors_are_returned_if_there_is_no_token_left() {
    for (name, reply) in transient() {
        let setup = Setup::new().await;
        let caller = signed_in_before(&setup, 0).await;
        setup.server.reply(reply);
        let error = caller.fail().await;
        assert!(
            error.is_credentials() && error.is_retryable(),
            "{name}: {error}"
        );
        assert!(!error.needs_sign_in(), "{name}: {error}");
        assert_eq!(setup.server.refreshes(), 1, "{name}");
        // Nothing was lost.
        caller.call().await.unwrap();
        assert_eq!(setup.browser.opened().len(), 1, "{name}");
        setup.finish();
    }
}

#[tokio::test]
async fn an_unreachable_server_is_a_transient_error() {
    let setup = Setup::new().await;
    setup.signed_in().await;
    let closed = TcpListener::bind("127.0.0.1:0")
        .await
        .unwrap()
        .local_addr()
        .unwrap();
    let token = format!("http://{closed}/token");
    let endpoints = discovery_runtime::oauth::Endpoints::on_loopback(&token, &token).unwrap();
    let mut file = setup.saved();
    file["token_uri"] = json!(token);
    file["expires_at"] = json!(0);
    std::fs::write(setup.file(), file.to_string()).unwrap();
    let credentials = setup.app().endpoints(endpoints).sign_in().await.unwrap();
    let error = Caller::new(credentials, &setup.clock).fail().await;
    assert!(error.is_credentials() && error.is_retryable(), "{error}");
    assert!(chain(&error).contains("can't be reached"), "{error:?}");
    setup.finish();
}

#[tokio::test]
async fn a_refresh_times_out_after_thirty_seconds() {
    let setup = Setup::new().await;
    let caller = signed_in_before(&setup, 0).await;
    setup
        .server
        .reply(Reply::json(200, &json!({ "access_token": "ya29.CANARY-x" })).stalled());
    let call = {
        let caller = caller.clone();
        tokio::spawn(async move { caller.fail().await })
    };
    setup.clock.sleeper(30 * SECOND).await;
    wait_until("the server got the request", || {
        setup.server.refreshes() == 1
    })
    .await;
    setup.clock.advance(30 * SECOND);
    let error = call.await.unwrap();
    assert!(error.is_credentials() && error.is_retryable(), "{error}");
    assert!(chain(&error).contains("in time"), "{error:?}");
    caller.call().await.unwrap();
    setup.finish();
}

#[tokio::test]
async fn an_ended_grant_needs_a_sign_in() {
    for code in ["invalid_grant", "unauthorized_client"] {
        let setup = Setup::new().await;
        let caller = signed_in_before(&setup, 0).await;
        setup.server.reply(Reply::error(400, code));
        for _ in 0..5 {
            let error = caller.fail().await;
            assert!(error.needs_sign_in() && !error.is_retryable(), "{error}");
        }
        // The server said it once, and nobody requested it again.
        assert_eq!(setup.server.refreshes(), 1, "{code}");
        assert_eq!(
            setup.browser.opened().len(),
            1,
            "a browser opened by itself"
        );
        // The file is there, for whoever wants to know, and without a token that is dead.
        assert!(setup.saved().get("access_token").is_none());
        setup.finish();
    }
}

#[tokio::test]
async fn the_error_of_an_ended_grant_names_the_limit_of_apps_in_testing() {
    let setup = Setup::new().await;
    let caller = signed_in_before(&setup, 0).await;
    setup.server.reply(Reply::error(400, "invalid_grant"));
    assert!(chain(&caller.fail().await).contains("7 days"));
    setup.finish();
}

#[tokio::test]
async fn malformed_responses_are_errors_that_show_nothing() {
    let token = |value: &str| json!({ "access_token": value, "token_type": "Bearer" });
    let long = "CANARY".repeat(200_000);
    let cases = [
        ("an object without a token", Reply::json(200, &json!({}))),
        (
            "another type",
            Reply::json(
                200,
                &json!({ "access_token": "CANARY", "token_type": "MAC" }),
            ),
        ),
        (
            "a line break",
            Reply::json(200, &token("CANARY\r\nx-evil: 1")),
        ),
        ("a long token", Reply::json(200, &token(&long[..20_000]))),
        ("a megabyte", Reply::json(200, &token(&long))),
        ("a number", Reply::json(200, &json!({ "access_token": 5 }))),
        ("a list", Reply::json(200, &json!(["CANARY"]))),
        ("another rejection", Reply::error(400, "CANARY")),
        ("a client that is gone", Reply::error(401, "invalid_client")),
        (
            "a page with 403",
            Reply::new(403, "text/html", "<html>CANARY</html>"),
        ),
    ];
    for (name, reply) in cases {
        let setup = Setup::new().await;
        let caller = signed_in_before(&setup, 0).await;
        setup.server.reply(reply);
        let requests = caller.api.request_count();
        let error = caller.fail().await;
        assert!(
            error.is_credentials() && !error.needs_sign_in(),
            "{name}: {error}"
        );
        assert!(!error.is_retryable(), "{name}: {error}");
        assert_eq!(
            caller.api.request_count(),
            requests,
            "{name}: a request was sent"
        );
        assert_eq!(setup.server.refreshes(), 1, "{name}");
        caller.call().await.unwrap();
        setup.finish();
    }
}

#[tokio::test]
async fn redirects_of_the_token_endpoint_are_not_followed() {
    for status in [301, 302, 303, 307, 308] {
        let setup = Setup::new().await;
        let other = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let host = other.local_addr().unwrap().to_string();
        let caller = signed_in_before(&setup, 0).await;
        let location = format!("http://{host}/token?CANARY");
        setup
            .server
            .reply(Reply::new(status, "text/html", "").header("Location", &location));
        let error = caller.fail().await;
        assert!(error.is_credentials() && !error.is_retryable(), "{error}");
        assert!(chain(&error).contains(&host), "{error:?}");
        let none = tokio::time::timeout(std::time::Duration::from_millis(20), other.accept()).await;
        assert!(none.is_err(), "{status}: the other server got a request");
        setup.finish();
    }
}

/// All of a redirect to the server itself is rejected as well, so that `wait` is enough above.
#[tokio::test]
async fn redirects_to_the_same_address_are_not_followed() {
    let setup = Setup::new().await;
    let caller = signed_in_before(&setup, 0).await;
    let back = format!("http://{}/token", setup.server.address());
    setup
        .server
        .reply(Reply::new(307, "text/html", "").header("Location", &back));
    caller.fail().await;
    assert_eq!(setup.server.posts("/token").len(), 2);
    setup.finish();
}
