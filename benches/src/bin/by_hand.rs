//! The client process of what a careful user writes by hand: hyper, serde's derives, all fields.

use std::sync::Arc;

use benches::client::{self, AsyncCall};
use benches::{Case, pages};
use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::Request;
use hyper::http::request::Builder;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::{Client, connect::HttpConnector};
use hyper_util::rt::TokioExecutor;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use stats_alloc::{INSTRUMENTED_SYSTEM, StatsAlloc};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<std::alloc::System> = &INSTRUMENTED_SYSTEM;

#[derive(Clone)]
struct ByHand {
    http: Client<HttpsConnector<HttpConnector>, Full<Bytes>>,
    server: Arc<str>,
}

impl ByHand {
    async fn send<T: DeserializeOwned>(
        &self,
        request: Builder,
        body: Vec<u8>,
    ) -> anyhow::Result<T> {
        let request = request
            .header("authorization", "Bearer TOKEN")
            .body(Full::new(body.into()))?;
        let response = self.http.request(request).await?;
        anyhow::ensure!(
            response.status().is_success(),
            "status {}",
            response.status()
        );
        let body = response.into_body().collect().await?.to_bytes();
        Ok(serde_json::from_slice(&body)?)
    }

    async fn post<T: DeserializeOwned>(
        &self,
        path: &str,
        body: &impl Serialize,
    ) -> anyhow::Result<T> {
        let request = Request::post(format!("{}{path}", self.server))
            .header("content-type", "application/json");
        self.send(request, serde_json::to_vec(body)?).await
    }
}

impl AsyncCall for ByHand {
    async fn call(&self, case: Case, entries: usize) -> anyhow::Result<usize> {
        Ok(match case {
            Case::AlbumsList => {
                let request = Request::get(format!("{}v1/albums?pageSize={entries}", self.server));
                let page: ListAlbumsResponse = self.send(request, Vec::new()).await?;
                page.albums.len()
            }
            Case::Search => {
                let request = SearchRequest {
                    album_id: "ALBUM",
                    page_size: entries,
                };
                let page: SearchResponse = self.post("v1/mediaItems:search", &request).await?;
                page.media_items.len()
            }
            Case::BatchCreate => {
                let items = (0..entries).map(|index| NewMediaItem {
                    simple_media_item: SimpleMediaItem {
                        file_name: format!("DSCF{index:04}.JPG"),
                        upload_token: pages::upload_token(index).to_owned(),
                    },
                });
                let request = BatchCreateRequest {
                    album_id: "ALBUM",
                    new_media_items: items.collect(),
                };
                let created: BatchCreateResponse =
                    self.post("v1/mediaItems:batchCreate", &request).await?;
                created.new_media_item_results.len()
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
        Ok(ByHand {
            http: Client::builder(TokioExecutor::new()).build(connector),
            server: arguments.server.as_str().into(),
        })
    })
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SearchRequest {
    album_id: &'static str,
    page_size: usize,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct BatchCreateRequest {
    album_id: &'static str,
    new_media_items: Vec<NewMediaItem>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct NewMediaItem {
    simple_media_item: SimpleMediaItem,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SimpleMediaItem {
    file_name: String,
    upload_token: String,
}

/// Responses have every field of the reference, read or not.
#[allow(dead_code)]
mod responses {
    use super::Deserialize;

    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    pub(super) struct ListAlbumsResponse {
        #[serde(default)]
        pub(super) albums: Vec<Album>,
        next_page_token: Option<String>,
    }

    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    pub(super) struct Album {
        id: Option<String>,
        title: Option<String>,
        product_url: Option<String>,
        is_writeable: Option<bool>,
        share_info: Option<ShareInfo>,
        media_items_count: Option<String>,
        cover_photo_base_url: Option<String>,
        cover_photo_media_item_id: Option<String>,
    }

    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct ShareInfo {
        shareable_url: Option<String>,
        share_token: Option<String>,
        is_joined: Option<bool>,
        is_owned: Option<bool>,
        is_joinable: Option<bool>,
        shared_album_options: Option<SharedAlbumOptions>,
    }

    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct SharedAlbumOptions {
        is_collaborative: Option<bool>,
        is_commentable: Option<bool>,
    }

    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    pub(super) struct SearchResponse {
        #[serde(default)]
        pub(super) media_items: Vec<MediaItem>,
        next_page_token: Option<String>,
    }

    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    pub(super) struct MediaItem {
        id: Option<String>,
        description: Option<String>,
        product_url: Option<String>,
        base_url: Option<String>,
        mime_type: Option<String>,
        media_metadata: Option<MediaMetadata>,
        contributor_info: Option<ContributorInfo>,
        filename: Option<String>,
    }

    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct ContributorInfo {
        profile_picture_base_url: Option<String>,
        display_name: Option<String>,
    }

    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct MediaMetadata {
        creation_time: Option<String>,
        width: Option<String>,
        height: Option<String>,
        photo: Option<Photo>,
        video: Option<Video>,
    }

    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Photo {
        camera_make: Option<String>,
        camera_model: Option<String>,
        focal_length: Option<f32>,
        aperture_f_number: Option<f32>,
        iso_equivalent: Option<i32>,
        exposure_time: Option<String>,
    }

    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Video {
        camera_make: Option<String>,
        camera_model: Option<String>,
        fps: Option<f64>,
        status: Option<String>,
    }

    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    pub(super) struct BatchCreateResponse {
        #[serde(default)]
        pub(super) new_media_item_results: Vec<NewMediaItemResult>,
    }

    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    pub(super) struct NewMediaItemResult {
        upload_token: Option<String>,
        status: Option<Status>,
        media_item: Option<MediaItem>,
    }

    #[derive(Deserialize)]
    struct Status {
        code: Option<i32>,
        message: Option<String>,
    }
}

use responses::{BatchCreateResponse, ListAlbumsResponse, SearchResponse};
