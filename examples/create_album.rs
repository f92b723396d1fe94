//! Creates an album and gives it a better title.
//!
//! `cargo run -p examples --example create_album -- "Iceland"` creates one in an emulator of its own.

use anyhow::Context as _;
use clap::Parser;
use examples::Server;
use google_photoslibrary_v1::schemas::{Album, CreateAlbumRequest};

#[derive(Parser)]
#[command(about = "Creates an album in Google Photos")]
struct Arguments {
    /// The title of the album
    title: String,
    #[command(flatten)]
    server: Server,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let (client, _emulator) = arguments.server.connect().await?;

    let request =
        CreateAlbumRequest::default().with_album(Album::default().with_title(arguments.title));
    let album = client.albums().create(request).send().await?;
    let id = album.id.context("the service gave the album no id")?;

    // A patch changes what is set, and nothing else: here the title.
    let title = format!("{} (new)", album.title.unwrap_or_default());
    let album = client
        .albums()
        .patch(&id, Album::default().with_title(title))
        .send()
        .await?;

    println!("created {} ({id})", album.title.unwrap_or_default());
    println!("open it at {}", album.product_url.unwrap_or_default());
    Ok(())
}
