//! Reads what has a type: parameters, schemas, and what stands inside of them.

use super::{EnumValue, Node};
use crate::diagnostic::{Pointer, Sink};
use crate::json::Json;
use crate::reader::Object;

/// A parameter of a method or of all methods.
pub(super) fn parameter(json: &Json, at: &Pointer, sink: &mut Sink) -> Node {
    let mut object = Object::open(json, at, "the parameter", sink);
    value_descriptions(&mut object, sink);
    let node = Node {
        location: object.string("location", sink),
        required: object.flag("required", sink),
        repeated: object.flag("repeated", sink),
        ..value(&mut object, at, sink)
    };
    object.finish(sink);
    node
}

/// A schema, and what stands inside of one: a property, an item, a map value.
pub(super) fn node(json: &Json, at: &Pointer, what: &'static str, sink: &mut Sink) -> Node {
    let mut object = Object::open(json, at, what, sink);
    // The name of a body in clients with named arguments.
    object.ignore("parameterName");
    let of_items = value_descriptions(&mut object, sink);
    let mut node = Node {
        id: object.string("id", sink),
        reference: object.string("$ref", sink),
        read_only: object.flag("readOnly", sink),
        required: object
            .object("annotations", sink, is_required)
            .unwrap_or_default(),
        properties: object.map("properties", sink, |_, json, at, sink| {
            node(json, at, "the property", sink)
        }),
        items: object
            .object("items", sink, |json, at, sink| {
                node(json, at, "the item", sink)
            })
            .map(Box::new),
        ..value(&mut object, at, sink)
    };
    if let Some(values) = node.items.as_mut().and_then(|items| items.values.as_mut())
        && values.len() == of_items.len()
        && values.iter().all(|value| value.description.is_empty())
    {
        for (value, description) in values.iter_mut().zip(of_items) {
            value.description = description;
        }
    }
    object.finish(sink);
    node
}

/// Descriptions of values beside no values. Those of a list are about its items; others are about
/// values that the document no longer names, and describe nothing.
fn value_descriptions(object: &mut Object<'_>, sink: &mut Sink) -> Vec<String> {
    if object.has("enum") {
        return Vec::new();
    }
    object.strings("enumDescriptions", sink)
}

/// What parameters and schemas say in the same words.
fn value(object: &mut Object<'_>, at: &Pointer, sink: &mut Sink) -> Node {
    Node {
        pointer: at.clone(),
        values: enum_values(object, sink),
        kind: object.string("type", sink),
        format: object.string("format", sink),
        // Of the path parameters in `{+x}` only; others are checked by the service.
        pattern: object.string("pattern", sink),
        description: object.string("description", sink).unwrap_or_default(),
        deprecated: object.flag("deprecated", sink),
        default: object.string("default", sink),
        minimum: object.string("minimum", sink),
        maximum: object.string("maximum", sink),
        additional_properties: object
            .object("additionalProperties", sink, |json, at, sink| {
                node(json, at, "the map value", sink)
            })
            .map(Box::new),
        ..Node::default()
    }
}

/// The annotation lists the methods that refuse a request without the property.
fn is_required(json: &Json, at: &Pointer, sink: &mut Sink) -> bool {
    let mut object = Object::open(json, at, "`annotations`", sink);
    let methods = object.strings("required", sink);
    object.finish(sink);
    !methods.is_empty()
}

fn enum_values(object: &mut Object<'_>, sink: &mut Sink) -> Option<Vec<EnumValue>> {
    let pointer = object.pointer().clone();
    let is_enum = object.has("enum");
    let values = object.strings("enum", sink);
    let descriptions = object.strings("enumDescriptions", sink);
    let deprecated = object.flags("enumDeprecated", sink);
    for (key, length) in [
        ("enumDescriptions", descriptions.len()),
        ("enumDeprecated", deprecated.len()),
    ] {
        if length != 0 && length != values.len() {
            sink.error(
                &pointer.key(key),
                format!(
                    "the lengths of `enum` ({}) and `{key}` ({length}) differ",
                    values.len()
                ),
                "give one entry for each value of `enum`",
            );
        }
    }
    let value = |(index, value): (usize, String)| EnumValue {
        value,
        description: descriptions.get(index).cloned().unwrap_or_default(),
        deprecated: deprecated.get(index).copied().unwrap_or(false),
    };
    is_enum.then(|| values.into_iter().enumerate().map(value).collect())
}
