//! `google-photos albums`, and how an album is named on the command line.

use anyhow::bail;
use clap::Subcommand;
use discovery_runtime::OneLine;
use google_photoslibrary_v1::Client;
use google_photoslibrary_v1::schemas::{Album, CreateAlbumRequest};
use serde_json::json;

use crate::account::Shared;
use crate::end::End;
use crate::output::Output;

/// List or create albums
#[derive(clap::Args)]
pub(crate) struct Albums {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// List the albums that this app created
    List,
    /// Create an album
    Create {
        /// The title; several albums can have one title
        title: String,
    },
}

impl Albums {
    pub(crate) async fn run(self, shared: &Shared) -> anyhow::Result<End> {
        let (photos, output) = (shared.photos().await?, Output::new(shared));
        match self.command {
            Command::List => {
                let mut albums = photos.client().albums().list().page_size(50).items();
                let mut next = albums.next().await.transpose()?;
                output.text(&format!("{:>6}  {:30}  id", "items", "title"))?;
                while let Some(album) = next {
                    print(output, &album)?;
                    next = albums.next().await.transpose()?;
                }
            }
            Command::Create { title } => {
                let album = create(photos.client(), &title).await?;
                print(output, &album)?;
            }
        }
        Ok(End::Done)
    }
}

fn print(output: Output, album: &Album) -> std::io::Result<()> {
    let items = album.media_items_count.unwrap_or(0);
    let title = album.title.as_deref().unwrap_or_default();
    let id = album.id.as_deref().unwrap_or_default();
    let text = format!(
        "{items:>6}  {:30}  {}",
        OneLine(title).to_string(),
        OneLine(id)
    );
    let json = json!({"id": id, "title": title, "items": items, "url": album.product_url});
    output.print(&text, &json)
}

/// The album of this app with an identifier or a title.
///
/// # Errors
///
/// The albums can't be listed, or several have the title.
pub(crate) async fn find(client: &Client, name: &str) -> anyhow::Result<Option<Album>> {
    let mut albums = client.albums().list().page_size(50).items();
    let mut titled = Vec::new();
    while let Some(album) = albums.next().await {
        let album = album?;
        if album.id.as_deref() == Some(name) {
            return Ok(Some(album));
        }
        if album.title.as_deref() == Some(name) {
            titled.push(album);
        }
    }
    if titled.len() > 1 {
        let ids: Vec<_> = titled
            .iter()
            .filter_map(|album| album.id.as_deref())
            .collect();
        let ids = ids.join("\n  ");
        bail!("several albums have the title {name:?}; use the id of one:\n  {ids}");
    }
    Ok(titled.pop())
}

/// The same, made if there is none.
pub(crate) async fn find_or_create(client: &Client, title: &str) -> anyhow::Result<Album> {
    match find(client, title).await? {
        Some(album) => Ok(album),
        None => create(client, title).await,
    }
}

async fn create(client: &Client, title: &str) -> anyhow::Result<Album> {
    let request = CreateAlbumRequest::default().with_album(Album::default().with_title(title));
    Ok(client.albums().create(request).send().await?)
}
