//! Is the model one that can be emitted? After this pass nothing can fail.

use crate::diagnostic::{Pointer, Sink};
use crate::model::{Api, Type};

/// How deep lists and maps may be nested; the parser of Rust code has a stack to protect.
const DEEPEST: usize = 32;
/// How many items an API may have; the largest known one has 12,000.
const MOST_ITEMS: usize = 200_000;

/// Reports what the emitters could not handle.
pub(super) fn run(api: &Api, sink: &mut Sink) {
    let mut items = 0;
    for schema in &api.schemas {
        let types: Vec<&Type> = match &schema.kind {
            crate::model::Kind::Struct(fields) => fields.iter().map(|field| &field.ty).collect(),
            crate::model::Kind::Transparent(ty) => vec![ty],
            crate::model::Kind::Enum { variants, .. } => {
                items += variants.len();
                Vec::new()
            }
        };
        items += types.len();
        if types.iter().any(|ty| depth(ty) > DEEPEST) {
            sink.error(
                &schema.pointer,
                format!("lists or maps are nested more than {DEEPEST} deep"),
                "give the inner ones a schema of their own",
            );
        }
    }
    items += api
        .root
        .all_methods()
        .iter()
        .map(|method| method.params.len() + 1)
        .sum::<usize>();
    if items > MOST_ITEMS {
        sink.error(
            &Pointer::default(),
            format!("the document describes {items} properties, values and parameters; the limit is {MOST_ITEMS}"),
            "check that this is a Discovery document of one API",
        );
    }
}

fn depth(ty: &Type) -> usize {
    match ty {
        Type::List(item) | Type::Map(item) => 1 + depth(item),
        _ => 0,
    }
}
