//! Methods and everything that a call of them needs.

use super::media::{Media, UploadProtocol};
use super::patch::{Patch, UpdateMask};
use super::path::PathTemplate;
use super::schema::{Deprecation, Docs, LengthLimit, Type};

/// The verb of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum HttpMethod {
    Get,
    Put,
    Post,
    Patch,
    Delete,
}

impl HttpMethod {
    /// The verb as it is written in HTTP.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Put => "PUT",
            Self::Post => "POST",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }
}

/// When a failed call is retried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RetrySafety {
    /// On any transient failure: doing it twice is doing it once.
    Idempotent,
    /// Only if the request was not processed.
    IfNotProcessed,
    /// Only if the request was not sent.
    IfNotSent,
}

/// A method of the service.
#[derive(Debug)]
pub(crate) struct Method {
    pub(crate) wire: String,
    pub(crate) id: String,
    /// `batch_create`; may need to be raw.
    pub(crate) function: String,
    /// The type of the call: `BatchCreate`.
    pub(crate) call: String,
    pub(crate) http: HttpMethod,
    /// From the root of the service, `servicePath` included.
    pub(crate) path: PathTemplate,
    pub(crate) docs: Docs,
    /// The first sentence of the documentation, for a table.
    pub(crate) summary: String,
    pub(crate) params: Vec<Param>,
    pub(crate) body: Option<Body>,
    pub(crate) response: Response,
    /// Indexes into `Api::scopes`: any one of them suffices.
    pub(crate) scopes: Vec<usize>,
    /// Whether the service has said that no scope is accepted any more.
    pub(crate) unusable: bool,
    pub(crate) retry: RetrySafety,
    pub(crate) paging: Option<Paging>,
    /// How to poll the operation that the response is.
    pub(crate) operation: Option<Poll>,
    /// How a PATCH says what it changes.
    pub(crate) patch: Option<Patch>,
    /// Lists in the body whose length is checked before anything is sent.
    pub(crate) body_limits: Vec<BodyLimit>,
    /// Fields of the body that exclude each other, checked before anything is sent.
    pub(crate) exclusive: Vec<Exclusive>,
    pub(crate) deprecated: Option<Deprecation>,
    pub(crate) api_version: Option<String>,
    /// Whether the service refuses a change that does not say which version it is of.
    pub(crate) etag_required: bool,
    /// The value of `alt` that has to be sent, where leaving it out gives no JSON.
    pub(crate) alt: Option<String>,
    pub(crate) media: Media,
}

impl Method {
    /// The resource and the name in the document, as overrides name a method: `albums.list`.
    pub(crate) fn path_from(&self, resource: &str) -> String {
        if resource.is_empty() {
            self.wire.clone()
        } else {
            format!("{resource}.{}", self.wire)
        }
    }

    /// Required parameters, in the order of the arguments.
    pub(crate) fn required(&self) -> impl Iterator<Item = &Param> {
        self.params
            .iter()
            .filter(|param| param.presence == Presence::Required)
    }

    /// Parameters that callers may leave out.
    pub(crate) fn optional(&self) -> impl Iterator<Item = &Param> {
        self.params
            .iter()
            .filter(|param| param.presence != Presence::Required)
    }

    /// The mask that says which fields of the body to change.
    pub(crate) fn update_mask(&self) -> Option<&UpdateMask> {
        match &self.patch {
            Some(Patch::Mask(mask)) => Some(mask),
            _ => None,
        }
    }

    /// Whether it is nothing but an upload, so that it has no call of its own.
    pub(crate) fn is_bare_upload(&self) -> bool {
        self.media
            .upload
            .as_ref()
            .is_some_and(|upload| upload.protocol == UploadProtocol::XGoogUpload)
    }

    /// Whether there is no JSON in its response, so that only a download can read it.
    pub(crate) fn gives_bytes_only(&self) -> bool {
        self.media.download && matches!(self.response, Response::Empty)
    }

    /// Whether its arguments mention schemas.
    pub(crate) fn takes_schemas(&self) -> bool {
        let in_params = self.required().any(|param| param.ty.mentioned().is_some());
        in_params || matches!(&self.body, Some(Body::Json { ty, .. }) if ty.mentioned().is_some())
    }

    /// Whether its parameters, its body or its response mention schemas.
    pub(crate) fn mentions_schemas(&self) -> bool {
        let in_params = self
            .params
            .iter()
            .any(|param| param.ty.mentioned().is_some());
        let in_response = matches!(
            &self.response,
            Response::Json(ty) | Response::Stream(ty) if ty.mentioned().is_some()
        );
        in_params || in_response || self.takes_schemas()
    }

    /// The name of the argument that is the body.
    pub(crate) fn body_name(&self) -> &str {
        match &self.body {
            Some(Body::Json { name, .. } | Body::Raw { name }) => name,
            None => "body",
        }
    }

    /// Whether the body is merged into what the service has.
    pub(crate) fn merges(&self) -> bool {
        matches!(self.patch, Some(Patch::Merge))
    }
}

/// How a parameter may occur; a required one occurs at least once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Presence {
    Required,
    Optional,
}

/// A parameter in the path or the query.
#[derive(Debug)]
pub(crate) struct Param {
    pub(crate) wire: String,
    /// `page_size`; may need to be raw.
    pub(crate) name: String,
    pub(crate) in_path: bool,
    pub(crate) presence: Presence,
    /// `List` for a parameter that may be repeated.
    pub(crate) ty: Type,
    pub(crate) docs: Docs,
    pub(crate) deprecated: bool,
    pub(crate) default: Option<Box<str>>,
    pub(crate) minimum: Option<Box<str>>,
    pub(crate) maximum: Option<Box<str>>,
    pub(crate) length: Option<LengthLimit>,
    /// It is a key to something, and not printed.
    pub(crate) secret: bool,
}

/// What a request carries.
#[derive(Debug)]
pub(crate) enum Body {
    /// JSON; the name is that of the argument.
    Json { name: String, ty: Type },
    /// Bytes with a content type.
    Raw { name: String },
}

/// What a response carries.
#[derive(Debug)]
pub(crate) enum Response {
    /// Nothing that the document describes.
    Empty,
    Json(Type),
    /// A JSON array of such values, which the service sends one after another.
    Stream(Type),
    /// Bytes with a content type.
    Raw,
}

/// A limit on a list somewhere in the body.
#[derive(Debug)]
pub(crate) struct BodyLimit {
    /// The names on the wire: `filters.dateFilter.dates`.
    pub(crate) path: String,
    pub(crate) limit: LengthLimit,
}

/// Fields of the body of which a request may set one at most, by their paths on the wire.
pub(crate) type Exclusive = Vec<String>;

/// How a long-running operation is polled.
#[derive(Debug)]
pub(crate) struct Poll {
    pub(crate) get: OperationCall,
    pub(crate) cancel: Option<OperationCall>,
}

/// A call about an operation, with values that the first call has.
#[derive(Clone, Debug)]
pub(crate) struct OperationCall {
    pub(crate) id: String,
    /// The constant in the module of the first call: `OPERATIONS_GET_METHOD`.
    pub(crate) constant: String,
    pub(crate) http: HttpMethod,
    pub(crate) path: PathTemplate,
    pub(crate) scopes: Vec<usize>,
    pub(crate) api_version: Option<String>,
    /// Path parameters that the first call has too: wire name and Rust name.
    pub(crate) params: Vec<(String, String)>,
    /// The path parameter for the name of the operation.
    pub(crate) name_param: String,
}

/// How a list is cut into pages.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Paging {
    pub(crate) token: TokenPlace,
    /// The field of the response with the token of the next page.
    pub(crate) next: FieldPath,
    /// Where the items of a page are, if that is clear.
    pub(crate) items: Option<ItemSource>,
}

/// The way from a response to a field in it; all fields before the last one hold objects.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct FieldPath {
    /// The names on the wire.
    pub(crate) wire: Vec<String>,
    /// The Rust names.
    pub(crate) names: Vec<String>,
}

impl FieldPath {
    /// The path as the parameter `fields` writes it: `queryResult/nextPageToken`.
    pub(crate) fn mask(&self) -> String {
        self.wire.join("/")
    }
}

/// Where a request carries the token of its page.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum TokenPlace {
    /// A parameter, by its Rust name.
    Param(String),
    /// A field of the body, by its Rust name.
    Body(String),
}

/// The items of a page.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct ItemSource {
    /// The field of the response.
    pub(crate) path: FieldPath,
    pub(crate) item: Type,
    /// The items are values of a map; each comes with its key.
    pub(crate) keyed: bool,
}
