//! With the default transport, and with folders of photos on top if they are wanted.

use google_photoslibrary_v1::Result;

#[tokio::main]
pub async fn run(address: &str) -> Result<()> {
    let client = super::builder(address).build()?;
    #[cfg(feature = "photos")]
    let _ = google_photos::Photos::new(client.clone());
    super::list(&client).await
}
