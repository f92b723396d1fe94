//! Calls whose response comes in pages.

use super::Call;

/// A call whose response has a token for the page after it.
pub trait Paged: Call + Clone + 'static {
    /// Where a page has the token of the page after it, in the syntax of `fields`.
    const NEXT_PAGE_TOKEN: &'static str = "nextPageToken";

    /// Makes the call ask for the page that `token` stands for.
    fn set_page_token(&mut self, token: String);

    /// The token of the page after `page`; an empty one means that there is none.
    fn next_page_token(page: &Self::Response) -> Option<&str>;

    /// The token that the call asks for, if it was given one.
    fn page_token(&self) -> Option<&str> {
        None
    }
}

/// A call whose pages are lists of items.
pub trait PagedItems: Paged {
    /// One item.
    type Item: Send + 'static;

    /// Where a page has its items, in the syntax of `fields`.
    const ITEMS: &'static str;

    /// The items of a page.
    fn items(page: Self::Response) -> Vec<Self::Item>;
}
