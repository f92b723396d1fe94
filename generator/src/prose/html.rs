//! The few HTML tags and Javadoc tags that descriptions use; all others are text.

/// A tag that has a meaning in Markdown, with its length in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Tag<'a> {
    pub(super) kind: Kind<'a>,
    pub(super) closes: bool,
    pub(super) length: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind<'a> {
    Emphasis,
    Strong,
    Code,
    /// A link with its address; the closing tag has none.
    Link(&'a str),
    Break,
    Paragraph,
    BulletList,
    NumberList,
    Item,
}

/// The longest tag that is looked at, in bytes; real ones have an address at most.
const LONGEST: usize = 2048;

/// The tag that a text starts with. Only a link may have an attribute, its address.
pub(super) fn tag(text: &str) -> Option<Tag<'_>> {
    let inner = text.strip_prefix('<')?;
    let end = inner
        .bytes()
        .take(LONGEST)
        .position(|byte| matches!(byte, b'<' | b'>'))?;
    inner.get(end..)?.strip_prefix('>')?;
    let inner = inner.get(..end)?;
    let (closes, name) = match inner.strip_prefix('/') {
        Some(name) => (true, name.trim_end()),
        None => (false, inner.strip_suffix('/').unwrap_or(inner).trim_end()),
    };
    let kind = match name.to_ascii_lowercase().as_str() {
        "b" | "strong" => Kind::Strong,
        "i" | "em" => Kind::Emphasis,
        "code" | "tt" => Kind::Code,
        "br" if !closes => Kind::Break,
        "p" => Kind::Paragraph,
        "ul" => Kind::BulletList,
        "ol" => Kind::NumberList,
        "li" => Kind::Item,
        "a" if closes => Kind::Link(""),
        _ if !closes => Kind::Link(address(name)?),
        _ => return None,
    };
    // `<b/>` opens nothing.
    let is_empty = inner.ends_with('/') && !closes;
    let may_be_empty = matches!(kind, Kind::Break | Kind::Paragraph);
    (!is_empty || may_be_empty).then_some(Tag {
        kind,
        closes,
        length: end + 2,
    })
}

/// The address of an opening link: `a href="..."`.
fn address(tag: &str) -> Option<&str> {
    let rest = tag.strip_prefix(['a', 'A'])?;
    let rest = rest.strip_prefix(' ')?.trim_start();
    let name = rest
        .get(..4)
        .filter(|name| name.eq_ignore_ascii_case("href"))?;
    let value = rest
        .get(name.len()..)?
        .trim_start()
        .strip_prefix('=')?
        .trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let value = value.strip_prefix(quote)?.strip_suffix(quote)?;
    (!value.contains(quote)).then_some(value)
}

/// What a Javadoc tag such as `{@link Foo#bar the bar}` or `{@code x}` shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Javadoc<'a> {
    pub(super) shown: &'a str,
    /// Whether it is shown as code.
    pub(super) code: bool,
    pub(super) length: usize,
}

/// The Javadoc tag that a text starts with.
pub(super) fn javadoc(text: &str) -> Option<Javadoc<'_>> {
    let inner = text.strip_prefix("{@")?;
    let end = inner
        .bytes()
        .take(LONGEST)
        .position(|byte| matches!(byte, b'}' | b'{' | b'`'))?;
    let inner = inner.get(..end)?;
    text.get(end + 2..)?.strip_prefix('}')?;
    let (name, content) = inner.split_once(' ')?;
    let content = content.trim();
    let label = content.split_once(' ').map(|(_, label)| label.trim_start());
    let (shown, code) = match (name, label) {
        ("code", _) => (content, true),
        ("link" | "linkplain", Some(label)) => (label, false),
        ("link" | "linkplain", None) => (content.trim_start_matches('#'), true),
        ("literal", _) => (content, false),
        _ => return None,
    };
    (!shown.is_empty()).then_some(Javadoc {
        shown,
        code,
        length: end + 3,
    })
}
