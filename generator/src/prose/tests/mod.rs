//! What doc comments made from descriptions look like, and what they can never contain.

mod blocks;
mod laws;
mod limits;
mod spans;

use pulldown_cmark::{Event, Options, Parser, Tag};

use super::inline;
use super::model::Token;
use super::model::{Block, Body};
use super::rustdoc;

/// Checks the lines of a doc comment, at a width that makes some of them wrap.
#[track_caller]
fn check<const N: usize>(text: &str, lines: [&str; N]) {
    assert_eq!(rustdoc(text, 60), lines);
}

/// The text that a reader of the Markdown sees, without white space.
fn seen(markdown: &str) -> String {
    let mut seen = String::new();
    let mut address = None;
    for event in Parser::new_ext(
        markdown,
        Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH,
    ) {
        match event {
            Event::Text(text) | Event::Code(text) => seen.push_str(&text),
            Event::Start(Tag::Link { dest_url, .. }) => address = Some((seen.len(), dest_url)),
            Event::End(pulldown_cmark::TagEnd::Link) => {
                // A label other than the address is followed by it.
                if let Some((start, address)) = address.take()
                    && seen.get(start..) != Some(&*address)
                {
                    seen.push_str(&address);
                }
            }
            _ => {}
        }
    }
    seen.retain(|c| !c.is_whitespace());
    seen
}

/// The text that the blocks of a description mean, without white space.
fn meant(blocks: &[Block]) -> String {
    let mut meant = String::new();
    for block in blocks {
        match &block.body {
            Body::Text(text) | Body::Heading(text) => push_meant(&mut meant, &inline::tokens(text)),
            Body::Code(lines) => meant.extend(lines.iter().map(String::as_str)),
        }
    }
    meant.retain(|c| !c.is_whitespace());
    meant
}

fn push_meant(meant: &mut String, tokens: &[Token<'_>]) {
    for token in tokens {
        match token {
            Token::Text(text) => meant.push_str(text),
            Token::Code(text) | Token::Address(text) => meant.push_str(text),
            Token::Link(label, address) => {
                push_meant(meant, label);
                meant.push_str(address);
            }
            Token::Open(_) | Token::Close(_) => {}
        }
    }
}
