//! Finds what corrections name: methods by resource and name (`albums.list`), parameters with `#`
//! (`albums.list#pageSize`), properties by schema (`Album.title`), items with `[]`, the values of
//! maps with `{}`, and what stands in a body without a schema with `.request` and `.response`.

use super::{Document, Method, Node, Resource, is_common_parameter};

impl Document {
    /// A parameter or a property.
    pub(crate) fn place(&mut self, place: &str) -> Option<&mut Node> {
        if place.contains('#') {
            return parameter(&mut self.root, place, "");
        }
        self.property(place)
    }

    /// A property of a schema, or of an object in one.
    pub(crate) fn property(&mut self, place: &str) -> Option<&mut Node> {
        let (owner, property) = place.rsplit_once('.')?;
        let mut properties = self.node(owner)?.properties.iter_mut();
        properties.find_map(|(name, node)| (name == property).then_some(node))
    }

    /// Anything that has a type.
    pub(crate) fn node(&mut self, place: &str) -> Option<&mut Node> {
        let Self { schemas, root, .. } = self;
        if place.contains('#') {
            let end = place.find(['[', '{']).unwrap_or(place.len());
            let (parameter_place, rest) = place.split_at_checked(end)?;
            return parameter(root, parameter_place, rest);
        }
        schemas
            .iter_mut()
            .find_map(|(name, node)| below(node, place.strip_prefix(name.as_str())?))
            .or_else(|| body(root, place))
    }
}

impl Resource {
    /// The resource that a path such as `projects.locations` names; the empty path is this one.
    pub(crate) fn find(&mut self, path: &str) -> Option<&mut Resource> {
        if path.is_empty() {
            return Some(self);
        }
        self.resources.iter_mut().find_map(|(name, resource)| {
            let rest = path.strip_prefix(name.as_str())?;
            if rest.is_empty() {
                return Some(resource);
            }
            resource.find(rest.strip_prefix('.')?)
        })
    }

    /// The method that a path such as `albums.list` names.
    pub(crate) fn method(&mut self, path: &str) -> Option<&mut Method> {
        let (resource, wire) = path.rsplit_once('.').unwrap_or(("", path));
        let mut methods = self.find(resource)?.methods.iter_mut();
        methods.find_map(|(name, method)| (name == wire).then_some(method))
    }
}

fn parameter<'a>(root: &'a mut Resource, place: &str, rest: &str) -> Option<&'a mut Node> {
    let (method, wire) = place.split_once('#')?;
    let mut parameters = root.method(method)?.parameters.iter_mut();
    parameters.find_map(|(name, node)| {
        let is_meant = name == wire && !is_common_parameter(name, node);
        is_meant.then(|| below(node, rest)).flatten()
    })
}

fn body<'a>(root: &'a mut Resource, place: &str) -> Option<&'a mut Node> {
    let request = place.split_once(".request");
    let response = place.split_once(".response");
    let is_request = match (&request, &response) {
        (Some((before, _)), Some((other, _))) => before.len() < other.len(),
        (found, _) => found.is_some(),
    };
    if is_request {
        let (method, rest) = request?;
        below(root.method(method)?.request.as_mut()?, rest)
    } else {
        let (method, rest) = response?;
        below(root.method(method)?.response.as_mut()?, rest)
    }
}

fn below<'a>(node: &'a mut Node, rest: &str) -> Option<&'a mut Node> {
    if rest.is_empty() {
        return Some(node);
    }
    if let Some(rest) = rest.strip_prefix("[]") {
        return below(node.items.as_deref_mut()?, rest);
    }
    if let Some(rest) = rest.strip_prefix("{}") {
        return below(node.additional_properties.as_deref_mut()?, rest);
    }
    let rest = rest.strip_prefix('.')?;
    node.properties
        .iter_mut()
        .find_map(|(name, child)| below(child, rest.strip_prefix(name.as_str())?))
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Sink;
    use crate::discovery::{Document, read};
    use crate::{Source, json};

    fn document() -> Document {
        let text = r#"{
            "id": "a:v1", "name": "a", "version": "v1", "rootUrl": "https://a.googleapis.com/",
            "schemas": {
                "Plan": { "id": "Plan", "type": "object" },
                "Plant": { "id": "Plant", "type": "object", "properties": {
                    "names": { "type": "array", "items": { "type": "string" } },
                    "parts": { "type": "object", "additionalProperties": {
                        "type": "object", "properties": { "size": { "type": "string" } }
                    } },
                    "request": { "type": "boolean" }
                } }
            },
            "resources": { "gardens": { "resources": { "plants": { "methods": { "list": {
                "id": "a.gardens.plants.list", "httpMethod": "GET", "path": "plants",
                "parameters": {
                    "filter": { "type": "string", "location": "query" },
                    "alt": { "type": "string", "location": "query" }
                },
                "response": { "type": "object", "properties": { "count": { "type": "string" } } }
            } } } } } }
        }"#;
        let source = Source {
            name: "a.json".to_owned(),
            text: text.to_owned(),
        };
        read(&json::parse(&source).unwrap(), &mut Sink::default())
    }

    #[test]
    fn every_value_has_a_place() {
        let mut document = document();
        for (place, pointer) in [
            ("Plant.names", "/schemas/Plant/properties/names"),
            ("Plant.names[]", "/schemas/Plant/properties/names/items"),
            (
                "Plant.parts{}.size",
                "/schemas/Plant/properties/parts/additionalProperties/properties/size",
            ),
            ("Plant.request", "/schemas/Plant/properties/request"),
            (
                "gardens.plants.list#filter",
                "/resources/gardens/resources/plants/methods/list/parameters/filter",
            ),
            (
                "gardens.plants.list.response.count",
                "/resources/gardens/resources/plants/methods/list/response/properties/count",
            ),
        ] {
            let found = document.node(place).map(|node| node.pointer.clone());
            assert_eq!(found.unwrap().as_str(), pointer, "{place}");
        }
    }

    #[test]
    fn nothing_else_is_found() {
        let mut document = document();
        for place in [
            "",
            "Plan.names",
            "Plant.name",
            "Plant.names{}",
            "Plant.names[].x",
            "list#filter",
            "gardens.list#filter",
            "gardens.plants.list.request",
            // An option of the runtime, which no correction of one method could change.
            "gardens.plants.list#alt",
        ] {
            assert!(document.node(place).is_none(), "{place}");
        }
    }
}
