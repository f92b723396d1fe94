//! Signing in to Google's service, once for all examples.

use std::error::Error;
use std::path::Path;

use discovery_runtime::Credentials;
use discovery_runtime::oauth::ClientSecrets;
use google_photoslibrary_v1::scopes;

/// What the examples do: upload and make albums, and read what they made.
const SCOPES: [&str; 3] = [
    scopes::PHOTOSLIBRARY_APPENDONLY,
    scopes::PHOTOSLIBRARY_EDIT_APPCREATEDDATA,
    scopes::PHOTOSLIBRARY_READONLY_APPCREATEDDATA,
];

/// The credentials of the user: from an earlier sign-in if it still holds, and else from one in the
/// browser.
pub(crate) async fn sign_in(client_secret: &Path) -> Result<Credentials, Box<dyn Error>> {
    let home = std::env::home_dir().ok_or("there is no home folder to keep the sign-in in")?;
    let app = ClientSecrets::from_file(client_secret)?
        .installed_app()
        .scopes(SCOPES)
        .store(home.join(".config/photos-examples/google.json"));
    Ok(app.sign_in().await?)
}
