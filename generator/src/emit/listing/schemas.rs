//! Types: structs with their fields, enums with their variants, newtypes.

use super::{facts, one_line};
use crate::emit::ident::text;
use crate::emit::ty::Types;
use crate::listing::Item;
use crate::model::{Api, Field, Kind, Schema, Type, Variant};

/// The items of all types.
pub(super) fn items(api: &Api) -> impl Iterator<Item = Item> {
    let types = Types::new(api, []);
    let schemas = api.schemas.iter();
    schemas.flat_map(move |schema| of_schema(schema, &types))
}

fn of_schema(schema: &Schema, types: &Types<'_>) -> Vec<Item> {
    let path = format!("schemas::{}", text(&schema.name));
    let item = |signature: String| {
        let mut item = Item::new(&path, signature)
            .fact("documentation", schema.docs.join("\n"))
            .fact(
                "deprecation",
                facts::deprecation(schema.deprecated.as_ref()),
            )
            .fact("exclude each other", facts::groups(&schema.exclusive))
            .deprecated(schema.deprecated.is_some());
        let features = schema.features.iter();
        item.abilities
            .extend(features.map(|feature| format!("feature {feature}")));
        item
    };
    match &schema.kind {
        Kind::Struct(fields) => {
            let mut items =
                vec![item("struct".to_owned()).ability(schema.operation.is_some(), "Operation")];
            items.extend(
                fields
                    .iter()
                    .map(|field| of_field(schema, field, &path, types)),
            );
            items
        }
        Kind::Enum {
            variants,
            catch_all,
        } => {
            let mut items = vec![item("enum".to_owned())];
            items.extend(variants.iter().map(|variant| of_variant(variant, &path)));
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
            vec![item(format!("struct({})", one_line(&types.of(ty)))).ability(default, "Default")]
        }
    }
}

fn of_field(schema: &Schema, field: &Field, path: &str, types: &Types<'_>) -> Item {
    let settable = schema.in_request && !field.output_only;
    let item = Item::new(
        format!("{path}.{}", text(&field.name)),
        one_line(&types.of_field(field)),
    )
    .ability(settable, format!("{}()", text(&field.setter)))
    .deprecated(field.deprecated.is_some());
    facts::of_field(field, item)
}

fn of_variant(variant: &Variant, path: &str) -> Item {
    Item::new(format!("{path}::{}", text(&variant.name)), "variant")
        .fact("value", &variant.wire)
        .fact("documentation", variant.docs.join("\n"))
        .deprecated(variant.deprecated)
}
