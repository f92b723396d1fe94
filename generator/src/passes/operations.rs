//! Which responses are long-running operations, and how is one polled?

use std::collections::BTreeMap;

use crate::lower::names;
use crate::model::{
    Api, Field, HttpMethod, Kind, Method, OperationCall, OperationDone, OperationShape,
    OperationStatus, PathPart, PathShape, PathTemplate, Poll, Resource, Response, Schema, SchemaId,
    Type,
};

/// Fills `Schema::operation` and `Method::operation`.
pub(super) fn run(api: &mut Api) {
    for index in 0..api.schemas.len() {
        let shape = api
            .schemas
            .get(index)
            .and_then(|schema| shape(schema, &api.schemas));
        if let Some(schema) = api.schemas.get_mut(index) {
            schema.operation = shape.map(Box::new);
        }
    }
    let about = candidates(api);
    let schemas = &api.schemas;
    let is_operation = |id: SchemaId| {
        schemas
            .get(id.0)
            .is_some_and(|schema| schema.operation.is_some())
    };
    api.root.for_each_method(&mut |_, method| {
        if let Response::Json(Type::Schema(id)) = method.response
            && is_operation(id)
        {
            method.operation = poll(method, id, &about);
        }
    });
    name_constants(&mut api.root);
}

/// The methods about operations, by what they do and by the parameters that they need beside the
/// name of one: of those that need the same, the last one counts.
type About = BTreeMap<(SchemaId, Verb), BTreeMap<Vec<String>, (usize, OperationCall)>>;

fn candidates(api: &Api) -> About {
    let mut found = About::new();
    for (index, method) in api.root.all_methods().into_iter().enumerate() {
        if let Some((id, verb, Candidate { call, others })) = about(api, method) {
            let same = found.entry((id, verb)).or_default();
            same.insert(others, (index, call));
        }
    }
    found
}

/// Names the constants for the methods about operations that the calls of a module need: one for
/// each, however many calls need it.
fn name_constants(resource: &mut Resource) {
    let mut scope = names::Scope::default();
    let mut constants: BTreeMap<String, String> = BTreeMap::new();
    for poll in resource
        .methods
        .iter_mut()
        .filter_map(|method| method.operation.as_mut())
    {
        for call in std::iter::once(&mut poll.get).chain(&mut poll.cancel) {
            let constant = constants.entry(call.id.clone()).or_insert_with(|| {
                let (before, verb) = call.id.rsplit_once('.').unwrap_or(("", &call.id));
                let noun = before.rsplit('.').next().unwrap_or_default();
                scope.claim(&names::shouty(&format!("{noun} {verb}")), "_METHOD")
            });
            call.constant.clone_from(constant);
        }
    }
    for child in &mut resource.resources {
        name_constants(child);
    }
}

/// `google.longrunning.Operation` has a flag `done`; the operations of older APIs have a status, and
/// some of them say in fields beside `error` that they failed (see the runtime's `operation`).
fn shape(schema: &Schema, schemas: &[Schema]) -> Option<OperationShape> {
    let Kind::Struct(fields) = &schema.kind else {
        return None;
    };
    let find = |wire: &str, fits: &dyn Fn(&Type) -> bool| {
        fields
            .iter()
            .find(|field| field.wire == wire && fits(&field.ty))
            .map(|field| field.name.clone())
    };
    let is_packed = |ty: &Type| matches!(ty, Type::Map(value) if **value == Type::Value);
    let is_object = |ty: &Type| matches!(ty, Type::Schema(_));
    let name = find("name", &|ty| *ty == Type::String)?;
    let error = find("error", &is_object);
    if let Some(done) = find("done", &|ty| *ty == Type::Bool)
        && error.is_some()
    {
        return Some(OperationShape {
            name,
            done: OperationDone::Flag(done),
            error,
            response: find("response", &is_packed),
            metadata: find("metadata", &is_packed),
        });
    }
    find("operationType", &|_| true)?;
    let state = find("status", &|ty| is_done_enum(ty, schemas))?;
    let http_code = find("httpErrorStatusCode", &|ty| *ty == Type::Int32);
    let http_message = find("httpErrorMessage", &|ty| *ty == Type::String);
    let status = OperationStatus {
        state,
        http: http_code.zip(http_message),
        message: replaced_message(fields).filter(|_| error.is_some()),
    };
    Some(OperationShape {
        name,
        done: OperationDone::Status(status),
        error,
        response: None,
        metadata: None,
    })
}

/// A `statusMessage` that `error` took the place of, and which is therefore there only after a
/// failure: it is deprecated, as in Kubernetes Engine. Elsewhere it tells of the progress.
fn replaced_message(fields: &[Field]) -> Option<String> {
    let message = fields.iter().find(|field| {
        field.wire == "statusMessage" && field.ty == Type::String && field.deprecated.is_some()
    })?;
    Some(message.name.clone())
}

/// Whether a type is an enum with the value `DONE`, or plain text, which old documents leave it at.
fn is_done_enum(ty: &Type, schemas: &[Schema]) -> bool {
    match ty {
        Type::String => true,
        Type::Schema(id) => match schemas.get(id.0).map(|schema| &schema.kind) {
            Some(Kind::Enum { variants, .. }) => {
                variants.iter().any(|variant| variant.wire == "DONE")
            }
            _ => false,
        },
        _ => false,
    }
}

/// What a method does with an operation that exists.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Verb {
    Get,
    Cancel,
}

/// What a cancellation is about, which no schema tells.
const ANY_OPERATION: SchemaId = SchemaId(usize::MAX);

/// A method about operations: it needs the name of one, and perhaps other path parameters.
struct Candidate {
    call: OperationCall,
    others: Vec<String>,
}

fn about(api: &Api, method: &Method) -> Option<(SchemaId, Verb, Candidate)> {
    let verb = match (method.wire.as_str(), method.http) {
        ("get", HttpMethod::Get) => Verb::Get,
        ("cancel", HttpMethod::Post) => Verb::Cancel,
        _ => return None,
    };
    let id = match (&method.response, verb) {
        (Response::Json(Type::Schema(id)), Verb::Get) if api.schema(*id).operation.is_some() => *id,
        // The response to a cancellation is nothing, or the operation; its name tells what it is about.
        (_, Verb::Cancel) if method.id.to_lowercase().contains("operations.cancel") => {
            ANY_OPERATION
        }
        _ => return None,
    };
    let required: Vec<_> = method.required().collect();
    if required
        .iter()
        .any(|param| !param.in_path || param.ty != Type::String)
    {
        return None;
    }
    let name = required.iter().find(|param| {
        matches!(
            param.wire.as_str(),
            "name" | "operation" | "operationId" | "operationsId"
        )
    })?;
    let call = OperationCall {
        id: method.id.clone(),
        constant: String::new(),
        http: method.http,
        path: poll_path(&method.path, &name.wire)?,
        scopes: method.scopes.clone(),
        api_version: method.api_version.clone(),
        params: Vec::new(),
        name_param: name.wire.clone(),
    };
    let others: Vec<String> = required
        .iter()
        .filter(|param| param.wire != name.wire)
        .map(|param| param.wire.clone())
        .collect();
    Some((id, verb, Candidate { call, others }))
}

/// The path for the name that an operation says it has: its path below the version, or the last
/// segment of it.
///
/// A whole name may have any segments. Several methods can get one type of operation, each with
/// the names of one collection (`projects/*/operations/*`, `folders/*/operations/*`); which of them
/// a response brings is not known before, and the service routes them by the same path.
fn poll_path(path: &PathTemplate, variable: &str) -> Option<PathTemplate> {
    let is_name =
        |part: &PathPart| matches!(part, PathPart::Variable { name, .. } if name == variable);
    let index = path.parts.iter().position(is_name)?;
    let (before, rest) = path.parts.split_at_checked(index)?;
    let (_, after) = rest.split_first()?;
    match path.shape(variable)? {
        PathShape::Segment => {
            let begins_segment =
                matches!(before.last(), Some(PathPart::Literal(text)) if text.ends_with('/'));
            begins_segment.then(|| path.clone())
        }
        PathShape::Segments(_) => {
            let is_whole = match before {
                [] => true,
                [PathPart::Literal(text)] => !text.to_lowercase().contains("operation"),
                _ => false,
            } && match after {
                [] => true,
                [PathPart::Literal(verb)] => verb == ":cancel",
                _ => false,
            };
            let mut path = path.clone();
            if let Some(PathPart::Variable { shape, .. }) = path.parts.get_mut(index) {
                *shape = PathShape::any();
            }
            is_whole.then_some(path)
        }
    }
}

/// The candidate that shares most parameters with the call, and needs none that the call lacks.
fn poll(method: &Method, id: SchemaId, about: &About) -> Option<Poll> {
    let own: BTreeMap<&str, &str> = method
        .required()
        .filter(|param| param.ty == Type::String)
        .map(|param| (param.wire.as_str(), param.name.as_str()))
        .collect();
    let best = |id: SchemaId, verb: Verb| {
        let (others, (_, call)) = about
            .get(&(id, verb))?
            .iter()
            .filter(|(others, _)| others.iter().all(|other| own.contains_key(other.as_str())))
            .max_by_key(|(others, (index, _))| (others.len(), *index))?;
        let params = others.iter().filter_map(|other| {
            let name = own.get(other.as_str())?;
            Some((other.clone(), (*name).to_owned()))
        });
        Some(OperationCall {
            params: params.collect(),
            ..call.clone()
        })
    };
    let get = best(id, Verb::Get)?;
    let cancel = best(ANY_OPERATION, Verb::Cancel)
        .filter(|cancel| cancel.path.to_string().starts_with(&get.path.to_string()));
    Some(Poll { get, cancel })
}
