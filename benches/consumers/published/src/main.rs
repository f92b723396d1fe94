//! Lists albums with the published crate.

use google_photoslibrary1::hyper_util::client::legacy::Client;
use google_photoslibrary1::hyper_util::rt::TokioExecutor;
use google_photoslibrary1::{PhotosLibrary, hyper_rustls};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let connector = hyper_rustls::HttpsConnectorBuilder::new()
        .with_native_roots()?
        .https_only()
        .enable_http2()
        .build();
    let hub = PhotosLibrary::new(
        Client::builder(TokioExecutor::new()).build(connector),
        "TOKEN".to_owned(),
    );
    let mut token = String::new();
    loop {
        let (_, page) = hub
            .albums()
            .list()
            .page_size(50)
            .page_token(&token)
            .doit()
            .await?;
        for album in page.albums.unwrap_or_default() {
            println!("{}", album.title.as_deref().unwrap_or("(untitled)"));
        }
        match page.next_page_token {
            Some(next) => token = next,
            None => return Ok(()),
        }
    }
}
