//! What an app is apart from the consent: how it is set up, what it shows, where it can go.

use std::time::Duration;

use discovery_runtime::oauth::{Endpoints, InstalledApp};

use crate::support::{CLIENT_ID, CLIENT_SECRET, Caller, HOUR, Setup, log};

#[tokio::test]
async fn invalid_settings_fail_before_a_browser_opens() {
    let setup = Setup::new().await;
    let wrong = [
        setup.app().scopes([""; 0]),
        setup.app().scopes(["a b"]),
        setup.app().store("/"),
        setup.app().store(setup.folder.path().join("..")),
        InstalledApp::new("", CLIENT_SECRET)
            .scopes(["a"])
            .endpoints(setup.server.endpoints()),
    ];
    for app in wrong {
        let app = app.open_with(setup.browser.opener());
        let error = app.sign_in().await.unwrap_err();
        assert!(!error.needs_sign_in() && !error.is_transient(), "{error}");
    }
    assert!(setup.browser.opened().is_empty());
    setup.finish();
}

#[test]
fn signing_in_without_tokio_is_an_error() {
    let app = InstalledApp::new(CLIENT_ID, CLIENT_SECRET).scopes(["a"]);
    let mut signing_in = std::pin::pin!(app.sign_in());
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    match signing_in.as_mut().poll(&mut context) {
        std::task::Poll::Ready(Err(error)) => assert!(error.is_configuration(), "{error}"),
        _ => panic!("signing in did not fail"),
    }
}

#[tokio::test]
async fn without_a_file_grants_live_in_memory() {
    let setup = Setup::new().await;
    let app = InstalledApp::new(CLIENT_ID, CLIENT_SECRET)
        .scopes(["scope/a"])
        .endpoints(setup.server.endpoints())
        .clock(setup.clock.clone())
        .open_with(setup.browser.opener());
    assert!(app.signed_in().await.unwrap_err().needs_sign_in());
    app.sign_in().await.unwrap();
    app.sign_in().await.unwrap();
    let caller = Caller::new(app.signed_in().await.unwrap(), &setup.clock);
    caller.call().await.unwrap();
    setup.clock.advance(HOUR);
    caller.call().await.unwrap();
    assert_eq!(
        (setup.browser.opened().len(), setup.server.refreshes()),
        (1, 1)
    );
    setup.finish();
}

#[tokio::test]
async fn debug_shows_no_secret() {
    let setup = Setup::new().await;
    let app = setup
        .app()
        .login_hint("ada@example.com")
        .consent_timeout(Duration::from_secs(60));
    let credentials = app.sign_in().await.unwrap();
    assert!(setup.browser.opened()[0].contains("login_hint=ada%40example.com"));
    let text = format!("{app:?} {app:#?} {credentials:?} {:?}", Endpoints::google());
    assert!(text.contains(CLIENT_ID), "{text}");
    log::check("Debug", &text);
    setup.finish();
}

/// The types that applications hold on to can be sent to other threads.
#[test]
fn everything_is_send_and_sync() {
    fn check<T: Send + Sync>() {}
    fn check_future(_: impl Send) {}

    check::<InstalledApp>();
    check::<Endpoints>();
    check::<discovery_runtime::oauth::OAuthError>();
    check::<discovery_runtime::oauth::ClientSecrets>();
    check::<discovery_runtime::oauth::AuthorizedUser>();
    let app = InstalledApp::new(CLIENT_ID, CLIENT_SECRET);
    check_future(app.sign_in());
    check_future(app.signed_in());
    check_future(app.sign_out());
}
