//! Reads the JSON of a document; each key is used, ignored for a reason that stands here, or
//! reported.

use super::values::{node, parameter};
use super::{Document, Endpoint, MediaUpload, Method, Node, Resource};
use crate::diagnostic::{Pointer, Sink};
use crate::json::Json;
use crate::reader::Object;

/// Reads a whole document.
pub(crate) fn read(json: &Json, sink: &mut Sink) -> Document {
    let mut top = Object::open(json, &Pointer::default(), "the document", sink);
    if is_foreign(json, sink) {
        return Document::default();
    }
    constants(&mut top, sink);
    // Who owns an API, its pictures and its labels say nothing about calls.
    for key in ["icons", "labels", "ownerDomain", "ownerName", "etag"] {
        top.ignore(key);
    }
    // Names for packages in other languages; `version_module` says that they carry the version.
    for key in ["packagePath", "version_module", "serviceVersion"] {
        top.ignore(key);
    }
    // `rootUrl` and `servicePath` say the same as these two, and are right where they differ.
    for key in ["basePath", "baseUrl"] {
        top.ignore(key);
    }
    // What a method does decides when it is repeated, and how long is waited is the runtime's.
    top.ignore("exponentialBackoffDefault");
    // The patterns of path parameters say in which of them `/` is encoded.
    top.ignore("fullyEncodeReservedExpansion");
    // Global batch endpoints were withdrawn in 2020; calls are sent one by one.
    top.ignore("batchPath");
    let document = Document {
        id: top.required_string("id", sink),
        name: top.required_string("name", sink),
        version: top.required_string("version", sink),
        title: top.string("title", sink).unwrap_or_default(),
        description: top.string("description", sink).unwrap_or_default(),
        revision: top.string("revision", sink).unwrap_or_default(),
        canonical_name: top.string("canonicalName", sink),
        documentation_link: top.string("documentationLink", sink),
        root_url: top.required_string("rootUrl", sink),
        mtls_root_url: top.string("mtlsRootUrl", sink),
        service_path: top.string("servicePath", sink).unwrap_or_default(),
        features: top.strings("features", sink),
        endpoints: endpoints(&mut top, sink),
        scopes: top.object("auth", sink, scopes).unwrap_or_default(),
        parameters: top.map("parameters", sink, |_, json, at, sink| {
            parameter(json, at, sink)
        }),
        schemas: top.map("schemas", sink, |_, json, at, sink| {
            node(json, at, "the schema", sink)
        }),
        root: Resource {
            methods: top.map("methods", sink, |_, json, at, sink| method(json, at, sink)),
            resources: top.map("resources", sink, |_, json, at, sink| {
                resource(json, at, sink)
            }),
            deprecated: false,
        },
    };
    top.finish(sink);
    document
}

/// Whether this is JSON of something else, such as a list of APIs. That is one error: what else such
/// a file lacks or has says nothing.
fn is_foreign(json: &Json, sink: &mut Sink) -> bool {
    const KIND: &str = "discovery#restDescription";
    let top = Pointer::default();
    let (at, message) = match json.get("kind") {
        Some(Json::String(found)) if found != KIND => {
            let message = format!("`kind` is `{found}`; only `{KIND}` is known here");
            (top.key("kind"), message)
        }
        None if is_nameless(json) => (
            top,
            "this is no Discovery document: it has neither a name nor a version nor an address"
                .to_owned(),
        ),
        _ => return false,
    };
    sink.error(
        &at,
        message,
        "the list at https://www.googleapis.com/discovery/v1/apis has the address of each document as `discoveryRestUrl`",
    );
    true
}

/// Whether an object has none of the members that each document has.
fn is_nameless(json: &Json) -> bool {
    matches!(json, Json::Object(_))
        && ["id", "name", "version", "rootUrl"]
            .iter()
            .all(|key| json.get(key).is_none())
}

/// Members with one known value; another value would be another format.
fn constants(top: &mut Object<'_>, sink: &mut Sink) {
    top.string::<&str>("kind", sink);
    for (key, expected) in [("discoveryVersion", "v1"), ("protocol", "rest")] {
        if let Some(found) = top.string::<&str>(key, sink)
            && found != expected
        {
            sink.error(
                &top.pointer().key(key),
                format!("`{key}` is `{found}`; only `{expected}` is known here"),
                "check that this is a Google Discovery document of a REST API",
            );
        }
    }
}

fn endpoints(top: &mut Object<'_>, sink: &mut Sink) -> Vec<Endpoint> {
    top.list("endpoints", sink, |item, at, sink| {
        let mut object = Object::open(item, at, "the endpoint", sink);
        // It repeats the location in words.
        object.ignore("description");
        let endpoint = Endpoint {
            url: object.required_string("endpointUrl", sink),
            location: object.required_string("location", sink),
            pointer: at.clone(),
        };
        object.finish(sink);
        endpoint
    })
}

fn scopes(json: &Json, at: &Pointer, sink: &mut Sink) -> Vec<(String, String)> {
    let mut auth = Object::open(json, at, "`auth`", sink);
    let scopes = auth.object("oauth2", sink, |json, at, sink| {
        let mut oauth2 = Object::open(json, at, "`oauth2`", sink);
        let scopes = oauth2.map("scopes", sink, |_, json, at, sink| {
            let mut scope = Object::open(json, at, "the scope", sink);
            let description = scope.string("description", sink).unwrap_or_default();
            scope.finish(sink);
            description
        });
        oauth2.finish(sink);
        scopes
    });
    auth.finish(sink);
    scopes.unwrap_or_default()
}

fn resource(json: &Json, at: &Pointer, sink: &mut Sink) -> Resource {
    let mut object = Object::open(json, at, "the resource", sink);
    let resource = Resource {
        deprecated: object.flag("deprecated", sink),
        methods: object.map("methods", sink, |_, json, at, sink| method(json, at, sink)),
        resources: object.map("resources", sink, |_, json, at, sink| {
            resource(json, at, sink)
        }),
    };
    object.finish(sink);
    resource
}

fn method(json: &Json, at: &Pointer, sink: &mut Sink) -> Method {
    let mut object = Object::open(json, at, "the method", sink);
    // Subscriptions are made by methods of their own, named `watch`.
    object.ignore("supportsSubscription");
    // `flatPath` shows the path with other variables; `path` is what the service expands.
    object.ignore("flatPath");
    let takes_uploads = object.flag("supportsMediaUpload", sink);
    if takes_uploads && !object.has("mediaUpload") {
        sink.error(
            &at.key("supportsMediaUpload"),
            "the method takes uploads, but has no `mediaUpload` that says how",
            "add `mediaUpload`, or remove `supportsMediaUpload`",
        );
    }
    if let Some(kind) = object.string::<&str>("streamingType", sink)
        && kind != "NONE"
    {
        sink.error(
            &at.key("streamingType"),
            format!("the method streams (`{kind}`); only `NONE` is known here"),
            "remove the method, or teach the generator this kind",
        );
    }
    let method = Method {
        pointer: at.clone(),
        id: object.required_string("id", sink),
        path: object.required_string("path", sink),
        http_method: object.required_string("httpMethod", sink),
        description: object.string("description", sink).unwrap_or_default(),
        parameters: object.map("parameters", sink, |_, json, at, sink| {
            parameter(json, at, sink)
        }),
        parameter_order: object.strings("parameterOrder", sink),
        scopes: object.strings("scopes", sink),
        request: object.object("request", sink, request_or_response),
        response: object.object("response", sink, request_or_response),
        api_version: object.string("apiVersion", sink),
        etag_required: object.flag("etagRequired", sink),
        deprecated: object.flag("deprecated", sink),
        media_upload: object.object("mediaUpload", sink, media_upload),
        supports_media_download: object.flag("supportsMediaDownload", sink),
        use_media_download_service: object.flag("useMediaDownloadService", sink),
    };
    object.finish(sink);
    method
}

fn request_or_response(json: &Json, at: &Pointer, sink: &mut Sink) -> Node {
    node(json, at, "the body", sink)
}

fn media_upload(json: &Json, at: &Pointer, sink: &mut Sink) -> MediaUpload {
    let mut object = Object::open(json, at, "`mediaUpload`", sink);
    let mut upload = MediaUpload {
        pointer: at.clone(),
        accept: object.strings("accept", sink),
        max_size: object.string("maxSize", sink),
        simple_path: None,
        resumable_path: None,
        multipart: false,
    };
    object.object("protocols", sink, |json, at, sink| {
        let mut protocols = Object::open(json, at, "`protocols`", sink);
        if let Some((path, multipart)) = protocols.object("simple", sink, protocol) {
            upload.simple_path = Some(path);
            upload.multipart = multipart;
        }
        upload.resumable_path = protocols
            .object("resumable", sink, protocol)
            .map(|(path, _)| path);
        protocols.finish(sink);
    });
    object.finish(sink);
    upload
}

fn protocol(json: &Json, at: &Pointer, sink: &mut Sink) -> (String, bool) {
    let mut object = Object::open(json, at, "the upload protocol", sink);
    let path = object.required_string("path", sink);
    let multipart = object.flag("multipart", sink);
    object.finish(sink);
    (path, multipart)
}
