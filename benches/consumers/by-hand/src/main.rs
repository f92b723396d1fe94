//! Lists albums with hyper and serde's derives.

use http_body_util::{BodyExt, Empty};
use hyper::Request;
use hyper::body::Bytes;
use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Page {
    #[serde(default)]
    albums: Vec<Album>,
    next_page_token: Option<String>,
}

#[derive(Deserialize)]
struct Album {
    title: Option<String>,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let connector = hyper_rustls::HttpsConnectorBuilder::new()
        .with_native_roots()?
        .https_only()
        .enable_http2()
        .build();
    let client: Client<_, Empty<Bytes>> = Client::builder(TokioExecutor::new()).build(connector);
    let mut token = String::new();
    loop {
        let address =
            format!("https://photoslibrary.googleapis.com/v1/albums?pageSize=50&pageToken={token}");
        let request = Request::get(address)
            .header("authorization", "Bearer TOKEN")
            .body(Empty::new())?;
        let response = client.request(request).await?;
        if !response.status().is_success() {
            return Err(response.status().as_str().into());
        }
        let page: Page = serde_json::from_slice(&response.into_body().collect().await?.to_bytes())?;
        for album in page.albums {
            println!("{}", album.title.as_deref().unwrap_or("(untitled)"));
        }
        match page.next_page_token {
            Some(next) => token = next,
            None => return Ok(()),
        }
    }
}
