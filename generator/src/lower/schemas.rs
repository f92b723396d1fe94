//! Schemas of the document become structs, enums and newtypes.

use super::{Lowerer, names};
use crate::discovery::{EnumValue, Node, is_null_value};
use crate::model::{Deprecation, Field, Kind, LengthLimit, Schema, SchemaId, Type, Variant};
use crate::overrides::Stale;

impl Lowerer<'_> {
    /// Lowers every schema that the document names.
    pub(super) fn schemas(&mut self) {
        let document = self.document;
        for (wire, node) in &document.schemas {
            let Some(id) = self.ids.get(wire.as_str()).copied() else {
                continue;
            };
            if node.id.as_deref().is_some_and(|id| id != wire) {
                self.sink.error(
                    &node.pointer.key("id"),
                    format!(
                        "the schema `{wire}` calls itself `{}`",
                        node.id.as_deref().unwrap_or("")
                    ),
                    "give the schema's key and its `id` the same text",
                );
            }
            self.schema(id, wire, node);
        }
    }

    fn schema(&mut self, id: SchemaId, wire: &str, node: &Node) {
        let kind = node
            .kind
            .as_deref()
            .filter(|_| node.reference.is_none() && node.format.is_none());
        if kind == Some("object") && node.additional_properties.is_none() {
            self.refuse_parts(node);
            self.object(id, wire, node);
            return;
        }
        let owner = self.type_name(id).to_owned();
        if let (Some("string"), Some(values)) = (kind, &node.values)
            && !is_null_value(values)
        {
            self.refuse_parts(node);
            self.enumeration(id, wire, node, values, &[owner.as_str()]);
            return;
        }
        if node.reference.is_some() {
            self.sink.error(
                &node.pointer.key("$ref"),
                format!("the schema `{wire}` is only another name for a schema"),
                "remove it, and refer to the other one",
            );
        }
        let ty = self.lower_type(node, &format!("{owner}Item"), wire);
        self.set_schema(id, wire, node, Kind::Transparent(ty));
    }

    /// A struct with the properties of `node`.
    pub(super) fn object(&mut self, id: SchemaId, wire: &str, node: &Node) {
        let mut fields = Vec::with_capacity(node.properties.len());
        let mut scope = names::Scope::default();
        if node.additional_properties.is_some() {
            self.sink.error(
                &node.pointer,
                "an object has both `properties` and `additionalProperties`",
                "no document was seen to do so; remove one of the two",
            );
        }
        for (property, child) in &node.properties {
            let name = scope.claim(&names::snake(property), "_field");
            let owner = format!("{}{}", self.type_name(id), names::camel(property));
            let place = format!("{wire}.{property}");
            let ty = match self.lower_type(child, &owner, &place) {
                Type::Timestamp if takes_local_time(child, node) => Type::DateTime,
                ty => ty,
            };
            let ty = self.local_time(&place, ty);
            fields.push(Field {
                wire: property.clone(),
                setter: format!(
                    "with_{}",
                    name.trim_end_matches('_').trim_start_matches('_')
                ),
                name,
                docs: self.descriptions.docs(&child.description),
                deprecated: deprecation(child.deprecated),
                output_only: child.read_only,
                required: child.required,
                strict: false,
                secret: self.secret(&place, &ty),
                boxed: false,
                length: self.length(&place, &ty),
                ty,
                default: child.default.clone(),
                maximum: child.maximum.clone(),
                minimum: child.minimum.clone(),
            });
        }
        self.set_schema(id, wire, node, Kind::Struct(fields));
    }

    /// An enum with `values`; `owners` are the names whose words the values may repeat.
    pub(super) fn enumeration(
        &mut self,
        id: SchemaId,
        wire: &str,
        node: &Node,
        values: &[EnumValue],
        owners: &[&str],
    ) {
        if values.is_empty() {
            self.sink.error(
                &node.pointer.key("enum"),
                "the enum has no value",
                "give it the values that there are, or remove `enum`",
            );
        }
        let prefixes: Vec<String> = owners.iter().copied().map(names::variant_prefix).collect();
        let mut scope = names::Scope::default();
        let mut seen = std::collections::BTreeSet::new();
        let mut variants = Vec::with_capacity(values.len());
        for (index, value) in values.iter().enumerate() {
            let at = node.pointer.key("enum").index(index);
            if value.value.is_empty() {
                self.sink.error(
                    &at,
                    "an enum value is empty",
                    "remove it, or give it its text",
                );
            } else if !seen.insert(&value.value) {
                self.sink.error(
                    &at,
                    format!("the enum value `{}` occurs twice", value.value),
                    "give each value once",
                );
            }
            let name = scope.claim(&names::variant(&value.value, &prefixes), "Value");
            variants.push(Variant {
                wire: value.value.clone(),
                name,
                docs: self.descriptions.docs(&value.description),
                deprecated: value.deprecated,
            });
        }
        let catch_all = scope.claim("Unrecognized", "Value");
        self.set_schema(
            id,
            wire,
            node,
            Kind::Enum {
                variants,
                catch_all,
            },
        );
    }

    fn set_schema(&mut self, id: SchemaId, wire: &str, node: &Node, kind: Kind) {
        let schema = Schema {
            name: self.type_name(id).to_owned(),
            wire: wire.to_owned(),
            pointer: node.pointer.clone(),
            docs: self.descriptions.docs(&node.description),
            deprecated: deprecation(node.deprecated),
            kind,
            file: String::new(),
            exclusive: self.facts.exclusive.get(wire).cloned().unwrap_or_default(),
            operation: None,
            in_request: false,
            features: Vec::new(),
        };
        self.set(id, schema);
    }

    /// The type of an enum that stands at `place`: one of its own, or the one that corrections
    /// say several places share.
    pub(super) fn inline_enum(
        &mut self,
        node: &Node,
        values: &[EnumValue],
        owner: &str,
        place: &str,
    ) -> Type {
        let leaf = place
            .trim_end_matches("[]")
            .rsplit(['.', '#'])
            .next()
            .unwrap_or(place)
            .to_owned();
        let Some(name) = self.facts.enum_names.get(place) else {
            let id = self.new_type(owner);
            self.enumeration(id, place, node, values, &[owner, &leaf]);
            return Type::Schema(id);
        };
        if let Some(id) = self.shared_enums.get(name.as_str()) {
            return Type::Schema(*id);
        }
        let id = self.new_type(&names::camel(name));
        self.enumeration(id, place, node, values, &[name, &leaf]);
        self.shared_enums.insert(name, id);
        Type::Schema(id)
    }

    /// An object without a name: a struct that is named for its place.
    pub(super) fn inline_object(&mut self, node: &Node, owner: &str, place: &str) -> Type {
        let id = self.new_type(owner);
        self.object(id, place, node);
        Type::Schema(id)
    }

    /// The type of a time, which a fact may allow to be a local one.
    fn local_time(&mut self, place: &str, ty: Type) -> Type {
        let Some(fact) = self.facts.local_times.get(place) else {
            return ty;
        };
        let stale = match ty {
            Type::Timestamp => return Type::DateTime,
            Type::DateTime => Stale::Said("its type allows a local time".to_owned()),
            _ => Stale::Unfit(format!("`{place}` is not a time")),
        };
        stale.report(&fact.pointer, self.sink);
        ty
    }

    /// The limit that a fact sets to the length of a list or a text.
    pub(super) fn length(&mut self, place: &str, ty: &Type) -> Option<LengthLimit> {
        let fact = self.facts.lengths.get(place)?;
        let problem = match fact.value {
            LengthLimit::Items { .. } if !matches!(ty, Type::List(_)) => "list",
            LengthLimit::Characters { .. } if *ty != Type::String => "text",
            limit => return Some(limit),
        };
        Stale::Unfit(format!("`{place}` is not a {problem}")).report(&fact.pointer, self.sink);
        None
    }

    /// Whether a fact says that a text must not be printed.
    pub(super) fn secret(&mut self, place: &str, ty: &Type) -> bool {
        let Some(fact) = self.facts.secrets.get(place) else {
            return false;
        };
        if *ty != Type::String {
            let unfit = format!("`{place}` is not a text");
            Stale::Unfit(unfit).report(&fact.pointer, self.sink);
        }
        true
    }

    fn new_type(&mut self, name: &str) -> SchemaId {
        let name = self.types.claim(name, "Type");
        self.reserve(name)
    }
}

/// Whether a property may be a local time: an RFC 3339 time in an object that says a day or a time
/// of day (`date`) and the zone that both are in, as the start of an event in a calendar.
///
/// A time of the format `google-datetime` is a protobuf timestamp, which always has an offset.
fn takes_local_time(property: &Node, object: &Node) -> bool {
    let is_text = |node: &Node| node.kind.as_deref() == Some("string");
    let has = |test: &dyn Fn(&str, &Node) -> bool| {
        let mut properties = object.properties.iter();
        properties.any(|(name, node)| is_text(node) && test(name, node))
    };
    property.format.as_deref() == Some("date-time")
        && has(&|_, node| node.format.as_deref() == Some("date"))
        && has(&|name, node| name == "timeZone" && node.format.is_none())
}

pub(super) fn deprecation(flag: bool) -> Option<Deprecation> {
    flag.then(|| Deprecation {
        since: None,
        note: "the service marks this as deprecated".to_owned(),
    })
}
