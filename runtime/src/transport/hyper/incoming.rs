//! Bodies of responses as hyper gives them.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use http_body::Body as _;

use crate::transport::TransportError;
use crate::wire::Bytes;

/// The pieces of a body. Trailers are dropped.
pub(super) struct Incoming(pub(super) hyper::body::Incoming);

impl Stream for Incoming {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            let frame = ready!(Pin::new(&mut self.0).poll_frame(context));
            return Poll::Ready(match frame {
                None => None,
                Some(Err(error)) => Some(Err(TransportError::body_cut(error))),
                Some(Ok(frame)) => match frame.into_data() {
                    Ok(data) => Some(Ok(Bytes(data))),
                    Err(_) => continue,
                },
            });
        }
    }
}
