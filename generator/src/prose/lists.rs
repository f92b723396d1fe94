//! Finds lists in one line of text: `one of: * first * second`.
//!
//! Google's tools join the lines of most descriptions. The markers are still there, but they can
//! also be dashes and factors, so a list needs a sign that it is one: the first marker follows
//! punctuation.

use std::ops::Range;

use super::model::Marker;
use super::pairs::Shape;

/// A part of a line: text, or an item of a list in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Part<'a> {
    /// 0 for text, 1 for an item, 2 for an item of a list in an item.
    pub(super) level: usize,
    pub(super) marker: Option<Marker>,
    pub(super) text: &'a str,
}

/// The kinds of markers, in the order in which they are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Star,
    Dash,
    Number,
}

/// A marker in a line, with the spaces after it.
#[derive(Clone, Debug)]
struct Found {
    range: Range<usize>,
    marker: Marker,
    /// The last character before it that is not a space.
    before: Option<char>,
}

/// Splits a line into text and items. `may_start` tells whether it may begin with an item.
pub(super) fn split(text: &str, may_start: bool) -> Vec<Part<'_>> {
    let kinds = [Kind::Star, Kind::Dash, Kind::Number];
    let part = |level, marker, text| Part {
        level,
        marker,
        text,
    };
    let Some((kind, markers)) = first_list(text, &kinds, may_start) else {
        return vec![part(0, None, text.trim())];
    };
    let others: Vec<_> = kinds.into_iter().filter(|other| *other != kind).collect();
    let (lead, items, tail) = cut(text, &markers);
    let mut parts = vec![part(0, None, lead)];
    for (marker, item) in items {
        let Some((_, inner)) = first_list(item, &others, false) else {
            parts.push(part(1, Some(marker), item));
            continue;
        };
        let (lead, items, tail) = cut(item, &inner);
        parts.push(part(1, Some(marker), lead));
        parts.extend(items.into_iter().map(|(m, text)| part(2, Some(m), text)));
        parts.push(part(1, None, tail));
    }
    parts.push(part(0, None, tail));
    parts.retain(|part| !part.text.is_empty());
    parts
}

/// The list that begins first, if there is one.
fn first_list(text: &str, kinds: &[Kind], may_start: bool) -> Option<(Kind, Vec<Found>)> {
    let shape = Shape::of(text);
    let lists = kinds.iter().filter_map(|&kind| {
        let mut markers = match kind {
            Kind::Star => stars(text, &shape),
            Kind::Dash => dashes(text, &shape),
            Kind::Number => numbers(text, &shape),
        };
        let starts = |found: &Found| match (kind, found.before) {
            (_, None) => may_start,
            (Kind::Dash, before) => before == Some(':'),
            (_, Some(before)) => ":.,;)`".contains(before),
        };
        let first = match kind {
            Kind::Number => markers
                .iter()
                .position(|found| found.marker == Marker::Number(1) && starts(found)),
            Kind::Star | Kind::Dash => markers.iter().position(starts),
        }?;
        markers.drain(..first);
        match kind {
            Kind::Star => {}
            Kind::Dash => keep_separators(&mut markers),
            Kind::Number => keep_counting(&mut markers),
        }
        let is_list = kind != Kind::Number || markers.len() > 1;
        is_list.then_some((kind, markers))
    });
    lists.min_by_key(|(_, markers)| markers.first().map(|found| found.range.start))
}

/// Stars between spaces, other than those that multiply.
fn stars(text: &str, shape: &Shape) -> Vec<Found> {
    let is_factor = |before: char, after: char| {
        (before.is_ascii_digit() || before == ')') && (after.is_ascii_digit() || after == '(')
    };
    let found = found(text, shape, '*');
    let items = found.filter(|found| {
        let after = text
            .get(found.range.end..)
            .unwrap_or_default()
            .chars()
            .next();
        !found
            .before
            .zip(after)
            .is_some_and(|(before, after)| is_factor(before, after))
    });
    items.collect()
}

fn dashes(text: &str, shape: &Shape) -> Vec<Found> {
    found(text, shape, '-').collect()
}

/// A character as a word of its own.
fn found(text: &str, shape: &Shape, mark: char) -> impl Iterator<Item = Found> {
    text.match_indices(mark).filter_map(|(start, mark)| {
        let (before, rest) = (text.get(..start)?, text.get(start + mark.len()..)?);
        let after = rest.trim_start();
        let is_word = (before.is_empty() || before.ends_with(' ')) && rest.starts_with(' ');
        let is_marker = is_word && !after.is_empty() && !shape.is_code(start);
        is_marker.then(|| Found {
            range: start..text.len() - after.len(),
            marker: Marker::Bullet,
            before: before.trim_end().chars().next_back(),
        })
    })
}

/// Numbers such as `1.`, `1)` or `(1)` as a word of their own.
fn numbers(text: &str, shape: &Shape) -> Vec<Found> {
    let mut found = Vec::new();
    let mut start = 0;
    for word in text.split_inclusive(' ') {
        let range = start..start + word.len();
        start = range.end;
        let Some(name) = word.strip_suffix(' ') else {
            break;
        };
        let Some(name) = name.strip_suffix(['.', ')']) else {
            continue;
        };
        let Ok(number) = name.strip_prefix('(').unwrap_or(name).parse::<u32>() else {
            continue;
        };
        if name.len() <= 3 && !shape.is_code(range.start) {
            let before = text.get(..range.start).unwrap_or_default();
            let before = before.trim_end().chars().next_back();
            found.push(Found {
                range,
                marker: Marker::Number(number),
                before,
            });
        }
    }
    found
}

/// If some dashes after the first follow punctuation, the others are only dashes.
fn keep_separators(markers: &mut Vec<Found>) {
    let separates = |found: &Found| found.before.is_some_and(|c| ".;,:)".contains(c));
    if markers.iter().skip(1).any(separates) {
        let mut is_first = true;
        markers.retain(|found| std::mem::take(&mut is_first) || separates(found));
    }
}

/// Keeps the markers that count from one.
fn keep_counting(markers: &mut Vec<Found>) {
    let mut next = 1;
    markers.retain(|found| {
        let counts = found.marker == Marker::Number(next);
        next += u32::from(counts);
        counts
    });
}

/// The text before the first marker, the items, and the text after the last item.
fn cut<'a>(text: &'a str, markers: &[Found]) -> (&'a str, Vec<(Marker, &'a str)>, &'a str) {
    let start = markers
        .first()
        .map_or(text.len(), |found| found.range.start);
    let ends = markers
        .iter()
        .skip(1)
        .map(|found| found.range.start)
        .chain([text.len()]);
    let items = markers
        .iter()
        .zip(ends)
        .filter_map(|(found, end)| Some((found.marker, text.get(found.range.end..end)?.trim())));
    let mut items: Vec<_> = items.collect();
    let tail = split_tail(&mut items);
    (text.get(..start).unwrap_or_default().trim(), items, tail)
}

/// Takes the text that follows the list off its last item. It can be told apart if all the other
/// items are single words.
fn split_tail<'a>(items: &mut [(Marker, &'a str)]) -> &'a str {
    let Some(((_, last), others)) = items.split_last_mut() else {
        return "";
    };
    if others.is_empty()
        || !others
            .iter()
            .all(|(_, item)| first_word(item) == item.len())
    {
        return "";
    }
    let (word, tail) = last
        .split_at_checked(first_word(last))
        .unwrap_or((last, ""));
    let tail = tail.trim_start();
    if !tail.starts_with(char::is_uppercase) {
        return "";
    }
    *last = word;
    tail
}

/// The length of the first word or code span of an item.
fn first_word(item: &str) -> usize {
    let code = item
        .strip_prefix('`')
        .and_then(|rest| rest.find('`'))
        .map(|end| end + 2);
    let start = code.unwrap_or_default();
    let rest = item.get(start..).unwrap_or_default();
    start + rest.find(' ').unwrap_or(rest.len())
}
