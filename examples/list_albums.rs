//! Lists the albums that this app created.
//!
//! `cargo run -p examples --example list_albums` lists those of an emulator of its own.

use clap::Parser;
use examples::Server;

#[derive(Parser)]
#[command(about = "Lists the albums that this app created in Google Photos")]
struct Arguments {
    #[command(flatten)]
    server: Server,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let (client, _emulator) = Arguments::parse().server.connect().await?;
    let mut albums = client.albums().list().page_size(50).items();
    println!("{:>6}  album", "items");
    while let Some(album) = albums.next().await {
        let album = album?;
        let title = album.title.as_deref().unwrap_or("(untitled)");
        println!("{:>6}  {title}", album.media_items_count.unwrap_or(0));
    }
    Ok(())
}
