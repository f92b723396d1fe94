//! Page tokens, and how a listing is cut into pages.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;

use crate::config::Quirks;

/// A position in one listing. Ids are those that matched when the first page was asked for, so that pages neither
/// lose nor repeat elements while others are added.
#[derive(Clone, Debug)]
pub(crate) struct Cursor {
    /// The request that the token belongs to: method, user and every field but the token.
    pub(crate) query: String,
    pub(crate) ids: Arc<[String]>,
    pub(crate) next: usize,
    pub(crate) page: u32,
    pub(crate) issued: Timestamp,
}

/// Every page token that was given out.
#[derive(Debug, Default)]
pub(crate) struct PageTokens {
    tokens: BTreeMap<String, Cursor>,
}

impl PageTokens {
    pub(crate) fn insert(&mut self, token: String, cursor: Cursor) {
        self.tokens.insert(token, cursor);
    }

    pub(crate) fn get(&self, token: &str) -> Option<&Cursor> {
        self.tokens.get(token)
    }
}

/// The ids of one page, and where the next one starts; nothing ends the listing.
pub(crate) fn cut(cursor: &Cursor, size: usize, quirks: Quirks) -> (Vec<String>, Option<Cursor>) {
    let size = match cursor.page {
        0 if quirks.empty_pages => 0,
        page if quirks.short_pages && page % 2 == 1 => size.div_ceil(2),
        _ => size,
    };
    let end = cursor.next.saturating_add(size).min(cursor.ids.len());
    // A page that is already full has no room for a repeated element: it takes the place of the last one.
    let repeats = quirks.repeated_first && cursor.next > 0 && cursor.next < end;
    let end = if repeats && size > 1 && end - cursor.next == size {
        end - 1
    } else {
        end
    };
    let start = if repeats && end - cursor.next < size {
        cursor.next - 1
    } else {
        cursor.next
    };
    let ids = cursor.ids.get(start..end).unwrap_or_default().to_vec();
    let listed_any_before = cursor.next < cursor.ids.len();
    let more = end < cursor.ids.len() || (quirks.trailing_token && listed_any_before);
    let next = more.then(|| Cursor {
        next: end,
        page: cursor.page.saturating_add(1),
        ..cursor.clone()
    });
    (ids, next)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pages(count: usize, size: usize, quirks: Quirks) -> Vec<String> {
        let ids: Arc<[String]> = (0..count).map(|number| number.to_string()).collect();
        let mut cursor = Some(Cursor {
            query: String::new(),
            ids,
            next: 0,
            page: 0,
            issued: Timestamp::UNIX_EPOCH,
        });
        let mut pages = Vec::new();
        while let Some(now) = cursor {
            let (ids, next) = cut(&now, size, quirks);
            assert!(ids.len() <= size, "a page never exceeds what was asked for");
            pages.push(ids.join(" "));
            cursor = next;
            assert!(pages.len() < 50, "the listing must end");
        }
        pages
    }

    #[test]
    fn without_quirks_only_the_last_page_is_short_and_has_no_token() {
        assert_eq!(pages(5, 2, Quirks::default()), ["0 1", "2 3", "4"]);
        assert_eq!(pages(4, 2, Quirks::default()), ["0 1", "2 3"]);
        assert_eq!(pages(0, 2, Quirks::default()), [""]);
    }

    #[test]
    fn each_quirk_does_what_it_says() {
        let none = Quirks::default();
        assert_eq!(
            pages(
                5,
                4,
                Quirks {
                    short_pages: true,
                    ..none
                }
            ),
            ["0 1 2 3", "4"]
        );
        assert_eq!(
            pages(
                9,
                3,
                Quirks {
                    short_pages: true,
                    ..none
                }
            ),
            ["0 1 2", "3 4", "5 6 7", "8"]
        );
        assert_eq!(
            pages(
                3,
                2,
                Quirks {
                    empty_pages: true,
                    ..none
                }
            ),
            ["", "0 1", "2"]
        );
        assert_eq!(
            pages(
                5,
                3,
                Quirks {
                    repeated_first: true,
                    ..none
                }
            ),
            ["0 1 2", "2 3 4"]
        );
        assert_eq!(
            pages(
                4,
                3,
                Quirks {
                    repeated_first: true,
                    ..none
                }
            ),
            ["0 1 2", "2 3"]
        );
        assert_eq!(
            pages(
                2,
                1,
                Quirks {
                    repeated_first: true,
                    ..none
                }
            ),
            ["0", "1"]
        );
        assert_eq!(
            pages(
                2,
                2,
                Quirks {
                    trailing_token: true,
                    ..none
                }
            ),
            ["0 1", ""]
        );
    }

    #[test]
    fn all_quirks_together_lose_nothing() {
        for count in 0..20 {
            for size in 1..6 {
                let mut seen: Vec<String> = pages(count, size, Quirks::all())
                    .join(" ")
                    .split_whitespace()
                    .map(str::to_owned)
                    .collect();
                seen.dedup();
                let all: Vec<String> = (0..count).map(|number| number.to_string()).collect();
                assert_eq!(seen, all, "{count} elements in pages of {size}");
            }
        }
    }
}
