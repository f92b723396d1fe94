//! Resources and methods become handles and calls.

use super::schemas::deprecation;
use super::{DOC_WIDTH, Lowerer, first_sentence, names, paths, rustdoc};
use crate::diagnostic::Pointer;
use crate::discovery;
use crate::model::{
    Body, HttpMethod, Media, Method, Param, Presence, Repeat, Resource, Response, Scope, Type,
    Upload, UploadProtocol,
};

/// Parameters that every method has; they are options of the runtime, not setters of each call.
const COMMON: &[&str] = &[
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

/// Names that emitted modules use for something else; file names that mean something to cargo; and
/// those that Windows keeps for devices.
const MODULE_NAMES: &[&str] = &[
    "calls",
    "discovery_runtime",
    "methods",
    "runtime",
    "schemas",
    "scopes",
    "bin",
    "lib",
    "main",
    "mod",
    "aux",
    "con",
    "nul",
    "prn",
];
const TYPE_NAMES: &[&str] = &[
    "Bytes",
    "Call",
    "CallOptions",
    "Client",
    "Context",
    "Date",
    "Download",
    "Duration",
    "FieldMask",
    "From",
    "HttpBody",
    "HttpMethod",
    "Into",
    "IntoIterator",
    "Items",
    "Map",
    "Method",
    "None",
    "Option",
    "Paged",
    "PagedItems",
    "Pages",
    "Repeat",
    "Request",
    "Result",
    "Self",
    "Some",
    "String",
    "Timestamp",
    "UpdateMask",
    "Upload",
    "Value",
    "Vec",
];
const HANDLE_NAMES: &[&str] = &["clone", "new"];
const CLIENT_NAMES: &[&str] = &["builder", "clone", "core", "from_core", "new", "request"];
const SETTER_NAMES: &[&str] = &[
    "clear", "clone", "download", "items", "options", "pages", "send", "upload", "wait",
];
const ARGUMENT_NAMES: &[&str] = &["context"];

/// The root of the resources.
pub(super) fn root(lowerer: &mut Lowerer<'_>, scopes: &[Scope]) -> Resource {
    let document = lowerer.document;
    let mut scope = names::Scope::reserving(CLIENT_NAMES);
    let mut calls = names::Scope::reserving(TYPE_NAMES);
    let place = Place {
        path: String::new(),
        types: names::camel(&document.name),
    };
    let methods = methods(
        lowerer,
        &document.root,
        &place,
        scopes,
        &mut scope,
        &mut calls,
    );
    let mut root = Resource {
        methods,
        ..Resource::default()
    };
    root.resources = resources(lowerer, &document.root, "", "", &mut scope, scopes);
    root
}

/// Where a resource is: its path in the document, and the words for types that belong to it.
struct Place {
    path: String,
    types: String,
}

fn resources(
    lowerer: &mut Lowerer<'_>,
    parent: &discovery::Resource,
    parent_path: &str,
    parent_types: &str,
    accessors: &mut names::Scope,
    scopes: &[Scope],
) -> Vec<Resource> {
    let mut modules = names::Scope::reserving(MODULE_NAMES);
    let parent_module = names::snake(parent_path.rsplit('.').next().unwrap_or(""));
    modules.claim(&parent_module, "");
    let mut found = Vec::with_capacity(parent.resources.len());
    for (wire, resource) in &parent.resources {
        let path = if parent_path.is_empty() {
            wire.clone()
        } else {
            format!("{parent_path}.{wire}")
        };
        let place = Place {
            types: format!("{parent_types}{}", names::camel(wire)),
            path,
        };
        let mut calls = names::Scope::reserving(TYPE_NAMES);
        let handle = calls.claim(&names::camel(wire), "Methods");
        let mut members = names::Scope::reserving(HANDLE_NAMES);
        let methods = methods(lowerer, resource, &place, scopes, &mut members, &mut calls);
        found.push(Resource {
            wire: wire.clone(),
            module: modules.claim(&names::snake(wire), "_resource"),
            accessor: accessors.claim(&names::snake(wire), "_resource"),
            handle,
            deprecated: resource.deprecated,
            feature: None,
            methods,
            resources: resources(
                lowerer,
                resource,
                &place.path,
                &place.types,
                &mut members,
                scopes,
            ),
            path: place.path,
        });
    }
    found
}

fn methods(
    lowerer: &mut Lowerer<'_>,
    resource: &discovery::Resource,
    place: &Place,
    scopes: &[Scope],
    functions: &mut names::Scope,
    calls: &mut names::Scope,
) -> Vec<Method> {
    let mut found = Vec::with_capacity(resource.methods.len());
    for (wire, method) in &resource.methods {
        let function = functions.claim(&names::snake(wire), "_method");
        let call = calls.claim(&names::camel(wire), "Call");
        if let Some(method) = lower_method(lowerer, wire, method, place, scopes, function, call) {
            found.push(method);
        }
    }
    found
}

fn lower_method(
    lowerer: &mut Lowerer<'_>,
    wire: &str,
    method: &discovery::Method,
    place: &Place,
    scopes: &[Scope],
    function: String,
    call: String,
) -> Option<Method> {
    let http = http_method(lowerer, method)?;
    let path = format!("{}{}", lowerer.document.service_path, method.path);
    let name = if place.path.is_empty() {
        wire.to_owned()
    } else {
        format!("{}.{wire}", place.path)
    };
    let types = format!("{}{}", place.types, names::camel(wire));
    let mut arguments = names::Scope::reserving(ARGUMENT_NAMES);
    let params = params(lowerer, method, &path, &name, &types, &mut arguments);
    let body = body(lowerer, method, &types, &name, &mut arguments);
    let response = match &method.response {
        None => Response::Empty,
        Some(node) => match lowerer.lower_type(
            node,
            &format!("{types}Response"),
            &format!("{name}.response"),
        ) {
            Type::Schema(_) if is_http_body(lowerer, node) => Response::Raw,
            ty => Response::Json(ty),
        },
    };
    Some(Method {
        wire: wire.to_owned(),
        id: method.id.clone(),
        pointer: method.pointer.clone(),
        function,
        call,
        http,
        docs: rustdoc(&method.description, DOC_WIDTH),
        summary: first_sentence(&method.description),
        params,
        body,
        response,
        scopes: method_scopes(lowerer, method, scopes),
        unusable: false,
        repeat: default_repeat(http),
        paging: None,
        operation: None,
        update_mask: None,
        body_limits: Vec::new(),
        deprecated: deprecation(method.deprecated),
        api_version: api_version(lowerer, method),
        alt: alt(lowerer.document),
        media: Media {
            upload: upload(lowerer, method),
            download: method.supports_media_download || method.use_media_download_service,
        },
        path,
    })
}

fn http_method(lowerer: &mut Lowerer<'_>, method: &discovery::Method) -> Option<HttpMethod> {
    let http = match method.http_method.as_str() {
        "GET" => HttpMethod::Get,
        "PUT" => HttpMethod::Put,
        "POST" => HttpMethod::Post,
        "PATCH" => HttpMethod::Patch,
        "DELETE" => HttpMethod::Delete,
        other => {
            lowerer.sink.error(
                &method.pointer.key("httpMethod"),
                format!("the HTTP method `{other}` is not known"),
                "GET, PUT, POST, PATCH and DELETE are",
            );
            return None;
        }
    };
    if http == HttpMethod::Get && method.request.is_some() {
        lowerer.sink.error(
            &method.pointer.key("request"),
            "a GET has a request body",
            "no service accepts that; correct the method",
        );
    }
    Some(http)
}

/// The value of a header, so nothing but what a version is made of.
fn api_version(lowerer: &mut Lowerer<'_>, method: &discovery::Method) -> Option<String> {
    let version = method.api_version.as_ref()?;
    if version.is_empty()
        || !version
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "._-".contains(c))
    {
        lowerer.sink.error(
            &method.pointer.key("apiVersion"),
            format!("`{version}` cannot be sent as a version"),
            "letters, digits, `.`, `-` and `_` are allowed",
        );
    }
    Some(version.clone())
}

/// What the verb alone says; corrections know better for single methods.
fn default_repeat(http: HttpMethod) -> Repeat {
    match http {
        HttpMethod::Get | HttpMethod::Put | HttpMethod::Delete => Repeat::Safe,
        HttpMethod::Post | HttpMethod::Patch => Repeat::Unsent,
    }
}

/// `alt` must be said where the service would not answer in JSON by itself.
fn alt(document: &discovery::Document) -> Option<String> {
    let (_, node) = document.parameters.iter().find(|(name, _)| name == "alt")?;
    let default = node.default.as_deref()?;
    let has_json = node
        .values
        .iter()
        .flatten()
        .any(|value| value.value == "json");
    (default != "json" && has_json).then(|| "json".to_owned())
}

fn method_scopes(
    lowerer: &mut Lowerer<'_>,
    method: &discovery::Method,
    scopes: &[Scope],
) -> Vec<usize> {
    let at = method.pointer.key("scopes");
    let mut found = Vec::new();
    for (index, url) in method.scopes.iter().enumerate() {
        match scopes.iter().position(|scope| scope.url == *url) {
            Some(position) => found.push(position),
            None => lowerer.sink.error(
                &at.index(index),
                format!("the scope `{url}` is not declared"),
                "declare it under `auth.oauth2.scopes`",
            ),
        }
    }
    found
}

fn params(
    lowerer: &mut Lowerer<'_>,
    method: &discovery::Method,
    path: &str,
    name: &str,
    types: &str,
    arguments: &mut names::Scope,
) -> Vec<Param> {
    let variables = paths::variables(path, &method.pointer.key("path"), lowerer.sink);
    let order = |wire: &str| {
        let listed = method
            .parameter_order
            .iter()
            .position(|listed| listed == wire);
        listed.unwrap_or(usize::MAX)
    };
    let mut nodes: Vec<&(String, discovery::Node)> = method.parameters.iter().collect();
    nodes.sort_by_key(|(wire, _)| order(wire));
    let at = method.pointer.key("parameters");
    for (index, listed) in method.parameter_order.iter().enumerate() {
        if !method.parameters.iter().any(|(wire, _)| wire == listed) {
            lowerer.sink.error(
                &method.pointer.key("parameterOrder").index(index),
                format!("the method has no parameter `{listed}`"),
                "remove it from the order, or add it to `parameters`",
            );
        }
    }
    for variable in &variables {
        if !method
            .parameters
            .iter()
            .any(|(wire, node)| wire == variable && in_path(node))
        {
            lowerer.sink.error(
                &method.pointer.key("path"),
                format!("the path has the variable `{variable}`, but the method has no such path parameter"),
                format!("add the parameter `{variable}` with the location `path`"),
            );
        }
    }
    let mut setters = names::Scope::reserving(SETTER_NAMES);
    let mut found = Vec::new();
    for (wire, node) in nodes {
        let in_path = in_path(node);
        if !in_path && COMMON.contains(&wire.as_str()) {
            continue;
        }
        check_location(lowerer, node, &at.key(wire));
        if in_path && !variables.contains(wire) {
            lowerer.sink.error(
                &at.key(wire),
                format!("the path parameter `{wire}` does not occur in the path"),
                "add it to the path, or make its location `query`",
            );
        }
        if in_path && node.repeated {
            lowerer.sink.error(
                &at.key(wire).key("repeated"),
                format!("the path parameter `{wire}` is repeated"),
                "a path has one value for each variable; remove `repeated`",
            );
        }
        let owner = format!("{types}{}", names::camel(wire));
        let ty = lowerer.param_type(node, &owner, &format!("{name}#{wire}"));
        let required = in_path || node.required;
        let rust_name = names::snake(wire);
        let rust_name = if required {
            rust_name
        } else {
            setters.claim(&rust_name, "_param")
        };
        found.push(Param {
            wire: wire.clone(),
            name: arguments.claim(&rust_name, "_param"),
            in_path,
            presence: if required {
                Presence::Required
            } else {
                Presence::Optional
            },
            ty,
            docs: rustdoc(&node.description, DOC_WIDTH),
            deprecated: node.deprecated,
            default: node.default.clone(),
            minimum: node.minimum.clone(),
            maximum: node.maximum.clone(),
            length: None,
        });
    }
    found
}

fn in_path(node: &discovery::Node) -> bool {
    node.location.as_deref() == Some("path")
}

fn check_location(lowerer: &mut Lowerer<'_>, node: &discovery::Node, at: &Pointer) {
    match node.location.as_deref() {
        Some("path" | "query") => {}
        Some(other) => lowerer.sink.error(
            &at.key("location"),
            format!("the location `{other}` is not known"),
            "`path` and `query` are",
        ),
        None => lowerer.sink.error(
            at,
            "the parameter has no `location`",
            "make it `path` or `query`",
        ),
    }
}

fn body(
    lowerer: &mut Lowerer<'_>,
    method: &discovery::Method,
    types: &str,
    name: &str,
    arguments: &mut names::Scope,
) -> Option<Body> {
    let node = method.request.as_ref()?;
    let ty = lowerer.lower_type(node, &format!("{types}Request"), &format!("{name}.request"));
    if is_http_body(lowerer, node) {
        return Some(Body::Raw {
            name: arguments.claim("body", "_body"),
        });
    }
    let word = match &ty {
        Type::Schema(id) => names::snake(lowerer.type_name(*id)),
        _ => "body".to_owned(),
    };
    // A long name in front of each use helps nobody; requests are called that.
    let short = if word.ends_with("_request") || word.len() > 24 {
        "body".to_owned()
    } else {
        word
    };
    Some(Body::Json {
        name: arguments.claim(&short, "_body"),
        ty,
    })
}

/// Whether a body is `google.api.HttpBody`: on the wire its bytes stand alone, with its content
/// type as the header. The shape tells, since each document gives it another name.
fn is_http_body(lowerer: &Lowerer<'_>, node: &discovery::Node) -> bool {
    let Some(reference) = &node.reference else {
        return false;
    };
    let schema = lowerer
        .document
        .schemas
        .iter()
        .find(|(wire, _)| wire == reference);
    schema.is_some_and(|(wire, schema)| {
        let properties: Vec<&str> = schema
            .properties
            .iter()
            .map(|(name, _)| name.as_str())
            .collect();
        wire.ends_with("HttpBody")
            && properties == ["contentType", "data", "extensions"]
            && schema
                .properties
                .iter()
                .any(|(name, node)| name == "data" && node.format.as_deref() == Some("byte"))
    })
}

fn upload(lowerer: &mut Lowerer<'_>, method: &discovery::Method) -> Option<Upload> {
    let media = method.media_upload.as_ref()?;
    let at = media.pointer.key("protocols");
    let mut template = |path: &Option<String>, key: &str| {
        let path = path.as_deref()?;
        let relative = path.strip_prefix('/').unwrap_or(path);
        let at = at.key(key).key("path");
        for variable in paths::variables(relative, &at, lowerer.sink) {
            if !method
                .parameters
                .iter()
                .any(|(wire, node)| *wire == variable && in_path(node))
            {
                lowerer.sink.error(
                    &at,
                    format!("the path has the variable `{variable}`, but the method has no such path parameter"),
                    format!("add the parameter `{variable}` with the location `path`"),
                );
            }
        }
        Some(relative.to_owned())
    };
    let simple_path = template(&media.simple_path, "simple");
    let resumable_path = template(&media.resumable_path, "resumable");
    if simple_path.is_none() && resumable_path.is_none() {
        lowerer.sink.error(
            &media.pointer,
            "`mediaUpload` names no protocol",
            "add `protocols.simple` or `protocols.resumable`",
        );
    }
    Some(Upload {
        protocol: UploadProtocol::Google,
        simple_path,
        resumable_path,
        accept: media.accept.clone(),
        multipart: media.multipart,
        max_size: media.max_size.clone(),
        token_lifetime: None,
        refuses_empty: false,
    })
}
