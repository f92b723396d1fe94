//! Finds where in a file a JSON pointer points, so that a message can say line and column.
//!
//! The text is valid JSON where a pointer is asked for, so a scanner that only skips is enough.

use std::collections::BTreeMap;

/// What a position is wanted for.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Wanted<'a> {
    /// The member or element that a pointer names: the position of its key, or of the element.
    Pointer(&'a str),
    /// The last of several members that a pointer names.
    Duplicate(&'a str),
    /// A position that is known already.
    Position(usize, usize),
}

/// Line and column of each wanted place, from 1; columns count characters.
pub(crate) fn positions<'a>(
    text: &str,
    wanted: impl Iterator<Item = Wanted<'a>>,
) -> Vec<(usize, usize)> {
    let wanted: Vec<Wanted<'a>> = wanted.collect();
    let mut scanner = Scanner {
        bytes: text.as_bytes(),
        at: 0,
        first: BTreeMap::new(),
        last: BTreeMap::new(),
    };
    for place in &wanted {
        match place {
            Wanted::Pointer(pointer) => scanner.first.insert(pointer, None),
            Wanted::Duplicate(pointer) => scanner.last.insert(pointer, None),
            Wanted::Position(..) => None,
        };
    }
    scanner.run();
    let lines = line_starts(text);
    let place_of = |place: &Wanted<'_>| {
        let offset = match place {
            Wanted::Pointer(pointer) => scanner.first.get(pointer),
            Wanted::Duplicate(pointer) => scanner.last.get(pointer),
            Wanted::Position(line, column) => return (*line, *column),
        };
        line_and_column(text, &lines, offset.copied().flatten().unwrap_or(0))
    };
    wanted.iter().map(place_of).collect()
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

/// One open object or array of the scan.
struct Frame {
    /// The length of the pointer of the container itself.
    pointer: usize,
    /// The index of the element to come, for an array.
    index: Option<usize>,
}

struct Scanner<'a, 'w> {
    bytes: &'a [u8],
    at: usize,
    first: BTreeMap<&'w str, Option<usize>>,
    last: BTreeMap<&'w str, Option<usize>>,
}

impl Scanner<'_, '_> {
    /// Walks over the text once, with a stack of its own so that depth costs no call stack.
    fn run(&mut self) {
        let mut pointer = String::new();
        let mut stack: Vec<Frame> = Vec::new();
        while let Some(byte) = self.peek() {
            match byte {
                b'{' | b'[' => {
                    self.enter_element(stack.last_mut(), &mut pointer);
                    stack.push(Frame {
                        pointer: pointer.len(),
                        index: (byte == b'[').then_some(0),
                    });
                    self.at += 1;
                }
                b'}' | b']' => {
                    if let Some(frame) = stack.pop() {
                        pointer.truncate(frame.pointer);
                    }
                    self.at += 1;
                }
                b',' => {
                    if let Some(frame) = stack.last() {
                        pointer.truncate(frame.pointer);
                    }
                    self.at += 1;
                }
                b':' => self.at += 1,
                _ => self.scalar_or_key(stack.last_mut(), &mut pointer),
            }
        }
    }

    fn scalar_or_key(&mut self, frame: Option<&mut Frame>, pointer: &mut String) {
        let start = self.at;
        let is_string = self.bytes.get(start) == Some(&b'"');
        let is_key = is_string
            && frame
                .as_ref()
                .is_some_and(|frame| frame.index.is_none() && pointer.len() == frame.pointer);
        if is_key {
            self.skip_string();
            self.enter_member(start, pointer);
            return;
        }
        self.enter_element(frame, pointer);
        if is_string {
            self.skip_string();
            return;
        }
        while self
            .bytes
            .get(self.at)
            .is_some_and(|b| !b",]} \n\r\t".contains(b))
        {
            self.at += 1;
        }
    }

    fn enter_element(&mut self, frame: Option<&mut Frame>, pointer: &mut String) {
        let Some(frame) = frame else { return };
        let Some(index) = frame.index.as_mut() else {
            return;
        };
        pointer.truncate(frame.pointer);
        pointer.push('/');
        pointer.push_str(&index.to_string());
        *index += 1;
        self.note(self.at, pointer);
    }

    fn enter_member(&mut self, start: usize, pointer: &mut String) {
        let raw = self.bytes.get(start..self.at).unwrap_or_default();
        let key: String = serde_json::from_slice(raw).unwrap_or_default();
        pointer.push('/');
        pointer.push_str(&key.replace('~', "~0").replace('/', "~1"));
        self.note(start, pointer);
    }

    fn note(&mut self, offset: usize, pointer: &str) {
        if let Some(slot) = self.first.get_mut(pointer) {
            slot.get_or_insert(offset);
        }
        if let Some(slot) = self.last.get_mut(pointer) {
            *slot = Some(offset);
        }
    }

    fn skip_string(&mut self) {
        self.at += 1;
        while let Some(byte) = self.bytes.get(self.at) {
            self.at += if *byte == b'\\' { 2 } else { 1 };
            if *byte == b'"' {
                return;
            }
        }
    }

    fn peek(&mut self) -> Option<u8> {
        while self.bytes.get(self.at).is_some_and(u8::is_ascii_whitespace) {
            self.at += 1;
        }
        self.bytes.get(self.at).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::{Wanted, positions};

    #[test]
    fn finds_members_elements_and_repeated_members() {
        let text = "{\n  \"a\": [1, {\"b/c\": \"x\"}],\n  \"a\": \"ü\", \"d\": 3\n}";
        let wanted = [
            Wanted::Pointer("/a"),
            Wanted::Pointer("/a/1"),
            Wanted::Pointer("/a/1/b~1c"),
            Wanted::Duplicate("/a"),
            Wanted::Pointer("/d"),
            Wanted::Pointer("/nowhere"),
        ];
        assert_eq!(
            positions(text, wanted.into_iter()),
            [(2, 3), (2, 12), (2, 13), (3, 3), (3, 13), (1, 1)]
        );
    }
}
