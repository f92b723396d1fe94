//! Handles, the functions on them, and the calls that these make.

use super::{Surface, facts};
use crate::emit::arguments::{arguments, setters};
use crate::emit::ident::text;
use crate::listing::Item;
use crate::model::{Method, Param, Patch, Resource};

impl Surface<'_> {
    /// The items of all resources.
    pub(super) fn resources(&self) -> Vec<Item> {
        let root = &self.api.root;
        let mut items = self.methods(&root.methods, "Client", "methods");
        for resource in &root.resources {
            items.extend(self.resource(resource, "Client", ""));
        }
        items
    }

    /// A resource; `parent` is the handle that has its accessor, `outer` the module with its own.
    fn resource(&self, resource: &Resource, parent: &str, outer: &str) -> Vec<Item> {
        let module = format!("{outer}{}", text(&resource.module));
        let handle = format!("{module}::{}", resource.handle);
        let feature = |item: Item| {
            let feature = resource.feature.as_ref();
            item.ability(
                feature.is_some(),
                format!("feature {}", feature.map_or("", String::as_str)),
            )
        };
        let accessor = format!("{parent}::{}", text(&resource.accessor));
        let way = [
            Item::new(accessor, format!("fn() -> {handle}")).deprecated(resource.deprecated),
            Item::new(&handle, "struct").deprecated(resource.deprecated),
        ];
        let methods = self.methods(&resource.methods, &handle, &module);
        let mut items: Vec<Item> = if resource.is_split() {
            way.into_iter()
                .chain(methods.into_iter().map(feature))
                .collect()
        } else {
            way.map(feature).into_iter().chain(methods).collect()
        };
        for child in &resource.resources {
            items.extend(self.resource(child, &handle, &format!("{module}::")));
        }
        items
    }

    fn methods(&self, methods: &[Method], handle: &str, module: &str) -> Vec<Item> {
        let mut items = Vec::new();
        for method in methods {
            items.push(self.function(method, handle, module));
            if !method.is_bare_upload() {
                items.push(self.call(method, module));
                items.extend(setters(method).map(|param| {
                    let call = format!("{module}::{}", text(&method.call));
                    self.setter(param, &call)
                }));
            }
        }
        items
    }

    /// The function that makes a call; its parameters are the required ones.
    fn function(&self, method: &Method, handle: &str, module: &str) -> Item {
        let signature = if method.is_bare_upload() {
            "fn(source: impl Into<discovery_runtime::upload::Source>) -> \
             discovery_runtime::upload::Upload<discovery_runtime::upload::UploadToken>"
                .to_owned()
        } else {
            let arguments: Vec<String> = arguments(method, &self.types)
                .iter()
                .map(|argument| argument.parameter.to_string())
                .collect();
            let call = text(&method.call);
            format!("fn({}) -> {module}::{call}", arguments.join(", "))
        };
        let path = format!("{handle}::{}", text(&method.function));
        let item = Item::new(path, signature).deprecated(method.deprecated.is_some());
        self.with_facts(item, |item| facts::of_method(self.api, method, item))
    }

    fn call(&self, method: &Method, module: &str) -> Item {
        let response = self.types.response(method);
        let path = format!("{module}::{}", text(&method.call));
        let mask = matches!(method.patch, Some(Patch::Mask(_)));
        let items = method
            .paging
            .as_ref()
            .and_then(|paging| paging.items.as_ref());
        let of = items.map(|items| {
            let item = self.types.of(&items.item);
            if items.keyed {
                format!("items() of (String, {item})")
            } else {
                format!("items() of {item}")
            }
        });
        Item::new(path, format!("call -> {response}"))
            .ability(method.paging.is_some(), "pages()")
            .ability(of.is_some(), of.unwrap_or_default())
            .ability(mask, "update_mask()")
            .ability(method.patch.is_some(), "clear()")
            .ability(method.merges(), "set_empty()")
            .ability(method.operation.is_some(), "wait()")
            .ability(method.media.upload.is_some(), "upload()")
            .ability(method.media.download, "download()")
    }

    /// A setter of a call; `call` is the path of the call.
    fn setter(&self, param: &Param, call: &str) -> Item {
        let name = text(&param.name);
        let (argument, _) = self.types.argument(&param.ty, "value");
        let item = Item::new(format!("{call}::{name}"), format!("fn({argument})"));
        let item = item.deprecated(param.deprecated);
        self.with_facts(item, |item| facts::of_param(param, item))
    }
}
