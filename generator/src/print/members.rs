//! Members in forms that are known, which are most of all code: fields, variants and setters. They
//! are text already, and as prettyplease would print them; only one with a line that is too long is
//! printed by it.

use std::fmt::Display;

use proc_macro2::TokenStream;

use super::{WIDTH, comments};

/// An item and its members.
pub(crate) struct Members {
    /// The item with nothing between its braces.
    pub(crate) head: TokenStream,
    pub(crate) members: Vec<Member>,
}

/// A field, a variant or a function.
pub(crate) struct Member {
    /// Documentation, line by line.
    pub(crate) docs: Vec<String>,
    pub(crate) attribute: Option<String>,
    /// Formatted, as far as its lines have room.
    pub(crate) code: String,
}

const INDENT: &str = "    ";

/// A function that sets the field `field` of what it is called on.
pub(crate) fn setter(
    name: &str,
    field: &str,
    argument: impl Display,
    value: impl Display,
) -> String {
    format!(
        "pub fn {name}(mut self, value: {argument}) -> Self {{\n    self.{field} = {value};\n    \
         self\n}}"
    )
}

/// Appends an item with its members; those of an `impl` have a blank line between them.
pub(super) fn push(Members { head, members }: Members, text: &mut String) {
    let head = super::unparse(head);
    let (before, open) = head.trim_end().rsplit_once('\n').unwrap_or(("", &head));
    for line in before.lines() {
        comments::push_line(line, text);
    }
    let open = open.trim_end();
    let Some(open) = open.strip_suffix('}').filter(|_| !members.is_empty()) else {
        comments::push_line(open, text);
        return;
    };
    comments::push_line(open, text);
    let between = if open.starts_with("impl") { "\n" } else { "" };
    for (index, member) in members.iter().enumerate() {
        text.push_str(if index == 0 { "" } else { between });
        comments::push(member.docs.iter().map(String::as_str), INDENT, text);
        for line in code(member, open).lines() {
            text.push_str(line);
            text.push('\n');
        }
    }
    text.push_str("}\n");
}

/// A member as it is printed in the item that begins with `open`.
fn code(member: &Member, open: &str) -> String {
    let lines = member.attribute.iter().flat_map(|text| text.lines());
    let lines = lines.chain(member.code.lines());
    let formatted: String = lines.map(|line| format!("{INDENT}{line}\n")).collect();
    let fits = |line: &str| line.chars().count() <= WIDTH;
    if !formatted.lines().all(fits) {
        return printed(&formatted, open);
    }
    #[cfg(test)]
    assert_eq!(formatted, printed(&formatted, open));
    formatted
}

/// The same, as prettyplease prints it.
fn printed(code: &str, open: &str) -> String {
    let item = super::unparse_text(&format!("{open}{code}}}"));
    let inside = item.split_once('\n').map_or("", |(_, inside)| inside);
    inside.trim_end().trim_end_matches('}').to_owned()
}
