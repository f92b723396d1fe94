//! The content of a download, piece by piece.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use super::content::Content;
use super::fetch::Event;
use crate::error::TransferProblem;
use crate::wire::Bytes;
use crate::{BoxFuture, Result};

/// The content of a download, piece by piece.
///
/// It is a [`Stream`], and has a [`next_chunk`](Self::next_chunk) that needs no import. Whoever reads
/// it decides how fast it comes: a slow reader is no failure.
///
/// Only the end, `None` after pieces without an error, says that everything is there and right:
/// lengths and [checksums](super#checksums) are compared with the last byte.
pub struct Body {
    /// Not there while it is being read.
    content: Option<Box<Content>>,
    reading: Option<Reading>,
    about: About,
    received: u64,
    /// Nothing follows, unless it is resumed.
    ended: bool,
    /// Whether what was handed on does not belong to what would follow.
    spoiled: bool,
}

type Reading = BoxFuture<'static, (Box<Content>, Result<Event>)>;

/// What is known about the content.
#[derive(Debug)]
struct About {
    len: Option<u64>,
    content_type: Option<String>,
    encoding: Option<String>,
}

impl About {
    fn read(content: &Content) -> Self {
        Self {
            len: content.len(),
            content_type: content.content_type().map(str::to_owned),
            encoding: content.encoding().map(str::to_owned),
        }
    }
}

impl Body {
    pub(super) fn new(content: Content) -> Self {
        Self {
            about: About::read(&content),
            content: Some(Box::new(content)),
            reading: None,
            received: 0,
            ended: false,
            spoiled: false,
        }
    }

    /// The next piece; `None` at the end, when everything is there, and after an error.
    ///
    /// A connection that breaks is replaced, and the content goes on at the byte where it broke. If
    /// what is downloaded changed in the meantime, this fails with
    /// [`is_changed`](crate::Error::is_changed). A dropped future loses nothing.
    pub async fn next_chunk(&mut self) -> Option<Result<Bytes>> {
        poll_fn(|context| self.poll_chunk(context)).await
    }

    /// Lets a body that ended with an error go on, at the byte where it broke. It asks the server
    /// again, and may fail again. What was received before an error
    /// [`is_changed`](crate::Error::is_changed) belongs to nothing that could follow: download again
    /// from the start.
    pub fn resume(&mut self) {
        self.ended = false;
        if let Some(content) = &mut self.content {
            content.revive();
        }
    }

    /// How many bytes come, if that is known. It is not known of what is decoded on the way.
    pub fn len(&self) -> Option<u64> {
        self.about.len
    }

    /// Whether it is known that no bytes come.
    pub fn is_empty(&self) -> bool {
        self.len() == Some(0)
    }

    /// The type of the content, as the server calls it.
    pub fn content_type(&self) -> Option<&str> {
        self.about.content_type.as_deref()
    }

    /// The encoding of the pieces, such as `gzip`. There is one only if nothing
    /// [is decoded](super::Download::decode).
    pub fn content_encoding(&self) -> Option<&str> {
        self.about.encoding.as_deref()
    }

    fn poll_chunk(&mut self, task: &mut Context<'_>) -> Poll<Option<Result<Bytes>>> {
        if self.ended {
            return Poll::Ready(None);
        }
        if let Some(mut content) = self.content.take() {
            if self.spoiled {
                let error = content.error(TransferProblem::Changed);
                self.content = Some(content);
                self.ended = true;
                return Poll::Ready(Some(Err(error)));
            }
            self.reading = Some(Box::pin(async move {
                let event = content.next().await;
                (content, event)
            }));
        }
        let Some(reading) = &mut self.reading else {
            return Poll::Ready(None);
        };
        let (content, event) = ready!(reading.as_mut().poll(task));
        self.reading = None;
        // A part says how long the whole is, if nobody said it before.
        self.about.len = content.len();
        self.ended = !matches!(event, Ok(Event::Bytes(_)));
        let piece = match event {
            Ok(Event::Bytes(bytes)) => {
                self.received += bytes.len() as u64;
                Some(Ok(bytes))
            }
            // What was handed on can't be taken back.
            Ok(Event::Restart) => {
                self.spoiled = true;
                Some(Err(content.error(TransferProblem::Changed)))
            }
            Ok(Event::End) => None,
            Err(error) => Some(Err(error)),
        };
        self.content = Some(content);
        Poll::Ready(piece)
    }
}

impl Stream for Body {
    type Item = Result<Bytes>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_chunk(context)
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Body")
            .field("about", &self.about)
            .field("received", &self.received)
            .finish_non_exhaustive()
    }
}
