//! Lists that come in pages, as streams of pages and of items.

mod items;
mod seen;

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;

pub use self::items::Items;
use self::seen::Seen;
use crate::codegen::{Paged, send};
use crate::error::ErrorKind;
use crate::{BoxFuture, Error, Result};

/// The pages of a list, fetched one after another.
///
/// It is a [`Stream`], and has a [`next`](Self::next) that needs no import. After an error the
/// next call of it asks for the same page again.
#[must_use = "nothing is fetched until a page is asked for"]
pub struct Pages<C: Paged> {
    call: C,
    /// The token of the page that is next; `None` stands for the first one.
    position: Option<String>,
    fetching: Option<BoxFuture<'static, Result<C::Response>>>,
    seen: Seen,
    state: State,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    More,
    /// The last page had the token of a page that was read before.
    Looped,
    Ended,
}

impl<C: Paged> Pages<C> {
    /// The pages from the one that `call` asks for.
    pub fn new(call: C) -> Self {
        let position = call.page_token().map(str::to_owned);
        let mut seen = Seen::default();
        if let Some(token) = &position {
            seen.insert(token);
        }
        Self {
            call,
            position,
            fetching: None,
            seen,
            state: State::More,
        }
    }

    /// The next page; `None` after the last one. A dropped future loses nothing.
    pub async fn next(&mut self) -> Option<Result<C::Response>> {
        poll_fn(|context| self.poll_page(context)).await
    }

    /// The token that continues with the page after the last one that came; `None` if that is the
    /// first one, or if there are no more. Keep it to go on later, for as long as the service
    /// accepts it.
    pub fn page_token(&self) -> Option<&str> {
        self.position.as_deref()
    }

    fn poll_page(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<C::Response>>> {
        match self.state {
            State::More => {}
            State::Looped => {
                self.state = State::Ended;
                let method = self.call.request().method;
                let error = Error::new(ErrorKind::RepeatedPageToken);
                return Poll::Ready(Some(Err(error.with_method(method.id, method.scopes))));
            }
            State::Ended => return Poll::Ready(None),
        }
        let call = &self.call;
        let fetching = self.fetching.get_or_insert_with(|| {
            let call = call.clone();
            Box::pin(async move { send(&call).await })
        });
        let Poll::Ready(result) = fetching.as_mut().poll(context) else {
            return Poll::Pending;
        };
        self.fetching = None;
        if let Ok(page) = &result {
            self.advance(C::next_page_token(page).unwrap_or_default().to_owned());
        }
        Poll::Ready(Some(result))
    }

    fn advance(&mut self, token: String) {
        self.position = None;
        self.state = if token.is_empty() {
            State::Ended
        } else if self.seen.insert(&token) {
            self.call.set_page_token(token.clone());
            self.position = Some(token);
            State::More
        } else {
            State::Looped
        };
    }
}

impl<C: Paged> Stream for Pages<C> {
    type Item = Result<C::Response>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_page(context)
    }
}

/// Nothing in it is pinned in place.
impl<C: Paged> Unpin for Pages<C> {}

/// Tokens are long and say nothing to people; they are left out.
impl<C: Paged> fmt::Debug for Pages<C> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Pages").finish_non_exhaustive()
    }
}
