//! How a reply reaches the client when it is not an ordinary one.

use std::fmt::Write as _;
use std::time::Duration;

use bytes::Bytes;
use hyper::StatusCode;

use super::script::Script;
use super::{Cut, Framing};
use crate::encode::Encoded;

/// Deviations from an ordinary delivery; the default has none.
#[derive(Clone, Debug, Default)]
pub(crate) struct Delivery {
    pub(crate) framing: Option<Framing>,
    pub(crate) cut: Option<(Position, Cut)>,
    pub(crate) pace: Option<(usize, Duration)>,
    pub(crate) raw: Option<(Bytes, Cut)>,
    /// What follows a whole reply that did not announce the end of the connection.
    pub(crate) hang_up: Option<Cut>,
}

/// Where a connection ends.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Position {
    BeforeHead,
    AfterBody(usize),
}

impl Delivery {
    pub(crate) fn is_ordinary(&self) -> bool {
        let is_whole = self.cut.is_none() && self.raw.is_none() && self.hang_up.is_none();
        is_whole && self.framing.is_none() && self.pace.is_none()
    }

    /// Writes the reply out as bytes; `head_only` leaves the body away, as for HEAD.
    pub(crate) fn script(&self, reply: &Encoded, head_only: bool) -> Script {
        if let Some((bytes, end)) = &self.raw {
            return Script::new(bytes.clone(), self.pace, *end);
        }
        let cut = match self.cut {
            Some((Position::BeforeHead, end)) => return Script::end(end),
            Some((Position::AfterBody(bytes), end)) => Some((bytes, end)),
            None => None,
        };
        let framing = self
            .framing
            .unwrap_or(Framing::Length(reply.body.len() as u64));
        let says_close = cut.is_none() && self.hang_up.is_none();
        let head = head(reply, framing, says_close);
        if head_only {
            return Script::new(head.into(), self.pace, self.hang_up.unwrap_or(Cut::Close));
        }
        let (before, after) = frame(framing, reply.body.len());
        let framed = |body: &[u8]| [before.as_bytes(), body].concat();
        if let Some((bytes, end)) = cut {
            let body = reply.body.get(..bytes).unwrap_or(&reply.body);
            return Script::new(
                [head.into_bytes(), framed(body)].concat().into(),
                self.pace,
                end,
            );
        }
        let body = [framed(&reply.body), after.into()].concat();
        let end = self.hang_up.unwrap_or(Cut::Close);
        let script = Script::new([head.as_bytes(), &body].concat().into(), self.pace, end);
        if framing == Framing::Endless {
            script.repeating(body.into())
        } else {
            script
        }
    }
}

/// What stands before and after a body of a length.
fn frame(framing: Framing, length: usize) -> (String, &'static str) {
    match framing {
        Framing::Chunked => (format!("{length:x}\r\n"), "\r\n0\r\n\r\n"),
        Framing::Endless => (format!("{length:x}\r\n"), "\r\n"),
        Framing::Length(_) | Framing::UntilClose => (String::new(), ""),
    }
}

fn head(reply: &Encoded, framing: Framing, says_close: bool) -> String {
    let status = StatusCode::from_u16(reply.status).ok();
    let reason = status
        .and_then(|status| status.canonical_reason())
        .unwrap_or("Unknown");
    let mut head = format!("HTTP/1.1 {} {reason}\r\n", reply.status);
    let mut headers = reply.headers.clone();
    headers.retain(|(name, _)| name != "content-length");
    match framing {
        Framing::Length(length) => headers.push(("content-length".to_owned(), length.to_string())),
        Framing::Chunked | Framing::Endless => {
            headers.push(("transfer-encoding".to_owned(), "chunked".to_owned()));
        }
        Framing::UntilClose => {}
    }
    if says_close || framing == Framing::UntilClose {
        headers.push(("connection".to_owned(), "close".to_owned()));
    }
    for (name, value) in headers {
        // Writing to a String cannot fail.
        let _ = write!(head, "{name}: {value}\r\n");
    }
    head.push_str("\r\n");
    head
}
