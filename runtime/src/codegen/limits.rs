//! What is checked about a request before it is sent: how many entries its lists have, and which
//! fields of the body exclude each other.

use std::ops::RangeInclusive;

use super::Method;
use crate::wire::slot::View;

/// Checks a body.
pub(super) fn check(method: &Method, body: View<'_>) -> Result<(), String> {
    for (path, range) in method.limits {
        if let Some(len) = length(body, path) {
            check_length(path, len, range)?;
        }
    }
    for group in method.exclusive {
        check_exclusive(group, body)?;
    }
    Ok(())
}

/// Checks the length of one list.
pub(super) fn check_length(
    name: &str,
    len: usize,
    range: &RangeInclusive<usize>,
) -> Result<(), String> {
    if range.contains(&len) {
        return Ok(());
    }
    let (min, max) = (range.start(), range.end());
    let entries = if len == 1 {
        "1 entry".to_owned()
    } else {
        format!("{len} entries")
    };
    let range = if min == max {
        max.to_string()
    } else {
        format!("{min} to {max}")
    };
    let verb = if *max == 1 { "is" } else { "are" };
    Err(format!("{name} has {entries}; {range} {verb} accepted"))
}

fn check_exclusive(group: &[&str], body: View<'_>) -> Result<(), String> {
    let is_set = |path: &&&str| {
        let mut is_set = false;
        at(body, path, &mut |view| is_set = !matches!(view, View::Null));
        is_set
    };
    let set: Vec<&str> = group.iter().filter(is_set).copied().collect();
    match set.as_slice() {
        [] | [_] => Ok(()),
        [others @ .., last] => Err(format!(
            "{} and {last} exclude each other, and the service refuses a request with more than \
             one of them: set one, and leave out the rest",
            others.join(", ")
        )),
    }
}

/// How many entries a list has; `None` if what holds it is absent.
fn length(body: View<'_>, path: &str) -> Option<usize> {
    let mut length = None;
    at(body, path, &mut |view| {
        let mut count = 0;
        match view {
            View::List(list) => list.show(&mut |_| count += 1),
            View::Map(map) => map.show(&mut |_, _| count += 1),
            _ => {}
        }
        length = Some(count);
    });
    length
}

/// Shows what is at a path, [`View::Null`] if it is absent; nothing if what holds it is.
fn at(view: View<'_>, path: &str, show: &mut dyn FnMut(View<'_>)) {
    let (name, rest) = match path.split_once('.') {
        Some((name, rest)) => (name, Some(rest)),
        None => (path, None),
    };
    let View::Fields(fields) = view else {
        return;
    };
    let Some(index) = fields.table().names.iter().position(|known| *known == name) else {
        return;
    };
    fields.show(&mut |slots| {
        let Some(slot) = slots.get(index) else { return };
        match rest {
            Some(rest) => at(slot.view(), rest, show),
            None => show(slot.view()),
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::Wire as _;

    #[derive(Clone, Default, PartialEq)]
    struct Search {
        filters: Option<Filters>,
        album: Option<String>,
    }

    crate::codegen::schema! { Search { "filters" => filters, "album" => album } }

    #[derive(Clone, Default, PartialEq)]
    struct Filters {
        dates: Vec<String>,
    }

    crate::codegen::schema! { Filters { "dates" => dates } }

    const METHOD: Method = Method {
        limits: &[("filters.dates", 1..=2)],
        exclusive: &[&["album", "filters"]],
        ..Method::DEFAULT
    };

    fn checked(album: Option<&str>, dates: Option<usize>) -> Result<(), String> {
        let search = Search {
            album: album.map(Into::into),
            filters: dates.map(|count| Filters {
                dates: vec![String::new(); count],
            }),
        };
        check(&METHOD, search.view())
    }

    #[test]
    fn list_in_an_absent_object_has_no_length() {
        assert_eq!(checked(Some("a"), None), Ok(()));
        assert_eq!(checked(None, Some(2)), Ok(()));
        for (count, text) in [(0, "0 entries"), (3, "3 entries")] {
            let message = format!("filters.dates has {text}; 1 to 2 are accepted");
            assert_eq!(checked(None, Some(count)), Err(message));
        }
    }

    #[test]
    fn exclusive_fields_are_rejected_together() {
        let message = checked(Some("a"), Some(1)).unwrap_err();
        assert!(
            message.starts_with("album and filters exclude"),
            "{message}"
        );
    }
}
