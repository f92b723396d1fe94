//! Prose that tries to be something else: the code is the same as for harmless prose, and no example
//! comes from the document.

use std::str::FromStr;

use discovery_generator::File;
use proc_macro2::{Delimiter, Literal, Spacing, TokenStream, TokenTree};
use serde_json::Value;
use tests::payloads::PAYLOADS;
use tests::tree;

use crate::{document, outcome};

/// The files of the fixture whose names are harmless, with another text at some of its places.
fn generated(what: &str, text_at: impl Fn(&str, &str) -> String) -> Vec<File> {
    let mut document = document("hostile");
    for pointer in tree::texts(&document) {
        if let Some(place) = document.pointer_mut(&pointer) {
            *place = Value::from(text_at(&pointer, place.as_str().unwrap_or_default()));
        }
    }
    outcome(what, document.to_string()).unwrap_or_else(|errors| panic!("{what}: {errors}"))
}

fn plain() -> Vec<File> {
    generated("plain prose", |_, _| "Plain.".to_owned())
}

#[test]
fn fixture_has_text_at_every_kind_of_place() {
    let document = document("hostile");
    let texts = tree::texts(&document);
    let mut places: Vec<&str> = texts
        .iter()
        .map(|pointer| {
            pointer
                .rsplit('/')
                .find(|key| key.parse::<usize>().is_err())
                .unwrap_or("")
        })
        .collect();
    places.sort_unstable();
    places.dedup();
    let expected = [
        "accept",
        "batchPath",
        "canonicalName",
        "default",
        "description",
        "documentationLink",
        "enumDescriptions",
        "etag",
        "flatPath",
        "id",
        "labels",
        "location",
        "maximum",
        "minimum",
        "ownerDomain",
        "ownerName",
        "packagePath",
        "parameterName",
        "pattern",
        "required",
        "revision",
        "title",
        "x16",
    ];
    assert_eq!(places, expected);
    assert!(texts.len() > 50, "{}", texts.len());
}

#[test]
fn fixture_text_changes_only_docs() {
    assert_same_code(
        "the fixture",
        &generated("the fixture", |_, text| text.to_owned()),
        &plain(),
    );
}

#[test]
fn hostile_text_changes_only_docs() {
    let plain = plain();
    for (what, payload) in PAYLOADS {
        assert_same_code(what, &generated(what, |_, _| (*payload).to_owned()), &plain);
        // The first words of a text are often treated in another way than the rest.
        assert_same_code(
            what,
            &generated(what, |_, _| {
                format!("Words first. {payload} And words last.")
            }),
            &plain,
        );
    }
    let all: String = PAYLOADS
        .iter()
        .map(|(_, payload)| *payload)
        .collect::<Vec<_>>()
        .join("\n\n");
    assert_same_code(
        "all payloads",
        &generated("all payloads", |_, _| all.clone()),
        &plain,
    );
}

fn assert_same_code(what: &str, found: &[File], plain: &[File]) {
    let paths = |files: &[File]| {
        files
            .iter()
            .map(|file| file.path.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(paths(found), paths(plain), "{what}");
    for (found, plain) in found.iter().zip(plain) {
        if found.path.ends_with("/Cargo.toml") {
            assert_eq!(
                dependencies(&found.text),
                dependencies(&plain.text),
                "{what}: {}",
                found.path
            );
            continue;
        }
        if found.path.ends_with("/API.txt") {
            assert_eq!(found.text, plain.text, "{what}: the listing has no texts");
            continue;
        }
        if std::path::Path::new(&found.path)
            .extension()
            .is_none_or(|ending| ending != "rs")
        {
            // The title is the only text there.
            let (lines, expected) = (found.text.lines(), plain.text.lines());
            assert_eq!(lines.count(), expected.count(), "{what}: {}", found.path);
            continue;
        }
        syn::parse_file(&found.text)
            .unwrap_or_else(|error| panic!("{what}: {}: {error}", found.path));
        let (code, expected) = (code(&found.text), code(&plain.text));
        let first = code.lines().zip(expected.lines()).find(|(a, b)| a != b);
        assert!(code == expected, "{what}: {}: {first:?}", found.path);
        assert_eq!(
            fences(&found.text),
            fences(&plain.text),
            "{what}: {}: an example that is not ours",
            found.path
        );
        for line in found.text.lines() {
            let hidden = line.chars().find(|c| c.is_control() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}'));
            assert_eq!(hidden, None, "{what}: {}: {line:?}", found.path);
        }
    }
}

/// What the manifest has beside texts.
fn dependencies(manifest: &str) -> toml::Table {
    let mut table: toml::Table = manifest
        .parse()
        .unwrap_or_else(|error| panic!("{error}:\n{manifest}"));
    if let Some(toml::Value::Table(package)) = table.get_mut("package") {
        package.remove("description");
        package.remove("homepage");
    }
    table
}

/// The tokens of a file, one a line, without documentation and without what strings say.
fn code(text: &str) -> String {
    let tokens = TokenStream::from_str(text).expect("the file was parsed before");
    let mut lines = String::new();
    print(tokens, &mut lines);
    lines
}

fn print(tokens: TokenStream, lines: &mut String) {
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            // Whether a list ends with a comma depends on how long its lines are.
            TokenTree::Punct(punct) if punct.as_char() == ',' && tokens.peek().is_none() => {}
            TokenTree::Punct(punct) if punct.as_char() == '#' => {
                let mut sign = String::from("#");
                if let Some(TokenTree::Punct(_)) = tokens.peek() {
                    tokens.next();
                    sign.push('!');
                }
                let is_doc = tokens.peek().is_some_and(is_documentation);
                if is_doc {
                    tokens.next();
                } else {
                    lines.push_str(&sign);
                    lines.push('\n');
                }
            }
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::None => ("", ""),
                };
                lines.push_str(&format!("{open}\n"));
                print(group.stream(), lines);
                lines.push_str(&format!("{close}\n"));
            }
            TokenTree::Literal(literal) => lines.push_str(&format!("{}\n", without_text(&literal))),
            TokenTree::Punct(punct) if punct.spacing() == Spacing::Joint => {
                lines.push(punct.as_char());
            }
            other => lines.push_str(&format!("{other}\n")),
        }
    }
}

fn is_documentation(token: &TokenTree) -> bool {
    let TokenTree::Group(group) = token else {
        return false;
    };
    matches!(group.stream().into_iter().next(), Some(TokenTree::Ident(name)) if name == "doc")
}

fn without_text(literal: &Literal) -> String {
    let text = literal.to_string();
    if text.contains('"') {
        "\"…\"".to_owned()
    } else {
        text
    }
}

/// How many blocks of code rustdoc would compile.
fn fences(text: &str) -> usize {
    let of_docs = |line: &str| {
        line.trim_start()
            .strip_prefix("///")
            .or(line.strip_prefix("//!"))
            .map(str::trim_start)
            .map(str::to_owned)
    };
    let mut open: Option<String> = None;
    let mut compiled = 0;
    for line in text.lines() {
        let Some(line) = of_docs(line) else {
            open = None;
            continue;
        };
        let ticks: String = line.chars().take_while(|c| *c == '`').collect();
        match &open {
            Some(fence) if line.trim_end() == *fence => open = None,
            None if ticks.len() >= 3 => {
                compiled += usize::from(!line.trim_start_matches('`').starts_with("text"));
                open = Some(ticks);
            }
            _ => {}
        }
    }
    compiled
}
