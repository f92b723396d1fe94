//! Signing in, once for all examples: to Google's service, or to an emulator as if it were that.

use std::path::Path;

use anyhow::Context as _;
use discovery_runtime::Credentials;
use discovery_runtime::oauth::{ClientSecrets, Endpoints, InstalledApp};
use google_photoslibrary_v1::scopes;
use photos_emulator::DEFAULT_CLIENT;

/// What the examples do: upload and make albums, and read what they made.
const SCOPES: [&str; 3] = [
    scopes::PHOTOSLIBRARY_APPENDONLY,
    scopes::PHOTOSLIBRARY_EDIT_APPCREATEDDATA,
    scopes::PHOTOSLIBRARY_READONLY_APPCREATEDDATA,
];

/// How the consent page gets before the user.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Page {
    /// The browser of the system opens it.
    Opened,
    /// Its address is printed.
    Printed,
}

/// The credentials of a user of Google's service: from an earlier sign-in if it still holds, and else
/// from one in the browser.
pub(crate) async fn at_google(client_secret: &Path, page: Page) -> anyhow::Result<Credentials> {
    let home = std::env::home_dir().context("there is no home folder to keep the sign-in in")?;
    let app = ClientSecrets::from_file(client_secret)?
        .installed_app()
        .store(home.join(".config/photos-examples/google.json"));
    sign_in(app, page).await
}

/// The credentials of a user of an emulator, which are kept nowhere: it forgets its users when it ends.
pub(crate) async fn at_emulator(url: &str, page: Page) -> anyhow::Result<Credentials> {
    let url = url.trim_end_matches('/');
    let endpoints =
        Endpoints::on_loopback(&format!("{url}/o/oauth2/v2/auth"), &format!("{url}/token"))?;
    let app = InstalledApp::new(DEFAULT_CLIENT, "").endpoints(endpoints);
    sign_in(app, page).await
}

async fn sign_in(app: InstalledApp, page: Page) -> anyhow::Result<Credentials> {
    let mut app = app.scopes(SCOPES);
    if page == Page::Printed {
        app = app.open_with(|address| {
            eprintln!("open this address on this machine to sign in:\n{address}");
            Ok(())
        });
    } else {
        eprintln!("signing in with the browser");
    }
    let hint = "could not sign in; --no-browser prints the address in place of opening it";
    app.sign_in().await.context(hint)
}
