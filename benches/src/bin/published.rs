//! The client process of the published crate, `google-photoslibrary1`.

use benches::client::{self, AsyncCall};
use benches::{Case, pages};
use google_photoslibrary1::api::{
    BatchCreateMediaItemsRequest, NewMediaItem, SearchMediaItemsRequest, SimpleMediaItem,
};
use google_photoslibrary1::{PhotosLibrary, common};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::{Client, connect::HttpConnector};
use hyper_util::rt::TokioExecutor;
use stats_alloc::{INSTRUMENTED_SYSTEM, StatsAlloc};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<std::alloc::System> = &INSTRUMENTED_SYSTEM;

#[derive(Clone)]
struct Published(PhotosLibrary<HttpsConnector<HttpConnector>>);

impl AsyncCall for Published {
    async fn call(&self, case: Case, entries: usize) -> anyhow::Result<usize> {
        let Self(hub) = self;
        Ok(match case {
            Case::AlbumsList => {
                let (_, page) = hub
                    .albums()
                    .list()
                    .page_size(entries.try_into()?)
                    .doit()
                    .await?;
                page.albums.unwrap_or_default().len()
            }
            Case::Search => {
                let request = SearchMediaItemsRequest {
                    album_id: Some("ALBUM".to_owned()),
                    page_size: Some(entries.try_into()?),
                    ..Default::default()
                };
                let (_, page) = hub.media_items().search(request).doit().await?;
                page.media_items.unwrap_or_default().len()
            }
            Case::BatchCreate => {
                let items = (0..entries).map(|index| NewMediaItem {
                    description: None,
                    simple_media_item: Some(SimpleMediaItem {
                        file_name: Some(format!("DSCF{index:04}.JPG")),
                        upload_token: Some(pages::upload_token(index).to_owned()),
                    }),
                });
                let request = BatchCreateMediaItemsRequest {
                    album_id: Some("ALBUM".to_owned()),
                    new_media_items: Some(items.collect()),
                    ..Default::default()
                };
                let (_, created) = hub.media_items().batch_create(request).doit().await?;
                created.new_media_item_results.unwrap_or_default().len()
            }
        })
    }
}

fn main() -> anyhow::Result<()> {
    client::run(ALLOCATOR, |arguments| {
        let connector = HttpsConnectorBuilder::new()
            .with_native_roots()?
            .https_or_http()
            .enable_http1()
            .build();
        let client: common::Client<_> = Client::builder(TokioExecutor::new()).build(connector);
        let mut hub = PhotosLibrary::new(client, "TOKEN".to_owned());
        hub.base_url(arguments.server.clone());
        hub.root_url(arguments.server.clone());
        Ok(Published(hub))
    })
}
