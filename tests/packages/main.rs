//! A program as users have it: it depends on the packages alone, with whichever features.
//!
//! It lists the albums of the server at its first argument, with the access token that is its second. With the default transport that is a
//! program on tokio; without it, one that brings its HTTP stack and its clock along.

#[cfg(any(feature = "ring", feature = "aws-lc-rs"))]
mod on_tokio;
mod own_stack;

use google_photoslibrary_v1::{Client, ClientBuilder, Credentials, Result};

fn builder(address: &str) -> ClientBuilder<Client> {
    Client::builder()
        .credentials(Credentials::token(std::env::args().nth(2).unwrap_or_default()))
        .endpoint_on_loopback(address)
}

async fn list(client: &Client) -> Result<()> {
    let mut albums = client.albums().list().items();
    while let Some(album) = albums.next().await.transpose()? {
        println!("{}", album.title.unwrap_or_default());
    }
    Ok(())
}

/// What each of the features brings is there.
fn use_features() {
    #[allow(unused_imports, reason = "each feature uses some of it")]
    use google_photoslibrary_v1::runtime::{self, Timestamp};

    #[cfg(feature = "chrono")]
    let _ = chrono::DateTime::<chrono::Utc>::from(Timestamp::UNIX_EPOCH);
    #[cfg(feature = "jiff")]
    let _ = jiff::Timestamp::try_from(Timestamp::UNIX_EPOCH);
    #[cfg(feature = "jiff02")]
    let _ = jiff02::Timestamp::try_from(Timestamp::UNIX_EPOCH);
    #[cfg(feature = "time")]
    let _ = time::OffsetDateTime::from(Timestamp::UNIX_EPOCH);
    #[cfg(feature = "upload")]
    let _ = runtime::upload::Source::from(b"picture".to_vec());
    #[cfg(feature = "download")]
    let _: Option<runtime::download::Download> = None;
    #[cfg(all(feature = "fs", feature = "upload"))]
    let _ = runtime::upload::Source::from(std::path::Path::new("picture.jpg"));
    #[cfg(feature = "test-util")]
    let _ = runtime::transport::FakeTransport::new(&runtime::TestClock::new());
    #[cfg(feature = "oauth")]
    let _ = runtime::oauth::ClientSecrets::from_file("absent.json");
    // Without cryptography, and without a provider that the program installs, there is no TLS.
    #[cfg(all(
        any(feature = "default-transport", feature = "oauth"),
        not(any(feature = "ring", feature = "aws-lc-rs"))
    ))]
    {
        let built = runtime::transport::HyperTransport::builder().build();
        let error = built.err().map(|error| error.to_string());
        let error = error.unwrap_or_default();
        assert!(error.contains("the feature `ring` or `aws-lc-rs`"), "{error}");
    }
}

fn main() {
    use_features();
    let address = std::env::args().nth(1).expect("an address is given");
    #[cfg(any(feature = "ring", feature = "aws-lc-rs"))]
    let done = on_tokio::run(&address);
    #[cfg(not(any(feature = "ring", feature = "aws-lc-rs")))]
    let done = own_stack::run(&address);
    done.expect("the albums are listed");
}
