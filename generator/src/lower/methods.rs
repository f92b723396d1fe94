//! Methods become calls.

use super::schemas::deprecation;
use super::{Lowerer, bodies, first_sentence, names, params, paths, streams};
use crate::discovery;
use crate::model::{HttpMethod, Media, Method, Response, RetrySafety, Scope, Type};
use crate::overrides::{MethodFacts, Stale};

const ARGUMENT_NAMES: &[&str] = &["context", "merge_patch"];

/// Where a resource is: its path in the document, and the words for types that belong to it.
#[derive(Default)]
pub(super) struct Place {
    pub(super) path: String,
    pub(super) types: String,
}

impl Place {
    /// The path of a method or a resource that is here.
    pub(super) fn path_of(&self, wire: &str) -> String {
        if self.path.is_empty() {
            wire.to_owned()
        } else {
            format!("{}.{wire}", self.path)
        }
    }
}

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
    let name = place.path_of(wire);
    let facts = lowerer.facts.method(&name);
    // The path of an upload begins at the root of the service.
    let service_path = match facts.upload_tokens {
        Some(_) => "",
        None => &lowerer.document.service_path,
    };
    let path = paths::template(
        &format!("{service_path}{}", method.path),
        &method.parameters,
        &method.pointer.key("path"),
        lowerer.sink,
    );
    let types = format!("{}{}", place.types, names::camel(wire));
    let mut arguments = names::Scope::reserving(ARGUMENT_NAMES);
    let params = params::lower(lowerer, method, &path, &name, &types, &mut arguments);
    let body = bodies::request(lowerer, method, &types, &name, &mut arguments);
    let response = response(lowerer, wire, method, &name, &types, facts);
    let media = Media {
        upload: bodies::upload(lowerer, method, &path, &function, facts),
        download: method.supports_media_download || method.use_media_download_service,
    };
    Some(Method {
        wire: wire.to_owned(),
        id: method.id.clone(),
        function,
        call,
        http,
        docs: lowerer.descriptions.docs(&method.description),
        summary: first_sentence(&method.description),
        params,
        body,
        response,
        scopes: method_scopes(lowerer, method, scopes),
        unusable: facts.unusable,
        retry: retry_safety(lowerer, http, facts),
        paging: None,
        operation: None,
        patch: None,
        body_limits: Vec::new(),
        exclusive: Vec::new(),
        deprecated: facts
            .deprecated
            .clone()
            .or_else(|| deprecation(method.deprecated)),
        api_version: api_version(lowerer, method),
        etag_required: method.etag_required,
        alt: alt(lowerer.document),
        media,
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
    for (key, present) in [
        ("request", method.request.is_some()),
        ("mediaUpload", method.media_upload.is_some()),
    ] {
        if http == HttpMethod::Get && present {
            lowerer.sink.error(
                &method.pointer.key(key),
                "a GET has a request body",
                "no service accepts that; correct the method",
            );
        }
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

/// What a fact says, or else the verb alone.
fn retry_safety(lowerer: &mut Lowerer<'_>, http: HttpMethod, facts: &MethodFacts) -> RetrySafety {
    let default = match http {
        // Bytes alone create nothing that a user could see.
        _ if facts.upload_tokens.is_some() => RetrySafety::Idempotent,
        HttpMethod::Get | HttpMethod::Put | HttpMethod::Delete => RetrySafety::Idempotent,
        HttpMethod::Post | HttpMethod::Patch => RetrySafety::IfNotSent,
    };
    let Some(fact) = &facts.retry else {
        return default;
    };
    if fact.value == default {
        Stale::Said("its HTTP method says so".to_owned()).report(&fact.pointer, lowerer.sink);
    }
    fact.value
}

fn response(
    lowerer: &mut Lowerer<'_>,
    wire: &str,
    method: &discovery::Method,
    name: &str,
    types: &str,
    facts: &MethodFacts,
) -> Response {
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
    let Some(fact) = &facts.streamed else {
        return response;
    };
    let (response, stale) = match (response, fact.value) {
        (Response::Json(ty), true) => return Response::Stream(ty),
        (Response::Stream(ty), false) => return Response::Json(ty),
        (other @ (Response::Empty | Response::Raw), _) => (
            other,
            Stale::Unfit("the response of the method is not JSON".to_owned()),
        ),
        (other, _) => (other, Stale::Said("the document says so".to_owned())),
    };
    stale.report(&fact.pointer, lowerer.sink);
    response
}

/// `alt` must be said where the service would not respond in JSON by itself.
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
