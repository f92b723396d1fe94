//! What is the same for all calls of a method.

use crate::HttpMethod;

/// A method as its document describes it.
#[derive(Clone, Copy, Debug)]
pub struct Method {
    pub(crate) id: &'static str,
    pub(crate) http: HttpMethod,
    pub(crate) path: &'static str,
    pub(crate) scopes: &'static [&'static str],
    pub(crate) retry: RetrySafety,
    pub(crate) api_version: Option<&'static str>,
    pub(crate) alt: Option<&'static str>,
    pub(crate) wraps_data: bool,
    pub(crate) streams: bool,
}

/// When a failed call is made again without asking the caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RetrySafety {
    /// On any transient failure: making the call twice is the same as making it once.
    Idempotent,
    /// Only if the request was not processed: not sent, one 401, or a 429 for the whole call.
    IfNotProcessed,
    /// Only if the request was not sent, or after one 401.
    IfNotSent,
}

impl Method {
    /// A method with its identifier, such as `photoslibrary.albums.get`, and the template of its
    /// path from the root of the service, as
    /// [`google/api/http.proto`](https://github.com/googleapis/googleapis/blob/master/google/api/http.proto)
    /// writes it.
    ///
    /// A variable such as `{albumId}` stands for one segment, and a `/` in its value is sent as
    /// `%2F`. `{name=projects/*/secrets/*}` stands for as many segments, whose `/` stay; `**` at
    /// the end takes one or more. Before anything is sent, a value is refused whose segments are
    /// not those of the form, or that has a segment which is empty, or `.` or `..` in any number
    /// of layers of escapes.
    pub const fn new(id: &'static str, http: HttpMethod, path: &'static str) -> Self {
        Self {
            id,
            http,
            path,
            scopes: &[],
            retry: RetrySafety::IfNotSent,
            api_version: None,
            alt: None,
            wraps_data: false,
            streams: false,
        }
    }

    /// The scopes that the method accepts; any one of them suffices.
    #[must_use]
    pub const fn scopes(mut self, scopes: &'static [&'static str]) -> Self {
        self.scopes = scopes;
        self
    }

    /// When the method is called again without asking.
    #[must_use]
    pub const fn retry(mut self, retry: RetrySafety) -> Self {
        self.retry = retry;
        self
    }

    /// The value of the header `x-goog-api-version`.
    #[must_use]
    pub const fn api_version(mut self, version: &'static str) -> Self {
        self.api_version = Some(version);
        self
    }

    /// The value of the parameter `alt`, such as `json` or `media`. The response of a method
    /// without it is JSON.
    #[must_use]
    pub const fn alt(mut self, alt: &'static str) -> Self {
        self.alt = Some(alt);
        self
    }

    /// Wraps bodies in an object with the one member `data` (the feature `dataWrapper` of the
    /// document).
    #[must_use]
    pub const fn data_wrapper(mut self) -> Self {
        self.wraps_data = true;
        self
    }

    /// Takes a JSON array as the response, whose elements the service sends one after another: what
    /// a method that streams in gRPC sends over HTTP. A single object is taken as an array of one,
    /// as some emulators send it, and an element `{"error": …}` is the error that it tells of.
    #[must_use]
    pub const fn streamed_response(mut self) -> Self {
        self.streams = true;
        self
    }

    /// The identifier, such as `photoslibrary.albums.get`.
    pub const fn id(&self) -> &'static str {
        self.id
    }

    /// The scopes that the method accepts; any one of them suffices.
    pub const fn accepted_scopes(&self) -> &'static [&'static str] {
        self.scopes
    }
}
