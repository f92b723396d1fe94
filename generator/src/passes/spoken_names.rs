//! How does a user of the crate write the names that the prose has? `pageToken` becomes `page_token`,
//! `AFTER_MEDIA_ITEM` becomes `PositionType::AfterMediaItem`, and `albums.list` `albums().list`.

use std::collections::BTreeMap;

use crate::lower::DOC_WIDTH;
use crate::model::{Api, Docs, Kind, Resource};

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
    let is_affected = |line: &String| has_name(line, names) || line.chars().count() > DOC_WIDTH;
    if docs.iter().any(is_affected) {
        let mut lines = docs.to_vec();
        rename(&mut lines, names);
        *docs = lines.into();
    }
}

fn has_name(line: &str, names: &Names) -> bool {
    let mut spans = line.split('`').skip(1).step_by(2);
    spans.any(|span| names.contains_key(span))
}

fn rename(lines: &mut Vec<String>, names: &Names) {
    let mut fence: Option<String> = None;
    let mut index = 0;
    while let Some(line) = lines.get_mut(index) {
        let ticks: String = line
            .trim_start()
            .chars()
            .take_while(|c| *c == '`')
            .collect();
        if let Some(open) = &fence {
            if line.trim() == open {
                fence = None;
            }
        } else if ticks.len() >= 3 {
            fence = Some(ticks);
        } else {
            *line = renamed(line, names);
            let rest = overflow(line);
            index += 1;
            match lines.get_mut(index) {
                _ if rest.is_empty() => {}
                Some(next) if is_text(next) => *next = format!("{rest} {next}"),
                _ => lines.insert(index, rest),
            }
            continue;
        }
        index += 1;
    }
}

/// Cuts off the words that are too much for a line since it has longer names.
fn overflow(line: &mut String) -> String {
    if !is_text(line) {
        return String::new();
    }
    let mut cut = line.len();
    while line.get(..cut).unwrap_or_default().chars().count() > DOC_WIDTH {
        let breaks = line.get(..cut).unwrap_or_default().rmatch_indices(' ');
        let is_break = |at: usize| {
            let (before, after) = line.split_at(at);
            is_text(after.trim_start()) && before.matches('`').count() % 2 == 0
        };
        match breaks.map(|(at, _)| at).find(|at| is_break(*at)) {
            Some(at) => cut = at,
            None => break,
        }
    }
    let rest = line.split_off(cut);
    rest.trim_start().to_owned()
}

/// Whether a line can only go on with a paragraph.
fn is_text(line: &str) -> bool {
    let first = line.chars().next();
    first.is_some_and(|c| c.is_alphabetic() || c == '`' || c == '(') && !line.starts_with("``")
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

    #[test]
    fn lines_keep_their_width() {
        let long = "word ".repeat(16) + "then `AFTER_ITEM` follows.";
        let lines = spoken(&[&long, "The end.", "", "* `AFTER_ITEM`"]);
        assert_eq!(lines[1], "`PositionType::AfterItem` follows. The end.");
        assert_eq!(lines[3], "* `PositionType::AfterItem`");
    }
}
