//! Downloads of methods (`alt=media`).

use discovery_runtime::codegen::{Call, Context, InContext, Method, Request, RetrySafety};
use discovery_runtime::{Client, HttpMethod, Value};

use crate::server::Fault;
use crate::world::World;

pub(crate) struct Get {
    context: Context,
    id: String,
}

impl InContext for Get {
    fn context(&self) -> &Context {
        &self.context
    }
}

impl Call for Get {
    type Response = Value;

    const METHOD: Method = Method {
        id: "drive.files.get",
        http: HttpMethod::Get,
        path: "drive/v3/files/{fileId}",
        retry: RetrySafety::Idempotent,
        alt: Some("json"),
        ..Method::DEFAULT
    };

    fn request(&self) -> Request {
        static METHOD: Method = Get::METHOD;
        Request::new(&METHOD)
            .path("fileId", &self.id)
            .query("acknowledgeAbuse", &true)
    }
}

discovery_runtime::codegen::download!(Get);

fn get(world: &World) -> Get {
    get_with(&world.client)
}

pub(crate) fn get_with(client: &Client) -> Get {
    Get {
        context: Context::new(client),
        id: "a/b".to_owned(),
    }
}

#[tokio::test]
async fn download_requests_alt_media() {
    let world = World::new([Fault::BreaksAfter(6)]);
    world.server.set_type("application/pdf");
    assert_eq!(
        get(&world).download().bytes().await.unwrap()[..],
        world.content()[..]
    );
    let log = world.server.log();
    assert_eq!(
        log[0].url,
        "https://photos.example/drive/v3/files/a%2Fb?acknowledgeAbuse=true&alt=media"
    );
    assert!(
        log.iter()
            .all(|request| request.headers.get("authorization").is_some())
    );
    assert_eq!(log[1].headers.get("range"), Some("bytes=6-"));
}

#[tokio::test]
async fn download_errors_are_those_of_the_service() {
    let world = World::new([Fault::Status(404)]);
    let error = get(&world).download().bytes().await.unwrap_err();
    assert!(error.is_not_found() && !error.is_expired(), "{error:?}");
    assert_eq!(error.rpc_status().unwrap().message, "as planned");
    assert_eq!(error.method(), Some("drive.files.get"));
}

#[tokio::test]
async fn rejected_token_is_refreshed_once() {
    let world = World::new([Fault::BreaksAfter(3), Fault::Status(401)]);
    assert_eq!(
        get(&world).download().bytes().await.unwrap()[..],
        world.content()[..]
    );
    let world = World::new([Fault::Status(401), Fault::Status(401)]);
    let error = get(&world).download().bytes().await.unwrap_err();
    assert!(error.is_unauthenticated(), "{error:?}");
    assert_eq!(world.server.log().len(), 2);
}

#[tokio::test]
async fn redirects_are_not_followed() {
    let world = World::new([Fault::Redirect("https://lh3.googleusercontent.com/x")]);
    let error = get(&world).download().bytes().await.unwrap_err();
    assert!(error.is_redirect(), "{error:?}");
    assert_eq!(world.server.log().len(), 1);
}

#[tokio::test]
async fn empty_files_are_downloaded() {
    let world = World::with_content([], []);
    assert!(get(&world).download().bytes().await.unwrap().is_empty());
}

#[tokio::test]
async fn invalid_calls_are_rejected_before_sending() {
    let world = World::new([]);
    let call = Get {
        context: Context::new(&world.client),
        id: "..".to_owned(),
    };
    let error = call.download().bytes().await.unwrap_err();
    assert!(error.is_invalid_argument());
    assert_eq!(world.server.log().len(), 0);
}
