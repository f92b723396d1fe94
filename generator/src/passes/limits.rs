//! What about a request body can be checked before anything is sent: how long its lists are, and
//! which of its properties exclude each other?

use crate::diagnostic::{Pointer, Sink};
use crate::model::{
    Api, Body, BodyLimit, Exclusive, Kind, LengthLimit, Method, Schema, SchemaId, Type,
};

/// How many steps lead from a body to all that is checked in it; known documents need a few. Where
/// types hold each other the number of ways doubles with each level, so it is bounded.
const MOST_STEPS: usize = 1_000;

/// Fills `Method::body_limits` and `Method::exclusive`, down through the objects that a body
/// holds by value.
pub(super) fn run(api: &mut Api, sink: &mut Sink) {
    let nodes = nodes(&api.schemas);
    let schemas = &api.schemas;
    api.root.for_each_method(&mut |_, method| {
        let Some(body) = body(method).filter(|body| leads_to_check(&nodes, *body)) else {
            return;
        };
        let mut walk = Walk::new(&nodes);
        walk.enter(body);
        if let Some((id, wire)) = walk.exhausted_at {
            let schema = schemas.get(id.0);
            let (name, pointer) = schema.map_or(("", Pointer::default()), |schema| {
                (schema.wire.as_str(), schema.pointer.clone())
            });
            sink.error(
                &pointer,
                format!(
                    "more than {MOST_STEPS} steps lead from the body of `{}` to all that is checked in it; the last one was to `{name}.{wire}`",
                    method.id
                ),
                "remove the overrides `limitItems` and `exclusiveProperties` of what has that many places; the service checks them as well",
            );
            return;
        }
        method.body_limits = walk.limits;
        method.exclusive = walk.exclusive;
    });
}

fn body(method: &Method) -> Option<SchemaId> {
    match &method.body {
        Some(Body::Json {
            ty: Type::Schema(id),
            ..
        }) => Some(*id),
        _ => None,
    }
}

/// What is checked in an object, and the objects in it that lead to more.
#[derive(Default)]
struct Node<'a> {
    limits: Vec<(&'a str, LengthLimit)>,
    exclusive: &'a [Vec<String>],
    held: Vec<(&'a str, SchemaId)>,
    leads_to_check: bool,
}

impl Node<'_> {
    fn has_checks(&self) -> bool {
        !self.limits.is_empty() || !self.exclusive.is_empty()
    }
}

/// The nodes of all schemas. What leads to no check is never walked.
fn nodes(schemas: &[Schema]) -> Vec<Node<'_>> {
    let mut nodes: Vec<Node> = schemas.iter().map(node).collect();
    let mut holders: Vec<Vec<usize>> = vec![Vec::new(); nodes.len()];
    for (index, node) in nodes.iter().enumerate() {
        for (_, held) in &node.held {
            if let Some(holders) = holders.get_mut(held.0) {
                holders.push(index);
            }
        }
    }
    let has_checks = |index: &usize| nodes.get(*index).is_some_and(Node::has_checks);
    let mut open: Vec<usize> = (0..nodes.len()).filter(has_checks).collect();
    while let Some(index) = open.pop() {
        if let Some(node) = nodes.get_mut(index)
            && !std::mem::replace(&mut node.leads_to_check, true)
        {
            open.extend(holders.get(index).into_iter().flatten());
        }
    }
    let leads: Vec<bool> = nodes.iter().map(|node| node.leads_to_check).collect();
    for node in &mut nodes {
        node.held
            .retain(|(_, id)| leads.get(id.0).copied().unwrap_or_default());
    }
    nodes
}

fn node(schema: &Schema) -> Node<'_> {
    let Kind::Struct(fields) = &schema.kind else {
        return Node::default();
    };
    let mut node = Node {
        exclusive: &schema.exclusive,
        ..Node::default()
    };
    for field in fields {
        if let Some(limit @ LengthLimit::Items { .. }) = field.length {
            node.limits.push((&field.wire, limit));
        }
        if let Some(held) = field.ty.held().filter(|_| !field.output_only) {
            node.held.push((&field.wire, held));
        }
    }
    node
}

fn leads_to_check(nodes: &[Node], id: SchemaId) -> bool {
    nodes.get(id.0).is_some_and(|node| node.leads_to_check)
}

/// A walk from a body to its checks.
struct Walk<'a> {
    nodes: &'a [Node<'a>],
    /// The types on the way, so that a type that holds itself is entered once, and their properties.
    way: Vec<(SchemaId, &'a str)>,
    steps: usize,
    /// Where there were too many steps.
    exhausted_at: Option<(SchemaId, &'a str)>,
    limits: Vec<BodyLimit>,
    exclusive: Vec<Exclusive>,
}

impl<'a> Walk<'a> {
    fn new(nodes: &'a [Node<'a>]) -> Self {
        Self {
            nodes,
            way: Vec::new(),
            steps: 0,
            exhausted_at: None,
            limits: Vec::new(),
            exclusive: Vec::new(),
        }
    }

    fn enter(&mut self, id: SchemaId) {
        let nodes = self.nodes;
        let Some(node) = nodes.get(id.0) else {
            return;
        };
        for group in node.exclusive {
            let group = group.iter().map(|wire| self.path(wire)).collect();
            self.exclusive.push(group);
        }
        for (wire, limit) in &node.limits {
            let (path, limit) = (self.path(wire), *limit);
            self.limits.push(BodyLimit { path, limit });
        }
        self.steps += node.exclusive.len() + node.limits.len();
        for (wire, held) in &node.held {
            self.steps += 1;
            if self.steps > MOST_STEPS {
                self.exhausted_at.get_or_insert((id, wire));
                return;
            }
            self.way.push((id, wire));
            if !self.way.iter().any(|(entered, _)| entered == held) {
                self.enter(*held);
            }
            self.way.pop();
        }
    }

    /// The names on the wire, joined.
    fn path(&self, last: &str) -> String {
        let way = self.way.iter().map(|(_, wire)| *wire);
        way.chain([last]).collect::<Vec<_>>().join(".")
    }
}
