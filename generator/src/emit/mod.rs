//! From the model to files. Nothing here can fail, and nothing here looks at the document.

mod arguments;
mod call;
mod constant;
mod debug;
mod docs;
mod example;
mod features;
mod front_page;
mod ident;
mod listing;
mod manifest;
mod media;
mod method_docs;
mod operation;
mod operation_shape;
mod pages;
mod readme;
mod request;
mod resource;
mod root;
mod sample;
mod schema;
mod schemas;
mod scopes;
mod ty;

pub(crate) use self::listing::items;
use crate::model::{Api, Resource};
use crate::print::{self, Module};
use crate::{File, Options};

/// The files of the crate; `None` if they are larger than the options allow.
pub(crate) fn emit(api: &Api, options: &Options) -> Option<Vec<File>> {
    let mut files = Files {
        api,
        options,
        bytes: 0,
        files: Vec::new(),
    };
    files.add("Cargo.toml", manifest::manifest(api, options));
    let listing = crate::listing::text(
        &api.package,
        &options.version,
        &options.command,
        &listing::items(api),
    );
    files.add("API.txt", listing);
    if let Some(changelog) = &options.changelog {
        files.add("CHANGELOG.md", changelog.clone());
    }
    files.add("README.md", readme::readme(api, &options.command));
    for (name, text) in readme::LICENSES {
        files.add(name, text.to_owned());
    }
    files.print("src/lib.rs", root::module(api));
    files.print("src/scopes.rs", scopes::module(api));
    for (path, module) in schemas::modules(api) {
        files.print(&path, module);
    }
    if !api.root.methods.is_empty() {
        files.print("src/methods.rs", resource::top_level(api));
        files.print(
            "src/methods/calls.rs",
            call::module(api, &api.root.methods, None),
        );
    }
    for resource in &api.root.resources {
        files.resource(resource, "src");
    }
    (files.bytes <= options.most_output).then_some(files.files)
}

struct Files<'a> {
    api: &'a Api,
    options: &'a Options,
    /// How large the files are together.
    bytes: usize,
    files: Vec<File>,
}

impl Files<'_> {
    /// The module of a resource, and those of the resources below it in a folder of its name.
    fn resource(&mut self, resource: &Resource, folder: &str) {
        let path = format!("{folder}/{}", resource.module);
        self.print(&format!("{path}.rs"), resource::module(self.api, resource));
        if !resource.methods.is_empty() {
            let calls = call::module(self.api, &resource.methods, Some(resource));
            self.print(&format!("{path}/calls.rs"), calls);
        }
        for child in &resource.resources {
            self.resource(child, &path);
        }
    }

    fn print(&mut self, path: &str, module: Module) {
        // Nothing of it will be written.
        if self.bytes > self.options.most_output {
            return;
        }
        let text = print::print(self.api, &self.options.command, module);
        self.add(path, text);
    }

    fn add(&mut self, path: &str, text: String) {
        self.bytes += text.len();
        self.files.push(File {
            path: format!("{}/{path}", self.api.folder),
            text,
        });
    }
}
