//! What is printed is the code that was emitted, whole.

use std::str::FromStr as _;

use proc_macro2::{Delimiter, TokenTree};
use quote::{ToTokens as _, quote};

use super::*;
use crate::{Input, Options, RuntimeDependency, Source, generate};

/// Panics if printing has changed code: prettyplease drops what it does not know, such as the
/// default values of fields. Commas and blanks at the ends of docs are its to choose.
pub(super) fn assert_same_tokens(file: &syn::File, text: &str) {
    let printed = TokenStream::from_str(text).expect("printed code has tokens");
    let (mut before, mut after) = (Vec::new(), Vec::new());
    flatten(file.to_token_stream(), &mut before);
    flatten(printed, &mut after);
    if matches!(file.items.as_slice(), [syn::Item::Use(_)]) {
        // Braces around one name go.
        for tokens in [&mut before, &mut after] {
            tokens.retain(|token| token != "{" && token != "}");
        }
    }
    assert_eq!(before, after, "{text}");
}

fn flatten(tokens: TokenStream, flat: &mut Vec<String>) {
    for token in tokens {
        match token {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::None => ("", ""),
                };
                flat.push(open.to_owned());
                flatten(group.stream(), flat);
                flat.push(close.to_owned());
            }
            TokenTree::Literal(literal) => {
                flat.push(match syn::Lit::new(literal) {
                    syn::Lit::Str(text) => format!("{:?}", text.value().trim_end()),
                    other => other.to_token_stream().to_string(),
                });
            }
            other => flat.push(other.to_string()),
        }
    }
    flat.retain(|token| !matches!(token.as_str(), "" | ","));
}

#[test]
fn printing_keeps_all_tokens() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/fixtures");
    let is_document = |name: &str| {
        let stem = name.strip_suffix(".json");
        stem.is_some_and(|stem| !stem.ends_with(".overrides"))
    };
    let mut documents = 0;
    for entry in std::fs::read_dir(folder).expect("the fixtures are there") {
        let path = entry.expect("a fixture").path();
        if !is_document(&path.display().to_string()) {
            continue;
        }
        let source = |path: &std::path::Path| Source {
            name: path.display().to_string(),
            text: std::fs::read_to_string(path).expect("it can be read"),
        };
        let overrides = path.with_extension("overrides.json");
        let input = Input {
            overrides: overrides.exists().then(|| source(&overrides)),
            ..Input::new(source(&path))
        };
        let runtime = RuntimeDependency::Path("../../runtime".to_owned());
        // Each item is compared where it is printed.
        generate(&input, &Options::new(runtime, "test")).expect("fixtures are in order");
        documents += 1;
    }
    assert!(documents > 10, "{documents}");
}

#[test]
fn tokens_that_are_no_code_become_an_error_of_the_compiler() {
    let text: String = items(quote!(struct;))
        .into_iter()
        .map(unparse_item)
        .collect();
    assert!(text.starts_with("compile_error! {"), "{text}");
}

#[test]
#[should_panic(expected = "left == right")]
fn tokens_that_printing_drops_are_noticed() {
    let item = syn::parse_quote!(
        struct Field {
            x: u8 = 1,
        }
    );
    unparse_item(item);
}

#[test]
fn long_constant_is_broken_as_rustfmt_breaks_it() {
    let value = "x".repeat(77);
    let mut text = String::new();
    push_item(&format!("pub const A: &str = \"{value}\";"), &mut text);
    assert_eq!(text, format!("pub const A: &str = \"{value}\";\n"));

    let value = "x".repeat(78);
    text.clear();
    push_item(&format!("pub const A: &str = \"{value}\";"), &mut text);
    assert_eq!(text, format!("pub const A: &str =\n    \"{value}\";\n"));
}
