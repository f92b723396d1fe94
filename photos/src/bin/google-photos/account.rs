//! Who talks to which server, and where that is kept: in the folder of the user for settings, such as
//! `~/.config/google-photos`.

use std::path::PathBuf;

use anyhow::Context as _;
use discovery_runtime::oauth::{ClientSecrets, Endpoints, InstalledApp};
use discovery_runtime::{Credentials, blocking};
use etcetera::BaseStrategy as _;
use google_photos::Photos;
use google_photoslibrary_v1::{Client, scopes};
use google_photospicker_v1::scopes as picker;
use photos_emulator::{DEFAULT_CLIENT, DEVELOPER_TOKEN};

/// What the commands do: upload, make albums, read what they made, and pick.
const SCOPES: [&str; 4] = [
    scopes::PHOTOSLIBRARY_APPENDONLY,
    scopes::PHOTOSLIBRARY_EDIT_APPCREATEDDATA,
    scopes::PHOTOSLIBRARY_READONLY_APPCREATEDDATA,
    picker::PHOTOSPICKER_MEDIAITEMS_READONLY,
];

/// What every command takes.
#[derive(clap::Args)]
pub(crate) struct Shared {
    /// Use a server on this machine in place of Google's, such as a running emulator
    #[arg(long, value_name = "URL", global = true, env = "GOOGLE_PHOTOS_SERVER")]
    pub(crate) server: Option<String>,
    /// Print a JSON object a line on standard output, for programs
    #[arg(long, global = true)]
    pub(crate) json: bool,
}

impl Shared {
    /// A client for whoever is signed in; nobody is asked for anything.
    pub(crate) async fn photos(&self) -> anyhow::Result<Photos> {
        let credentials = self.credentials().await?;
        let mut builder = Client::builder()
            .credentials(credentials)
            .user_agent(concat!("google-photos/", env!("CARGO_PKG_VERSION")));
        if let Some(server) = &self.server {
            builder = builder.endpoint_on_loopback(server);
        }
        Ok(Photos::new(builder.build()?))
    }

    async fn credentials(&self) -> anyhow::Result<Credentials> {
        let app = self.app(None)?;
        if self.server.is_some() && !self.token_file()?.exists() {
            // An emulator knows a developer who need not sign in.
            return Ok(Credentials::token(DEVELOPER_TOKEN));
        }
        Ok(app.signed_in().await?)
    }

    /// The app to sign in to: that of a client file, or else of the one that the last sign-in kept.
    pub(crate) fn app(&self, client: Option<&PathBuf>) -> anyhow::Result<InstalledApp> {
        let kept = self.client_file()?;
        let app = match (client, &self.server) {
            (Some(given), _) => ClientSecrets::from_file(given)?.installed_app(),
            (None, _) if kept.exists() => ClientSecrets::from_file(kept)?.installed_app(),
            // An emulator has an app of its own.
            (None, Some(_)) => InstalledApp::new(DEFAULT_CLIENT, ""),
            (None, None) => return Err(NoClient.into()),
        };
        let app = match &self.server {
            Some(server) => {
                let url = server.trim_end_matches('/');
                let (page, token) = (format!("{url}/o/oauth2/v2/auth"), format!("{url}/token"));
                let endpoints = Endpoints::on_loopback(&page, &token)?;
                app.endpoints(endpoints.with_revocation(&format!("{url}/revoke"))?)
            }
            None => app,
        };
        Ok(app.scopes(SCOPES).store(self.token_file()?))
    }

    /// Keeps a copy of a client file for later commands, for nobody else to read.
    pub(crate) async fn keep_client(&self, path: PathBuf) -> anyhow::Result<()> {
        use discovery_runtime::private_file::Folder;
        let kept = self.client_file()?;
        let at = kept.clone();
        let written = blocking(move || {
            let content = std::fs::read(path)?;
            let folder = Folder::open_private(&at)?;
            let Some(lock) = folder.try_lock()? else {
                return Err(std::io::Error::other("another sign-in is under way"));
            };
            folder.replace(&content, &lock)
        });
        let context = || format!("{} can't be written", kept.display());
        written.await.with_context(context)
    }

    fn client_file(&self) -> anyhow::Result<PathBuf> {
        Ok(self.folder()?.join("client.json"))
    }

    fn token_file(&self) -> anyhow::Result<PathBuf> {
        Ok(self.folder()?.join("token.json"))
    }

    /// Where the sign-in at one server is kept.
    pub(crate) fn folder(&self) -> anyhow::Result<PathBuf> {
        let base = etcetera::choose_base_strategy().context("you have no home folder")?;
        let folder = base.config_dir().join("google-photos");
        Ok(match &self.server {
            Some(server) => folder.join(plain(server)),
            None => folder,
        })
    }
}

/// An address as the name of a folder: `http://127.0.0.1:8085/` is `127.0.0.1-8085`.
fn plain(server: &str) -> String {
    let rest = server.split_once("://").map_or(server, |(_, rest)| rest);
    let keep = |c: char| c.is_ascii_alphanumeric() || c == '.';
    let name: String = rest
        .trim_end_matches('/')
        .chars()
        .map(|c| if keep(c) { c } else { '-' })
        .collect();
    discovery_runtime::download::file_name(&name)
}

/// There is no file that says which app users sign in to.
#[derive(Debug)]
pub(crate) struct NoClient;

impl std::fmt::Display for NoClient {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(
            "nobody is signed in. The first sign-in needs the file of an OAuth client: in the \
             Google Cloud console enable the Photos Library API and the Photos Picker API, create \
             a client of the type \"Desktop app\", download its JSON file, and run `google-photos \
             login --client FILE`",
        )
    }
}

impl std::error::Error for NoClient {}
