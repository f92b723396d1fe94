//! Corrections that the format of documents can express: they change the parsed document.

use super::NewUpload;
use super::facts::Stale;
use crate::diagnostic::Pointer;
use crate::discovery::{Document, MediaUpload, Method, Node};

/// Gives a value another type. Whatever `lower` finds wrong with it is then wrong with the entry.
pub(super) fn value_type(
    document: &mut Document,
    place: &str,
    kind: &str,
    format: Option<&str>,
    pointer: &Pointer,
) -> Result<(), Stale> {
    let node = document
        .node(place)
        .ok_or_else(|| Stale::Missing(format!("value `{place}`")))?;
    if node.reference.is_some() {
        let unfit = format!("`{place}` refers to a schema, which has a type of its own");
        return Err(Stale::Unfit(unfit));
    }
    if node.kind.as_deref() == Some(kind) && node.format.as_deref() == format {
        return Err(said());
    }
    node.kind = Some(kind.into());
    node.format = format.map(Into::into);
    node.type_override = Some(Box::new(pointer.clone()));
    Ok(())
}

/// Sets a member that holds a text.
pub(super) fn say(slot: &mut Option<Box<str>>, value: &str) -> Result<(), Stale> {
    if slot.as_deref() == Some(value) {
        return Err(said());
    }
    *slot = Some(value.into());
    Ok(())
}

/// Sets a member that holds a flag.
pub(super) fn set(flag: &mut bool) -> Result<(), Stale> {
    if std::mem::replace(flag, true) {
        return Err(said());
    }
    Ok(())
}

/// Makes a parameter required.
pub(super) fn require(document: &mut Document, parameter: &str) -> Result<(), Stale> {
    if !parameter.contains('#') && document.place(parameter).is_some() {
        return Err(Stale::Unfit(format!("`{parameter}` is not a parameter")));
    }
    let node = place(document, parameter)?;
    if node.is_in_path() {
        return Err(said());
    }
    set(&mut node.required)
}

/// Says which scopes a method accepts.
pub(super) fn method_scopes(
    document: &mut Document,
    path: &str,
    scopes: &[String],
) -> Result<(), Stale> {
    for url in scopes {
        scope(document, url)?;
    }
    let method = method(document, path)?;
    if method.scopes == scopes {
        return Err(Stale::Said("the document lists these scopes".to_owned()));
    }
    method.scopes = scopes.to_vec();
    Ok(())
}

/// Opens a method to resumable uploads at its simple path.
pub(super) fn open_to_resumable(document: &mut Document, path: &str) -> Result<(), Stale> {
    let Some(upload) = &mut method(document, path)?.media_upload else {
        return Err(Stale::Unfit(format!("`{path}` takes no uploads")));
    };
    if upload.resumable_path.is_some() {
        return Err(Stale::Said(
            "the document says that the method takes resumable uploads".to_owned(),
        ));
    }
    upload.resumable_path.clone_from(&upload.simple_path);
    Ok(())
}

/// Adds a method for an endpoint that the document does not know, and gives its resource and name.
/// Its members stand in the entry under the same names as in a document, so that what `lower` finds
/// wrong with one of them is shown there.
pub(super) fn add_upload(
    document: &mut Document,
    upload: &NewUpload,
    pointer: &Pointer,
) -> Result<String, Stale> {
    for url in &upload.scopes {
        scope(document, url)?;
    }
    let path = if upload.resource.is_empty() {
        upload.name.clone()
    } else {
        format!("{}.{}", upload.resource, upload.name)
    };
    let id = format!("{}.{path}", document.name);
    let resource = document
        .root
        .find(&upload.resource)
        .ok_or_else(|| Stale::Missing(format!("resource `{}`", upload.resource)))?;
    if resource
        .methods
        .iter()
        .any(|(name, _)| *name == upload.name)
    {
        return Err(Stale::Said(format!("the document has the method `{path}`")));
    }
    let is_same = |name: &String| name.eq_ignore_ascii_case(&upload.name);
    let mut names = resource.methods.iter().map(|(name, _)| name);
    let mut children = resource.resources.iter().map(|(name, _)| name);
    if names.any(is_same) || children.any(is_same) || is_same(&upload.resource) {
        return Err(Stale::Unfit(format!(
            "`{}` already has something called `{}`",
            upload.resource, upload.name
        )));
    }
    let method = Method {
        pointer: pointer.clone(),
        id,
        path: upload.path.clone(),
        http_method: "POST".to_owned(),
        description: upload.described(),
        scopes: upload.scopes.clone(),
        media_upload: Some(MediaUpload {
            pointer: pointer.clone(),
            accept: upload.accept.clone(),
            max_size: upload.max_size.clone(),
            simple_path: Some(upload.path.clone()),
            resumable_path: Some(upload.path.clone()),
            multipart: false,
        }),
        ..Method::default()
    };
    resource.methods.push((upload.name.clone(), method));
    Ok(path)
}

/// Whether the document declares a scope.
pub(super) fn scope(document: &Document, url: &str) -> Result<(), Stale> {
    if document.scopes.iter().any(|(declared, _)| declared == url) {
        return Ok(());
    }
    Err(Stale::Missing(format!("scope `{url}`")))
}

pub(super) fn method<'a>(document: &'a mut Document, path: &str) -> Result<&'a mut Method, Stale> {
    document
        .root
        .method(path)
        .ok_or_else(|| Stale::Missing(format!("method `{path}`")))
}

pub(super) fn property<'a>(document: &'a mut Document, place: &str) -> Result<&'a mut Node, Stale> {
    document
        .property(place)
        .ok_or_else(|| Stale::Missing(format!("property `{place}`")))
}

/// A parameter or a property; a trailing `[]` means the same place.
pub(super) fn place<'a>(document: &'a mut Document, place: &str) -> Result<&'a mut Node, Stale> {
    document
        .place(place.trim_end_matches("[]"))
        .ok_or_else(|| Stale::Missing(format!("property or parameter `{place}`")))
}

fn said() -> Stale {
    Stale::Said("the document says so".to_owned())
}
