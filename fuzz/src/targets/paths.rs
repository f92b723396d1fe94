//! A value in the path of a request, and a page token in its query.

use discovery_runtime::transport::FakeResponse;

use super::Target;
use super::service::{Service, block_on};

pub(super) const TARGET: Target = Target {
    name: "paths",
    holds: "a value stays in its segment, and comes out as it went in",
    tokens: &[
        "%2e%2e",
        "..",
        "/",
        "?a=b",
        "#",
        "%25",
        "{+x}",
        ":batchGet",
        "//host/",
        "@",
        "\u{ff0f}",
    ],
    run,
};

fn run(bytes: &[u8]) {
    let value = String::from_utf8_lossy(bytes);
    let service = Service::responding(FakeResponse::json(200, "{}"));
    block_on(async {
        let sent = service.client.albums().get(&*value).send().await;
        service.check(&sent);
        if let Some(request) = service.server.requests().last() {
            let segment = request
                .path()
                .strip_prefix("/v1/albums/")
                .expect("the path of albums");
            assert_eq!(decoded(segment).expect("one segment"), value.as_bytes());
            assert!(
                request
                    .url
                    .starts_with("https://photoslibrary.googleapis.com/v1/albums/")
            );
        } else {
            assert!(sent.is_err(), "nothing was sent");
        }
        let before = service.server.request_count();
        service.check(
            &service
                .client
                .albums()
                .list()
                .page_token(&*value)
                .send()
                .await,
        );
        if let Some(request) = service.server.requests().get(before) {
            let (_, token) = request.query().split_once("pageToken=").expect("a token");
            let token = token.split('&').next().unwrap_or_default();
            assert_eq!(decoded(token).expect("one value"), value.as_bytes());
        }
    });
}

/// Undoes percent-encoding; nothing that means something in an address may stand for itself.
fn decoded(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => {
                let digit = |byte: u8| char::from(byte).to_digit(16);
                let (high, low) = (digit(rest.next()?)?, digit(rest.next()?)?);
                u8::try_from(high * 16 + low).ok()?
            }
            b'/' | b'?' | b'#' | b'\\' | b'&' | b'+' | b' ' => return None,
            byte if byte.is_ascii_graphic() => byte,
            _ => return None,
        });
    }
    Some(bytes)
}
