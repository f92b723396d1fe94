//! Finds where in a file a JSON pointer points, so that a message can say line and column.

use std::collections::BTreeMap;

use jsonc_parser::ast::Value;
use jsonc_parser::common::Ranged as _;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

/// What to find the position of.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Target<'a> {
    /// The member or element that a pointer names: the position of its key, or of the element.
    Pointer(&'a str),
    /// The last of several members that a pointer names.
    Duplicate(&'a str),
    /// A position that is known already.
    Position(usize, usize),
}

/// Line and column of each target, from 1; columns count characters.
pub(crate) fn positions<'a>(
    text: &str,
    targets: impl Iterator<Item = Target<'a>>,
) -> Vec<(usize, usize)> {
    let targets: Vec<Target<'a>> = targets.collect();
    let mut found = Found::default();
    for place in &targets {
        if let Target::Pointer(pointer) | Target::Duplicate(pointer) = place {
            found.0.insert(pointer, None);
        }
    }
    // Where a pointer is a target the text was read before, by a stricter parser.
    let tree = parse_to_ast(text, &CollectOptions::default(), &ParseOptions::default());
    if let Some(root) = tree.ok().and_then(|tree| tree.value) {
        found.visit(&root, &mut String::new());
    }
    let lines = line_starts(text);
    let place_of = |place: &Target<'_>| {
        let offset = match place {
            Target::Pointer(pointer) => found.0.get(pointer).copied().flatten().map(|both| both.0),
            Target::Duplicate(pointer) => {
                found.0.get(pointer).copied().flatten().map(|both| both.1)
            }
            Target::Position(line, column) => return (*line, *column),
        };
        line_and_column(text, &lines, offset.unwrap_or(0))
    };
    targets.iter().map(place_of).collect()
}

/// The first and the last offset at which each target pointer was found: of the key of a member,
/// or of an element.
#[derive(Default)]
struct Found<'w>(BTreeMap<&'w str, Option<(usize, usize)>>);

impl Found<'_> {
    fn visit(&mut self, value: &Value<'_>, pointer: &mut String) {
        let own = pointer.len();
        let mut step = |key: &str, offset: usize, child: &Value<'_>, pointer: &mut String| {
            pointer.push('/');
            pointer.push_str(key);
            self.note(pointer, offset);
            self.visit(child, pointer);
            pointer.truncate(own);
        };
        match value {
            Value::Object(object) => {
                for member in &object.properties {
                    let key = member.name.as_str().replace('~', "~0").replace('/', "~1");
                    step(&key, member.start(), &member.value, pointer);
                }
            }
            Value::Array(array) => {
                for (index, element) in array.elements.iter().enumerate() {
                    step(&index.to_string(), element.start(), element, pointer);
                }
            }
            _ => {}
        }
    }

    fn note(&mut self, pointer: &str, offset: usize) {
        if let Some(found) = self.0.get_mut(pointer) {
            let first = found.map_or(offset, |both| both.0);
            *found = Some((first, offset));
        }
    }
}

/// The offset of the first byte of each line.
fn line_starts(text: &str) -> Vec<usize> {
    std::iter::once(0)
        .chain(text.match_indices('\n').map(|(newline, _)| newline + 1))
        .collect()
}

fn line_and_column(text: &str, lines: &[usize], offset: usize) -> (usize, usize) {
    let line = lines.partition_point(|start| *start <= offset);
    let start = line
        .checked_sub(1)
        .and_then(|index| lines.get(index))
        .copied()
        .unwrap_or(0);
    let column = text.get(start..offset).unwrap_or("").chars().count() + 1;
    (line, column)
}

#[cfg(test)]
mod tests {
    use super::{Target, positions};

    #[test]
    fn finds_members_elements_and_repeated_members() {
        let text = "{\n  \"a\": [1, {\"b/c\": \"x\"}],\n  \"a\": \"ü\", \"d\": 3\n}";
        let targets = [
            Target::Pointer("/a"),
            Target::Pointer("/a/1"),
            Target::Pointer("/a/1/b~1c"),
            Target::Duplicate("/a"),
            Target::Pointer("/d"),
            Target::Pointer("/nowhere"),
        ];
        assert_eq!(
            positions(text, targets.into_iter()),
            [(2, 3), (2, 12), (2, 13), (3, 3), (3, 13), (1, 1)]
        );
    }
}
