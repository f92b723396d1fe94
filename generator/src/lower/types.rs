//! The type of a value: by `format` before `type`, and an error for a pair that is not known.

use super::Lowerer;
use crate::discovery::{Node, is_null_value};
use crate::model::Type;
use crate::text;

impl Lowerer<'_> {
    /// The type that `node` describes. A type without a name of its own gets `owner`; `place` is
    /// how corrections name it.
    pub(super) fn lower_type(&mut self, node: &Node, owner: &str, place: &str) -> Type {
        self.refuse_parts(node);
        if let Some(reference) = &node.reference {
            return self.reference(node, reference);
        }
        let Some(kind) = node.kind.as_deref() else {
            self.sink.error(
                &node.pointer,
                "neither `type` nor `$ref` says what this value is",
                "add one of the two",
            );
            return Type::Value;
        };
        match (kind, node.format.as_deref()) {
            ("string", None) => match &node.values {
                Some(values) if is_null_value(values) => Type::Null,
                Some(values) => self.inline_enum(node, values, owner, place),
                None => Type::String,
            },
            ("array", None) => self.array(node, owner, place),
            ("object", None | Some("google.protobuf.Any")) => {
                self.map_or_object(node, owner, place)
            }
            ("boolean", None) => Type::Bool,
            ("integer", Some("int32")) => Type::Int32,
            ("integer", Some("uint32")) => Type::Uint32,
            ("string", Some("int64")) => Type::Int64,
            ("string", Some("uint64")) => Type::Uint64,
            ("number", Some("float")) => Type::Float,
            ("number", Some("double")) => Type::Double,
            ("string", Some("byte")) => Type::Bytes,
            ("string", Some("date-time" | "google-datetime")) => Type::Timestamp,
            ("string", Some("date")) => Type::Date,
            ("string", Some("google-duration")) => Type::Duration,
            ("string", Some("google-fieldmask")) => Type::FieldMask,
            ("any", None | Some("google.protobuf.Value")) => Type::Value,
            (kind, format) => {
                self.unknown(node, kind, format);
                Type::Value
            }
        }
    }

    fn unknown(&mut self, node: &Node, kind: &str, format: Option<&str>) {
        let way_out = match node.type_override {
            Some(_) => "correct the entry",
            None => "correct it with an override of the kind `type`",
        };
        let (key, message) = match format {
            Some(format) => (
                "format",
                format!("the format `{format}` of type `{kind}` is not known"),
            ),
            None => (
                "type",
                format!("the type `{kind}` without a format is not known"),
            ),
        };
        self.sink.error(
            &node.type_pointer(key),
            message,
            format!("{way_out}, or teach it to `generator/src/lower/types.rs`"),
        );
    }

    /// Reports the members that say something about another type of value than this one.
    pub(super) fn refuse_parts(&mut self, node: &Node) {
        let kind = if node.reference.is_some() {
            "$ref"
        } else {
            match &node.kind {
                Some(kind) => kind,
                // That it is missing is an error by itself.
                None => return,
            }
        };
        let parts = [
            ("type", node.kind.is_some() && kind == "$ref"),
            ("format", node.format.is_some() && kind == "$ref"),
            ("items", node.items.is_some() && kind != "array"),
            (
                "properties",
                !node.properties.is_empty() && kind != "object",
            ),
            (
                "additionalProperties",
                node.additional_properties.is_some() && kind != "object",
            ),
            (
                "enum",
                node.values.is_some() && (kind != "string" || node.format.is_some()),
            ),
        ];
        for (key, present) in parts {
            if present {
                let what = match (kind, &node.format) {
                    ("$ref", _) => "a `$ref`".to_owned(),
                    ("string", Some(format)) => format!("a value of the format `{format}`"),
                    (kind, _) => format!("a value of type `{kind}`"),
                };
                self.sink.error(
                    &node.type_pointer(key),
                    format!("{what} cannot have `{key}`"),
                    "remove the member, or correct the type",
                );
            }
        }
    }

    fn reference(&mut self, node: &Node, reference: &str) -> Type {
        if let Some(id) = self.ids.get(reference) {
            return Type::Schema(*id);
        }
        let known: Vec<&str> = self.ids.keys().copied().collect();
        let help = match text::nearest(reference, &known) {
            Some(name) => format!("did you mean `{name}`?"),
            None => "add the schema, or correct the reference".to_owned(),
        };
        self.sink.error(
            &node.pointer.key("$ref"),
            format!("there is no schema `{reference}`"),
            help,
        );
        Type::Value
    }

    fn array(&mut self, node: &Node, owner: &str, place: &str) -> Type {
        let Some(items) = &node.items else {
            self.sink.error(
                &node.pointer,
                "an array does not say what its items are",
                "add the member `items`",
            );
            return Type::List(Box::new(Type::Value));
        };
        Type::List(Box::new(self.lower_type(
            items,
            owner,
            &format!("{place}[]"),
        )))
    }

    fn map_or_object(&mut self, node: &Node, owner: &str, place: &str) -> Type {
        match &node.additional_properties {
            Some(value) if node.properties.is_empty() => {
                let value =
                    self.lower_type(value, &format!("{owner}Value"), &format!("{place}{{}}"));
                Type::Map(Box::new(value))
            }
            None if node.properties.is_empty() => Type::Map(Box::new(Type::Value)),
            _ => self.inline_object(node, owner, place),
        }
    }

    /// The type of a parameter, where repetition is a flag of its own.
    pub(super) fn param_type(&mut self, node: &Node, owner: &str, place: &str) -> Type {
        let kind = node.kind.as_deref().unwrap_or_default();
        let ty = if kind == "object" || kind == "any" || kind == "array" {
            let way_out = match kind {
                "array" => "a parameter with several values has the type of one, and `repeated`",
                _ => "it is text, a number or a boolean",
            };
            if kind != "object" {
                self.sink.error(
                    &node.type_pointer("type"),
                    format!("a parameter cannot be of type `{kind}`"),
                    way_out,
                );
            }
            self.refuse_parts(node);
            // An object in a query is a message that was flattened; it goes as JSON text.
            Type::Value
        } else {
            self.lower_type(node, owner, place)
        };
        if node.repeated {
            Type::List(Box::new(ty))
        } else {
            ty
        }
    }
}
