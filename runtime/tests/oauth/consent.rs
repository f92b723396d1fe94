//! The way of a user through the consent, and when it is not needed.

use std::net::TcpStream;

use serde_json::json;

use crate::support::browser::{Choice, split};
use crate::support::clock::wait_until;
use crate::support::{Caller, HOUR, Reply, SECOND, Setup, chain, log};

#[tokio::test]
async fn a_user_signs_in() {
    let setup = Setup::new().await;
    let caller = setup.signed_in().await;
    caller.call().await.unwrap();
    assert_eq!(caller.tokens(), ["2"]);
    // The token that came with the grant was used: nothing else was requested.
    assert_eq!(
        (setup.server.posts("/token").len(), setup.server.refreshes()),
        (1, 0)
    );

    let [address] = &setup.browser.opened()[..] else {
        panic!("not one page was opened")
    };
    assert!(
        address.contains("&scope=scope%2Fa%20scope%2Fb&"),
        "{address}"
    );
    assert!(!address.contains("include_granted_scopes"), "{address}");
    log::check(
        "the address, which becomes an argument of a process,",
        address,
    );
    let verifier = &setup.server.posts("/token")[0]["code_verifier"];
    assert!(
        verifier.len() >= 43 && !address.contains(verifier.as_str()),
        "{address}"
    );

    let page = setup.browser.page().await;
    assert!(
        page.starts_with("HTTP/1.1 200 ") && page.contains("Return to the app"),
        "{page}"
    );
    log::check("the page", &page);
    let redirect_uri = &setup.server.posts("/token")[0]["redirect_uri"];
    let (host, _) = split(redirect_uri);
    assert!(
        TcpStream::connect(host).is_err(),
        "the listener is still open"
    );

    let saved = setup.saved();
    assert_eq!(saved["refresh_token"], "1//0CANARY-2");
    assert_eq!(saved["access_token"], "ya29.CANARY-2");
    assert_eq!(saved["expires_at"], 1_800_000_000 + 3599);
    assert!(saved.get("client_secret").is_none(), "{saved}");
    setup.finish();
}

#[tokio::test]
async fn a_stored_grant_needs_no_browser() {
    let setup = Setup::new().await;
    setup.signed_in().await;
    setup.clock.advance(HOUR / 2);
    let caller = setup.signed_in().await;
    caller.call().await.unwrap();
    // The access token in the file is still good.
    assert_eq!(
        (caller.tokens(), setup.server.posts("/token").len()),
        (vec!["2".to_owned()], 1)
    );

    setup.clock.advance((1800 - 60) * SECOND);
    let caller = setup.signed_in().await;
    caller.call().await.unwrap();
    assert_eq!(
        (caller.tokens(), setup.server.refreshes()),
        (vec!["3".to_owned()], 1)
    );
    assert_eq!(setup.saved()["access_token"], "ya29.CANARY-3");
    assert_eq!(setup.browser.opened().len(), 1);
    setup.finish();
}

#[tokio::test]
async fn every_sign_in_has_a_state_and_a_verifier_of_its_own() {
    let setup = Setup::new().await;
    for _ in 0..3 {
        setup.signed_in().await;
        std::fs::remove_file(setup.file()).unwrap();
    }
    let mut secrets = setup.server.secrets();
    secrets.sort();
    secrets.dedup();
    assert_eq!(secrets.len(), 6);
    setup.finish();
}

#[tokio::test]
async fn missing_scopes_lead_to_the_consent() {
    let setup = Setup::new().await;
    let fewer = setup.app().scopes(["scope/a"]);
    fewer.sign_in().await.unwrap();
    setup.signed_in().await;
    assert_eq!(setup.browser.opened().len(), 2);
    // What is granted is more than enough for the first app.
    setup.app().scopes(["scope/a"]).sign_in().await.unwrap();
    assert_eq!(setup.browser.opened().len(), 2);
    setup.finish();
}

#[tokio::test]
async fn declined_consent_is_access_denied() {
    let setup = Setup::new().await;
    setup.browser.choose(Choice::Deny);
    let error = setup.app().sign_in().await.unwrap_err();
    assert!(error.is_access_denied() && !error.is_transient(), "{error}");
    assert!(error.missing_scopes().is_empty());
    assert!(setup.browser.page().await.contains("did not get access"));

    setup
        .browser
        .choose(Choice::AllowOnly(vec!["scope/b".to_owned()]));
    let error = setup.app().sign_in().await.unwrap_err();
    assert!(error.is_access_denied(), "{error}");
    assert_eq!(error.missing_scopes(), ["scope/a"]);
    let error = discovery_runtime::Error::from(error);
    assert!(error.needs_sign_in() && !error.is_retryable(), "{error}");
    assert!(chain(&error).contains("scope/a"), "{error:?}");

    assert!(!setup.file().exists());
    assert_eq!(setup.browser.opened().len(), 2);
    setup.finish();
}

#[tokio::test]
async fn errors_of_the_consent_page_show_their_codes() {
    let setup = Setup::new().await;
    for (code, expected) in [
        ("admin_policy_enforced", "admin_policy_enforced"),
        ("CANARY%3Cscript%3E", "an error"),
    ] {
        setup.browser.choose(Choice::Error(code.to_owned()));
        let error = setup.app().sign_in().await.unwrap_err();
        assert!(
            !error.is_access_denied() && error.to_string().contains(expected),
            "{error}"
        );
        log::check("the error", &chain(&error));
        let page = setup.browser.page().await;
        assert!(
            !page.contains("script") && page.contains("did not get access"),
            "{page}"
        );
    }
    setup.finish();
}

#[tokio::test]
async fn consent_times_out_after_five_minutes() {
    let setup = Setup::new().await;
    setup.browser.choose(Choice::Nothing);
    let app = setup.app();
    let signing_in = tokio::spawn(async move { app.sign_in().await });
    setup.clock.sleeper(300 * SECOND).await;
    wait_until("the page is open", || !setup.browser.opened().is_empty()).await;
    setup.clock.advance(299 * SECOND);
    let address = setup.browser.opened().remove(0);
    let back = setup
        .server
        .state
        .lock()
        .unwrap()
        .consent(&address, &Choice::Allow);
    let (host, _) = split(&back);
    drop(TcpStream::connect(&host).expect("the listener closed too early"));
    setup.clock.advance(SECOND);
    let error = signing_in.await.unwrap().unwrap_err();
    assert!(error.is_timeout() && !error.is_transient(), "{error}");
    assert!(
        TcpStream::connect(&host).is_err(),
        "the listener is still open"
    );
    setup.finish();
}

#[tokio::test]
async fn a_dropped_sign_in_closes_its_listener() {
    let setup = Setup::new().await;
    setup.browser.choose(Choice::Nothing);
    let app = setup.app();
    let signing_in = tokio::spawn(async move { app.sign_in().await });
    wait_until("the page is open", || !setup.browser.opened().is_empty()).await;
    let address = setup.browser.opened().remove(0);
    let back = setup
        .server
        .state
        .lock()
        .unwrap()
        .consent(&address, &Choice::Allow);
    signing_in.abort();
    assert!(signing_in.await.unwrap_err().is_cancelled());
    assert!(
        TcpStream::connect(split(&back).0).is_err(),
        "the listener is still open"
    );
    // The app is not stuck in it.
    setup.browser.choose(Choice::Allow);
    setup.signed_in().await;
    setup.finish();
}

#[tokio::test]
async fn sign_in_fails_at_once_without_a_browser() {
    let setup = Setup::new().await;
    setup.browser.choose(Choice::Absent);
    let error = setup.app().sign_in().await.unwrap_err();
    assert!(chain(&error).contains("there is no display"), "{error:?}");
    assert!(!error.is_timeout(), "{error}");

    let panicking = setup
        .app()
        .open_with(|_| panic!("the opener of the test panics"));
    let error = panicking.sign_in().await.unwrap_err();
    assert!(chain(&error).contains("panicked"), "{error:?}");
    setup.finish();
}

#[tokio::test]
async fn concurrent_sign_ins_open_one_browser() {
    let setup = Setup::new().await;
    let app = setup.app();
    let tasks: Vec<_> = (0..20)
        .map(|_| {
            let app = app.clone();
            tokio::spawn(async move { app.sign_in().await.unwrap() })
        })
        .collect();
    for task in tasks {
        Caller::new(task.await.unwrap(), &setup.clock)
            .call()
            .await
            .unwrap();
    }
    assert_eq!(setup.browser.opened().len(), 1);
    assert_eq!(setup.server.posts("/token").len(), 1);
    setup.finish();
}

#[tokio::test]
async fn redeeming_a_code_is_retried() {
    let setup = Setup::new().await;
    setup.server.reply(Reply::error(503, "internal_failure"));
    setup.server.reply(Reply::new(
        200,
        "text/html",
        "<html>Sign in to this network</html>",
    ));
    let app = setup.app();
    let signing_in = tokio::spawn(async move { app.sign_in().await });
    setup.clock.sleeper(SECOND).await;
    setup.clock.advance(SECOND);
    setup.clock.sleeper(3 * SECOND).await;
    setup.clock.advance(3 * SECOND);
    signing_in.await.unwrap().unwrap();
    assert_eq!(setup.server.posts("/token").len(), 3);
    assert_eq!(setup.browser.opened().len(), 1);
    setup.finish();
}

#[tokio::test]
async fn a_grant_needs_a_refresh_token() {
    let setup = Setup::new().await;
    setup.server.set("refresh_token", json!(null));
    let error = setup.app().sign_in().await.unwrap_err();
    assert!(error.to_string().contains("no refresh token"), "{error}");
    assert!(!setup.file().exists());
    setup.finish();
}

#[tokio::test]
async fn a_response_without_scopes_grants_what_was_requested() {
    let setup = Setup::new().await;
    setup.server.set("scope", json!(null));
    setup.signed_in().await;
    assert_eq!(setup.saved()["scopes"], json!(["scope/a", "scope/b"]));
    setup.finish();
}

#[tokio::test]
async fn an_ended_grant_leads_to_the_consent() {
    let setup = Setup::new().await;
    setup.signed_in().await;
    setup.server.revoke_all();
    setup.clock.advance(HOUR);
    let error = setup.app().signed_in().await.unwrap_err();
    assert!(error.needs_sign_in(), "{error}");
    assert_eq!(
        setup.browser.opened().len(),
        1,
        "a browser opened by itself"
    );
    setup.signed_in().await.call().await.unwrap();
    assert_eq!(setup.browser.opened().len(), 2);
    setup.finish();
}

#[tokio::test]
async fn network_errors_open_no_browser() {
    let setup = Setup::new().await;
    setup.signed_in().await;
    setup.clock.advance(HOUR);
    for reply in [
        Reply::error(500, "internal_failure"),
        Reply::error(429, "rate_limited"),
        Reply::new(200, "text/html", "<html>CANARY</html>"),
        Reply::new(502, "text/html", "<html>CANARY</html>"),
        Reply::json(200, &json!({ "access_token": "CANARY" })).cut(),
    ] {
        setup.server.reply_always(reply);
        let caller = setup.signed_in().await;
        let error = caller.fail().await;
        assert!(error.is_credentials() && error.is_retryable(), "{error}");
    }
    setup
        .server
        .reply_always(Reply::error(401, "invalid_client"));
    let error = setup.app().sign_in().await.unwrap_err();
    assert!(!error.needs_sign_in() && !error.is_transient(), "{error}");
    assert!(error.to_string().contains("client ID"), "{error}");
    setup.server.reply_always(None);
    setup.signed_in().await.call().await.unwrap();
    assert_eq!(setup.browser.opened().len(), 1);
    setup.finish();
}
