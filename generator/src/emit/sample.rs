//! Values for examples, which tell what they stand for.

use crate::lower::names;
use crate::model::{Api, Field, Kind, Method, Param, PathShape, SchemaId, ShapePart, Type};

/// How deep a request body is filled in.
const DEEPEST: usize = 3;

/// Fields that say most about a value, where none is required.
const TELLING: &[&str] = &[
    "title",
    "displayName",
    "description",
    "text",
    "query",
    "summary",
];

/// What makes up the values of an API.
pub(super) struct Example<'a> {
    pub(super) api: &'a Api,
}

impl Example<'_> {
    pub(super) fn is_struct(&self, id: SchemaId) -> bool {
        matches!(self.api.schema(id).kind, Kind::Struct(_))
    }

    pub(super) fn param(&self, method: &Method, param: &Param) -> String {
        match method.path.shape(&param.wire) {
            Some(PathShape::Segments(parts)) if param.in_path && param.ty == Type::String => {
                format!("\"{}\"", resource_name(parts, &param.wire))
            }
            _ => self.value(&param.ty, &param.wire, 0),
        }
    }

    /// The fields that are worth showing: those that must be there, or else the first that callers set.
    fn chosen(&self, id: SchemaId, depth: usize) -> Vec<&Field> {
        let Kind::Struct(fields) = &self.api.schema(id).kind else {
            return Vec::new();
        };
        let settable = |field: &&Field| {
            !field.output_only
                && field.deprecated.is_none()
                && !matches!(
                    field.wire.as_str(),
                    "pageToken" | "etag" | "kind" | "id" | "name"
                )
                && (depth < DEEPEST || field.ty.mentioned().is_none())
        };
        let required: Vec<&Field> = fields
            .iter()
            .filter(settable)
            .filter(|field| field.required)
            .collect();
        if !required.is_empty() {
            return required;
        }
        let telling = |field: &&Field| TELLING.contains(&field.wire.as_str());
        let first = fields.iter().filter(settable).find(telling);
        first
            .or_else(|| fields.iter().find(settable))
            .into_iter()
            .collect()
    }

    /// An expression for a value; `wire` is the name of what it is for.
    fn value(&self, ty: &Type, wire: &str, depth: usize) -> String {
        match ty {
            Type::Bool => "true".to_owned(),
            Type::Int32 | Type::Uint32 | Type::Int64 | Type::Uint64 => "1".to_owned(),
            Type::Float | Type::Double => "0.5".to_owned(),
            Type::String => format!("\"{}\"", sample(wire)),
            Type::Bytes => "b\"bytes\".as_slice()".to_owned(),
            Type::Timestamp | Type::DateTime => "\"2026-01-31T12:00:00Z\".parse()?".to_owned(),
            Type::Duration => "\"60s\".parse()?".to_owned(),
            Type::Date => "\"2026-01-31\".parse()?".to_owned(),
            Type::FieldMask => "\"title\"".to_owned(),
            Type::Null => "discovery_runtime::NullValue".to_owned(),
            Type::Value => "\"anything\"".to_owned(),
            Type::List(item) => format!("[{}]", self.entry(item, &singular(wire), depth)),
            Type::Map(value) => format!("[(\"key\", {})]", self.entry(value, wire, depth)),
            Type::Schema(id) => self.schema(*id, depth),
        }
    }

    /// A value in a list or a map, which converts as a value alone does, but not inside of it.
    fn entry(&self, ty: &Type, wire: &str, depth: usize) -> String {
        if ty.converts() {
            self.value(ty, wire, depth)
        } else {
            self.owned(ty, wire, depth)
        }
    }

    /// A value at a place where nothing converts.
    pub(super) fn owned(&self, ty: &Type, wire: &str, depth: usize) -> String {
        match ty {
            Type::List(item) => format!("vec![{}]", self.owned(item, &singular(wire), depth)),
            Type::Map(value) => {
                format!(
                    "[(\"key\".to_owned(), {})].into()",
                    self.owned(value, wire, depth)
                )
            }
            ty if ty.converts() => format!("{}.into()", self.value(ty, wire, depth)),
            ty => self.value(ty, wire, depth),
        }
    }

    pub(super) fn schema(&self, id: SchemaId, depth: usize) -> String {
        let schema = self.api.schema(id);
        let name = format!("schemas::{}", schema.name);
        match &schema.kind {
            Kind::Enum { variants, .. } => {
                let meaningful = variants.iter().find(|variant| {
                    !variant.deprecated
                        && !variant.wire.ends_with("UNSPECIFIED")
                        && variant.wire != "NONE"
                });
                match meaningful.or(variants.first()) {
                    Some(variant) => format!("{name}::{}", variant.name),
                    None => format!("{name}::from(\"VALUE\")"),
                }
            }
            Kind::Struct(_) => {
                let mut text = format!("{name}::default()");
                for field in self.chosen(id, depth) {
                    text.push_str(&format!(
                        ".{}({})",
                        field.setter,
                        self.value(&field.ty, &field.wire, depth + 1)
                    ));
                }
                text
            }
            Kind::Transparent(_) => format!("{name}::default()"),
        }
    }
}

/// A value with the segments of a path parameter: `projects/PROJECT/secrets/SECRET`. Of several in a
/// row the last one is the thing, and what is around it has no name in the pattern:
/// `documents/COLLECTION/DOCUMENT` (Firestore).
fn resource_name(parts: &[ShapePart], wire: &str) -> String {
    let mut collection = None;
    let segments: Vec<String> = parts
        .iter()
        .enumerate()
        .map(|(index, part)| match (part, collection) {
            (ShapePart::Literal(text), _) => {
                collection = Some(text);
                text.clone()
            }
            (_, None) => shouty(wire),
            (_, Some(_)) if is_variable(parts.get(index + 1)) => "COLLECTION".to_owned(),
            (_, Some(collection)) => shouty(&singular(collection)),
        })
        .collect();
    segments.join("/")
}

fn is_variable(part: Option<&ShapePart>) -> bool {
    matches!(part, Some(ShapePart::Any | ShapePart::Rest))
}

fn shouty(wire: &str) -> String {
    names::snake(wire).to_uppercase()
}

/// The name of one of several.
pub(super) fn singular(wire: &str) -> String {
    let endings = [
        ("series", "series"),
        ("ies", "y"),
        ("nches", "nch"),
        ("sses", "ss"),
        ("xes", "x"),
        ("s", ""),
    ];
    for (ending, one) in endings {
        if let Some(stem) = wire.strip_suffix(ending)
            && stem.len() + one.len() > 1
        {
            return format!("{stem}{one}");
        }
    }
    wire.to_owned()
}

/// A text that tells what it stands for.
fn sample(wire: &str) -> String {
    let words = names::snake(wire);
    let last = words.rsplit('_').next().unwrap_or(&words);
    match last {
        "title" => "Iceland".to_owned(),
        "description" => "Two weeks in June".to_owned(),
        "text" => "Day one".to_owned(),
        "filename" => "lake.jpg".to_owned(),
        "email" => "ana@example.com".to_owned(),
        "url" | "uri" => "https://example.com/".to_owned(),
        _ if words == "file_name" => "lake.jpg".to_owned(),
        _ if words.ends_with("location_name") => "Reykjavík".to_owned(),
        _ => words.to_uppercase(),
    }
}
