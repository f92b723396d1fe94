//! The Discovery document as Google writes it, without opinions: what the keys mean for Rust is
//! decided in `lower`.

mod find;
pub(crate) mod prose;
mod read;
mod values;

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
#[derive(Debug, Default)]
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
    pub(crate) id: Option<Box<str>>,
    pub(crate) kind: Option<Box<str>>,
    pub(crate) reference: Option<Box<str>>,
    pub(crate) format: Option<Box<str>>,
    pub(crate) pattern: Option<Box<str>>,
    pub(crate) description: Box<str>,
    pub(crate) location: Option<Box<str>>,
    /// Of a parameter, or of a property without which some method refuses a request.
    pub(crate) required: bool,
    pub(crate) repeated: bool,
    pub(crate) read_only: bool,
    pub(crate) deprecated: bool,
    pub(crate) default: Option<Box<str>>,
    pub(crate) minimum: Option<Box<str>>,
    pub(crate) maximum: Option<Box<str>>,
    pub(crate) values: Option<Vec<EnumValue>>,
    pub(crate) properties: Vec<(String, Node)>,
    pub(crate) additional_properties: Option<Box<Node>>,
    pub(crate) items: Option<Box<Node>>,
    /// The override that gave it its type.
    pub(crate) type_override: Option<Box<Pointer>>,
}

impl Node {
    /// Whether it is a parameter in the path.
    pub(crate) fn is_in_path(&self) -> bool {
        self.location.as_deref() == Some("path")
    }

    /// Where `key` is said, a member that says something about the type: in the document, or in
    /// the override that gave another type.
    pub(crate) fn type_pointer(&self, key: &str) -> Pointer {
        self.type_override
            .as_deref()
            .cloned()
            .unwrap_or_else(|| self.pointer.key(key))
    }
}

/// One value of an enum.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct EnumValue {
    pub(crate) value: String,
    pub(crate) description: String,
    pub(crate) deprecated: bool,
}

/// Whether an enum is `google.protobuf.NullValue`: its only value stands for `null` in JSON.
pub(crate) fn is_null_value(values: &[EnumValue]) -> bool {
    matches!(values, [only] if only.value == "NULL_VALUE")
}

/// Whether a parameter is one that every method has: those are options of the runtime, not setters
/// of each call.
pub(crate) fn is_common_parameter(wire: &str, node: &Node) -> bool {
    !node.is_in_path() && COMMON_PARAMETERS.contains(&wire)
}

const COMMON_PARAMETERS: &[&str] = &[
    "$.xgafv",
    "access_token",
    "alt",
    "bearer_token",
    "callback",
    "fields",
    "key",
    "oauth_token",
    "pp",
    "prettyPrint",
    "quotaUser",
    "uploadType",
    "upload_protocol",
    "userIp",
];
