//! The parts of a paragraph that [`inline`](super::inline) finds and [`words`](super::words) writes.

use std::borrow::Cow;

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
