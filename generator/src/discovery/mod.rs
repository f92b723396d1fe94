//! The Discovery document as Google writes it, without opinions: what the keys mean for Rust is
//! decided in `lower`.

pub(crate) mod prose;
mod read;

use crate::diagnostic::Pointer;

pub(crate) use read::read;

/// A whole document.
#[derive(Debug, Default)]
pub(crate) struct Document {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) version: String,
    pub(crate) title: String,
    pub(crate) description: String,
    pub(crate) revision: String,
    pub(crate) canonical_name: Option<String>,
    pub(crate) documentation_link: Option<String>,
    pub(crate) root_url: String,
    pub(crate) mtls_root_url: Option<String>,
    pub(crate) service_path: String,
    pub(crate) features: Vec<String>,
    pub(crate) endpoints: Vec<Endpoint>,
    pub(crate) scopes: Vec<(String, String)>,
    pub(crate) parameters: Vec<(String, Node)>,
    pub(crate) schemas: Vec<(String, Node)>,
    pub(crate) root: Resource,
}

/// A regional endpoint of the service.
#[derive(Debug)]
pub(crate) struct Endpoint {
    pub(crate) url: String,
    pub(crate) location: String,
    pub(crate) pointer: Pointer,
}

/// A collection of methods; the document itself is one for its top-level methods.
#[derive(Debug, Default)]
pub(crate) struct Resource {
    pub(crate) methods: Vec<(String, Method)>,
    pub(crate) resources: Vec<(String, Resource)>,
    pub(crate) deprecated: bool,
}

/// A method.
#[derive(Debug)]
pub(crate) struct Method {
    pub(crate) pointer: Pointer,
    pub(crate) id: String,
    pub(crate) path: String,
    pub(crate) http_method: String,
    pub(crate) description: String,
    pub(crate) parameters: Vec<(String, Node)>,
    pub(crate) parameter_order: Vec<String>,
    pub(crate) scopes: Vec<String>,
    pub(crate) request: Option<Node>,
    pub(crate) response: Option<Node>,
    pub(crate) api_version: Option<String>,
    pub(crate) etag_required: bool,
    pub(crate) deprecated: bool,
    pub(crate) media_upload: Option<MediaUpload>,
    pub(crate) supports_media_download: bool,
    pub(crate) use_media_download_service: bool,
}

/// What a method that takes media says about it.
#[derive(Debug)]
pub(crate) struct MediaUpload {
    pub(crate) pointer: Pointer,
    pub(crate) accept: Vec<String>,
    pub(crate) max_size: Option<String>,
    pub(crate) simple_path: Option<String>,
    pub(crate) resumable_path: Option<String>,
    pub(crate) multipart: bool,
}

/// A parameter, a schema, a property, an item or a map value: the format describes all of them
/// with one set of keys.
#[derive(Debug, Default)]
pub(crate) struct Node {
    pub(crate) pointer: Pointer,
    pub(crate) id: Option<String>,
    pub(crate) kind: Option<String>,
    pub(crate) reference: Option<String>,
    pub(crate) format: Option<String>,
    pub(crate) pattern: Option<String>,
    pub(crate) description: String,
    pub(crate) location: Option<String>,
    pub(crate) required: bool,
    pub(crate) repeated: bool,
    pub(crate) read_only: bool,
    pub(crate) deprecated: bool,
    pub(crate) default: Option<String>,
    pub(crate) minimum: Option<String>,
    pub(crate) maximum: Option<String>,
    pub(crate) values: Option<Vec<EnumValue>>,
    /// The ids of the methods that refuse a request without this property.
    pub(crate) required_by: Vec<String>,
    pub(crate) properties: Vec<(String, Node)>,
    pub(crate) additional_properties: Option<Box<Node>>,
    pub(crate) items: Option<Box<Node>>,
}

/// One value of an enum.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct EnumValue {
    pub(crate) value: String,
    pub(crate) description: String,
    pub(crate) deprecated: bool,
}
