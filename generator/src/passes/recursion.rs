//! Which fields need a box, because their type would contain itself?

use std::collections::BTreeMap;

use crate::model::{Api, Kind, SchemaId};

/// Boxes the fields that close a cycle of types held by value; lists and maps hold nothing by
/// value. The walk goes in the order of names and has a stack of its own, so that its result is
/// stable and its depth is not that of the types.
pub(super) fn run(api: &mut Api) {
    let held: Vec<Vec<(usize, SchemaId)>> = api
        .schemas
        .iter()
        .map(|schema| match &schema.kind {
            Kind::Struct(fields) => fields
                .iter()
                .enumerate()
                .filter_map(|(index, field)| field.ty.held().map(|id| (index, id)))
                .collect(),
            // A newtype holds a list, a map or any value.
            Kind::Transparent(_) | Kind::Enum { .. } => Vec::new(),
        })
        .collect();
    let mut states: BTreeMap<usize, State> = BTreeMap::new();
    let mut boxes: Vec<(usize, usize)> = Vec::new();
    for start in 0..held.len() {
        if states.contains_key(&start) {
            continue;
        }
        states.insert(start, State::Open);
        let mut stack = vec![(start, 0)];
        while let Some((schema, next)) = stack.pop() {
            let Some((field, to)) = held.get(schema).and_then(|fields| fields.get(next)) else {
                states.insert(schema, State::Done);
                continue;
            };
            stack.push((schema, next + 1));
            match states.get(&to.0) {
                Some(State::Open) => boxes.push((schema, *field)),
                Some(State::Done) => {}
                None => {
                    states.insert(to.0, State::Open);
                    stack.push((to.0, 0));
                }
            }
        }
    }
    for (schema, field) in boxes {
        if let Some(Kind::Struct(fields)) =
            api.schemas.get_mut(schema).map(|schema| &mut schema.kind)
            && let Some(field) = fields.get_mut(field)
        {
            field.boxed = true;
        }
    }
}

/// How far the walk is with a schema.
enum State {
    Open,
    Done,
}
