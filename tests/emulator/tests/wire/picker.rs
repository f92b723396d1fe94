//! The Picker API: sessions, the page, what was picked and its bytes. Source of what is expected:
//! <https://developers.google.com/photos/picker/reference/rest> and the guides beside it.

use std::time::Duration;

use photos_emulator::{Emulator, NewItem, sample_photo, sample_video, scopes};
use serde_json::{Value, json};

use crate::client::{Response, send};

struct Picker {
    emulator: Emulator,
    token: String,
}

impl Picker {
    async fn start() -> Self {
        let emulator = Emulator::start().await.unwrap();
        emulator.configure(|config| config.access_token_lifetime = Duration::from_secs(1 << 20));
        let token = emulator.token(&[scopes::PICKER]);
        Self { emulator, token }
    }

    fn address(&self) -> String {
        self.emulator.url().replace("http://", "")
    }

    async fn call(&self, method: &str, target: &str, body: &[u8]) -> Response {
        let bearer = format!("Bearer {}", self.token);
        let mut headers = vec![("Authorization", bearer.as_str())];
        if !body.is_empty() {
            headers.push(("Content-Type", "application/json"));
        }
        send(&self.address(), method, target, &headers, body)
            .await
            .unwrap()
    }

    async fn create(&self, body: &Value) -> Value {
        let body = body.to_string();
        let response = self.call("POST", "/v1/sessions", body.as_bytes());
        response.await.expect(200)
    }

    /// The browser: no token.
    async fn browser(&self, method: &str, url: &Value, form: &str) -> Response {
        let target = url.as_str().unwrap().replace(&self.emulator.url(), "");
        let headers: &[_] = if form.is_empty() {
            &[]
        } else {
            &[("Content-Type", "application/x-www-form-urlencoded")]
        };
        send(&self.address(), method, &target, headers, form.as_bytes())
            .await
            .unwrap()
    }

    fn add(&self, name: &str, seed: u32) -> String {
        let item = NewItem::new(name, sample_photo(64, 48, seed)).client(None);
        self.emulator.add_item(item).unwrap()
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

#[tokio::test]
async fn a_session_goes_from_its_page_to_the_bytes() {
    let picker = Picker::start().await;
    // What another device brought, which the Library API hides.
    let (first, second) = (picker.add("a.png", 1), picker.add("<b>.png", 2));
    picker
        .emulator
        .stop_clock_at("2026-05-03T12:00:00Z".parse().unwrap());
    let session = picker
        .create(&json!({"pickingConfig": {"maxItemCount": "1"}}))
        .await;
    let polling = json!({"pollInterval": "5s", "timeoutIn": "1800s"});
    assert_eq!(session["pollingConfig"], polling);
    assert_eq!(session["pickingConfig"], json!({"maxItemCount": "1"}));
    assert_eq!(session["expireTime"], "2026-05-04T12:00:00Z");
    let id = text(&session["id"]);
    let listing = format!("/v1/mediaItems?sessionId={id}");
    let early = picker.call("GET", &listing, b"").await;
    assert_eq!(early.expect(400)["error"]["status"], "FAILED_PRECONDITION");

    picker.emulator.advance(Duration::from_millis(500));
    let polled = picker
        .call("GET", &format!("/v1/sessions/{id}"), b"")
        .await
        .expect(200);
    assert_eq!(polled["pollingConfig"]["timeoutIn"], "1799.5s");

    let uri = json!(format!("{}/autoclose", text(&session["pickerUri"])));
    let page = picker.browser("GET", &uri, "").await;
    assert_eq!(page.status, 200);
    assert_eq!(page.header("x-frame-options"), Some("DENY"));
    assert!(
        page.text().contains("&lt;b&gt;.png") && page.text().contains(&first),
        "{}",
        page.text()
    );
    let both = format!("item={first}&item={second}");
    assert_eq!(picker.browser("POST", &uri, &both).await.status, 400);
    let done = picker.browser("POST", &uri, &format!("item={first}")).await;
    assert!(done.status == 200 && done.text().contains("window.close"));
    // After Done the address is dead.
    assert_eq!(picker.browser("GET", &uri, "").await.status, 410);

    let session = picker.call("GET", &format!("/v1/sessions/{id}"), b"").await;
    let session = session.expect(200);
    assert_eq!(session["mediaItemsSet"], true);
    assert_eq!(session.get("pollingConfig"), None);
    let listed = picker.call("GET", &listing, b"").await.expect(200);
    let item = &listed["mediaItems"][0];
    assert_eq!(listed["mediaItems"].as_array().unwrap().len(), 1);
    assert_eq!(
        (text(&item["id"]), text(&item["type"])),
        (first.as_str(), "PHOTO")
    );
    assert_eq!(item["mediaFile"]["filename"], "a.png");
    assert_eq!(item["mediaFile"]["mediaFileMetadata"]["width"], 64);

    let url = json!(format!("{}=d", text(&item["mediaFile"]["baseUrl"])));
    assert_eq!(picker.browser("GET", &url, "").await.status, 403);
    let target = text(&url).replace(&picker.emulator.url(), "");
    let bytes = picker.call("GET", &target, b"").await;
    assert_eq!(bytes.status, 200);
    assert_eq!(bytes.body, sample_photo(64, 48, 1));
    picker.emulator.advance(Duration::from_secs(3600));
    assert_eq!(picker.call("GET", &target, b"").await.status, 403);

    let deleted = picker
        .call("DELETE", &format!("/v1/sessions/{id}"), b"")
        .await;
    assert_eq!(deleted.expect(200), json!({}));
    assert_eq!(picker.call("GET", &listing, b"").await.status, 404);
}

#[tokio::test]
async fn what_is_picked_is_listed_in_pages() {
    let picker = Picker::start().await;
    let ids: Vec<String> = (0..120).map(|n| picker.add("same.png", n)).collect();
    let session = picker.create(&json!({})).await;
    let id = text(&session["id"]);
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    assert!(picker.emulator.pick(id, &ids));
    let page = async |parameters: &str| {
        let target = format!("/v1/mediaItems?sessionId={id}{parameters}");
        picker.call("GET", &target, b"").await
    };
    let sizes = [("", 50), ("&pageSize=7", 7), ("&pageSize=1000", 100)];
    for (parameters, size) in sizes {
        let listed = page(parameters).await.expect(200);
        assert_eq!(listed["mediaItems"].as_array().unwrap().len(), size);
    }
    assert_eq!(page("&pageSize=-1").await.status, 400);
    let first = page("&pageSize=100").await.expect(200);
    let token = text(&first["nextPageToken"]);
    let last = page(&format!("&pageSize=100&pageToken={token}"))
        .await
        .expect(200);
    assert_eq!(last["mediaItems"].as_array().unwrap().len(), 20);
    assert_eq!(last.get("nextPageToken"), None);
}

#[tokio::test]
async fn sessions_are_refused_as_the_reference_says() {
    let picker = Picker::start().await;
    let over = json!({"pickingConfig": {"maxItemCount": "2001"}}).to_string();
    let refused = picker.call("POST", "/v1/sessions", over.as_bytes()).await;
    assert_eq!(refused.status, 400);
    assert_eq!(
        picker.call("GET", "/v1/sessions/none", b"").await.status,
        404
    );

    // The same request is the same session.
    let target = "/v1/sessions?requestId=5c3b7a3e-5d2f-4c57-9f0c-1b8c2f5a7d11";
    let one = picker.call("POST", target, b"").await.expect(200);
    let two = picker.call("POST", target, b"").await.expect(200);
    assert_eq!(one["id"], two["id"]);
    picker
        .emulator
        .configure(|config| config.picking_sessions = 1);
    let many = picker.call("POST", "/v1/sessions", b"").await.expect(429);
    assert_eq!(many["error"]["status"], "RESOURCE_EXHAUSTED");

    picker.emulator.advance(Duration::from_secs(24 * 60 * 60));
    let gone = format!("/v1/sessions/{}", text(&one["id"]));
    assert_eq!(picker.call("GET", &gone, b"").await.status, 404);
    assert_eq!(
        picker.browser("GET", &one["pickerUri"], "").await.status,
        404
    );

    picker
        .emulator
        .configure(|config| config.photos_account = false);
    let inactive = picker.call("POST", "/v1/sessions", b"").await.expect(400);
    assert_eq!(inactive["error"]["status"], "FAILED_PRECONDITION");
}

#[tokio::test]
async fn each_api_needs_its_own_scope() {
    let mut picker = Picker::start().await;
    assert_eq!(picker.call("GET", "/v1/mediaItems", b"").await.status, 403);
    picker.token = picker.emulator.token(&scopes::LIVE);
    assert_eq!(picker.call("POST", "/v1/sessions", b"").await.status, 403);
}

#[tokio::test]
async fn a_video_is_picked_when_it_is_ready() {
    let picker = Picker::start().await;
    let film = NewItem::new("film.mp4", sample_video(5000, 1));
    let film = picker.emulator.add_item(film).unwrap();
    let session = picker.create(&json!({})).await;
    picker.emulator.pick(text(&session["id"]), &[&film]);
    let listing = format!("/v1/mediaItems?sessionId={}", text(&session["id"]));
    let mut states = Vec::new();
    let mut url = String::new();
    for _ in 0..2 {
        let listed = picker.call("GET", &listing, b"").await.expect(200);
        let file = &listed["mediaItems"][0]["mediaFile"];
        let video = &file["mediaFileMetadata"]["videoMetadata"];
        states.push(text(&video["processingStatus"]).to_owned());
        url = text(&file["baseUrl"]).replace(&picker.emulator.url(), "");
    }
    assert_eq!(states, ["PROCESSING", "READY"]);
    // The service redirects to another place, which takes no token.
    let moved = picker.call("GET", &format!("{url}=dv"), b"").await;
    assert_eq!(moved.status, 302);
    let elsewhere = json!(moved.header("location").unwrap());
    let bytes = picker.browser("GET", &elsewhere, "").await;
    assert_eq!(bytes.body, sample_video(5000, 1));
}
