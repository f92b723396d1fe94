//! Where downloads go, and what they show there.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use discovery_runtime::download::Download;

use crate::server::{Fault, MEDIA};
use crate::world::World;

#[tokio::test]
async fn untrusted_hosts_get_no_request() {
    let urls = [
        "http://169.254.169.254/latest",
        "http://localhost/",
        "https://localhost/",
        "file:///etc/passwd",
        "https://evil.example/",
        "http://lh3.googleusercontent.com/x",
        "https://lh3.googleusercontent.com:444/x",
        "https://lh3.googleusercontent.com@evil.example/",
        "",
    ];
    for url in urls {
        let world = World::new([]);
        let error = Download::from_url(&world.client, url)
            .bytes()
            .await
            .unwrap_err();
        assert!(error.is_untrusted_url(), "{url}: {error:?}");
        assert_eq!(world.server.log().len(), 0, "{url}");
    }
}

#[tokio::test]
async fn media_hosts_can_be_allowed() {
    let world = World::new([]);
    let download =
        Download::from_url(&world.client, "https://media.example/x").trust_host("*.media.example");
    assert!(download.bytes().await.is_err());
    let download = Download::from_url(&world.client, "https://a.media.example/x")
        .trust_host("*.media.example");
    assert_eq!(download.bytes().await.unwrap()[..], world.content()[..]);
}

/// No secret goes anywhere, and nothing of the client but its name.
#[tokio::test]
async fn media_hosts_get_no_credentials() {
    let world = World::new([
        Fault::Redirect("https://video-downloads.googleusercontent.com/y"),
        Fault::BreaksAfter(3),
    ]);
    world.download().bytes().await.unwrap();
    let log = world.server.log();
    assert_eq!(log.len(), 3);
    for request in &log {
        let names: Vec<_> = request.headers.iter().map(|(name, _)| name).collect();
        for name in names {
            assert!(
                [
                    "user-agent",
                    "accept",
                    "accept-encoding",
                    "range",
                    "if-range"
                ]
                .contains(&name),
                "{name}"
            );
        }
    }
    // What goes on asks the first address again: where it led to may be good for once.
    assert_eq!(log[2].url, MEDIA);
    assert_eq!(log[2].headers.get("range"), Some("bytes=3-"));
}

/// The base URLs of the Photos Picker API need the access token, and a video redirects to another
/// host, which must not get it (RFC 9110, section 15.4: remove what is for one origin).
#[tokio::test]
async fn credentials_go_to_the_address_and_not_along_a_redirect() {
    let world = World::new([
        Fault::Redirect("https://video-downloads.googleusercontent.com/y"),
        Fault::BreaksAfter(3),
        Fault::Status(401),
    ]);
    world.server.take_tokens();
    let download = world.download().with_credentials();
    assert_eq!(download.bytes().await.unwrap()[..], world.content()[..]);
    let log = world.server.log();
    let sent: Vec<_> = log
        .iter()
        .map(|request| (request.url.as_str(), request.headers.get("authorization")))
        .map(|(url, header)| (url == MEDIA, header.is_some()))
        .collect();
    let (address, elsewhere) = ((true, true), (false, false));
    assert_eq!(sent, [address, elsewhere, address, address]);
    // The token that was rejected is not used again.
    let token = |index: usize| log[index].headers.get("authorization");
    assert_ne!(token(2), token(3));
}

fn renewed(world: &World, url: &'static str) -> (Download, Arc<AtomicUsize>) {
    let count = Arc::new(AtomicUsize::new(0));
    let counted = count.clone();
    let download = world.download().on_expired(move || {
        counted.fetch_add(1, Ordering::SeqCst);
        async move { Ok(url.to_owned()) }
    });
    (download, count)
}

#[tokio::test]
async fn expired_address_is_refreshed_once() {
    let new = "https://lh3.googleusercontent.com/lr/NEW=d";
    for faults in [
        vec![Fault::Expired],
        vec![Fault::BreaksAfter(6), Fault::Expired],
        vec![
            Fault::BreaksAfter(6),
            Fault::NotFoundPicture,
            Fault::BreaksAfter(6),
        ],
    ] {
        let world = World::new(faults.clone());
        let (download, count) = renewed(&world, new);
        assert_eq!(
            download.bytes().await.unwrap()[..],
            world.content()[..],
            "{faults:?}"
        );
        assert_eq!(count.load(Ordering::SeqCst), 1);
        assert_eq!(world.server.log().last().unwrap().url, new);
        assert_eq!(world.server.planned(), 0);
    }
    let world = World::new([Fault::Expired, Fault::Expired]);
    let (download, count) = renewed(&world, new);
    let error = download.bytes().await.unwrap_err();
    assert!(
        error.is_expired() && error.http_status() == Some(403),
        "{error:?}"
    );
    assert_eq!(count.load(Ordering::SeqCst), 1);
    // The new address is trusted no more than the old one.
    let world = World::new([Fault::Expired]);
    let (download, _) = renewed(&world, "https://evil.example/");
    assert!(download.bytes().await.unwrap_err().is_untrusted_url());
    assert_eq!(world.server.log().len(), 1);
}

#[tokio::test]
async fn only_media_content_types_are_accepted() {
    for (content_type, fits) in [
        ("video/mp4", true),
        ("image/webp", true),
        ("text/plain", false),
        ("application/json", false),
    ] {
        let world = World::new([]);
        world.server.set_type(content_type);
        let result = world.download().bytes().await;
        assert_eq!(result.is_ok(), fits, "{content_type}");
        let result = world.download().accept(["*/*"]).bytes().await;
        assert!(result.is_ok(), "{content_type}");
    }
}

#[tokio::test]
async fn debug_shows_no_address() {
    let world = World::new([]);
    let download = world.download();
    assert!(!format!("{download:?}").contains("CANARY"));
    let body = download.send().await.unwrap();
    assert!(!format!("{body:?}").contains("CANARY"));
}
