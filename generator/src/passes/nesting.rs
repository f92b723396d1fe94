//! How deep do types nest, which the compiler follows to see that a value may go to another thread?
//!
//! It asks that of each type inside of a type, through options, boxes, lists and maps, and gives up
//! at its recursion limit (128) both in the emitted crate and in one that sends its values: with
//! 64 structs that hold one another by value, or with 26 in maps. A box does not end that, it adds
//! to it; so a crate with deeper types raises its limit, and its front page says what users do.

use std::collections::BTreeSet;

use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef as _;

use crate::diagnostic::Sink;
use crate::model::{Api, Field, Kind, SchemaId, Type};

/// The compiler's limit.
const USUAL: usize = 128;
/// What futures and the types of callers need of it.
const RESERVED: usize = 32;
/// Measured with rustc 1.95: 2,000 structs in each other take it 3 seconds.
const DEEPEST: usize = 5_000;

/// Fills `Api::recursion_limit`, and reports types that are too deep for any limit.
pub(super) fn run(api: &mut Api, sink: &mut Sink) {
    let graph = graph(api);
    let mut depths = vec![0; graph.node_count()];
    // Types that hold one another come as one component, and after all that they hold.
    for component in kosaraju_scc(&graph) {
        let depth = depth(&graph, &component, &depths);
        for node in component {
            if let Some(place) = depths.get_mut(node.index()) {
                *place = depth;
            }
        }
    }
    let deepest = depths.iter().zip(&api.schemas).max_by_key(|found| found.0);
    let Some((depth, schema)) = deepest else {
        return;
    };
    if *depth > DEEPEST {
        sink.error(
            &schema.pointer,
            format!(
                "types are nested {depth} deep in `{}`; the limit is {DEEPEST}, of which one in another takes 2, in a list 4 and in a map 5",
                schema.wire
            ),
            "check that this is a Discovery document: known ones need less than 100",
        );
    }
    if *depth > USUAL - RESERVED {
        api.recursion_limit = Some((depth + RESERVED).next_multiple_of(USUAL));
    }
}

/// The schemas, with what it costs the compiler to get from one to the next.
fn graph(api: &Api) -> DiGraph<(), usize> {
    let mut graph = DiGraph::new();
    for _ in &api.schemas {
        graph.add_node(());
    }
    for (index, schema) in api.schemas.iter().enumerate() {
        let mut hold = |to: SchemaId, cost: usize| {
            graph.add_edge(NodeIndex::new(index), NodeIndex::new(to.0), cost);
        };
        match &schema.kind {
            Kind::Struct(fields) => {
                for field in fields {
                    if let Some(held) = field.ty.mentioned() {
                        hold(held, cost_of_field(field));
                    }
                }
            }
            Kind::Transparent(ty) => {
                if let Some(held) = ty.mentioned() {
                    hold(held, 1 + cost(ty));
                }
            }
            Kind::Enum { .. } => {}
        }
    }
    graph
}

/// The steps from a struct to the schema in a field of it: the struct, the option around it unless it
/// is a collection, and a box of two types, as rustc counts them.
fn cost_of_field(field: &Field) -> usize {
    let option = usize::from(!field.ty.is_collection());
    let boxed = if field.boxed { 2 } else { 0 };
    1 + option + boxed + cost(&field.ty)
}

/// The types that a list or a map consists of.
fn cost(ty: &Type) -> usize {
    match ty {
        Type::List(item) => 3 + cost(item),
        Type::Map(value) => 4 + cost(value),
        _ => 0,
    }
}

/// No way through a component is longer than one through each of its types.
fn depth(graph: &DiGraph<(), usize>, component: &[NodeIndex], depths: &[usize]) -> usize {
    let (mut inside, mut below) = (0, 1);
    let members: BTreeSet<_> = component.iter().collect();
    for node in component {
        let mut longest = 0;
        for edge in graph.edges(*node) {
            if members.contains(&edge.target()) {
                longest = longest.max(*edge.weight());
            } else if let Some(depth) = depths.get(edge.target().index()) {
                below = below.max(edge.weight() + depth);
            }
        }
        inside += longest;
    }
    inside + below
}
