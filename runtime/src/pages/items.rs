//! The items of a list, whatever pages they come in.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;
use futures_core::stream::FusedStream;

use super::Pages;
use crate::Result;
use crate::codegen::PagedItems;

/// The items of a list, fetched page after page.
///
/// It is a [`Stream`], and has a [`next`](Self::next) that needs no import. Pages without items
/// are passed over. It ends after the last item, and after an error: retries were made by then,
/// and another request would only spend quota. [`page_token`](Self::page_token) says which page
/// failed; a new call with this token goes on there, and no item is lost and none comes twice.
///
/// [`CallOptions::with_fields`](crate::CallOptions::with_fields) may leave out the page token: it
/// is asked for all the same. Fields that leave out the items are refused.
#[must_use = "nothing is fetched until an item is asked for"]
pub struct Items<C: PagedItems> {
    pages: Pages<C>,
    page: std::vec::IntoIter<C::Item>,
    /// The token of the page that is being read.
    position: Option<String>,
}

impl<C: PagedItems> Items<C> {
    /// The items from the page that `call` asks for.
    pub fn new(call: C) -> Self {
        let pages = Pages::with_items(call, Some(C::ITEMS));
        Self {
            position: pages.page_token().map(str::to_owned),
            pages,
            page: Vec::new().into_iter(),
        }
    }

    /// The next item; `None` after the last one and after an error. A dropped future loses nothing.
    ///
    /// # Errors
    ///
    /// Whatever a call can fail with,
    /// [`is_repeated_page_token`](crate::Error::is_repeated_page_token) if a page leads back to one
    /// that was read before, and [`is_invalid_argument`](crate::Error::is_invalid_argument) if the
    /// fields that were asked for leave out the items. The stream ends with the error.
    pub async fn next(&mut self) -> Option<Result<C::Item>> {
        poll_fn(|context| self.poll_item(context)).await
    }

    /// The token of the page that is being read; `None` if that is the first one. To continue
    /// with it later reads that page from its beginning: items may come twice, none is lost. After
    /// an error it is the token of the page that failed: every item before it was handed out.
    pub fn page_token(&self) -> Option<&str> {
        self.position.as_deref()
    }

    fn poll_item(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<C::Item>>> {
        loop {
            if let Some(item) = self.page.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            // While the pages wait, their token is the one of the page that comes.
            let token = self.pages.page_token().map(str::to_owned);
            match self.pages.poll_page(context) {
                Poll::Ready(Some(Ok(page))) => {
                    self.position = token;
                    self.page = C::items(page).into_iter();
                }
                Poll::Ready(Some(Err(error))) => {
                    self.position = token;
                    return Poll::Ready(Some(Err(error)));
                }
                Poll::Ready(None) => return Poll::Ready(None),
                Poll::Pending => return Poll::Pending,
            }
        }
    }
}

impl<C: PagedItems> Stream for Items<C> {
    type Item = Result<C::Item>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_item(context)
    }
}

impl<C: PagedItems> FusedStream for Items<C> {
    fn is_terminated(&self) -> bool {
        self.page.as_slice().is_empty() && self.pages.is_terminated()
    }
}

/// Nothing in it is pinned in place.
impl<C: PagedItems> Unpin for Items<C> {}

impl<C: PagedItems> fmt::Debug for Items<C> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Items").finish_non_exhaustive()
    }
}
