//! Applies corrections to the model, and reports each that changes nothing.

use std::collections::BTreeMap;

use super::place::{Place, field};
use super::{Change, Entry, NewUpload, Overrides};
use super::{exclusive, pages};
use crate::diagnostic::Sink;
use crate::lower::{self, names};
use crate::model::{
    Api, Deprecation, HttpMethod, LengthLimit, Media, Method, Patch, PathTemplate, Presence,
    Resource, Response, Resumable, RetrySafety, Type, UpdateMask, Upload, UploadProtocol,
};
use crate::passes;

/// Applies all entries in their order.
pub(crate) fn apply(overrides: &Overrides, api: &mut Api, sink: &mut Sink) {
    if overrides.document != api.id {
        sink.error(
            &crate::diagnostic::Pointer::default().key("document"),
            format!(
                "these overrides are for `{}`, the document is `{}`",
                overrides.document, api.id
            ),
            "give the overrides of this document",
        );
        return;
    }
    let mut subjects: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for (index, entry) in overrides.entries.iter().enumerate() {
        // Of two entries about the same, one would change nothing.
        let earlier = entry
            .change
            .subject()
            .and_then(|subject| subjects.insert(subject, index));
        if let Some(earlier) = earlier {
            sink.error(
                &entry.pointer,
                format!("`/entries/{earlier}` corrects the same"),
                "remove one of the two",
            );
        } else if let Err(stale) = change(&entry.change, api) {
            report(entry, stale, sink);
        }
    }
}

/// Why an entry does not apply.
pub(super) enum Stale {
    /// What it corrects is not in the document.
    Missing(String),
    /// The document already says so.
    Said(String),
    /// It does not fit what it corrects.
    Unfit(String),
}

fn report(entry: &Entry, stale: Stale, sink: &mut Sink) {
    match stale {
        Stale::Missing(what) => sink.error(
            &entry.pointer,
            format!("the override no longer applies: the document has no {what}"),
            "remove the entry, or correct the name",
        ),
        Stale::Said(what) => sink.error(
            &entry.pointer,
            format!("the override no longer applies: {what} already"),
            "remove the entry",
        ),
        Stale::Unfit(what) => sink.error(&entry.pointer, what, "correct the entry"),
    }
}

fn change(change: &Change, api: &mut Api) -> Result<(), Stale> {
    match change {
        Change::EndScope { scope, ended, note } => {
            let index = scope_index(api, scope)?;
            if let Some(scope) = api.scopes.get_mut(index) {
                scope.ended = Some(Deprecation {
                    since: Some(ended.clone()),
                    note: note.clone(),
                });
            }
        }
        Change::MethodScopes { method, scopes } => {
            let mut accepted = Vec::with_capacity(scopes.len());
            for scope in scopes {
                accepted.push(scope_index(api, scope)?);
            }
            let method = find_method(&mut api.root, method)?;
            if method.scopes == accepted {
                return Err(Stale::Said("the document lists these scopes".to_owned()));
            }
            method.unusable = accepted.is_empty();
            method.scopes = accepted;
        }
        Change::DeprecateMethod {
            method,
            since,
            note,
        } => {
            let method = find_method(&mut api.root, method)?;
            if method.deprecated.is_some() {
                return Err(Stale::Said(
                    "the document marks the method as deprecated".to_owned(),
                ));
            }
            method.deprecated = Some(Deprecation {
                since: Some(since.clone()),
                note: note.clone(),
            });
        }
        Change::RetrySafety { method, retry } => {
            let method = find_method(&mut api.root, method)?;
            if std::mem::replace(&mut method.retry, *retry) == *retry {
                return Err(Stale::Said("its HTTP method says so".to_owned()));
            }
        }
        Change::StreamedResponse { method, streamed } => {
            stream(find_method(&mut api.root, method)?, *streamed)?;
        }
        Change::Pages(pages) => pages::apply(api, pages)?,
        Change::ExclusiveProperties { schema, properties } => {
            exclusive::apply(api, schema, properties)?;
        }
        Change::MaskPaths { method, paths } => mask_paths(api, method, paths)?,
        Change::TopLevelMask { method } => update_mask(api, method)?.top_level = true,
        Change::LimitItems { place, min, max } => {
            limit(
                api,
                place,
                LengthLimit::Items {
                    min: *min,
                    max: *max,
                },
            )?;
        }
        Change::LimitLength { place, max } => {
            limit(api, place, LengthLimit::Characters { max: *max })?;
        }
        Change::DefaultValue { place, value } => say(find_place(api, place)?.default(), value)?,
        Change::Maximum { place, value } => say(find_place(api, place)?.maximum(), value)?,
        Change::OutputOnly { property } => set(&mut find_field(api, property)?.output_only)?,
        Change::LocalTime { property } => local_time(api, property)?,
        Change::RequiredProperty { property } => set(&mut find_field(api, property)?.required)?,
        Change::RequiredParameter { parameter } => require(api, parameter)?,
        Change::RateLimitDelay { seconds } => api.rate_limit_delay = Some(*seconds),
        Change::UploadMethod(upload) => add_upload(api, upload)?,
        Change::ResumableUpload { method } => open_to_resumable(api, method)?,
        // Types were named with these in mind; unused ones are reported there.
        Change::MergeEnums { .. } | Change::NameEnum { .. } => {}
    }
    Ok(())
}

fn scope_index(api: &Api, url: &str) -> Result<usize, Stale> {
    let index = api.scopes.iter().position(|scope| scope.url == url);
    index.ok_or_else(|| Stale::Missing(format!("scope `{url}`")))
}

pub(super) fn find_method<'a>(root: &'a mut Resource, path: &str) -> Result<&'a mut Method, Stale> {
    root.find_method(path)
        .ok_or_else(|| Stale::Missing(format!("method `{path}`")))
}

fn find_field<'a>(api: &'a mut Api, place: &str) -> Result<&'a mut crate::model::Field, Stale> {
    field(api, place).ok_or_else(|| Stale::Missing(format!("property `{place}`")))
}

fn find_place<'a>(api: &'a mut Api, place: &str) -> Result<Place<'a>, Stale> {
    Place::find(api, place)
        .ok_or_else(|| Stale::Missing(format!("property or parameter `{place}`")))
}

fn require(api: &mut Api, place: &str) -> Result<(), Stale> {
    let Place::Param(param) = find_place(api, place)? else {
        return Err(Stale::Unfit(format!("`{place}` is not a parameter")));
    };
    if std::mem::replace(&mut param.presence, Presence::Required) == Presence::Required {
        return Err(Stale::Said("the document says so".to_owned()));
    }
    Ok(())
}

fn local_time(api: &mut Api, property: &str) -> Result<(), Stale> {
    let ty = &mut find_field(api, property)?.ty;
    match ty {
        Type::Timestamp => *ty = Type::DateTime,
        Type::DateTime => return Err(Stale::Said("its type allows a local time".to_owned())),
        _ => return Err(Stale::Unfit(format!("`{property}` is not a time"))),
    }
    Ok(())
}

/// Says whether the service streams the values of a response as a JSON array.
fn stream(method: &mut Method, streamed: bool) -> Result<(), Stale> {
    method.response = match (&method.response, streamed) {
        (Response::Json(ty), true) => Response::Stream(ty.clone()),
        (Response::Stream(ty), false) => Response::Json(ty.clone()),
        (Response::Json(_), false) | (Response::Stream(_), true) => {
            return Err(Stale::Said("the document says so".to_owned()));
        }
        (Response::Empty | Response::Raw, _) => {
            return Err(Stale::Unfit(
                "the response of the method is not JSON".to_owned(),
            ));
        }
    };
    Ok(())
}

fn set(flag: &mut bool) -> Result<(), Stale> {
    if std::mem::replace(flag, true) {
        return Err(Stale::Said("the document says so".to_owned()));
    }
    Ok(())
}

fn say(slot: &mut Option<String>, value: &str) -> Result<(), Stale> {
    if slot.as_deref() == Some(value) {
        return Err(Stale::Said("the document says so".to_owned()));
    }
    *slot = Some(value.to_owned());
    Ok(())
}

fn limit(api: &mut Api, place: &str, limit: LengthLimit) -> Result<(), Stale> {
    let mut found = find_place(api, place)?;
    let problem = match limit {
        LengthLimit::Items { .. } if !matches!(found.ty(), Type::List(_)) => {
            Some(format!("`{place}` is not a list"))
        }
        LengthLimit::Items { min, max } if min > max => {
            Some("no list has at least `min` and at most `max` items".to_owned())
        }
        LengthLimit::Characters { .. } if *found.ty() != Type::String => {
            Some(format!("`{place}` is not a text"))
        }
        _ => None,
    };
    if let Some(problem) = problem {
        return Err(Stale::Unfit(problem));
    }
    *found.length() = Some(limit);
    Ok(())
}

/// Every path must lead through properties of the body.
fn mask_paths(api: &mut Api, method: &str, paths: &[String]) -> Result<(), Stale> {
    update_mask(api, method)?;
    let body = match &find_method(&mut api.root, method)?.body {
        Some(crate::model::Body::Json { ty, .. }) => ty.clone(),
        _ => Type::Value,
    };
    for path in paths {
        let mut ty = body.clone();
        for name in path.split('.') {
            // What is below a map or free-form JSON is data, and nothing is below a list.
            let Some(id) = ty.held() else { break };
            let schema = api.schema(id).wire.clone();
            ty = find_field(api, &format!("{schema}.{name}"))?.ty.clone();
        }
    }
    update_mask(api, method)?.paths = paths.to_vec();
    Ok(())
}

/// Opens a method to resumable uploads at its simple path.
fn open_to_resumable(api: &mut Api, name: &str) -> Result<(), Stale> {
    let Some(upload) = &mut find_method(&mut api.root, name)?.media.upload else {
        return Err(Stale::Unfit(format!("`{name}` takes no uploads")));
    };
    if upload.resumable != Resumable::No {
        return Err(Stale::Said(
            "the document says that the method takes resumable uploads".to_owned(),
        ));
    }
    upload.resumable = Resumable::AtSimplePath;
    Ok(())
}

/// The update mask of a method.
fn update_mask<'a>(api: &'a mut Api, method: &str) -> Result<&'a mut UpdateMask, Stale> {
    find_method(&mut api.root, method)?;
    let (root, schemas) = (&mut api.root, &api.schemas);
    let patch = root.find_method(method).and_then(|found| {
        if found.patch.is_none() {
            found.patch = passes::patch::find(found, schemas);
        }
        found.patch.as_mut()
    });
    match patch {
        Some(Patch::Mask(mask)) => Ok(mask),
        _ => Err(Stale::Unfit(format!("`{method}` takes no update mask"))),
    }
}

/// Adds a method for an endpoint that the document does not know.
fn add_upload(api: &mut Api, upload: &NewUpload) -> Result<(), Stale> {
    let mut scopes = Vec::with_capacity(upload.scopes.len());
    for scope in &upload.scopes {
        scopes.push(scope_index(api, scope)?);
    }
    if !lower::is_plain_path(&upload.path) {
        return Err(Stale::Unfit(format!(
            "`{}` is not a path of literal segments, without a `/` at either end",
            upload.path
        )));
    }
    let id = format!("{}.{}.{}", api.name, upload.resource, upload.name);
    let resource: &mut Resource = api
        .root
        .find(&upload.resource)
        .ok_or_else(|| Stale::Missing(format!("resource `{}`", upload.resource)))?;
    if resource
        .methods
        .iter()
        .any(|method| method.wire == upload.name)
    {
        return Err(Stale::Said(format!(
            "the document has the method `{}.{}`",
            upload.resource, upload.name
        )));
    }
    let (function, call) = (names::snake(&upload.name), names::camel(&upload.name));
    let is_taken = resource
        .methods
        .iter()
        .any(|method| method.function == function || method.call == call)
        || resource
            .resources
            .iter()
            .any(|child| child.accessor == function)
        || resource.handle == call;
    if is_taken {
        return Err(Stale::Unfit(format!(
            "`{}` already has something called `{}`",
            upload.resource, upload.name
        )));
    }
    let lifetime = upload.token_lifetime_seconds.map(|seconds| {
        let lifetime = if seconds % 3_600 == 0 {
            format!("{} hours", seconds / 3_600)
        } else {
            format!("{seconds} seconds")
        };
        format!("\n\nThe upload token that comes back is good for {lifetime}.")
    });
    let description = format!("{}{}", upload.description, lifetime.unwrap_or_default());
    resource.methods.push(Method {
        wire: upload.name.clone(),
        id,
        pointer: resource
            .methods
            .first()
            .map(|method| method.pointer.clone())
            .unwrap_or_default(),
        function,
        call,
        http: HttpMethod::Post,
        path: PathTemplate::plain(&upload.path),
        docs: lower::rustdoc(&description, lower::DOC_WIDTH),
        summary: lower::first_sentence(&description),
        params: Vec::new(),
        body: None,
        response: Response::Empty,
        scopes,
        unusable: false,
        // Bytes alone create nothing that a user could see.
        retry: RetrySafety::Idempotent,
        paging: None,
        operation: None,
        patch: None,
        body_limits: Vec::new(),
        exclusive: Vec::new(),
        deprecated: None,
        api_version: None,
        etag_required: false,
        alt: None,
        media: Media {
            upload: Some(Upload {
                protocol: UploadProtocol::XGoogUpload,
                simple_path: Some(upload.path.clone()),
                resumable: Resumable::AtSimplePath,
                content_type: None,
                accept: upload.accept.clone(),
                multipart: false,
                max_size: upload.max_size.clone(),
                token_lifetime: upload.token_lifetime_seconds,
                refuses_empty: upload.refuses_empty,
            }),
            download: false,
        },
    });
    Ok(())
}
