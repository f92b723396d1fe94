//! The client process of the generated crate.

use benches::client::{self, AsyncCall};
use benches::{Case, pages};
use discovery_runtime::Credentials;
use google_photoslibrary_v1::Client;
use google_photoslibrary_v1::schemas::{
    BatchCreateMediaItemsRequest, NewMediaItem, SearchMediaItemsRequest, SimpleMediaItem,
};
use stats_alloc::{INSTRUMENTED_SYSTEM, StatsAlloc};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<std::alloc::System> = &INSTRUMENTED_SYSTEM;

#[derive(Clone)]
struct Ours(Client);

impl AsyncCall for Ours {
    async fn call(&self, case: Case, entries: usize) -> anyhow::Result<usize> {
        let Self(client) = self;
        Ok(match case {
            Case::AlbumsList => {
                let page = client
                    .albums()
                    .list()
                    .page_size(i32::try_from(entries)?)
                    .send()
                    .await?;
                page.albums.len()
            }
            Case::Search => {
                let request = SearchMediaItemsRequest::default()
                    .with_album_id("ALBUM")
                    .with_page_size(i32::try_from(entries)?);
                let page = client.media_items().search(request).send().await?;
                page.media_items.len()
            }
            Case::BatchCreate => {
                let items = (0..entries).map(|index| {
                    NewMediaItem::default().with_simple_media_item(
                        SimpleMediaItem::default()
                            .with_file_name(format!("DSCF{index:04}.JPG"))
                            .with_upload_token(pages::upload_token(index).to_owned()),
                    )
                });
                let request = BatchCreateMediaItemsRequest::default()
                    .with_album_id("ALBUM")
                    .with_new_media_items(items);
                let created = client.media_items().batch_create(request).send().await?;
                created.new_media_item_results.len()
            }
        })
    }
}

fn main() -> anyhow::Result<()> {
    client::run(ALLOCATOR, |arguments| {
        let client = Client::builder()
            .credentials(Credentials::token("TOKEN"))
            .endpoint_on_loopback(&arguments.server)
            .build()?;
        Ok(Ours(client))
    })
}
