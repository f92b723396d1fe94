//! What is the same for all calls of a method.

use std::ops::RangeInclusive;

use crate::HttpMethod;

/// A method as its document describes it: a literal that names what differs from
/// [`Method::DEFAULT`].
#[derive(Clone, Copy, Debug)]
pub struct Method {
    /// The identifier, such as `photoslibrary.albums.get`.
    pub id: &'static str,
    /// The verb of its requests.
    pub http: HttpMethod,
    /// The template of its path from the root of the service, as
    /// [`google/api/http.proto`](https://github.com/googleapis/googleapis/blob/master/google/api/http.proto)
    /// writes it.
    ///
    /// A variable such as `{albumId}` stands for one segment, and a `/` in its value is sent as
    /// `%2F`. `{name=projects/*/secrets/*}` stands for as many segments, whose `/` stay; `**` at
    /// the end takes one or more. Before anything is sent, a value is refused whose segments are
    /// not those of the form, or that has a segment which is empty, or `.` or `..` in any number
    /// of layers of escapes.
    pub path: &'static str,
    /// The scopes that it accepts; any one of them suffices.
    pub scopes: &'static [&'static str],
    /// When a failed call is made again without asking the caller.
    pub retry: RetrySafety,
    /// The value of the header `x-goog-api-version`.
    pub api_version: Option<&'static str>,
    /// The value of the parameter `alt`, such as `json` or `media`. The response of a method
    /// without it is JSON.
    pub alt: Option<&'static str>,
    /// Whether bodies are wrapped in an object with the one member `data` (the feature
    /// `dataWrapper` of the document).
    pub wraps_data: bool,
    /// Whether the response is a JSON array whose elements the service sends one after another:
    /// what a method that streams in gRPC sends over HTTP. A single object is taken as an array of
    /// one, as some emulators send it, and an element `{"error": …}` is the error that it tells of.
    pub streams: bool,
    /// How many entries lists in the body may have, by their paths on the wire, such as
    /// `filters.dateFilter.dates`. A list in an object that is absent has no length.
    pub limits: &'static [(&'static str, RangeInclusive<usize>)],
    /// Groups of fields of the body, by their paths on the wire: a request may set one of a group
    /// at most.
    pub exclusive: &'static [&'static [&'static str]],
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
    /// A GET of the root of the service that needs no scope: what a literal starts from.
    pub const DEFAULT: Self = Self {
        id: "",
        http: HttpMethod::Get,
        path: "",
        scopes: &[],
        retry: RetrySafety::IfNotSent,
        api_version: None,
        alt: None,
        wraps_data: false,
        streams: false,
        limits: &[],
        exclusive: &[],
    };
}
