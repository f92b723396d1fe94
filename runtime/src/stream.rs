//! Streams made of a function that gives one item after another.

use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;

use crate::BoxFuture;

/// An item, and the state that the next one is made of, if there can be one.
pub(crate) type Turn<S, T> = Option<(T, Option<S>)>;

/// A stream of the items that `next` makes, each of the state that the one before left.
pub(crate) fn unfold<S, T>(
    state: S,
    next: impl Fn(S) -> BoxFuture<'static, Turn<S, T>> + Send + Unpin,
) -> impl Stream<Item = T> + Send
where
    S: Send + Unpin,
    T: Send,
{
    Unfold {
        state: Some(state),
        turn: None,
        next,
    }
}

struct Unfold<S, T, N> {
    state: Option<S>,
    turn: Option<BoxFuture<'static, Turn<S, T>>>,
    next: N,
}

impl<S, T, N> Stream for Unfold<S, T, N>
where
    S: Unpin,
    N: Fn(S) -> BoxFuture<'static, Turn<S, T>> + Unpin,
{
    type Item = T;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<T>> {
        let this = self.get_mut();
        if let Some(state) = this.state.take() {
            this.turn = Some((this.next)(state));
        }
        let Some(turn) = &mut this.turn else {
            return Poll::Ready(None);
        };
        let Poll::Ready(outcome) = turn.as_mut().poll(context) else {
            return Poll::Pending;
        };
        this.turn = None;
        Poll::Ready(outcome.map(|(item, state)| {
            this.state = state;
            item
        }))
    }
}

#[cfg(test)]
mod tests {
    use std::future::poll_fn;

    use super::*;

    #[tokio::test]
    async fn it_ends_with_the_state() {
        let mut stream = Box::pin(unfold(3_u32, |left| {
            Box::pin(async move {
                tokio::task::yield_now().await;
                Some((left, left.checked_sub(1)))
            })
        }));
        let mut items = Vec::new();
        while let Some(item) = poll_fn(|context| stream.as_mut().poll_next(context)).await {
            items.push(item);
        }
        assert_eq!(items, [3, 2, 1, 0]);
        assert_eq!(
            poll_fn(|context| stream.as_mut().poll_next(context)).await,
            None
        );
    }
}
