//! `google-photos items`.

use anyhow::Context as _;
use clap::Subcommand;
use discovery_runtime::OneLine;
use google_photoslibrary_v1::schemas::{MediaItem, SearchMediaItemsRequest};
use serde_json::json;

use crate::account::Shared;
use crate::albums;
use crate::end::End;
use crate::output::Output;

/// List photos and videos
#[derive(clap::Args)]
pub(crate) struct Items {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// List the photos and videos that this app uploaded
    List {
        /// Only those of this album
        #[arg(long, value_name = "TITLE or ID")]
        album: Option<String>,
    },
}

impl Items {
    pub(crate) async fn run(self, shared: &Shared) -> anyhow::Result<End> {
        let Command::List { album } = self.command;
        let (photos, output) = (shared.photos().await?, Output::new(shared));
        let client = photos.client();
        // A search without an album and filters finds everything, as a listing does.
        let mut request = SearchMediaItemsRequest::default().with_page_size(100);
        if let Some(name) = album {
            let album = albums::find(client, &name).await?;
            let album = album.with_context(|| format!("no album of this app is {name:?}"))?;
            request = request.with_album_id(album.id.unwrap_or_default());
        }
        let mut items = client.media_items().search(request).items();
        let mut next = items.next().await.transpose()?;
        output.text(&format!("{:20}  {:16}  {:30}  id", "taken", "type", "name"))?;
        while let Some(item) = next {
            print(output, &item)?;
            next = items.next().await.transpose()?;
        }
        Ok(End::Done)
    }
}

/// Without the address of the bytes, which anybody can use who has it.
fn print(output: Output, item: &MediaItem) -> std::io::Result<()> {
    let metadata = item.media_metadata.as_ref();
    let taken = metadata
        .and_then(|metadata| metadata.creation_time.as_ref())
        .map(ToString::to_string);
    let kind = item.mime_type.as_deref().unwrap_or_default();
    let name = item.filename.as_deref().unwrap_or_default();
    let id = item.id.as_deref().unwrap_or_default();
    let text = format!(
        "{:20}  {:16}  {:30}  {}",
        taken.as_deref().unwrap_or_default(),
        OneLine(kind).to_string(),
        OneLine(name).to_string(),
        OneLine(id)
    );
    let json = json!({
        "id": id,
        "name": name,
        "type": kind,
        "taken": taken,
        "url": item.product_url,
    });
    output.print(&text, &json)
}
