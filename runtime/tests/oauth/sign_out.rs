//! Signing out, and what becomes of those who were signed in.

use crate::support::{Caller, HOUR, Reply, Setup};

#[tokio::test]
async fn signing_out_ends_the_grant_everywhere() {
    let setup = Setup::new().await;
    let app = setup.app();
    let caller = Caller::new(app.sign_in().await.unwrap(), &setup.clock);
    let elsewhere = setup.signed_in().await;
    caller.call().await.unwrap();
    elsewhere.call().await.unwrap();
    assert_eq!(setup.server.grants(), 1);

    app.sign_out().await.unwrap();
    assert_eq!(setup.server.grants(), 0);
    assert_eq!(setup.server.posts("/revoke")[0]["token"], "1//0CANARY-2");
    assert!(!setup.file().exists());
    for caller in [&caller, &elsewhere] {
        caller.reject(1);
        let error = caller.fail().await;
        assert!(error.needs_sign_in() && !error.is_retryable(), "{error}");
    }
    assert_eq!(
        setup.server.refreshes(),
        0,
        "a grant that has ended was used"
    );
    app.sign_out().await.unwrap();
    assert_eq!(setup.server.posts("/revoke").len(), 1);

    // Whoever had credentials goes on after the next sign-in, wherever it takes place.
    let again = Caller::new(app.sign_in().await.unwrap(), &setup.clock);
    for caller in [&again, &caller, &elsewhere] {
        caller.call().await.unwrap();
    }
    assert_eq!(setup.browser.opened().len(), 2);
    setup.finish();
}

#[tokio::test]
async fn after_a_new_sign_in_the_old_credentials_work_again() {
    let setup = Setup::new().await;
    let app = setup.app();
    let caller = Caller::new(app.sign_in().await.unwrap(), &setup.clock);
    caller.call().await.unwrap();
    setup.server.revoke_all();
    setup.clock.advance(HOUR);
    assert!(caller.fail().await.needs_sign_in());
    app.sign_in().await.unwrap();
    caller.call().await.unwrap();
    setup.finish();
}

#[tokio::test]
async fn signing_out_deletes_the_file_even_if_revocation_fails() {
    let setup = Setup::new().await;
    let app = setup.app();
    app.sign_in().await.unwrap();
    setup.server.reply(Reply::error(503, "internal_failure"));
    let error = app.sign_out().await.unwrap_err();
    assert!(error.is_transient(), "{error}");
    assert!(!setup.file().exists());
    assert!(app.signed_in().await.unwrap_err().needs_sign_in());

    // A grant that ended before is no error; another rejection is.
    app.sign_in().await.unwrap();
    setup.server.revoke_all();
    app.sign_out().await.unwrap();
    app.sign_in().await.unwrap();
    setup.server.reply(Reply::error(400, "invalid_request"));
    let error = app.sign_out().await.unwrap_err();
    assert!(!error.is_transient() && !setup.file().exists(), "{error}");
    setup.finish();
}
