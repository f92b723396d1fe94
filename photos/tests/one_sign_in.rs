//! One sign-in for both APIs: the scopes of both, granted once, and one client made of the other.

#![allow(clippy::unwrap_used, reason = "the helpers of tests are tests")]

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use discovery_runtime::oauth::{Endpoints, InstalledApp};
use google_photos::Photos;
use google_photoslibrary_v1::{Client, scopes};
use google_photospicker_v1::scopes::PHOTOSPICKER_MEDIAITEMS_READONLY;
use photos_emulator::{DEFAULT_CLIENT, Emulator};

/// Opens an address as a browser does, and follows where it leads.
fn visit(address: &str) {
    let rest = address.strip_prefix("http://").unwrap();
    let (host, target) = rest.split_once('/').unwrap();
    let mut stream = TcpStream::connect(host).unwrap();
    let request = format!("GET /{target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).unwrap();
    let mut response = String::new();
    stream.read_to_string(&mut response).unwrap();
    let location = response
        .lines()
        .find_map(|line| line.strip_prefix("location: "));
    if let Some(location) = location {
        visit(location);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn scopes_of_both_apis_are_granted_at_once() {
    let emulator = Emulator::start().await.unwrap();
    let url = emulator.url();
    let (auth, token) = (format!("{url}/o/oauth2/v2/auth"), format!("{url}/token"));
    let app = InstalledApp::new(DEFAULT_CLIENT, "")
        .endpoints(Endpoints::on_loopback(&auth, &token).unwrap())
        .scopes([
            scopes::PHOTOSLIBRARY_READONLY_APPCREATEDDATA,
            PHOTOSPICKER_MEDIAITEMS_READONLY,
        ])
        .open_with(|address| {
            let address = address.to_owned();
            std::thread::spawn(move || visit(&address));
            Ok(())
        });
    let client = Client::builder()
        .credentials(app.sign_in().await.unwrap())
        .endpoint_on_loopback(&url)
        .build()
        .unwrap();
    let photos = Photos::new(client);
    photos.client().albums().list().send().await.unwrap();
    let session = photos.pick().start().await.unwrap();
    session.delete().await.unwrap();
    assert_eq!(emulator.calls("oauth.token"), 1);
}
