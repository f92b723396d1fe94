//! How does a user of the crate write the names that the prose has? `pageToken` becomes `page_token`,
//! `AFTER_MEDIA_ITEM` becomes `PositionType::AfterMediaItem`, and `albums.list` `albums().list`.

use std::collections::BTreeMap;

use crate::model::{Api, Docs, Kind, Resource};
use crate::prose::Fence;

/// From what the service calls something to what Rust does, where that is one name and another.
type Names = BTreeMap<String, String>;

/// Renames in all prose of methods and types what stands alone in a code span.
pub(super) fn run(api: &mut Api) {
    let names = names(api);
    for schema in &mut api.schemas {
        rename_docs(&mut schema.docs, &names);
        match &mut schema.kind {
            Kind::Struct(fields) => {
                for field in fields {
                    rename_docs(&mut field.docs, &names);
                }
            }
            Kind::Enum { variants, .. } => {
                for variant in variants {
                    rename_docs(&mut variant.docs, &names);
                }
            }
            Kind::Transparent(_) => {}
        }
    }
    rename_docs(&mut api.docs, &names);
    api.root.for_each_method(&mut |_, method| {
        rename_docs(&mut method.docs, &names);
        method.summary = renamed(&method.summary, &names);
        for param in &mut method.params {
            rename_docs(&mut param.docs, &names);
        }
    });
}

fn names(api: &Api) -> Names {
    // `None` where that is not one name.
    let mut names: BTreeMap<String, Option<String>> = BTreeMap::new();
    let mut add = |wire: &str, rust: String| {
        let known = names
            .entry(wire.to_owned())
            .or_insert_with(|| Some(rust.clone()));
        if known.as_ref() != Some(&rust) {
            *known = None;
        }
    };
    for schema in &api.schemas {
        match &schema.kind {
            Kind::Struct(fields) => {
                for field in fields {
                    add(&field.wire, field.name.clone());
                }
            }
            Kind::Enum { variants, .. } => {
                for variant in variants {
                    add(&variant.wire, format!("{}::{}", schema.name, variant.name));
                }
            }
            Kind::Transparent(_) => {}
        }
    }
    methods(&api.root, "", &mut add);
    let renamed = names.into_iter().filter_map(|(wire, name)| {
        let name = name.filter(|name| *name != wire)?;
        Some((wire, name))
    });
    renamed.collect()
}

fn methods(resource: &Resource, accessors: &str, add: &mut impl FnMut(&str, String)) {
    for method in &resource.methods {
        for param in &method.params {
            add(&param.wire, param.name.clone());
        }
        if !resource.path.is_empty() {
            let wire = format!("{}.{}", resource.path, method.wire);
            add(&wire, format!("{accessors}{}", method.function));
        }
    }
    for child in &resource.resources {
        methods(child, &format!("{accessors}{}().", child.accessor), add);
    }
}

/// Most texts have none of the names, and go on being shared.
fn rename_docs(docs: &mut Docs, names: &Names) {
    if docs.iter().any(|line| has_name(line, names)) {
        let mut lines = docs.to_vec();
        rename(&mut lines, names);
        *docs = lines.into();
    }
}

fn has_name(line: &str, names: &Names) -> bool {
    let mut spans = line.split('`').skip(1).step_by(2);
    spans.any(|span| names.contains_key(span))
}

/// Lines may get too long by it, which is for the printer to see.
fn rename(lines: &mut [String], names: &Names) {
    let mut fence = Fence::default();
    for line in lines {
        if !fence.holds(line) {
            *line = renamed(line, names);
        }
    }
}

/// A line with other names in its code spans. One that is open at its end stays as it is.
fn renamed(line: &str, names: &Names) -> String {
    let parts: Vec<&str> = line.split('`').collect();
    if parts.len().is_multiple_of(2) || line.contains("``") || line.contains("](") {
        return line.to_owned();
    }
    let parts = parts
        .iter()
        .enumerate()
        .map(|(index, part)| match names.get(*part) {
            Some(name) if index % 2 == 1 => name.as_str(),
            _ => part,
        });
    parts.collect::<Vec<_>>().join("`")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spoken(lines: &[&str]) -> Vec<String> {
        let names = [
            ("pageToken", "page_token"),
            ("AFTER_ITEM", "PositionType::AfterItem"),
        ];
        let names = names.map(|(wire, rust)| (wire.to_owned(), rust.to_owned()));
        let mut lines: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
        rename(&mut lines, &Names::from(names));
        lines
    }

    #[test]
    fn code_spans_have_rust_names() {
        assert_eq!(
            spoken(&["Set `pageToken` with `AFTER_ITEM`, never pageToken or `kind`."]),
            ["Set `page_token` with `PositionType::AfterItem`, never pageToken or `kind`."]
        );
    }

    #[test]
    fn code_blocks_stay_as_they_are() {
        let lines = ["````text", "```", "`pageToken`", "````"];
        assert_eq!(spoken(&lines), lines);
    }
}
