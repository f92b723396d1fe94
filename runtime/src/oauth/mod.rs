//! Signing users in (feature `oauth`): consent in the browser, grants that are kept in a file,
//! access tokens that renew themselves.
//!
//! | A program has | It calls |
//! |---|---|
//! | a client ID and a client secret | [`InstalledApp::new`] |
//! | the file `client_secret_….json` of the Google Cloud console | [`ClientSecrets::from_file`] |
//! | a file of the type `authorized_user`, as gcloud writes it | [`authorized_user`] |
//! | a token, or a way to get one | [`Credentials::token`], [`Credentials::from_fn`] |
//!
//! ```no_run
//! use discovery_runtime::Client;
//! use discovery_runtime::oauth::ClientSecrets;
//!
//! # async fn example() -> discovery_runtime::Result<()> {
//! let app = ClientSecrets::from_file("client_secret.json")?
//!     .installed_app()
//!     .scopes(["https://www.googleapis.com/auth/photoslibrary.appendonly"])
//!     .store("/home/ada/.config/gallery/google.json");
//! let client = Client::builder().credentials(app.sign_in().await?).build()?;
//! # drop(client);
//! # Ok(())
//! # }
//! ```
//!
//! # Containers and machines without a browser
//!
//! The consent page sends the browser back to a port on its own machine. In a container, choose the
//! port and publish it: [`InstalledApp::listen_on`]. On a machine far away, let the user paste the
//! address where their browser ended: [`InstalledApp::paste_with`]. Both show the address of the
//! page by [`InstalledApp::open_with`].
//!
//! # When the user must sign in again
//!
//! A grant lasts until somebody ends it. It ends when the user takes it back or signs out, when it
//! was not used for six months, when the account has more than 100 grants to one client (the oldest
//! goes), with some scopes when the user changes their password, and **after 7 days if the consent
//! screen of the app is in testing**: publish the app in the Google Cloud console, under the
//! audience of the consent screen, and sign in once more.
//!
//! A call then fails with an error that [needs a sign-in](crate::Error::needs_sign_in). Nothing
//! opens a browser by itself: call [`sign_in`](InstalledApp::sign_in) when the user is there. All
//! credentials that share its file work again from then on.
//!
//! # What is safe
//!
//! No token, code or client secret is in `Debug`, in errors, in logs or in arguments of processes.
//! They go to the token endpoint alone, with TLS, and redirects are not followed. The sign-in is
//! bound to the program that began it by PKCE and by a state that nobody can guess. A token file
//! is whole at any moment, whatever kills the program, and several processes can use one.

mod access;
mod app;
mod authorized_user;
mod browser;
mod client_secrets;
mod consent;
mod endpoints;
mod error;
mod file;
mod grant;
mod installed_app;
mod json;
mod loopback;
mod paste;
mod pkce;
mod scopes;
mod store;
mod thread;
mod token_client;
mod token_response;

pub use self::authorized_user::{AuthorizedUser, authorized_user};
pub use self::client_secrets::ClientSecrets;
pub use self::endpoints::Endpoints;
pub use self::error::OAuthError;
pub use self::installed_app::InstalledApp;
#[cfg(doc)]
use crate::Credentials;
