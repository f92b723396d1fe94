//! What a description is read into: blocks in document order, and the tokens of a paragraph.

use std::borrow::Cow;

/// The deepest list that is kept; items below it move up to it.
pub(super) const MAX_DEPTH: usize = 4;

/// One block. Blocks are not nested in each other: each knows how many list items enclose it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Block {
    pub(super) place: Place,
    pub(super) body: Body,
}

/// Where a block is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Place {
    /// How many list items this block is in, the one that it starts included.
    pub(super) depth: usize,
    /// The marker, if this is the first block of a list item.
    pub(super) marker: Option<Marker>,
    /// Whether the text begins after a line break, and not after a blank line.
    pub(super) after_break: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Body {
    /// A paragraph of inline Markdown on one line.
    Text(String),
    /// A heading of inline Markdown on one line.
    Heading(String),
    /// Lines of code in no particular language.
    Code(Vec<String>),
}

/// What a list item begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Marker {
    Bullet,
    Number(u32),
}

impl Marker {
    /// The marker as it is written, with the space that follows.
    pub(super) fn text(self) -> String {
        match self {
            Self::Bullet => "- ".to_owned(),
            Self::Number(number) => format!("{number}. "),
        }
    }

    /// Whether items with the two markers can be in one list.
    pub(super) fn same_list(self, other: Self) -> bool {
        matches!(
            (self, other),
            (Self::Bullet, Self::Bullet) | (Self::Number(_), Self::Number(_))
        )
    }
}

/// A part of a paragraph. Opening and closing tokens are balanced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    Text(Cow<'a, str>),
    Code(&'a str),
    /// A web address that is its own label.
    Address(&'a str),
    /// A link to a web address; its label has only text and code.
    Link(Vec<Token<'a>>, &'a str),
    Open(Style),
    Close(Style),
}

/// How text stands out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    Emphasis,
    Strong,
}
