//! Lists albums with the generated crate, of which only the features for calls are on.

use google_photoslibrary_v1::{Client, Credentials, Result};

#[tokio::main]
async fn main() -> Result<()> {
    let client = Client::builder()
        .credentials(Credentials::token("TOKEN"))
        .build()?;
    let mut albums = client.albums().list().page_size(50).items();
    while let Some(album) = albums.next().await {
        println!("{}", album?.title.as_deref().unwrap_or("(untitled)"));
    }
    Ok(())
}
