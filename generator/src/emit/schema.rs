//! Schemas become structs, open enums and newtypes.

use proc_macro2::Literal;
use quote::quote;

use super::ident::{ident, text};
use super::ty::Types;
use super::{docs, features, operation_shape};
use crate::model::{Field, Kind, Schema, Type, Variant};
use crate::print::{self, Code, Member, Members, Piece, Table};

/// What a schema needs in its module.
pub(super) fn pieces(schema: &Schema, types: &Types<'_>) -> Vec<Piece> {
    let feature = features::of_schema(schema);
    match &schema.kind {
        Kind::Struct(fields) => structure(schema, fields, feature, types),
        Kind::Enum {
            variants,
            catch_all,
        } => open_enum(schema, variants, catch_all, feature),
        Kind::Transparent(ty) => transparent(schema, ty, feature, types),
    }
}

fn docs(schema: &Schema) -> Vec<String> {
    let mut lines = if schema.docs.iter().all(String::is_empty) {
        vec![fallback(schema)]
    } else {
        schema.docs.to_vec()
    };
    if schema.is_output_only() {
        lines.extend([
            String::new(),
            "All of its fields are output only.".to_owned(),
        ]);
    }
    lines
}

/// The attributes of a type: what is said about the schema, then `own`.
fn attributes(schema: &Schema, feature: Option<&Code>, own: &[&str]) -> Vec<Code> {
    let deprecated = docs::deprecated(schema.deprecated.as_ref());
    let own = own.iter().map(|attribute| Code::from(*attribute));
    feature
        .cloned()
        .into_iter()
        .chain(deprecated)
        .chain(own)
        .collect()
}

/// What is said about a type that the document does not describe.
fn fallback(schema: &Schema) -> String {
    let place = docs::code(&schema.wire);
    match (place.strip_suffix("[]"), &schema.kind) {
        (Some(list), _) => format!("One of `{list}`."),
        (None, Kind::Struct(_)) => format!("The object `{place}`."),
        (None, Kind::Enum { .. }) => format!("The values of `{place}`."),
        (None, Kind::Transparent(_)) => format!("The value of `{place}`."),
    }
}

fn structure(
    schema: &Schema,
    fields: &[Field],
    feature: Option<Code>,
    types: &Types<'_>,
) -> Vec<Piece> {
    let name = text(&schema.name);
    let own = ["#[derive(Clone, Default, PartialEq)]", "#[non_exhaustive]"];
    let members = fields.iter().map(|field| member(schema, field, types));
    let mut pieces = vec![Piece::Members(Members {
        docs: docs(schema),
        attributes: attributes(schema, feature.as_ref(), &own),
        item: format!("pub struct {name}"),
        members: members.collect(),
    })];
    // Setters build requests; what only the service sets can still be assigned.
    let settable = fields
        .iter()
        .filter(|field| schema.in_request && !field.output_only);
    let setters: Vec<Member> = settable.map(|field| setter(field, types)).collect();
    if !setters.is_empty() {
        pieces.push(Piece::Members(Members {
            docs: Vec::new(),
            attributes: feature.iter().cloned().collect(),
            item: format!("impl {name}"),
            members: setters,
        }));
    }
    let row = |field: &Field| {
        let only = if field.output_only {
            ": output_only"
        } else {
            ""
        };
        (field.wire.clone(), format!("{}{only}", text(&field.name)))
    };
    pieces.extend(
        schema
            .operation
            .as_ref()
            .map(|shape| Piece::Items(operation_shape::implementation(schema, shape, types))),
    );
    pieces.push(Piece::Table(Table {
        feature,
        path: "discovery_runtime::codegen::schema",
        name: schema.name.clone(),
        rows: fields.iter().map(row).collect(),
        tail: [
            wire_names("strict", fields, |field| field.strict),
            wire_names("secret", fields, |field| field.secret),
        ]
        .concat(),
    }));
    pieces
}

/// A list of fields after the rows of the table: ` strict ["done"]`; nothing if there are none.
fn wire_names(title: &str, fields: &[Field], is_listed: fn(&Field) -> bool) -> String {
    let names: Vec<String> = fields
        .iter()
        .filter(|field| is_listed(field))
        .map(|field| Literal::string(&field.wire).to_string())
        .collect();
    if names.is_empty() {
        String::new()
    } else {
        format!(" {title} [{}]", names.join(", "))
    }
}

fn member(schema: &Schema, field: &Field, types: &Types<'_>) -> Member {
    Member {
        docs: docs::field(field, schema),
        attribute: docs::deprecated(field.deprecated.as_ref()),
        code: format!("pub {}: {},", text(&field.name), types.of_field(field)),
    }
}

fn setter(field: &Field, types: &Types<'_>) -> Member {
    let (argument, value) = types.argument(&field.ty, "value");
    let value = match (&field.ty, field.boxed) {
        (ty, _) if ty.is_collection() => value,
        (_, true) => types.some(format!("{value}.into()")),
        (_, false) => types.some(value),
    };
    Member {
        docs: vec![format!("Sets [`{0}`](Self::{0}).", field.name)],
        attribute: docs::deprecated(field.deprecated.as_ref()),
        code: print::setter(&text(&field.setter), &text(&field.name), &argument, &value),
    }
}

fn open_enum(
    schema: &Schema,
    variants: &[Variant],
    catch_all: &str,
    feature: Option<Code>,
) -> Vec<Piece> {
    let own = [
        "#[derive(Clone, Debug, PartialEq, Eq, Hash)]",
        "#[non_exhaustive]",
    ];
    let unknown = Member {
        docs: vec![UNKNOWN.to_owned()],
        attribute: None,
        code: format!("{}(discovery_runtime::UnrecognizedValue),", text(catch_all)),
    };
    let definition = Members {
        docs: docs(schema),
        attributes: attributes(schema, feature.as_ref(), &own),
        item: format!("pub enum {}", text(&schema.name)),
        members: variants.iter().map(variant).chain([unknown]).collect(),
    };
    let table = Table {
        feature,
        path: "discovery_runtime::codegen::open_enum",
        name: schema.name.clone(),
        rows: variants
            .iter()
            .map(|variant| (variant.wire.clone(), variant.name.clone()))
            .collect(),
        tail: format!(" else {catch_all}"),
    };
    vec![Piece::Members(definition), Piece::Table(table)]
}

const UNKNOWN: &str =
    "A value that this version of the crate does not know; it is kept as it came.";

fn variant(variant: &Variant) -> Member {
    let docs = if variant.docs.iter().all(String::is_empty) {
        vec![format!("The value `{}`.", docs::code(&variant.wire))]
    } else {
        variant.docs.to_vec()
    };
    Member {
        docs,
        attribute: variant.deprecated.then(|| DEPRECATED.into()),
        code: format!("{},", text(&variant.name)),
    }
}

const DEPRECATED: &str = r#"#[deprecated(note = "the service marks this value as deprecated")]"#;

fn transparent(schema: &Schema, ty: &Type, feature: Option<Code>, types: &Types<'_>) -> Vec<Piece> {
    let docs = print::doc(&docs(schema));
    let attributes = attributes(schema, feature.as_ref(), &[]);
    let name = ident(&schema.name);
    let inner = types.of(ty);
    // A newtype of one value has no default where the value has none, as an enum.
    let default =
        (ty.is_collection() || matches!(ty, Type::Null | Type::Value)).then(|| quote!(Default,));
    let definition = quote! {
        #docs
        #(#attributes)*
        #[derive(Clone, Debug, #default PartialEq)]
        pub struct #name(
            /// The value itself.
            pub #inner,
        );
    };
    vec![
        Piece::Items(definition),
        Piece::Newtype {
            feature,
            name: schema.name.clone(),
            inner,
        },
    ]
}
