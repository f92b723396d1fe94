//! What we mean to emit: a client API in Rust terms, with the names it will have.
//!
//! Nothing here knows JSON or tokens. `lower` builds it, `passes` complete it, and after
//! `passes::validate` nobody changes it.

mod call;
mod media;
mod patch;
mod path;
mod schema;

pub(crate) use call::{
    Body, BodyLimit, Exclusive, FieldPath, HttpMethod, ItemSource, Method, OperationCall, Paging,
    Param, Poll, Presence, Response, RetrySafety, TokenPlace,
};
pub(crate) use media::{Media, Resumable, Upload, UploadProtocol, in_units};
pub(crate) use patch::{Patch, UpdateMask};
pub(crate) use path::{PathPart, PathShape, PathTemplate, ShapePart};
pub(crate) use schema::{
    Deprecation, Docs, Field, Kind, LengthLimit, OperationDone, OperationShape, OperationStatus,
    Schema, SchemaId, Type, Variant,
};

/// A client crate.
#[derive(Debug)]
pub(crate) struct Api {
    /// `photoslibrary:v1`.
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) version: String,
    /// `Photos Library API`, as Markdown.
    pub(crate) title: String,
    /// The same as plain text.
    pub(crate) plain_title: String,
    pub(crate) docs: Docs,
    pub(crate) documentation_link: Option<String>,
    pub(crate) revision: String,
    /// The SHA-256 of the document in its canonical form, in hex.
    pub(crate) sha256: String,
    /// `google-photoslibrary-v1`.
    pub(crate) package: String,
    /// `photoslibrary-v1`.
    pub(crate) folder: String,
    pub(crate) root_url: String,
    pub(crate) mtls_root_url: Option<String>,
    /// Regional endpoints: location and URL.
    pub(crate) endpoints: Vec<(String, String)>,
    /// The least wait after a refusal for too many requests, in seconds.
    pub(crate) rate_limit_delay: Option<u64>,
    /// Whether every method takes the parameter `prettyPrint`.
    pub(crate) pretty_print: bool,
    /// Whether bodies are wrapped in an object with the one member `data`.
    pub(crate) wraps_data: bool,
    pub(crate) scopes: Vec<Scope>,
    /// All types, in an order that `SchemaId` indexes.
    pub(crate) schemas: Vec<Schema>,
    /// The parts that users can leave out; `None` for an API that is small enough.
    pub(crate) features: Option<Features>,
    /// The recursion limit that the compiler needs, if its usual one is too low for the types.
    pub(crate) recursion_limit: Option<usize>,
    /// The root of the resources; its methods are those of the client itself.
    pub(crate) root: Resource,
}

impl Api {
    /// The schema that an id names.
    pub(crate) fn schema(&self, id: SchemaId) -> &Schema {
        // An id is only ever made for a schema that is in the list.
        &self.schemas[id.0]
    }
}

/// A feature of `discovery-runtime`, which the emitted package has as well.
#[derive(Debug)]
pub(crate) struct RuntimeFeature {
    pub(crate) name: &'static str,
    default: DefaultFor,
}

/// The packages in which a feature is on if users say nothing.
#[derive(Clone, Copy, Debug)]
enum DefaultFor {
    All,
    /// Those with a method that takes bytes.
    Uploads,
    /// Those with a method that gives bytes.
    Downloads,
    /// Those with a method that takes or gives bytes.
    Media,
    None,
}

impl RuntimeFeature {
    /// Whether it is on in a package if users say nothing. What only uploads and downloads need is
    /// compiled where there are methods for them, or where users ask for it.
    pub(crate) fn is_default(&self, api: &Api) -> bool {
        let any = |is: fn(&Media) -> bool| {
            let methods = api.root.all_methods();
            methods.iter().any(|method| is(&method.media))
        };
        match self.default {
            DefaultFor::All => true,
            DefaultFor::Uploads => any(|media| media.upload.is_some()),
            DefaultFor::Downloads => any(|media| media.download),
            DefaultFor::Media => any(|media| media.upload.is_some() || media.download),
            DefaultFor::None => false,
        }
    }
}

/// The features of `discovery-runtime` that are for users.
pub(crate) const RUNTIME_FEATURES: &[RuntimeFeature] = &[
    feature("default-transport", DefaultFor::All),
    feature("download", DefaultFor::Downloads),
    feature("fs", DefaultFor::Media),
    feature("ring", DefaultFor::All),
    feature("upload", DefaultFor::Uploads),
    feature("aws-lc-rs", DefaultFor::None),
    feature("chrono", DefaultFor::None),
    feature("jiff", DefaultFor::None),
    feature("jiff02", DefaultFor::None),
    feature("oauth", DefaultFor::None),
    feature("test-util", DefaultFor::None),
    feature("time", DefaultFor::None),
];

const fn feature(name: &'static str, default: DefaultFor) -> RuntimeFeature {
    RuntimeFeature { name, default }
}

/// What users can leave out of a large API.
#[derive(Debug)]
pub(crate) struct Features {
    pub(crate) features: Vec<Feature>,
    pub(crate) default: DefaultFeatures,
}

/// What is there if users say nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DefaultFeatures {
    All,
    None,
}

/// A part of a large API, as a feature of the package.
#[derive(Debug)]
pub(crate) struct Feature {
    pub(crate) name: String,
    /// The resource; empty for types that belong to none.
    pub(crate) path: String,
}

/// An OAuth scope.
#[derive(Debug)]
pub(crate) struct Scope {
    pub(crate) url: String,
    /// `PHOTOSLIBRARY_APPENDONLY`.
    pub(crate) constant: String,
    pub(crate) docs: Docs,
    /// The day from which the service grants it no longer, with the reason.
    pub(crate) ended: Option<Deprecation>,
}

/// A collection of methods.
#[derive(Debug, Default)]
pub(crate) struct Resource {
    /// The name in the document.
    pub(crate) wire: String,
    /// The names in the document from the root, joined by dots: `projects.locations`.
    pub(crate) path: String,
    /// The module, and the accessor on the parent's handle unless `accessor` differs.
    pub(crate) module: String,
    pub(crate) accessor: String,
    /// The handle type: `Albums`.
    pub(crate) handle: String,
    pub(crate) deprecated: bool,
    /// The feature that it needs, if it has one of its own; see [`is_split`](Self::is_split).
    pub(crate) feature: Option<String>,
    pub(crate) methods: Vec<Method>,
    pub(crate) resources: Vec<Resource>,
}

impl Resource {
    /// Whether the resources below it have features of their own. Then its own feature is about its
    /// methods; the way through it to those below is always there.
    pub(crate) fn is_split(&self) -> bool {
        self.resources.iter().any(|child| child.feature.is_some())
    }

    /// All methods here and below.
    pub(crate) fn all_methods(&self) -> Vec<&Method> {
        let mut found: Vec<&Method> = self.methods.iter().collect();
        for resource in &self.resources {
            found.extend(resource.all_methods());
        }
        found
    }

    /// Runs `f` on every method here and below, with the path of its resource.
    pub(crate) fn for_each_method(&mut self, f: &mut impl FnMut(&str, &mut Method)) {
        for method in &mut self.methods {
            f(&self.path, method);
        }
        for resource in &mut self.resources {
            resource.for_each_method(f);
        }
    }
}
