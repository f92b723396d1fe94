//! Where the bytes and the tokens of an upload go.

use discovery_runtime::codegen::{Context, UploadMethod};
use discovery_runtime::transport::{HttpRequest, HttpResponse, Transport, TransportError};
use discovery_runtime::upload::Upload;
use discovery_runtime::{BoxFuture, CallOptions};

use crate::client::{METHOD, World};
use crate::server::{Server, Step};
use crate::source::Pattern;

/// Not one byte goes to an address that is not trusted.
#[tokio::test]
async fn untrusted_session_addresses_get_nothing() {
    let bases = [
        "http://photos.example/SESSION-",
        "https://evil.example/SESSION-",
        "https://photos.example.evil.example/SESSION-",
        "https://photos.example@evil.example/SESSION-",
        "https://user:pass@photos.example/SESSION-",
        "https://photos.example:22/SESSION-",
        "https://127.0.0.1/SESSION-",
        "http://127.0.0.1/SESSION-",
        "https://[::1]/SESSION-",
        "file:///SESSION-",
        "/v1/uploads?SESSION-",
        "//photos.example/SESSION-",
        "https://photos.example/#SESSION-",
        "https://photos.example/a b/SESSION-",
    ];
    let long = format!("https://photos.example/{}/SESSION-", "x".repeat(1 << 20));
    for base in bases.into_iter().chain([long.as_str()]) {
        let world = World::new(10, 2);
        world.server.set_session_base(base);
        let error = world
            .upload(Pattern::new(10))
            .resumable(true)
            .send()
            .await
            .unwrap_err();
        assert!(error.is_untrusted_url(), "{base}: {error:?}");
        assert_eq!(world.server.steps(), [Step::Start], "{base}");
    }
}

/// A server that names two addresses.
struct TwoAddresses(Server);

impl Transport for TwoAddresses {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        Box::pin(async {
            let mut response = self.0.send(request).await?;
            let url = response
                .headers
                .get("x-goog-upload-url")
                .unwrap_or_default()
                .to_owned();
            response.headers.append("x-goog-upload-url", url);
            Ok(response)
        })
    }
}

#[tokio::test]
async fn duplicate_session_address_is_an_error() {
    let world = World::new(10, 2);
    let client = crate::client::builder(&world.clock, &std::sync::Arc::default())
        .transport(TwoAddresses(world.server.clone()))
        .build()
        .unwrap();
    let error = crate::client::upload(client.core(), Pattern::new(10))
        .resumable(true)
        .send()
        .await
        .unwrap_err();
    assert!(error.is_protocol(), "{error:?}");
    assert_eq!(world.server.steps(), [Step::Start]);
}

#[tokio::test]
async fn session_hosts_can_be_allowed() {
    static UPLOAD: UploadMethod = UploadMethod {
        session_hosts: &["*.up.example"],
        ..UploadMethod::x_goog("v1/uploads")
    };
    let world = World::new(10, 2);
    world
        .server
        .set_session_base("https://a.up.example/SESSION-");
    let named = world
        .upload(Pattern::new(10))
        .resumable(true)
        .trust_host("a.up.example");
    world.finish(named).await.unwrap();
    let by_method = Upload::bare(
        Context::new(&world.client),
        &METHOD,
        &UPLOAD,
        Pattern::new(10),
    )
    .resumable(true);
    assert_eq!(by_method.send().await.unwrap().as_str(), "TOKEN-1");
}

/// Whether the session gets credentials is a switch.
#[tokio::test]
async fn session_credentials_are_an_option() {
    static OPEN: UploadMethod = UploadMethod {
        open_session: true,
        ..UploadMethod::x_goog("v1/uploads")
    };
    let world = World::new(10, 2);
    let upload = Upload::bare(
        Context::new(&world.client),
        &METHOD,
        &OPEN,
        Pattern::new(10),
    )
    .resumable(true);
    upload.send().await.unwrap();
    for (index, request) in world.server.log().iter().enumerate() {
        assert_eq!(
            request.headers.get("authorization").is_some(),
            index == 0,
            "{:?}",
            request.step
        );
    }
    let world = World::new(10, 2);
    world.run(10, 4).await.unwrap();
    assert!(
        world
            .server
            .log()
            .iter()
            .all(|request| request.headers.get("authorization").is_some())
    );
}

#[tokio::test]
async fn protocol_headers_cannot_be_set() {
    for name in [
        "X-Goog-Upload-Command",
        "x-goog-upload-url",
        "Content-Length",
        "Authorization",
    ] {
        let world = World::new(10, 2);
        let options = CallOptions::default().with_header(name, "x");
        let error = world
            .upload(Pattern::new(10))
            .options(options)
            .send()
            .await
            .unwrap_err();
        assert!(error.is_invalid_argument(), "{name}");
        assert_eq!(world.server.steps(), []);
    }
}

#[tokio::test]
async fn upload_requests_carry_their_headers() {
    let world = World::new(10, 2);
    let options = CallOptions::default().with_user_project("project-1");
    let upload = world
        .upload(Pattern::new(10))
        .resumable(true)
        .chunk_size(4)
        .content_type("video/mp4")
        .options(options);
    world.finish(upload).await.unwrap();
    let log = world.server.log();
    let header = |index: usize, name| log[index].headers.get(name);
    assert_eq!(header(0, "x-goog-upload-protocol"), Some("resumable"));
    assert_eq!(header(0, "x-goog-upload-command"), Some("start"));
    assert_eq!(header(0, "x-goog-upload-content-type"), Some("video/mp4"));
    assert_eq!(header(0, "x-goog-upload-raw-size"), Some("10"));
    assert_eq!(header(0, "x-goog-user-project"), Some("project-1"));
    assert_eq!(header(1, "x-goog-upload-command"), Some("upload"));
    assert_eq!(header(1, "x-goog-upload-offset"), Some("0"));
    assert_eq!(header(3, "x-goog-upload-command"), Some("upload, finalize"));
    assert_eq!(header(3, "x-goog-upload-offset"), Some("8"));
}
