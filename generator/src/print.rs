//! Tokens become text: formatted as rustfmt would, with blank lines between items.

use proc_macro2::TokenStream;

use crate::model::Api;

/// One source file to print.
pub(crate) struct Module {
    /// The file of this package that makes it, for the comment at the top.
    pub(crate) made_by: &'static str,
    /// Module documentation, line by line.
    pub(crate) docs: Vec<String>,
    /// Attributes of the module and its imports.
    pub(crate) head: TokenStream,
    pub(crate) pieces: Vec<Piece>,
}

/// A part of a source file.
pub(crate) enum Piece {
    Items(TokenStream),
    /// A table for a macro of the runtime, which prettyplease would leave as one line.
    Table(Table),
    /// A line that stays as it is.
    Line(String),
    /// The macro of the runtime that gives a newtype its wire form.
    Newtype {
        feature: Option<TokenStream>,
        name: String,
        inner: TokenStream,
    },
}

/// `path! { Name { row, row, } tail }`.
pub(crate) struct Table {
    /// An attribute in front of it.
    pub(crate) feature: Option<TokenStream>,
    pub(crate) path: &'static str,
    pub(crate) name: String,
    /// Each row: a string literal's text, and what follows the arrow.
    pub(crate) rows: Vec<(String, String)>,
    pub(crate) tail: String,
}

/// The text of a file.
pub(crate) fn print(api: &Api, command: &str, module: Module) -> String {
    let mut text = header(api, command, module.made_by);
    for line in &module.docs {
        text.push_str(if line.is_empty() { "//!" } else { "//! " });
        text.push_str(line);
        text.push('\n');
    }
    text.push_str(&head(module.head));
    for piece in module.pieces {
        match piece {
            Piece::Items(tokens) => {
                for item in items(tokens) {
                    text.push('\n');
                    text.push_str(&spread(&unparse_item(item)));
                }
            }
            Piece::Table(table) => {
                text.push('\n');
                text.push_str(&attribute(table.feature.clone()));
                print_table(&table, &mut text);
            }
            Piece::Line(line) => {
                text.push('\n');
                text.push_str(&line);
                text.push('\n');
            }
            Piece::Newtype {
                feature,
                name,
                inner,
            } => {
                let alias = unparse(quote::quote!(type T = #inner;));
                let inner = alias
                    .trim_start_matches("type T = ")
                    .trim_end()
                    .trim_end_matches(';')
                    .to_owned();
                text.push('\n');
                text.push_str(&attribute(feature));
                text.push_str(&format!(
                    "discovery_runtime::codegen::transparent!({name}({inner}));\n"
                ));
            }
        }
    }
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
        "// Made from the Discovery document `{}`, revision {}, by `{command}`.\n\
         // Edits are lost: change the document, its overrides or generator/src/{made_by}.\n\n",
        api.id, api.revision,
    )
}

/// An attribute with its line, printed on an item that is cut off again.
fn attribute(attribute: Option<TokenStream>) -> String {
    let Some(attribute) = attribute else {
        return String::new();
    };
    let text = unparse(quote::quote!(#attribute mod x;));
    text.trim_end().trim_end_matches("mod x;").to_owned()
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
        Err(error) => vec![syn::Item::Verbatim(error.to_compile_error())],
    }
}

fn unparse(tokens: TokenStream) -> String {
    match syn::parse2::<syn::File>(tokens) {
        Ok(file) => prettyplease::unparse(&file),
        Err(error) => error.to_compile_error().to_string(),
    }
}

fn unparse_item(item: syn::Item) -> String {
    prettyplease::unparse(&syn::File {
        shebang: None,
        frontmatter: None,
        attrs: Vec::new(),
        items: vec![item],
    })
}

/// Puts a blank line between the members of an `impl`, as people do.
fn spread(item: &str) -> String {
    let is_impl = item.lines().any(|line| line.starts_with("impl"));
    if !is_impl {
        return item.to_owned();
    }
    let mut text = String::with_capacity(item.len() + 64);
    let mut after_member = false;
    for line in item.lines() {
        let is_member = line.starts_with("    ") && !line.starts_with("     ") && line != "    }";
        if after_member && is_member {
            text.push('\n');
        }
        text.push_str(line);
        text.push('\n');
        after_member = ends_member(line);
    }
    text
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
