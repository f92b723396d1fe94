//! Members in forms that are known, which are most of all code: fields, variants and setters. They
//! are text already, and as prettyplease would print them; only one with a line that is too long is
//! printed by it.

use super::{Code, comments, has_room, push_attribute};

/// An item and its members.
pub(crate) struct Members {
    /// Documentation, line by line.
    pub(crate) docs: Vec<String>,
    /// As they are printed.
    pub(crate) attributes: Vec<Code>,
    /// What stands before the brace: `pub struct Album`.
    pub(crate) item: String,
    pub(crate) members: Vec<Member>,
}

/// A field, a variant or a function.
pub(crate) struct Member {
    /// Documentation, line by line.
    pub(crate) docs: Vec<String>,
    pub(crate) attribute: Option<Code>,
    /// As it is printed where its lines have room.
    pub(crate) code: String,
}

const INDENT: &str = "    ";

/// A function that sets the field `field` of what it is called on.
pub(crate) fn setter(name: &str, field: &str, argument: &Code, value: &Code) -> String {
    let mut head = format!("pub fn {name}(mut self, value: {argument}) -> Self {{");
    if !has_room(&format!("{INDENT}{head}")) {
        head = format!("pub fn {name}(\n    mut self,\n    value: {argument},\n) -> Self {{");
    }
    format!("{head}\n    self.{field} = {value};\n    self\n}}")
}

/// Appends an item with its members; those of an `impl` have a blank line between them.
pub(super) fn push(item: &Members, text: &mut String) {
    comments::push_doc(&item.docs, "", text);
    for attribute in &item.attributes {
        push_attribute(Some(attribute), text);
    }
    text.push_str(&item.item);
    if item.members.is_empty() {
        text.push_str(" {}\n");
        return;
    }
    text.push_str(" {\n");
    let is_impl = item.item.starts_with("impl");
    for (index, member) in item.members.iter().enumerate() {
        if is_impl && index > 0 {
            text.push('\n');
        }
        comments::push_doc(&member.docs, INDENT, text);
        text.push_str(&code(member, &item.item));
    }
    text.push_str("}\n");
}

/// A member of `item` as it is printed.
fn code(member: &Member, item: &str) -> String {
    let attribute = member.attribute.as_ref().map_or("", Code::as_str);
    let lines = attribute.lines().chain(member.code.lines());
    let mut formatted = String::new();
    for line in lines {
        formatted.push_str(INDENT);
        formatted.push_str(line);
        formatted.push('\n');
    }
    if formatted.lines().all(has_room) {
        formatted
    } else {
        printed(&formatted, item)
    }
}

/// The same, as prettyplease prints it.
fn printed(code: &str, item: &str) -> String {
    let item = super::unparse_text(&format!("{item} {{{code}}}"));
    let inside = item.split_once('\n').map_or("", |(_, inside)| inside);
    inside.trim_end().trim_end_matches('}').to_owned()
}

#[cfg(test)]
mod tests {
    use super::{Member, code, printed, setter};
    use crate::print::attribute;

    /// Around the width of a line, and far beyond it.
    #[test]
    fn members_are_as_prettyplease_prints_them() {
        for length in (1..130).chain([200]) {
            let long = "x".repeat(length);
            let many = format!("impl IntoIterator<Item = {long}>");
            let text = "impl Into<String>".to_owned();
            let collected =
                format!("Some(value.into_iter().map(|{long}| {long}.into()).collect())");
            let setters = [
                setter(&long, "x", &text.clone().into(), &"value.into()".into()),
                setter("x", &long, &text.into(), &"Some(value)".into()),
                setter("x", "x", &many.into(), &collected.into()),
            ];
            let fields = [
                format!("pub {long}: Option<String>,"),
                format!("pub x: Option<Vec<schemas::{long}>>,"),
                format!("pub(super) x: discovery_runtime::Map<{long}>,"),
            ];
            let variants = [format!("{long},"), format!("{long}(discovery_runtime::X),")];
            let deprecated = format!("#[deprecated(note = \"{long}\")]");
            for (item, members) in [
                ("impl X", &setters[..]),
                ("pub struct X", &fields),
                ("pub enum X", &variants),
            ] {
                for member in members {
                    for attribute in [None, Some(attribute(deprecated.clone()))] {
                        let source =
                            format!("{} {member}", attribute.as_ref().map_or("", |a| a.as_str()));
                        let member = Member {
                            docs: Vec::new(),
                            attribute,
                            code: member.clone(),
                        };
                        assert_eq!(code(&member, item), printed(&source, item));
                    }
                }
            }
        }
    }
}
