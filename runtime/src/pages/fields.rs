//! The masks that ask for a part of a response (`fields`), and what a list in pages needs of them.
//!
//! The syntax is that of
//! <https://developers.google.com/drive/api/guides/fields-parameter>: paths with `/`,
//! separated by commas, parentheses around what is selected inside of a field, and `*` for every
//! field.

use crate::CallOptions;

/// How deep parentheses may be nested; no response is as deep.
const DEEPEST: usize = 64;

/// Adds what a list in pages needs to the fields that a caller asks for.
///
/// Without the page token in it each page looks like the last one, and the list would end early
/// without an error. Fields that leave out the `items`, if these are wanted, make every page empty:
/// the call fails before anything is sent.
pub(super) fn complete(
    options: &mut CallOptions,
    defaults: &CallOptions,
    token: &str,
    items: Option<&str>,
) {
    let Some(mask) = options.fields().or_else(|| defaults.fields()) else {
        return;
    };
    // What can't be read goes out as it is, and the service says what is wrong with it.
    let Some(paths) = read(mask).filter(|paths| !paths.is_empty()) else {
        return;
    };
    if let Some(items) = items
        && select(&paths, &segments(items)) == Selection::Nothing
    {
        let message = format!(
            "the fields {mask:?} leave out {items}, the items of the list: add {items}, or read \
             the pages in place of the items"
        );
        options.fail(message);
    } else if select(&paths, &segments(token)) != Selection::Whole {
        let separators = |letter: char| letter == ',' || letter.is_whitespace();
        let mask = format!("{},{token}", mask.trim_end_matches(separators));
        options.set_fields(mask);
    }
}

/// How much of a field a mask selects.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Selection {
    Nothing,
    Part,
    Whole,
}

/// A path of a mask, and what is selected at its end; `None` is everything.
struct Path<'a> {
    segments: Vec<&'a str>,
    inside: Option<Vec<Path<'a>>>,
}

/// Reads a mask; `None` if its parentheses don't match.
fn read(mask: &str) -> Option<Vec<Path<'_>>> {
    let mut rest = mask;
    let paths = read_list(&mut rest, 0)?;
    rest.is_empty().then_some(paths)
}

/// Reads paths up to the end, or up to the parenthesis that closes them, which stays in `rest`.
fn read_list<'a>(rest: &mut &'a str, depth: usize) -> Option<Vec<Path<'a>>> {
    let mut paths = Vec::new();
    loop {
        let end = rest.find([',', '(', ')']).unwrap_or(rest.len());
        let (path, after) = rest.split_at(end);
        *rest = after;
        let mut inside = None;
        if let Some(after) = rest.strip_prefix('(') {
            if depth == DEEPEST {
                return None;
            }
            *rest = after;
            inside = Some(read_list(rest, depth + 1)?);
            *rest = rest.strip_prefix(')')?.trim_start();
        }
        if !path.trim().is_empty() {
            paths.push(Path {
                segments: segments(path),
                inside,
            });
        }
        match rest.strip_prefix(',') {
            Some(after) => *rest = after,
            None if rest.is_empty() || rest.starts_with(')') => return Some(paths),
            None => return None,
        }
    }
}

/// The names of a path; some services separate them by dots.
fn segments(path: &str) -> Vec<&str> {
    path.split(['/', '.']).map(str::trim).collect()
}

fn select(paths: &[Path<'_>], field: &[&str]) -> Selection {
    let selected = paths.iter().map(|path| {
        let both = path.segments.len().min(field.len());
        let (same, rest) = field.split_at(both);
        if !path.segments.iter().zip(same).all(|(a, b)| is_same(a, b)) {
            return Selection::Nothing;
        }
        match &path.inside {
            _ if path.segments.len() > both => Selection::Part,
            None => Selection::Whole,
            Some(_) if rest.is_empty() => Selection::Part,
            Some(inside) => select(inside, rest),
        }
    });
    selected.max().unwrap_or(Selection::Nothing)
}

/// Services take the name in JSON and the one in Protocol Buffers: `nextPageToken` and
/// `next_page_token`.
fn is_same(segment: &str, name: &str) -> bool {
    let letters = |text: &str| text.replace('_', "").to_ascii_lowercase();
    segment == "*" || segment == name || letters(segment) == letters(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn completed(mask: &str, token: &str, items: Option<&str>) -> Result<String, String> {
        let mut options = CallOptions::default().with_fields(mask);
        complete(&mut options, &CallOptions::default(), token, items);
        match options.error() {
            Some(error) => Err(error.to_owned()),
            None => Ok(options.fields().unwrap_or_default().to_owned()),
        }
    }

    #[test]
    fn the_page_token_is_added_where_it_is_missing() {
        let cases = [
            ("albums(id,title)", "albums(id,title),nextPageToken"),
            ("albums/id", "albums/id,nextPageToken"),
            ("albums", "albums,nextPageToken"),
            (
                " albums ( id , title ) ",
                " albums ( id , title ),nextPageToken",
            ),
            ("albums(id),", "albums(id),nextPageToken"),
            // One inside of an item is another field.
            (
                "albums(nextPageToken)",
                "albums(nextPageToken),nextPageToken",
            ),
            ("albums/nextPageToken", "albums/nextPageToken,nextPageToken"),
            (
                "albums(id,cover(url)),kind",
                "albums(id,cover(url)),kind,nextPageToken",
            ),
            ("albums/*", "albums/*,nextPageToken"),
            // A prefix of its name is another field.
            ("albums,nextPage", "albums,nextPage,nextPageToken"),
        ];
        for (mask, expected) in cases {
            let found = completed(mask, "nextPageToken", None);
            assert_eq!(found.as_deref(), Ok(expected), "{mask}");
        }
    }

    #[test]
    fn what_has_the_page_token_stays_as_it_is() {
        let masks = [
            "*",
            " * ",
            "nextPageToken,albums",
            "albums(id), nextPageToken",
            "albums/id,next_page_token",
            "kind,*",
            // Neither of these can be read: the service says so.
            "albums(id",
            "albums)id",
            "albums(id)title",
            "",
            " ",
            ",",
        ];
        for mask in masks {
            let found = completed(mask, "nextPageToken", Some("albums"));
            assert_eq!(found.as_deref(), Ok(mask), "{mask}");
        }
        let deep = "a(".repeat(100_000);
        assert_eq!(completed(&deep, "nextPageToken", None), Ok(deep));
    }

    #[test]
    fn a_nested_page_token_is_added_by_its_path() {
        let cases = [
            ("items(id)", "items(id),metadata/continue"),
            (
                "items,metadata(count)",
                "items,metadata(count),metadata/continue",
            ),
            (
                "items,metadata/count",
                "items,metadata/count,metadata/continue",
            ),
            ("items,metadata", "items,metadata"),
            ("items,metadata(*)", "items,metadata(*)"),
            ("items,metadata/*", "items,metadata/*"),
            ("items,*/continue", "items,*/continue"),
            (
                "items,metadata(count,continue)",
                "items,metadata(count,continue)",
            ),
            ("items,metadata.continue", "items,metadata.continue"),
        ];
        for (mask, expected) in cases {
            let found = completed(mask, "metadata/continue", Some("items"));
            assert_eq!(found.as_deref(), Ok(expected), "{mask}");
        }
    }

    #[test]
    fn fields_without_the_items_are_refused() {
        for mask in [
            "nextPageToken",
            "kind",
            "other(albums)",
            "kind,nextPageToken",
        ] {
            let error = completed(mask, "nextPageToken", Some("albums")).unwrap_err();
            assert!(error.contains("leave out albums"), "{error}");
            // The pages can be read all the same.
            assert!(completed(mask, "nextPageToken", None).is_ok());
        }
        for mask in ["result/rows", "result(rows/id)", "result", "*", "*/rows"] {
            let found = completed(mask, "result/nextPageToken", Some("result/rows"));
            assert!(found.is_ok(), "{mask}");
        }
        assert!(completed("result/schema", "result/nextPageToken", Some("result/rows")).is_err());
    }

    #[test]
    fn fields_of_the_client_count_as_well() {
        let defaults = CallOptions::default().with_fields("albums(id)");
        let mut options = CallOptions::default();
        complete(&mut options, &defaults, "nextPageToken", Some("albums"));
        assert_eq!(options.fields(), Some("albums(id),nextPageToken"));
        let mut options = CallOptions::default();
        complete(&mut options, &CallOptions::default(), "nextPageToken", None);
        assert_eq!(options.fields(), None);
    }
}
