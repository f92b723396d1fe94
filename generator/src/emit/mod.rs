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

use std::sync::atomic::{AtomicUsize, Ordering};

pub(crate) use self::listing::items;
use crate::model::{Api, Resource};
use crate::print::{self, Module};
use crate::{File, Options, parallel};

/// The files of the crate; `None` if they are larger than the options allow.
pub(crate) fn emit(api: &Api, options: &Options) -> Option<Vec<File>> {
    let drafts = Drafts::of(api, options);
    let bytes = AtomicUsize::new(0);
    let fits = || bytes.load(Ordering::Relaxed) <= options.most_output;
    let mut files = Vec::with_capacity(drafts.len());
    parallel::in_order(
        &drafts,
        |draft| {
            // Nothing of it will be written.
            if !fits() {
                return String::new();
            }
            let mut text = (draft.text)();
            text.shrink_to_fit();
            bytes.fetch_add(text.len(), Ordering::Relaxed);
            text
        },
        |_, draft, text: String| {
            files.push(File {
                path: format!("{}/{}", api.folder, draft.path),
                // In as much room as it needs, and where the document was: an allocator has memory
                // of its own for each thread.
                text: text.clone(),
            });
        },
    );
    fits().then_some(files)
}

/// A file that can be made on any thread. Its tokens never leave that thread, nor outlive its text:
/// they are many times as large.
struct Draft<'a> {
    path: String,
    text: Box<dyn Fn() -> String + Sync + 'a>,
}

/// The files of a crate, to be made.
struct Drafts<'a> {
    api: &'a Api,
    options: &'a Options,
    drafts: Vec<Draft<'a>>,
}

impl<'a> Drafts<'a> {
    fn of(api: &'a Api, options: &'a Options) -> Vec<Draft<'a>> {
        let mut drafts = Self {
            api,
            options,
            drafts: Vec::new(),
        };
        drafts.package();
        drafts.module("src/lib.rs", || root::module(api));
        drafts.module("src/scopes.rs", || scopes::module(api));
        drafts.schemas();
        if !api.root.methods.is_empty() {
            drafts.module("src/methods.rs", || resource::top_level(api));
            drafts.module("src/methods/calls.rs", || {
                call::module(api, &api.root.methods, None)
            });
        }
        for resource in &api.root.resources {
            drafts.resource(resource, "src");
        }
        drafts.drafts
    }

    /// What stands beside the sources.
    fn package(&mut self) {
        let (api, options) = (self.api, self.options);
        self.add("Cargo.toml", || manifest::manifest(api, options));
        self.add("API.txt", || listing::text(api, options));
        if let Some(changelog) = &options.changelog {
            self.add("CHANGELOG.md", || changelog.clone());
        }
        self.add("README.md", || readme::readme(api, &options.command));
        for (name, text) in readme::LICENSES {
            self.add(name, || (*text).to_owned());
        }
    }

    fn schemas(&mut self) {
        let api = self.api;
        let files = schemas::files(api);
        let names: Vec<&str> = files.keys().copied().collect();
        self.module("src/schemas.rs", move || schemas::root(api, &names));
        for (name, file) in files {
            self.module(&format!("src/schemas/{name}.rs"), move || {
                schemas::module(api, file.clone())
            });
        }
    }

    /// The module of a resource, and those of the resources below it in a folder of its name.
    fn resource(&mut self, resource: &'a Resource, folder: &str) {
        let api = self.api;
        let path = format!("{folder}/{}", resource.module);
        self.module(&format!("{path}.rs"), || resource::module(api, resource));
        if !resource.methods.is_empty() {
            self.module(&format!("{path}/calls.rs"), || {
                call::module(api, &resource.methods, Some(resource))
            });
        }
        for child in &resource.resources {
            self.resource(child, &path);
        }
    }

    fn module(&mut self, path: &str, module: impl Fn() -> Module<'a> + Sync + 'a) {
        let (api, options) = (self.api, self.options);
        self.add(path, move || print::print(api, &options.command, module()));
    }

    fn add(&mut self, path: &str, text: impl Fn() -> String + Sync + 'a) {
        self.drafts.push(Draft {
            path: path.to_owned(),
            text: Box::new(text),
        });
    }
}
