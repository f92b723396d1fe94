//! Looks at finished Markdown through the parser that rustdoc uses.
//!
//! The writer escapes all that needs it. This is the proof: whatever it may have missed, text
//! from a document is never compiled, is never HTML, and links to nothing but web addresses.

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Options, Parser, Tag, TagEnd};

use super::url;

/// Whether the Markdown consists of paragraphs, lists, quotes, code that is not compiled, emphasis
/// and links to web addresses, and of nothing that rustdoc would look for and not find.
pub(super) fn is_harmless(markdown: &str) -> bool {
    let mut unresolved = false;
    let mut callback = |_| {
        unresolved = true;
        None
    };
    // The extensions that rustdoc has switched on.
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_SMART_PUNCTUATION;
    let events = Parser::new_with_broken_link_callback(markdown, options, Some(&mut callback));
    let mut shows_addresses = false;
    let harmless = events.into_iter().all(|event| match event {
        Event::Start(tag) => {
            shows_addresses |= matches!(tag, Tag::Link { .. } | Tag::CodeBlock(_));
            is_harmless_tag(&tag)
        }
        Event::End(tag) => {
            shows_addresses &= !matches!(tag, TagEnd::Link | TagEnd::CodeBlock);
            true
        }
        // rustdoc wants a web address to be a link.
        Event::Text(text) => shows_addresses || url::starts(&text).next().is_none(),
        Event::Code(_) | Event::SoftBreak | Event::HardBreak | Event::Rule => true,
        _ => false,
    });
    harmless && !unresolved
}

fn is_harmless_tag(tag: &Tag<'_>) -> bool {
    match tag {
        Tag::CodeBlock(kind) => matches!(kind, CodeBlockKind::Fenced(name) if &**name == "text"),
        Tag::Link {
            link_type,
            dest_url,
            ..
        } => {
            let is_direct = matches!(link_type, LinkType::Inline | LinkType::Autolink);
            is_direct && url::is_link(dest_url)
        }
        Tag::Paragraph
        | Tag::BlockQuote(None)
        | Tag::List(_)
        | Tag::Item
        | Tag::Emphasis
        | Tag::Strong => true,
        _ => false,
    }
}
