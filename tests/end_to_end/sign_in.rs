//! Users whose browser is elsewhere sign in at the emulator.

use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::{Mutex, mpsc};

use discovery_runtime::oauth::{Endpoints, InstalledApp};
use google_photoslibrary_v1::Credentials;
use photos_emulator::{DEFAULT_CLIENT, Emulator, scopes};

use crate::session::client_of;

fn app(emulator: &Emulator) -> InstalledApp {
    let url = emulator.url();
    let url = url.trim_end_matches('/');
    let endpoints =
        Endpoints::on_loopback(&format!("{url}/o/oauth2/v2/auth"), &format!("{url}/token"));
    InstalledApp::new(DEFAULT_CLIENT, "")
        .scopes(scopes::LIVE)
        .endpoints(endpoints.unwrap())
}

/// What a browser does with an address: sends a GET. The result is where it is redirected to.
fn visit(address: &str) -> Option<String> {
    let rest = address.strip_prefix("http://").unwrap();
    let (host, target) = rest.split_once('/').unwrap();
    let mut stream = TcpStream::connect(host).unwrap();
    let request = format!("GET /{target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).unwrap();
    let mut response = String::new();
    stream.read_to_string(&mut response).unwrap();
    let mut lines = response.lines();
    lines.find_map(|line| Some(line.strip_prefix("location: ")?.to_owned()))
}

async fn check(emulator: &Emulator, credentials: Credentials) {
    let albums = client_of(emulator, credentials)
        .albums()
        .list()
        .send()
        .await;
    assert!(albums.unwrap().albums.is_empty());
}

#[tokio::test]
async fn a_user_signs_in_by_a_pasted_address() {
    let emulator = Emulator::start().await.unwrap();
    let (sender, receiver) = mpsc::channel();
    let receiver = Mutex::new(receiver);
    let app = app(&emulator)
        .open_with(move |page| sender.send(visit(page).unwrap()).map_err(Into::into))
        .paste_with(move || Ok(receiver.lock().unwrap().recv()?));
    check(&emulator, app.sign_in().await.unwrap()).await;
}

/// As in a container with a port that is published.
#[tokio::test]
async fn a_user_signs_in_by_a_fixed_port() {
    let emulator = Emulator::start().await.unwrap();
    let free = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let app = app(&emulator)
        .listen_on((Ipv4Addr::UNSPECIFIED, free.port()))
        .open_with(move |page| {
            let back = visit(page).unwrap();
            assert!(back.starts_with(&format!("http://127.0.0.1:{}/?", free.port())));
            visit(&back);
            Ok(())
        });
    check(&emulator, app.sign_in().await.unwrap()).await;
}
