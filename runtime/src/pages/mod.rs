//! Lists that come in pages, as streams of pages and of items.

mod fields;
mod items;
mod seen;

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context as TaskContext, Poll};

use futures_core::Stream;
use futures_core::stream::FusedStream;

pub use self::items::Items;
use self::seen::Seen;
use crate::codegen::{Context, Paged, request_response};
use crate::error::ErrorKind;
use crate::{BoxFuture, Error, Response, Result};

/// The pages of a list, fetched one after another.
///
/// It is a [`Stream`], and has a [`next`](Self::next) that needs no import. It ends after the last
/// page, and after an error: retries were made by then, and another request would only spend
/// quota. [`page_token`](Self::page_token) says which page failed; a new call with this token goes
/// on there.
///
/// [`CallOptions::with_fields`](crate::CallOptions::with_fields) may leave out the page token: it
/// is asked for all the same.
#[must_use = "nothing is fetched until a page is asked for"]
pub struct Pages<C: Paged> {
    call: C,
    /// The context of the call, with the fields that a list in pages needs.
    context: Context,
    /// The token of the page that is next; `None` stands for the first one.
    position: Option<String>,
    fetching: Option<BoxFuture<'static, Result<Response<C::Response>>>>,
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
        Self::with_items(call, None)
    }

    /// The same for a list whose items are wanted, which stand at `items` in each page.
    fn with_items(call: C, items: Option<&str>) -> Self {
        let position = call.page_token().map(str::to_owned);
        let mut seen = Seen::default();
        if let Some(token) = &position {
            seen.insert(token);
        }
        let mut context = call.context().clone();
        let defaults = context.client.default_options();
        fields::complete(&mut context.options, defaults, C::NEXT_PAGE_TOKEN, items);
        Self {
            call,
            context,
            position,
            fetching: None,
            seen,
            state: State::More,
        }
    }

    /// The next page; `None` after the last one and after an error. A dropped future loses
    /// nothing.
    ///
    /// # Errors
    ///
    /// Whatever a call can fail with, and
    /// [`is_repeated_page_token`](Error::is_repeated_page_token) if a page leads back to one that
    /// was read before. The stream ends with the error.
    pub async fn next(&mut self) -> Option<Result<C::Response>> {
        poll_fn(|context| self.poll_page(context)).await
    }

    /// The same as [`next`](Self::next) with the whole response: status, headers, `ETag` and the
    /// identifier of the request.
    pub async fn next_response(&mut self) -> Option<Result<Response<C::Response>>> {
        poll_fn(|context| self.poll_response(context)).await
    }

    /// The token that continues with the page after the last one that came; `None` if that is the
    /// first one, or if there are no more. Keep it to go on later, for as long as the service
    /// accepts it. After an error it is the token of the page that failed.
    pub fn page_token(&self) -> Option<&str> {
        self.position.as_deref()
    }

    fn poll_page(&mut self, context: &mut TaskContext<'_>) -> Poll<Option<Result<C::Response>>> {
        let response = self.poll_response(context);
        response.map(|response| response.map(|response| response.map(|response| response.body)))
    }

    fn poll_response(
        &mut self,
        context: &mut TaskContext<'_>,
    ) -> Poll<Option<Result<Response<C::Response>>>> {
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
        let (call, call_context) = (&self.call, &self.context);
        let fetching = self.fetching.get_or_insert_with(|| {
            let (request, context) = (call.request(), call_context.clone());
            Box::pin(async move { request_response(&context, request).await })
        });
        let Poll::Ready(result) = fetching.as_mut().poll(context) else {
            return Poll::Pending;
        };
        self.fetching = None;
        match &result {
            Ok(page) => self.advance(
                C::next_page_token(&page.body)
                    .unwrap_or_default()
                    .to_owned(),
            ),
            Err(_) => self.state = State::Ended,
        }
        Poll::Ready(Some(result))
    }

    fn advance(&mut self, token: String) {
        if token.is_empty() {
            self.position = None;
            self.state = State::Ended;
            return;
        }
        if self.seen.insert(&token) {
            self.call.set_page_token(token.clone());
        } else {
            self.state = State::Looped;
        }
        self.position = Some(token);
    }
}

impl<C: Paged> Stream for Pages<C> {
    type Item = Result<C::Response>;

    fn poll_next(self: Pin<&mut Self>, context: &mut TaskContext<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_page(context)
    }
}

impl<C: Paged> FusedStream for Pages<C> {
    fn is_terminated(&self) -> bool {
        self.state == State::Ended
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
