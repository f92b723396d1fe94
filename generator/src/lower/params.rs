//! Parameters become arguments and setters.

use super::{Lowerer, names};
use crate::diagnostic::Pointer;
use crate::discovery;
use crate::model::{Param, PathPart, PathTemplate, Presence};

const SETTER_NAMES: &[&str] = &[
    "clear",
    "clone",
    "download",
    "if_some",
    "items",
    "options",
    "pages",
    "preview",
    "send",
    "send_for_response",
    "set_empty",
    "upload",
    "wait",
];

/// The parameters of a method: required ones in the order of its arguments.
pub(super) fn lower(
    lowerer: &mut Lowerer<'_>,
    method: &discovery::Method,
    path: &PathTemplate,
    name: &str,
    types: &str,
    arguments: &mut names::Scope,
) -> Vec<Param> {
    let order = |wire: &str| {
        let listed = method
            .parameter_order
            .iter()
            .position(|listed| listed == wire);
        listed.unwrap_or(usize::MAX)
    };
    let mut nodes: Vec<&(String, discovery::Node)> = method.parameters.iter().collect();
    nodes.sort_by_key(|(wire, _)| order(wire));
    let at = method.pointer.key("parameters");
    for (index, listed) in method.parameter_order.iter().enumerate() {
        if !method.parameters.iter().any(|(wire, _)| wire == listed) {
            lowerer.sink.error(
                &method.pointer.key("parameterOrder").index(index),
                format!("the method has no parameter `{listed}`"),
                "remove it from the order, or add it to `parameters`",
            );
        }
    }
    let mut setters = names::Scope::reserving(SETTER_NAMES);
    let mut found = Vec::new();
    for (wire, node) in nodes {
        if discovery::is_common_parameter(wire, node) {
            continue;
        }
        let in_path = node.is_in_path();
        check_location(lowerer, node, &at.key(wire));
        // The error about the path, or about a variable without a parameter, says it.
        if in_path && path.shape(wire).is_none() && !lacks_parameter(path, method) {
            lowerer.sink.error(
                &at.key(wire),
                format!("the path parameter `{wire}` does not occur in the path"),
                "add it to the path, or make its location `query`",
            );
        }
        if in_path && node.repeated {
            lowerer.sink.error(
                &at.key(wire).key("repeated"),
                format!("the path parameter `{wire}` is repeated"),
                "a path has one value for each variable; remove `repeated`",
            );
        }
        let owner = format!("{types}{}", names::camel(wire));
        let place = format!("{name}#{wire}");
        let ty = lowerer.param_type(node, &owner, &place);
        let required = in_path || node.required;
        let rust_name = names::snake(wire);
        let rust_name = if required {
            rust_name
        } else {
            setters.claim(&rust_name, "_param")
        };
        found.push(Param {
            wire: wire.clone(),
            name: arguments.claim(&rust_name, "_param"),
            in_path,
            presence: if required {
                Presence::Required
            } else {
                Presence::Optional
            },
            docs: lowerer.descriptions.docs(&node.description),
            deprecated: node.deprecated,
            default: node.default.clone(),
            minimum: node.minimum.clone(),
            maximum: node.maximum.clone(),
            length: lowerer.length(&place, &ty),
            secret: lowerer.secret(&place, &ty),
            ty,
        });
    }
    found
}

/// Whether a path has a variable that is no path parameter of the method, or could not be read.
fn lacks_parameter(path: &PathTemplate, method: &discovery::Method) -> bool {
    if path.parts.is_empty() {
        return true;
    }
    let is_parameter = |name: &str| {
        let mut parameters = method.parameters.iter();
        parameters.any(|(wire, node)| wire == name && node.is_in_path())
    };
    path.parts
        .iter()
        .any(|part| matches!(part, PathPart::Variable { name, .. } if !is_parameter(name)))
}

fn check_location(lowerer: &mut Lowerer<'_>, node: &discovery::Node, at: &Pointer) {
    match node.location.as_deref() {
        Some("path" | "query") => {}
        Some(other) => lowerer.sink.error(
            &at.key("location"),
            format!("the location `{other}` is not known"),
            "`path` and `query` are",
        ),
        None => lowerer.sink.error(
            at,
            "the parameter has no `location`",
            "make it `path` or `query`",
        ),
    }
}
