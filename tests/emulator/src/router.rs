//! Which method a request calls.

use percent_encoding::percent_decode_str;

use crate::api::methods::{METHODS, Method};
use crate::oauth::Endpoint;
use crate::request::{Query, Received};

/// What a request is for.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Target {
    /// A method of the API.
    Api(&'static Method),
    /// `/v1/uploads`, with or without a session; the id tells the step.
    Upload(&'static str),
    /// Media bytes.
    BaseUrl,
    /// Media bytes of an item that was picked.
    PickedUrl,
    /// The page on which a user picks.
    Picker,
    /// The bytes that `=dv` redirects to.
    VideoDownload,
    /// An OAuth endpoint.
    OAuth(Endpoint),
    /// A discovery document.
    Discovery,
    /// The page that explains the emulator.
    Home,
    /// Nothing the emulator has.
    Unknown,
}

/// A request's target and the id in its path, decoded.
#[derive(Clone, Debug)]
pub(crate) struct Route {
    pub(crate) target: Target,
    pub(crate) resource: String,
}

impl Route {
    /// What faults, counters and the log call this: `albums.list`, `uploads.query`, `oauth.token` ...
    pub(crate) fn id(&self) -> &'static str {
        match self.target {
            Target::Api(method) => method.id,
            Target::Upload(step) => step,
            Target::BaseUrl => "baseUrl",
            Target::PickedUrl => "picker.baseUrl",
            Target::Picker => "picker.page",
            Target::VideoDownload => "baseUrl.video",
            Target::OAuth(Endpoint::Authorize) => "oauth.authorize",
            Target::OAuth(Endpoint::Consent) => "oauth.consent",
            Target::OAuth(Endpoint::Token) => "oauth.token",
            Target::OAuth(Endpoint::Revoke) => "oauth.revoke",
            Target::Discovery => "discovery",
            Target::Home => "home",
            Target::Unknown => "unknown",
        }
    }
}

/// Where the list of discovery documents has those of the APIs.
const DISCOVERY: &str = "/discovery/v1/apis/";

/// Finds the target of a request from its method, its path as it was sent and, for uploads, its headers.
pub(crate) fn route(request: &Received) -> Route {
    let http_method = request.meant_method();
    let plain = |target| Route {
        target,
        resource: String::new(),
    };
    match (http_method, request.path.as_str()) {
        ("GET", "/") => plain(Target::Home),
        // At one address there is one service: that of the Picker is in the list only.
        ("GET", "/$discovery/rest" | "/%24discovery/rest") => Route {
            target: Target::Discovery,
            resource: "photoslibrary".to_owned(),
        },
        ("GET", path) if path.starts_with(DISCOVERY) && path.ends_with("/v1/rest") => Route {
            target: Target::Discovery,
            resource: path
                .trim_start_matches(DISCOVERY)
                .trim_end_matches("/v1/rest")
                .to_owned(),
        },
        ("POST", "/v1/uploads") => plain(Target::Upload(upload_step(request))),
        ("GET", "/o/oauth2/v2/auth") => plain(Target::OAuth(Endpoint::Authorize)),
        ("POST", "/o/oauth2/v2/auth") => plain(Target::OAuth(Endpoint::Consent)),
        ("POST", "/token") => plain(Target::OAuth(Endpoint::Token)),
        ("POST", "/revoke") => plain(Target::OAuth(Endpoint::Revoke)),
        ("GET" | "HEAD", path) if path.starts_with("/base/") => {
            with_rest(Target::BaseUrl, path, "/base/")
        }
        ("GET" | "HEAD", path) if path.starts_with("/picked/") => {
            with_rest(Target::PickedUrl, path, "/picked/")
        }
        ("GET" | "POST", path) if path.starts_with("/picker/") => {
            with_rest(Target::Picker, path, "/picker/")
        }
        ("GET" | "HEAD", path) if path.starts_with("/video-downloads/") => {
            with_rest(Target::VideoDownload, path, "/video-downloads/")
        }
        (_, path) => {
            api(http_method, path, &request.query).unwrap_or_else(|| plain(Target::Unknown))
        }
    }
}

/// `/v1/{collection}`, `/v1/{collection}/{id}`, either with `:{verb}`. The verb's colon is never encoded: an encoded
/// one belongs to the id. Both APIs have a `mediaItems`: that of the Picker API needs a `sessionId`, which the other
/// one does not know.
fn api(http_method: &str, path: &str, query: &Query) -> Option<Route> {
    let path = path.strip_prefix("/v1/")?;
    let (start, verb) = path
        .rsplit_once(':')
        .map_or((path, None), |(start, verb)| (start, Some(verb)));
    let (collection, id) = start
        .split_once('/')
        .map_or((start, None), |(start, id)| (start, Some(id)));
    if id.is_some_and(|id| id.is_empty() || id.contains('/')) {
        return None;
    }
    let id_place = id.map_or("", |_| "/{}");
    let template = verb.map_or_else(
        || format!("{collection}{id_place}"),
        |verb| format!("{collection}{id_place}:{verb}"),
    );
    let is_meant = |method: &&Method| {
        let (path, parameter) = match method.path.split_once('?') {
            Some((path, parameter)) => (path, Some(parameter)),
            None => (method.path, None),
        };
        method.verb == http_method
            && path == template
            && parameter.is_none_or(|parameter| query.get(parameter).is_some())
    };
    // The one that needs a parameter stands behind the one that does not.
    let method = METHODS.iter().rev().find(is_meant)?;
    let resource = percent_decode_str(id.unwrap_or_default())
        .decode_utf8()
        .ok()?
        .into_owned();
    Some(Route {
        target: Target::Api(method),
        resource,
    })
}

fn with_rest(target: Target, path: &str, prefix: &str) -> Route {
    Route {
        target,
        resource: path.strip_prefix(prefix).unwrap_or_default().to_owned(),
    }
}

/// The step of an upload by its protocol and command headers.
fn upload_step(request: &Received) -> &'static str {
    let header = |name| {
        request
            .header(name)
            .unwrap_or_default()
            .to_ascii_lowercase()
            .replace(' ', "")
    };
    if request.query.get("upload_id").is_none() {
        return match (
            header("x-goog-upload-protocol").as_str(),
            header("x-goog-upload-command").as_str(),
        ) {
            ("raw", "") => "uploads.raw",
            ("resumable", "start") => "uploads.start",
            _ => "uploads.unknown",
        };
    }
    match header("x-goog-upload-command").as_str() {
        "upload" => "uploads.upload",
        "upload,finalize" | "finalize" => "uploads.finalize",
        "query" => "uploads.query",
        "cancel" => "uploads.cancel",
        _ => "uploads.unknown",
    }
}
