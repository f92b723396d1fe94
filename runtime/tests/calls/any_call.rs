//! A call that is whatever a test makes of it.

use discovery_runtime::codegen::{Call, Context, InContext, Method, Request, send};
use discovery_runtime::transport::FakeResponse;
use discovery_runtime::{HttpMethod, Value};

use crate::support::setup;

/// A call that is whatever a test makes of it.
pub(crate) struct Any<F> {
    context: Context,
    request: F,
}

impl<F> InContext for Any<F> {
    fn context(&self) -> &Context {
        &self.context
    }
}

impl<F: Fn() -> Request + Send + Sync> Call for Any<F> {
    type Response = Value;

    const METHOD: Method = SHARE;

    fn request(&self) -> Request {
        (self.request)()
    }
}

/// Sends a request; the result is the address and the body that came, or the error's text.
pub(crate) async fn sent(
    request: impl Fn() -> Request + Send + Sync,
) -> Result<(String, Value), String> {
    let setup = setup();
    setup.server.respond_always(FakeResponse::json(200, "{}"));
    let call = Any {
        context: Context::new(&setup.client.core),
        request,
    };
    match send(&call).await {
        Ok(_) => {
            let requests = setup.server.requests();
            assert_eq!(requests.len(), 1);
            Ok((requests[0].url.clone(), requests[0].json()))
        }
        Err(error) => {
            assert!(error.is_invalid_argument(), "{error}");
            assert_eq!(setup.server.request_count(), 0, "{error}");
            assert_eq!(error.attempts(), []);
            Err(error.to_string())
        }
    }
}

pub(crate) const SHARE: Method = Method {
    id: "photos.share",
    http: HttpMethod::Post,
    path: "v1/users/@me/{id}:share",
    ..Method::DEFAULT
};
pub(crate) const NAMED: Method = Method {
    id: "photos.named",
    http: HttpMethod::Get,
    path: "v1/{name=**}/$export",
    ..Method::DEFAULT
};
pub(crate) const SECRET: Method = Method {
    id: "secrets.access",
    http: HttpMethod::Get,
    path: "v1/{name=projects/*/secrets/*}:access",
    ..Method::DEFAULT
};
pub(crate) const PATCH: Method = Method {
    id: "photos.patch",
    http: HttpMethod::Patch,
    path: "v1/albums",
    alt: Some("json"),
    ..Method::DEFAULT
};

pub(crate) const ORIGIN: &str = "https://photos.example.com";
