//! What requests carry: JSON, bytes with a content type, or media beside them.

use super::{Lowerer, names, paths};
use crate::discovery;
use crate::model::{Body, PathTemplate, Resumable, Type, Upload, UploadProtocol};
use crate::overrides::MethodFacts;

/// The body of a request, under the name of its argument.
pub(super) fn request(
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

/// The names under which bodies say of what type the bytes beside them are: of all methods with
/// media, those of Cloud Storage use the first and those of Drive the second, and no other property
/// means that.
const CONTENT_TYPE_NAMES: [&str; 2] = ["contentType", "mimeType"];

/// The property of the body that names the type of the bytes beside it.
fn content_type(lowerer: &Lowerer<'_>, method: &discovery::Method) -> Option<String> {
    let reference = method.request.as_ref()?.reference.as_deref()?;
    let mut schemas = lowerer.document.schemas.iter();
    let (_, schema) = schemas.find(|(wire, _)| wire == reference)?;
    let is_text = |name: &str| {
        schema.properties.iter().any(|(wire, node)| {
            wire == name
                && node.kind.as_deref() == Some("string")
                && node.format.is_none()
                && !node.read_only
        })
    };
    let name = CONTENT_TYPE_NAMES.into_iter().find(|name| is_text(name))?;
    Some(name.to_owned())
}

/// Whether a body is `google.api.HttpBody`: on the wire its bytes stand alone, with its content
/// type as the header. The shape tells, since each document gives it another name.
pub(super) fn is_http_body(lowerer: &Lowerer<'_>, node: &discovery::Node) -> bool {
    let Some(reference) = node.reference.as_deref() else {
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

/// How the bytes of a method with media go up.
pub(super) fn upload(
    lowerer: &mut Lowerer<'_>,
    method: &discovery::Method,
    path: &PathTemplate,
    function: &str,
    facts: &MethodFacts,
) -> Option<Upload> {
    let media = method.media_upload.as_ref()?;
    let tokens = facts.upload_tokens.as_ref();
    let (protocol, (simple_path, resumable)) = if tokens.is_some() {
        let paths = (Some(path.to_string()), Resumable::AtSimplePath);
        (UploadProtocol::XGoogUpload, paths)
    } else {
        let paths = upload_paths(lowerer, method, media);
        (UploadProtocol::Google, paths)
    };
    let constant = names::shouty(function);
    let upload = Upload {
        constant: format!("{constant}_MEDIA"),
        method_static: format!("{constant}_METHOD"),
        protocol,
        simple_path,
        resumable,
        content_type: content_type(lowerer, method),
        accept: media.accept.clone(),
        multipart: media.multipart,
        max_size: media.max_size.clone(),
        token_lifetime: tokens.and_then(|tokens| tokens.lifetime_seconds),
        refuses_empty: tokens.is_some_and(|tokens| tokens.refuses_empty),
    };
    if let Some(text) = &upload.max_size
        && upload.max_bytes().is_none()
    {
        lowerer.sink.error(
            &media.pointer.key("maxSize"),
            format!("`{text}` is not a number of bytes"),
            "write a whole number, alone or with KB, MB, GB or TB",
        );
    }
    Some(upload)
}

/// Where bytes go in one request, and in several.
fn upload_paths(
    lowerer: &mut Lowerer<'_>,
    method: &discovery::Method,
    media: &discovery::MediaUpload,
) -> (Option<String>, Resumable) {
    let at = media.pointer.key("protocols");
    let mut template = |path: &Option<String>, key: &str| {
        let path = path.as_deref()?;
        let relative = path.strip_prefix('/').unwrap_or(path);
        let at = at.key(key).key("path");
        Some(paths::template(relative, &method.parameters, &at, lowerer.sink).to_string())
    };
    let simple_path = template(&media.simple_path, "simple");
    // An override gives the simple path again, and what is wrong with it was said above.
    let resumable_path = if media.resumable_path == media.simple_path {
        simple_path.clone()
    } else {
        template(&media.resumable_path, "resumable")
    };
    if simple_path.is_none() && resumable_path.is_none() {
        lowerer.sink.error(
            &media.pointer,
            "`mediaUpload` names no protocol",
            "add `protocols.simple` or `protocols.resumable`",
        );
    }
    let resumable = match (&simple_path, resumable_path) {
        (_, None) => Resumable::No,
        (Some(_), Some(_)) => Resumable::AtSimplePath,
        (None, Some(path)) => Resumable::At(path),
    };
    (simple_path, resumable)
}
