//! Tokens become text: formatted as rustfmt would, with blank lines between items.

mod code;
mod comments;
mod members;

use std::borrow::Cow;

use proc_macro2::TokenStream;

pub(crate) use self::code::Code;
pub(crate) use self::comments::doc;
pub(crate) use self::members::{Member, Members, setter};
use crate::model::Api;

/// How wide lines are that prettyplease leaves alone, in characters.
const WIDTH: usize = 89;

/// How wide a line of code is, in characters, where it can be broken.
const LINE_WIDTH: usize = 100;

/// One source file to print.
pub(crate) struct Module<'a> {
    /// The file of this package that makes it, for the comment at the top.
    pub(crate) made_by: &'static str,
    /// Module documentation, line by line.
    pub(crate) docs: Vec<String>,
    /// Attributes of the module and its imports.
    pub(crate) head: TokenStream,
    /// Each is made when the one before is printed: tokens are many times as large as their text.
    pub(crate) pieces: Box<dyn Iterator<Item = Piece> + 'a>,
}

/// A part of a source file.
pub(crate) enum Piece {
    Items(TokenStream),
    /// An item with many members of few forms.
    Members(Members),
    /// A table for a macro of the runtime, which prettyplease would leave as one line.
    Table(Table),
    /// A line that stays as it is.
    Line(String),
    /// The macro of the runtime that gives a newtype its wire form.
    Newtype {
        feature: Option<Code>,
        name: String,
        inner: Code,
    },
}

/// `path! { Name { row, row, } tail }`.
pub(crate) struct Table {
    /// An attribute in front of it.
    pub(crate) feature: Option<Code>,
    pub(crate) path: &'static str,
    pub(crate) name: String,
    /// Each row: a string literal's text, and what follows the arrow.
    pub(crate) rows: Vec<(String, String)>,
    pub(crate) tail: String,
}

/// The text of a file.
pub(crate) fn print(api: &Api, command: &str, module: Module<'_>) -> String {
    let mut text = header(api, command, module.made_by);
    for line in comments::of_module(module.docs) {
        text.push_str(if line.is_empty() { "//!" } else { "//! " });
        text.push_str(&line);
        text.push('\n');
    }
    text.push_str(&head(module.head));
    let mut after_line = false;
    for piece in module.pieces {
        let is_line = matches!(piece, Piece::Line(_));
        match piece {
            Piece::Items(tokens) => {
                for item in items(tokens) {
                    text.push('\n');
                    push_item(&unparse_item(item), &mut text);
                }
            }
            Piece::Members(item) => {
                text.push('\n');
                members::push(&item, &mut text);
            }
            Piece::Table(table) => {
                text.push('\n');
                push_attribute(table.feature.as_ref(), &mut text);
                print_table(&table, &mut text);
            }
            Piece::Line(line) => {
                if !after_line {
                    text.push('\n');
                }
                text.push_str(&line);
                text.push('\n');
            }
            Piece::Newtype {
                feature,
                name,
                inner,
            } => {
                text.push('\n');
                push_attribute(feature.as_ref(), &mut text);
                text.push_str(&format!(
                    "discovery_runtime::codegen::transparent!({name}({inner}));\n"
                ));
            }
        }
        after_line = is_line;
    }
    comments::clear();
    text
}

/// Attributes, modules, what is handed on and what is imported, with a blank line before each.
fn head(tokens: TokenStream) -> String {
    let group = |item: &syn::Item| match item {
        syn::Item::Mod(_) => 0,
        syn::Item::Use(import) if matches!(import.vis, syn::Visibility::Public(_)) => 1,
        syn::Item::Use(_) => 2,
        _ => 3,
    };
    let mut file = match syn::parse2::<syn::File>(tokens) {
        Ok(file) => file,
        Err(error) => return error.to_compile_error().to_string(),
    };
    // Attributes have lines of their own only if an item follows.
    let items = std::mem::replace(
        &mut file.items,
        vec![syn::parse_quote!(
            mod x;
        )],
    );
    let attributes = (!file.attrs.is_empty()).then(|| {
        let text = prettyplease::unparse(&file);
        text.trim_end().trim_end_matches("mod x;").to_owned()
    });
    let groups = items.chunk_by(|one, next| group(one) == group(next));
    let groups = groups.map(|items| {
        let items = items.iter().cloned().map(unparse_item);
        items.collect::<String>()
    });
    let mut text = String::new();
    for part in attributes.into_iter().chain(groups) {
        text.push('\n');
        text.push_str(&part);
    }
    text
}

/// What every file says first: where it comes from, and what to do instead of editing it.
pub(crate) fn header(api: &Api, command: &str, made_by: &str) -> String {
    format!(
        "// @generated by `{command}` from the Discovery document `{}`.\n\
         // Edits are lost: change its overrides, its prose or generator/src/{made_by}.\n\n",
        api.id,
    )
}

/// An attribute as it is printed; one that is too long for a line is printed on an item that is cut
/// off again.
pub(crate) fn attribute(text: String) -> Code {
    if has_room(&text) {
        return text.into();
    }
    let item = unparse_text(&format!("{text} mod x;"));
    let attribute = item.trim_end().trim_end_matches("mod x;");
    attribute.trim_end().into()
}

fn push_attribute(attribute: Option<&Code>, text: &mut String) {
    if let Some(attribute) = attribute {
        text.push_str(attribute.as_str());
        text.push('\n');
    }
}

/// Whether prettyplease leaves a line alone.
fn has_room(line: &str) -> bool {
    line.chars().count() <= WIDTH
}

fn print_table(table: &Table, text: &mut String) {
    let Table {
        path,
        name,
        rows,
        tail,
        ..
    } = table;
    if rows.is_empty() {
        text.push_str(&format!("{path}! {{\n    {name} {{}}{tail}\n}}\n"));
        return;
    }
    text.push_str(&format!("{path}! {{\n    {name} {{\n"));
    for (wire, value) in rows {
        let literal = proc_macro2::Literal::string(wire);
        text.push_str(&format!("        {literal} => {value},\n"));
    }
    text.push_str(&format!("    }}{tail}\n}}\n"));
}

/// Parses emitted tokens. They are made by `quote!` from checked names, so they parse; if a fault in
/// an emitter ever breaks that, the message stands in the output, where no compiler accepts it.
fn items(tokens: TokenStream) -> Vec<syn::Item> {
    match syn::parse2::<syn::File>(tokens) {
        Ok(file) => file.items,
        Err(error) => {
            let message = error.to_string();
            vec![syn::parse_quote!(compile_error! { #message })]
        }
    }
}

fn unparse(tokens: TokenStream) -> String {
    match syn::parse2::<syn::File>(tokens) {
        Ok(file) => prettyplease::unparse(&file),
        Err(error) => error.to_compile_error().to_string(),
    }
}

fn unparse_text(code: &str) -> String {
    match code.parse() {
        Ok(tokens) => unparse(tokens),
        Err(error) => format!("compile_error!({:?});\n", error.to_string()),
    }
}

fn unparse_item(item: syn::Item) -> String {
    let file = syn::File {
        shebang: None,
        frontmatter: None,
        attrs: Vec::new(),
        items: vec![item],
    };
    let text = prettyplease::unparse(&file);
    #[cfg(test)]
    tests::assert_same_tokens(&file, &text);
    text
}

/// Appends an item, with a blank line between the members of an `impl`, as people do.
fn push_item(item: &str, text: &mut String) {
    let is_impl = item.lines().any(|line| line.starts_with("impl"));
    let mut after_member = false;
    for line in item.lines() {
        let is_member = line.starts_with("    ") && !line.starts_with("     ") && line != "    }";
        if is_impl && after_member && is_member {
            text.push('\n');
        }
        comments::push_line(&broken(line), text);
        after_member = ends_member(line);
    }
}

/// A constant with a long text, broken where rustfmt breaks it.
fn broken(line: &str) -> Cow<'_, str> {
    let code = line.trim_start();
    let is_long = line.len() > LINE_WIDTH && line.chars().count() > LINE_WIDTH;
    match code.split_once(" = \"") {
        Some((before, after)) if is_long && before.starts_with("pub const ") => {
            let indent = " ".repeat(line.len() - code.len());
            Cow::Owned(format!("{indent}{before} =\n{indent}    \"{after}"))
        }
        _ => Cow::Borrowed(line),
    }
}

/// Whether a line ends a member of an `impl`: the closing brace of a function, or the end of a
/// constant or type.
fn ends_member(line: &str) -> bool {
    let member = line.trim_start();
    let indent = line.len() - member.len();
    let is_constant = member.ends_with(';') && !member.starts_with("//");
    // A constant whose value is a chain of calls ends one step deeper than it begins.
    line == "    }" || (is_constant && (indent == 4 || (indent == 8 && member.starts_with('.'))))
}

#[cfg(test)]
mod tests;
