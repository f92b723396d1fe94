//! Methods become calls.

use super::resources::Place;
use super::schemas::deprecation;
use super::{DOC_WIDTH, Lowerer, bodies, first_sentence, names, params, paths, rustdoc, streams};
use crate::discovery;
use crate::model::{HttpMethod, Media, Method, Response, RetrySafety, Scope, Type};

const ARGUMENT_NAMES: &[&str] = &["context", "merge_patch"];

/// The call of a method, unless its verb is not known.
pub(super) fn lower(
    lowerer: &mut Lowerer<'_>,
    wire: &str,
    method: &discovery::Method,
    place: &Place,
    scopes: &[Scope],
    function: String,
    call: String,
) -> Option<Method> {
    let http = http_method(lowerer, method)?;
    let path = paths::template(
        &format!("{}{}", lowerer.document.service_path, method.path),
        &method.parameters,
        &method.pointer.key("path"),
        lowerer.sink,
    );
    let name = if place.path.is_empty() {
        wire.to_owned()
    } else {
        format!("{}.{wire}", place.path)
    };
    let types = format!("{}{}", place.types, names::camel(wire));
    let mut arguments = names::Scope::reserving(ARGUMENT_NAMES);
    let params = params::lower(lowerer, method, &path, &name, &types, &mut arguments);
    let body = bodies::request(lowerer, method, &types, &name, &mut arguments);
    let response = match &method.response {
        None => Response::Empty,
        Some(node) => match lowerer.lower_type(
            node,
            &format!("{types}Response"),
            &format!("{name}.response"),
        ) {
            Type::Schema(_) if bodies::is_http_body(lowerer, node) => Response::Raw,
            ty if streams::responds_in_stream(lowerer.document, wire, method) => {
                Response::Stream(ty)
            }
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
        retry: default_retry_safety(http),
        paging: None,
        operation: None,
        patch: None,
        body_limits: Vec::new(),
        exclusive: Vec::new(),
        deprecated: deprecation(method.deprecated),
        api_version: api_version(lowerer, method),
        etag_required: method.etag_required,
        alt: alt(lowerer.document),
        media: Media {
            upload: bodies::upload(lowerer, method),
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
fn default_retry_safety(http: HttpMethod) -> RetrySafety {
    match http {
        HttpMethod::Get | HttpMethod::Put | HttpMethod::Delete => RetrySafety::Idempotent,
        HttpMethod::Post | HttpMethod::Patch => RetrySafety::IfNotSent,
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
