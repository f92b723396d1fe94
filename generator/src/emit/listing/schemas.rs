//! Types: structs with their fields, enums with their variants, newtypes.

use super::{Surface, facts};
use crate::emit::ident::text;
use crate::listing::Item;
use crate::model::{Field, Kind, Schema, Type, Variant};

impl Surface<'_> {
    /// The items of all types.
    pub(super) fn schemas(&self) -> impl Iterator<Item = Item> {
        let schemas = self.api.schemas.iter();
        schemas.flat_map(|schema| self.schema(schema))
    }

    fn schema(&self, schema: &Schema) -> Vec<Item> {
        let path = format!("schemas::{}", text(&schema.name));
        let item = |signature: String| {
            let mut item = Item::new(&path, signature).deprecated(schema.deprecated.is_some());
            let features = schema.features.iter();
            item.abilities
                .extend(features.map(|feature| format!("feature {feature}")));
            self.with_facts(item, |item| facts::of_schema(schema, item))
        };
        match &schema.kind {
            Kind::Struct(fields) => {
                let is_operation = schema.operation.is_some();
                let mut items = vec![item("struct".to_owned()).ability(is_operation, "Operation")];
                items.extend(fields.iter().map(|field| self.field(schema, field, &path)));
                items
            }
            Kind::Enum {
                variants,
                catch_all,
            } => {
                let mut items = vec![item("enum".to_owned())];
                items.extend(variants.iter().map(|variant| self.variant(variant, &path)));
                let unknown = format!("{path}::{}", text(catch_all));
                items.push(Item::new(
                    unknown,
                    "variant(discovery_runtime::UnrecognizedValue)",
                ));
                items
            }
            Kind::Transparent(ty) => {
                // As the emitter derives it.
                let default = ty.is_collection() || matches!(ty, Type::Null | Type::Value);
                let inner = self.types.of(ty);
                vec![item(format!("struct({inner})")).ability(default, "Default")]
            }
        }
    }

    fn field(&self, schema: &Schema, field: &Field, path: &str) -> Item {
        let settable = schema.in_request && !field.output_only;
        let path = format!("{path}.{}", text(&field.name));
        let item = Item::new(path, self.types.of_field(field).to_string())
            .ability(settable, format!("{}()", text(&field.setter)))
            .deprecated(field.deprecated.is_some());
        self.with_facts(item, |item| facts::of_field(field, item))
    }

    fn variant(&self, variant: &Variant, path: &str) -> Item {
        let path = format!("{path}::{}", text(&variant.name));
        let item = Item::new(path, "variant").deprecated(variant.deprecated);
        self.with_facts(item, |item| facts::of_variant(variant, item))
    }
}
