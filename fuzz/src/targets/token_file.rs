//! Files with secrets: the one of a user, the one of an app, and the store of tokens.

use std::fs;

use discovery_runtime::TestClock;
use discovery_runtime::oauth::{AuthorizedUser, ClientSecrets, InstalledApp, OAuthError};
use discovery_runtime::transport::{FakeResponse, FakeTransport};

use super::Target;
use super::service::block_on;

pub(super) const TARGET: Target = Target {
    name: "token_file",
    holds: "credentials, or an error that shows nothing of the file; it is not written by reading it",
    tokens: &[
        "\"refresh_token\":\"CANARY\"",
        "\"client_secret\":\"CANARY\"",
        "\"client_id\":\"app\"",
        "\"type\":\"authorized_user\"",
        "\"installed\":{",
        "\"expires_at\":",
        "\"scopes\":[\"scope/a\"]",
        "\"version\":1",
        "\"token_uri\":\"https://evil.example/\"",
    ],
    run,
};

fn run(bytes: &[u8]) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("token.json");
    write(&path, bytes);
    check(AuthorizedUser::from_file(&path).and_then(|user| user.credentials()));
    check(ClientSecrets::from_file(&path));
    let clock = TestClock::new();
    let server = FakeTransport::new(&clock);
    server.respond_always(FakeResponse::status(400));
    let app = InstalledApp::new("app", "CANARY-secret")
        .scopes(["scope/a"])
        .store(&path)
        .transport(server)
        .clock(clock);
    check(block_on(app.signed_in()));
    assert_eq!(fs::read(&path).expect("it is still there"), bytes);
}

/// Writes a file that nobody else may read, as the store demands.
fn write(path: &std::path::Path, bytes: &[u8]) {
    use std::io::Write as _;
    let mut options = fs::File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = options
        .open(path)
        .and_then(|mut file| file.write_all(bytes));
    written.expect("the file can be written");
}

fn check<T>(result: Result<T, OAuthError>) {
    if let Err(error) = result {
        let mut text = format!("{error} {error:?}");
        let mut source = std::error::Error::source(&error);
        while let Some(error) = source {
            text.push_str(&format!(" {error} {error:?}"));
            source = error.source();
        }
        assert!(!text.contains("CANARY"), "{text}");
    }
}
