//! The token file: who may see it, and what is made of one that is not as it should be.

use std::fs;
use std::path::Path;

use crate::support::{Caller, HOUR, Setup, chain, log};

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{FileTypeExt as _, MetadataExt as _, PermissionsExt as _, symlink};

    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::symlink_metadata(path).unwrap().mode() & 0o7777
    }

    fn set_mode(path: &Path, mode: u32) {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    }

    /// Checks that the app rejects its file, before it opens a browser.
    async fn rejected(setup: &Setup, reason: &str) {
        let opened = setup.browser.opened().len();
        for error in [
            setup.app().sign_in().await.unwrap_err(),
            setup.app().signed_in().await.unwrap_err(),
        ] {
            assert!(chain(&error).contains(reason), "{error:?}");
            assert!(!error.needs_sign_in() && !error.is_transient(), "{error}");
        }
        assert_eq!(setup.browser.opened().len(), opened);
    }

    #[tokio::test]
    async fn the_token_file_is_private() {
        let setup = Setup::new().await;
        let caller = setup.signed_in().await;
        let folder = setup.file().parent().unwrap().to_owned();
        assert_eq!((mode(&folder), mode(&setup.file())), (0o700, 0o600));
        for entry in fs::read_dir(&folder).unwrap() {
            assert_eq!(mode(&entry.unwrap().path()), 0o600);
        }
        // One that others could read is closed to them before anything is done with it.
        set_mode(&setup.file(), 0o644);
        setup.app().signed_in().await.unwrap();
        assert_eq!(mode(&setup.file()), 0o600);
        set_mode(&setup.file(), 0o666);
        setup.clock.advance(HOUR);
        caller.call().await.unwrap();
        assert_eq!(mode(&setup.file()), 0o600);
        setup.finish();
    }

    #[tokio::test]
    async fn a_link_is_not_followed() {
        let setup = Setup::new().await;
        setup.signed_in().await;
        let elsewhere = setup.folder.path().join("elsewhere.json");
        fs::rename(setup.file(), &elsewhere).unwrap();
        let before = fs::read(&elsewhere).unwrap();
        symlink(&elsewhere, setup.file()).unwrap();
        rejected(&setup, "it is a link").await;
        assert_eq!(fs::read(&elsewhere).unwrap(), before);
        assert!(fs::symlink_metadata(setup.file()).unwrap().is_symlink());
        // A link that leads nowhere is no way to make a file there.
        fs::remove_file(&elsewhere).unwrap();
        rejected(&setup, "it is a link").await;
        assert!(!elsewhere.exists());
        setup.finish();
    }

    #[tokio::test]
    async fn links_in_place_of_helper_files_are_not_followed() {
        let setup = Setup::new().await;
        let caller = setup.signed_in().await;
        let folder = setup.file().parent().unwrap().to_owned();
        let victim = setup.folder.path().join("victim");
        fs::write(&victim, "precious").unwrap();
        symlink(&victim, folder.join(".google.json.tmp")).unwrap();
        setup.clock.advance(HOUR);
        caller.call().await.unwrap();
        assert_eq!(setup.saved()["access_token"], "ya29.CANARY-3");

        let lock = folder.join(".google.json.lock");
        fs::remove_file(&lock).unwrap();
        symlink(&victim, &lock).unwrap();
        rejected(&setup, "can't be locked").await;
        setup.clock.advance(HOUR);
        caller.call().await.unwrap();
        assert_eq!(fs::read_to_string(&victim).unwrap(), "precious");
        setup.finish();
    }

    #[tokio::test]
    async fn a_folder_that_is_a_link_is_rejected() {
        let setup = Setup::new().await;
        let real = setup.folder.path().join("real");
        fs::create_dir(&real).unwrap();
        symlink(&real, setup.file().parent().unwrap()).unwrap();
        rejected(&setup, "its folder is a link").await;
        assert_eq!(fs::read_dir(&real).unwrap().count(), 0);
        setup.finish();
    }

    #[tokio::test]
    async fn a_folder_that_others_can_write_to_is_rejected() {
        let setup = Setup::new().await;
        let folder = setup.file().parent().unwrap().to_owned();
        fs::create_dir(&folder).unwrap();
        for bad in [0o777, 0o1777, 0o770, 0o702] {
            set_mode(&folder, bad);
            rejected(&setup, "others can write").await;
            assert_eq!(mode(&folder), bad);
        }
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 0);
        // One that others can look into is the user's choice: the file is closed to them.
        set_mode(&folder, 0o755);
        setup.signed_in().await;
        assert_eq!((mode(&folder), mode(&setup.file())), (0o755, 0o600));
        setup.finish();
    }

    #[tokio::test]
    async fn files_of_another_user_are_rejected() {
        use std::os::unix::fs::chown;
        let setup = Setup::new().await;
        setup.signed_in().await;
        let nobody = 65_534;
        if chown(setup.file(), Some(nobody), None).is_err() {
            eprintln!("skipped: only root can give files away; the unit tests of the store remain");
            return setup.finish();
        }
        rejected(&setup, "it belongs to another user").await;
        chown(setup.file(), Some(0), None).unwrap();
        chown(setup.file().parent().unwrap(), Some(nobody), None).unwrap();
        rejected(&setup, "its folder belongs to another user").await;
        setup.finish();
    }

    #[tokio::test]
    async fn only_regular_files_are_accepted() {
        let setup = Setup::new().await;
        setup.signed_in().await;
        fs::remove_file(setup.file()).unwrap();
        fs::create_dir(setup.file()).unwrap();
        rejected(&setup, "no regular file").await;
        fs::remove_dir(setup.file()).unwrap();
        let made = std::process::Command::new("mkfifo")
            .arg(setup.file())
            .status();
        if made.is_ok_and(|status| status.success()) {
            assert!(fs::metadata(setup.file()).unwrap().file_type().is_fifo());
            rejected(&setup, "no regular file").await;
        }
        setup.finish();
    }
}

/// Puts `text` in the place of the file, and checks that it is of no use, is left as it is, and
/// that a new sign-in gets over it.
async fn needs_sign_in(setup: &Setup, text: &[u8], reason: &str) {
    fs::write(setup.file(), text).unwrap();
    let error = setup.app().signed_in().await.unwrap_err();
    assert!(error.needs_sign_in(), "{error}");
    let shown = chain(&error);
    assert!(shown.contains(reason), "{shown}");
    log::check("the error", &shown);
    assert_eq!(
        fs::read(setup.file()).unwrap(),
        text,
        "the file was changed"
    );
    let opened = setup.browser.opened().len();
    setup.signed_in().await.call().await.unwrap();
    assert_eq!(setup.browser.opened().len(), opened + 1);
    setup.app().signed_in().await.unwrap();
}

#[tokio::test]
async fn a_damaged_file_needs_a_sign_in() {
    let setup = Setup::new().await;
    setup.signed_in().await;
    let good = fs::read_to_string(setup.file()).unwrap();
    let changed = |from: &str, to: &str| {
        let text = good.replace(from, to);
        assert_ne!(text, good, "{from} is not in the file");
        text.into_bytes()
    };
    let token_uri = setup.server.endpoints();
    let token_uri = format!("{token_uri:?}");
    let token_uri = token_uri
        .split('"')
        .find(|text| text.ends_with("/token"))
        .unwrap();
    let cases = [
        (Vec::new(), "no JSON"),
        (good.as_bytes()[..good.len() / 2].to_vec(), "no JSON"),
        (b"{}".to_vec(), "no token file"),
        (changed("\"1//0CANARY-2\"", "[\"CANARY\"]"), "another form"),
        (changed("1//0CANARY-2", ""), "damaged"),
        (changed("123.apps", "456.apps"), "another client"),
        (
            changed(token_uri, "https://oauth2.googleapis.com/token"),
            "another client",
        ),
        (changed("\"scope/b\"", "\"scope/c\""), "scope/b"),
    ];
    for (text, reason) in cases {
        needs_sign_in(&setup, &text, reason).await;
    }
    setup.finish();
}

/// The path of a token file is easily the one of something else: the quick starts of Google for
/// Python keep `credentials.json` and `token.json` side by side.
#[tokio::test]
async fn files_of_others_are_never_overwritten() {
    let setup = Setup::new().await;
    let caller = setup.signed_in().await;
    let good = fs::read_to_string(setup.file()).unwrap();
    let cases = [
        (
            r#"{"installed": {"client_secret": "CANARY"}}"#.to_owned(),
            "the client secret of an app",
        ),
        (
            r#"{"token": "CANARY", "refresh_token": "CANARY"}"#.to_owned(),
            "of another program",
        ),
        (
            good.replace("\"version\": 1", "\"version\": 2"),
            "of a later version",
        ),
        ("CANARY".to_owned(), "no JSON"),
        (" ".repeat(100_000), "longer than any"),
    ];
    for (text, kind) in cases {
        fs::write(setup.file(), &text).unwrap();
        for error in [
            setup.app().sign_in().await.unwrap_err(),
            setup.app().signed_in().await.unwrap_err(),
            setup.app().sign_out().await.unwrap_err(),
        ] {
            let shown = chain(&error);
            assert!(error.is_configuration() && shown.contains(kind), "{shown}");
            assert!(shown.contains("google.json"), "{shown}");
            log::check("the error", &shown);
        }
        // Nor does a program that is signed in and gets new tokens.
        setup.clock.advance(HOUR);
        caller.call().await.unwrap();
        assert_eq!(fs::read_to_string(setup.file()).unwrap(), text);
    }
    assert_eq!(setup.browser.opened().len(), 1, "a browser opened");
    setup.finish();
}

/// The file may change while the user is in the browser.
#[tokio::test]
async fn a_file_that_comes_during_the_consent_is_not_overwritten() {
    let setup = Setup::new().await;
    let (file, browser) = (setup.file(), setup.browser.opener());
    let app = setup.app().open_with(move |address| {
        fs::write(&file, "precious").unwrap();
        browser(address)
    });
    let caller = Caller::new(app.sign_in().await.unwrap(), &setup.clock);
    caller.call().await.unwrap();
    assert_eq!(fs::read_to_string(setup.file()).unwrap(), "precious");
    setup.finish();
}

#[tokio::test]
async fn a_running_program_ignores_a_damaged_file() {
    let setup = Setup::new().await;
    let caller = setup.signed_in().await;
    for text in ["", "{\"version\": 2}", "{\"version\": 1, \"client"] {
        fs::write(setup.file(), text).unwrap();
        setup.clock.advance(HOUR);
        caller.call().await.unwrap();
        assert_eq!(fs::read_to_string(setup.file()).unwrap(), text);
    }
    let mut other = serde_json::json!({
        "version": 1, "client_id": "456", "token_uri": "https://oauth2.googleapis.com/token",
        "scopes": ["scope/a"], "refresh_token": "1//0CANARY-other",
    });
    fs::write(setup.file(), other.to_string()).unwrap();
    setup.clock.advance(HOUR);
    caller.call().await.unwrap();
    assert_eq!(setup.saved(), other.take());
    assert_eq!(
        (setup.server.refreshes(), setup.browser.opened().len()),
        (4, 1)
    );
    setup.finish();
}

#[tokio::test]
async fn a_deleted_file_means_signed_out() {
    let setup = Setup::new().await;
    let caller = setup.signed_in().await;
    caller.call().await.unwrap();
    fs::remove_file(setup.file()).unwrap();
    setup.clock.advance(HOUR);
    let error = caller.fail().await;
    assert!(error.needs_sign_in(), "{error}");
    assert_eq!(setup.server.refreshes(), 0);
    assert!(!setup.file().exists());
    setup.finish();
}

#[tokio::test]
async fn a_path_without_a_folder_is_in_the_current_one() {
    let setup = Setup::new().await;
    // Not signed in: nothing but the lock is made, and the folder of the tests is none of others.
    let name = format!("oauth-test-{}.json", std::process::id());
    let error = setup.app().store(&name).signed_in().await.unwrap_err();
    let lock = format!(".{name}.lock");
    let found = fs::remove_file(&lock).is_ok();
    assert!(
        found || chain(&error).contains("others can write"),
        "{error:?}"
    );
    setup.finish();
}

/// An app that was started twice and both of which sign in: the last one wins, and the first goes
/// on with it.
#[tokio::test]
async fn concurrent_sign_ins_to_one_file_keep_one_grant() {
    let setup = Setup::new().await;
    let first = setup.signed_in().await;
    fs::remove_file(setup.file()).unwrap();
    let second = setup.app().sign_in().await.unwrap();
    let second = Caller::new(second, &setup.clock);
    setup.clock.advance(HOUR);
    second.call().await.unwrap();
    first.call().await.unwrap();
    assert_eq!(first.tokens(), second.tokens());
    assert_eq!(
        (setup.server.refreshes(), setup.browser.opened().len()),
        (1, 2)
    );
    setup.finish();
}
