//! An emulator with a token and short ways to call it, and media to upload.

use photos_emulator::{Config, Emulator, scopes};
use serde_json::{Value, json};

use crate::client::{Response, send};

/// The moment at which the clock of every session stands still.
pub(crate) const NOW: &str = "2026-05-03T09:12:44Z";

/// A running emulator and a token with the live scopes.
pub(crate) struct Session {
    pub(crate) emulator: Emulator,
    pub(crate) token: String,
}

impl Session {
    pub(crate) async fn start() -> Self {
        Self::start_with(|_| {}).await
    }

    pub(crate) async fn start_with(change: impl FnOnce(&mut Config)) -> Self {
        let emulator = Emulator::start_with(change).await.unwrap();
        emulator.stop_clock_at(NOW.parse().unwrap());
        let token = emulator.token(&scopes::LIVE);
        Self { emulator, token }
    }

    pub(crate) fn address(&self) -> String {
        self.emulator
            .url()
            .strip_prefix("http://")
            .unwrap()
            .to_owned()
    }

    /// Sends a request with the session's token and these headers.
    pub(crate) async fn send(
        &self,
        method: &str,
        target: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> Response {
        self.try_send(method, target, headers, body).await.unwrap()
    }

    pub(crate) async fn try_send(
        &self,
        method: &str,
        target: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> std::io::Result<Response> {
        let bearer = format!("Bearer {}", self.token);
        let headers = [&[("Authorization", bearer.as_str())], headers].concat();
        send(&self.address(), method, target, &headers, body).await
    }

    pub(crate) async fn get(&self, target: &str) -> Response {
        self.send("GET", target, &[], b"").await
    }

    pub(crate) async fn post(&self, target: &str, body: &Value) -> Response {
        self.send(
            "POST",
            target,
            &[("Content-Type", "application/json")],
            body.to_string().as_bytes(),
        )
        .await
    }

    pub(crate) async fn patch(&self, target: &str, body: &Value) -> Response {
        self.send(
            "PATCH",
            target,
            &[("Content-Type", "application/json")],
            body.to_string().as_bytes(),
        )
        .await
    }

    /// Uploads with the raw protocol and returns the upload token.
    pub(crate) async fn upload(&self, bytes: &[u8]) -> String {
        let response = self.send("POST", "/v1/uploads", RAW, bytes).await;
        assert_eq!(response.status, 200, "{}", response.text());
        response.text()
    }

    /// Uploads and creates an item, and returns its id.
    pub(crate) async fn create(&self, file_name: &str, bytes: &[u8]) -> String {
        let token = self.upload(bytes).await;
        let body = json!({"newMediaItems": [{"simpleMediaItem": {"fileName": file_name, "uploadToken": token}}]});
        let result = self
            .post("/v1/mediaItems:batchCreate", &body)
            .await
            .expect(200);
        result["newMediaItemResults"][0]["mediaItem"]["id"]
            .as_str()
            .unwrap()
            .to_owned()
    }

    /// Creates an album and returns its id.
    pub(crate) async fn album(&self, title: &str) -> String {
        let album = self
            .post("/v1/albums", &json!({"album": {"title": title}}))
            .await
            .expect(200);
        album["id"].as_str().unwrap().to_owned()
    }

    /// Adds items to an album.
    pub(crate) async fn add(&self, album: &str, items: &[&str]) -> Response {
        let target = format!("/v1/albums/{album}:batchAddMediaItems");
        self.post(&target, &json!({"mediaItemIds": items})).await
    }

    /// Ids of an album's items, in album order, as a search gives them.
    pub(crate) async fn album_items(&self, album: &str) -> Vec<String> {
        let found = self
            .post(
                "/v1/mediaItems:search",
                &json!({"albumId": album, "pageSize": 100}),
            )
            .await;
        ids(&found.expect(200)["mediaItems"])
    }
}

/// The headers of a raw upload.
pub(crate) const RAW: &[(&str, &str)] = &[
    ("Content-Type", "application/octet-stream"),
    ("X-Goog-Upload-Content-Type", "image/jpeg"),
    ("X-Goog-Upload-Protocol", "raw"),
];

/// The ids of a list of items or albums.
pub(crate) fn ids(list: &Value) -> Vec<String> {
    let list = list.as_array().map(Vec::as_slice).unwrap_or_default();
    list.iter()
        .map(|one| one["id"].as_str().unwrap().to_owned())
        .collect()
}

/// Replaces base URLs, which differ with every read, by `URL`.
pub(crate) fn steady(mut value: Value) -> Value {
    fn walk(value: &mut Value) {
        match value {
            Value::Array(values) => values.iter_mut().for_each(walk),
            Value::Object(fields) => {
                for (name, value) in fields {
                    if name == "baseUrl" || name == "coverPhotoBaseUrl" {
                        assert!(
                            value.as_str().unwrap().starts_with("http://127.0.0.1:"),
                            "{value}"
                        );
                        *value = "URL".into();
                    }
                    walk(value);
                }
            }
            _ => {}
        }
    }
    walk(&mut value);
    value
}
