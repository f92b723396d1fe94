//! The body of a response, read as several schemas, leniently and strictly.

use discovery_runtime::transport::FakeResponse;
use discovery_runtime::{CallOptions, Result};
use google_photoslibrary_v1::schemas::{
    Album, BatchCreateMediaItemsRequest, SearchMediaItemsRequest,
};

use super::Target;
use super::service::{Service, block_on};

pub(super) const TARGET: Target = Target {
    name: "responses",
    holds: "what is read strictly is read leniently, and the same; pages end",
    tokens: &[
        "\"id\":\"a\"",
        "\"mediaItems\":[",
        "{\"mediaItem\":{}}",
        "\"nextPageToken\":\"x\"",
        "\"mediaItemsCount\":\"1\"",
        "\"creationTime\":\"2026-01-31T12:00:00Z\"",
        "\"width\":\"4\"",
        "\"fps\":1e-5",
        "\"status\":{\"code\":3,\"message\":\"x\"}",
        "{},",
        "[[",
        "{\"error\":{\"code\":429",
    ],
    run,
};

fn run(bytes: &[u8]) {
    let body = bytes.to_vec();
    let service = Service::responding(FakeResponse::json(200, body));
    let strict = CallOptions::default().with_strict_decoding(true);
    let client = &service.client;
    block_on(async {
        let albums = || client.albums().list();
        compare(
            &service,
            albums().send().await,
            albums().options(strict.clone()).send().await,
        );
        let search = || {
            client
                .media_items()
                .search(SearchMediaItemsRequest::default())
        };
        compare(
            &service,
            search().send().await,
            search().options(strict.clone()).send().await,
        );
        let create = || {
            let body = BatchCreateMediaItemsRequest::default();
            client.media_items().batch_create(body)
        };
        compare(
            &service,
            create().send().await,
            create().options(strict.clone()).send().await,
        );
        let album: Result<Album> = client.albums().get("a").send().await;
        service.check(&album);
        // The token of the next page is always the same, which ends the pages.
        let mut items = client.media_items().list().items();
        while let Some(item) = items.next().await {
            service.check(&item);
        }
    });
}

fn compare<T: PartialEq + std::fmt::Debug>(
    service: &Service,
    lenient: Result<T>,
    strict: Result<T>,
) {
    service.check(&lenient);
    service.check(&strict);
    if let Ok(strict) = strict {
        let lenient = lenient.expect("the stricter one could read it");
        // A number that is none differs from itself.
        assert_eq!(format!("{lenient:?}"), format!("{strict:?}"));
    }
}
