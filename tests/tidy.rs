//! What holds the house together: between the source files of a package, imports form no circle, so
//! that each file can be read with only those below it in mind.
//!
//! A folder's `mod.rs` (or `lib.rs`, `main.rs`) is its front page: it is made of the files in it, and they may
//! use what it defines. So arrows from a file to the front pages of the folders that it is in do not
//! count, nor do re-exports; a name is followed to the file that defines it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{TokenStream, TokenTree};
use syn::{Item, UseTree};
use tests::fixtures::repository;

#[test]
fn imports_form_no_circle() {
    for root in [
        "fuzz/src/lib.rs",
        "generator/src/lib.rs",
        "runtime/src/lib.rs",
        "photos/src/lib.rs",
        "photos/src/bin/google-photos/main.rs",
        "xtask/src/lib.rs",
        "tests/emulator/src/lib.rs",
    ] {
        let krate = Crate::read(&repository().join(root));
        assert!(krate.modules.len() > 5, "{root} was not read");
        let arrows = krate.arrows();
        assert!(arrows.values().any(|targets| targets.len() > 1));
        let circles = circles(&arrows);
        assert!(circles.is_empty(), "{root} has circles: {circles:#?}");
    }
}

/// A module by its path from the root of the crate.
type Name = Vec<String>;

#[derive(Default)]
struct Module {
    file: PathBuf,
    items: BTreeSet<String>,
    /// What `use` brings in, by the name that it has here.
    imports: BTreeMap<String, Name>,
    globs: Vec<Name>,
    /// All paths in the file, as absolute as the text makes them.
    paths: Vec<Name>,
}

struct Crate {
    modules: BTreeMap<Name, Module>,
}

impl Crate {
    fn read(root: &Path) -> Self {
        let mut krate = Self {
            modules: BTreeMap::new(),
        };
        krate.module(Vec::new(), root);
        krate
    }

    fn module(&mut self, name: Name, file: &Path) {
        let text = fs::read_to_string(file).unwrap();
        let parsed = syn::parse_file(&text).unwrap();
        let folder = if ["mod.rs", "lib.rs", "main.rs"]
            .contains(&file.file_name().unwrap().to_str().unwrap())
        {
            file.parent().unwrap().to_owned()
        } else {
            file.with_extension("")
        };
        let mut module = Module {
            file: file.to_owned(),
            ..Module::default()
        };
        for item in parsed.items {
            if is_test(&item) {
                continue;
            }
            if let Item::Mod(child) = &item
                && child.content.is_none()
            {
                let inner = [&name[..], &[child.ident.to_string()]].concat();
                let flat = folder.join(format!("{}.rs", child.ident));
                let file = if flat.is_file() {
                    flat
                } else {
                    folder.join(format!("{}/mod.rs", child.ident))
                };
                self.module(inner, &file);
                continue;
            }
            if let Item::Use(import) = &item {
                module.import(&name, &mut Vec::new(), &import.tree);
                continue;
            }
            module.items.extend(defined(&item));
            let tokens = quote_tokens(&item);
            paths(&name, tokens, &mut module.paths);
        }
        self.modules.insert(name, module);
    }

    /// The files that each file uses.
    fn arrows(&self) -> BTreeMap<&Path, BTreeSet<&Path>> {
        let mut arrows = BTreeMap::new();
        for (name, module) in &self.modules {
            let targets: &mut BTreeSet<&Path> = arrows.entry(module.file.as_path()).or_default();
            let used = module
                .imports
                .values()
                .chain(&module.globs)
                .chain(&module.paths);
            for path in used {
                if let Some(target) = self.definer(path, 0)
                    && !name.starts_with(target)
                    // A front page is made of its files.
                    && !target.starts_with(name)
                {
                    targets.insert(&self.modules[target].file);
                }
            }
        }
        arrows
    }

    /// The module that defines what a path names.
    fn definer(&self, path: &[String], depth: usize) -> Option<&Name> {
        let (name, module) = (0..=path.len())
            .rev()
            .find_map(|length| self.modules.get_key_value(&path[..length]))?;
        let Some(item) = path.get(name.len()) else {
            return Some(name);
        };
        if module.items.contains(item) || depth > 10 {
            return Some(name);
        }
        if let Some(import) = module.imports.get(item) {
            let rest = [&import[..], &path[name.len() + 1..]].concat();
            return self.definer(&rest, depth + 1);
        }
        let mut globs = module.globs.iter();
        globs.find_map(|glob| {
            let (found, module) = self.modules.get_key_value(glob)?;
            module.items.contains(item).then_some(found)
        })
    }
}

impl Module {
    fn import(&mut self, at: &[String], way: &mut Name, tree: &UseTree) {
        match tree {
            UseTree::Path(path) => {
                way.push(path.ident.to_string());
                self.import(at, way, &path.tree);
                way.pop();
            }
            UseTree::Group(group) => {
                for tree in &group.items {
                    self.import(at, way, tree);
                }
            }
            UseTree::Name(name) if name.ident == "self" => self.add(at, way, way.last().cloned()),
            UseTree::Name(name) => {
                way.push(name.ident.to_string());
                self.add(at, way, Some(name.ident.to_string()));
                way.pop();
            }
            UseTree::Rename(rename) => {
                way.push(rename.ident.to_string());
                self.add(at, way, Some(rename.rename.to_string()));
                way.pop();
            }
            UseTree::Glob(_) => self.globs.extend(absolute(at, way)),
        }
    }

    fn add(&mut self, at: &[String], way: &[String], name: Option<String>) {
        if let (Some(path), Some(name)) = (absolute(at, way), name) {
            self.imports.insert(name, path);
        }
    }
}

/// A path from the root of the crate; `None` for one that leads out of the crate.
fn absolute(at: &[String], path: &[String]) -> Option<Name> {
    let (first, rest) = path.split_first()?;
    match first.as_str() {
        "crate" => Some(rest.to_vec()),
        "self" => Some([at, rest].concat()),
        "super" => {
            let mut up = at.len().checked_sub(1)?;
            let mut rest = rest;
            while let Some(("super", inner)) = rest
                .split_first()
                .map(|(first, rest)| (first.as_str(), rest))
            {
                up = up.checked_sub(1)?;
                rest = inner;
            }
            Some([&at[..up], rest].concat())
        }
        // The first part may be a module of this one; what is none is found nowhere.
        _ => Some([at, path].concat()),
    }
}

/// All paths with `::` in some tokens.
fn paths(at: &[String], tokens: TokenStream, found: &mut Vec<Name>) {
    let mut path: Name = Vec::new();
    let mut colons = 0;
    for token in tokens {
        match token {
            TokenTree::Ident(ident) => {
                if colons != 2 {
                    end(at, &mut path, found);
                }
                path.push(ident.to_string());
                colons = 0;
            }
            TokenTree::Punct(punct) if punct.as_char() == ':' => colons += 1,
            other => {
                end(at, &mut path, found);
                colons = 0;
                if let TokenTree::Group(group) = other {
                    paths(at, group.stream(), found);
                }
            }
        }
    }
    end(at, &mut path, found);
}

fn end(at: &[String], path: &mut Name, found: &mut Vec<Name>) {
    let path = std::mem::take(path);
    if path.len() > 1 {
        found.extend(absolute(at, &path));
    }
}

fn quote_tokens(item: &Item) -> TokenStream {
    quote::ToTokens::to_token_stream(item)
}

fn defined(item: &Item) -> Option<String> {
    Some(match item {
        Item::Const(item) => item.ident.to_string(),
        Item::Enum(item) => item.ident.to_string(),
        Item::Fn(item) => item.sig.ident.to_string(),
        Item::Static(item) => item.ident.to_string(),
        Item::Struct(item) => item.ident.to_string(),
        Item::Trait(item) => item.ident.to_string(),
        Item::Type(item) => item.ident.to_string(),
        Item::Macro(item) => item.ident.as_ref()?.to_string(),
        Item::Mod(item) => item.ident.to_string(),
        _ => return None,
    })
}

fn is_test(item: &Item) -> bool {
    let (Item::Mod(syn::ItemMod { attrs, .. })
    | Item::Use(syn::ItemUse { attrs, .. })
    | Item::Fn(syn::ItemFn { attrs, .. })) = item
    else {
        return false;
    };
    attrs.iter().any(|attribute| {
        quote::ToTokens::to_token_stream(attribute)
            .to_string()
            .contains("cfg (test)")
    })
}

/// The groups of files of which each leads to each other.
fn circles<'a>(arrows: &BTreeMap<&'a Path, BTreeSet<&'a Path>>) -> Vec<Vec<&'a Path>> {
    let reach: BTreeMap<&Path, BTreeSet<&Path>> = arrows
        .keys()
        .map(|start| {
            let mut reached = BTreeSet::new();
            let mut open: Vec<&Path> = vec![start];
            while let Some(file) = open.pop() {
                for target in arrows.get(file).into_iter().flatten() {
                    if reached.insert(*target) {
                        open.push(target);
                    }
                }
            }
            (*start, reached)
        })
        .collect();
    let mut circles: BTreeSet<Vec<&Path>> = BTreeSet::new();
    for (file, reached) in &reach {
        if reached.contains(file) {
            let members = reached.iter().filter(|other| reach[*other].contains(file));
            circles.insert(members.copied().collect());
        }
    }
    circles.into_iter().collect()
}
