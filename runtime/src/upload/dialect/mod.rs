//! The two protocols of resumable uploads, as requests and as what the answers to them mean.

mod failure;
mod google;
mod x_goog;

pub(super) use self::failure::session_signal;
pub(super) use self::google::is_json;
use super::engine::{Chunk, Signal};
use super::multipart::Envelope;
use super::token::is_token;
use crate::client::Answer;
use crate::error::BodyProblem;
use crate::transport::{Headers, HttpBody};
use crate::wire::Bytes;
use crate::{Error, HttpMethod};

/// The protocol of an upload.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protocol {
    /// The headers `X-Goog-Upload-*`. The result is a token as text.
    XGoog,
    /// The parameter `uploadType`, `Content-Range` and the status 308. The result is JSON.
    Google,
}

/// What the requests of an upload say about it.
#[derive(Debug)]
pub(super) struct Terms {
    pub(super) protocol: Protocol,
    /// The method of the request that begins it.
    pub(super) method: HttpMethod,
    pub(super) content_type: String,
    /// The name of the file, encoded.
    pub(super) file_name: Option<String>,
    /// What is said about the bytes, in JSON.
    pub(super) metadata: Option<Bytes>,
    pub(super) total: u64,
    /// Whether the result may be a response without a body.
    pub(super) empty_result: bool,
}

/// A request without its address.
pub(super) struct Message {
    pub(super) method: HttpMethod,
    pub(super) headers: Headers,
    pub(super) body: HttpBody,
}

impl Message {
    fn new(method: HttpMethod, headers: impl IntoIterator<Item = (&'static str, String)>) -> Self {
        Self {
            method,
            headers: headers.into_iter().collect(),
            body: HttpBody::Empty,
        }
    }
}

/// A request that sends all bytes at once, with what stands before and after them.
pub(super) struct Whole {
    pub(super) message: Message,
    pub(super) before: Bytes,
    pub(super) after: Bytes,
}

/// A session that the server opened.
pub(super) struct Opened {
    /// Its address, as the server gave it.
    pub(super) url: String,
    /// The unit of its chunks, in bytes.
    pub(super) granularity: u64,
}

/// Units above this would have no chunk that fits into the time or memory of anybody.
const MAX_GRANULARITY: u64 = 1 << 30;

impl Terms {
    /// The request that sends all bytes at once; `described` is whether what is said about them goes
    /// along.
    pub(super) fn whole(&self, described: bool) -> Whole {
        let (before, after) = (Bytes::new(), Bytes::new());
        match (self.protocol, &self.metadata) {
            (Protocol::XGoog, _) => Whole {
                message: x_goog::raw(self),
                before,
                after,
            },
            (Protocol::Google, Some(metadata)) if described => {
                let envelope = Envelope::new(metadata, &self.content_type);
                Whole {
                    message: google::whole(self.method, envelope.content_type),
                    before: envelope.before,
                    after: envelope.after,
                }
            }
            (Protocol::Google, _) => Whole {
                message: google::whole(self.method, self.content_type.clone()),
                before,
                after,
            },
        }
    }

    /// The request that opens a session.
    pub(super) fn start(&self) -> Message {
        match self.protocol {
            Protocol::XGoog => x_goog::start(self),
            Protocol::Google => google::start(self),
        }
    }

    /// The request that sends a chunk; its body is still missing.
    pub(super) fn chunk(&self, chunk: Chunk) -> Message {
        match self.protocol {
            Protocol::XGoog => x_goog::chunk(chunk),
            Protocol::Google => google::chunk(chunk, self.total),
        }
    }

    /// The request that asks a session how much it has.
    pub(super) fn query(&self) -> Message {
        match self.protocol {
            Protocol::XGoog => x_goog::query(),
            Protocol::Google => google::query(self.total),
        }
    }

    /// Reads what came of opening a session.
    pub(super) fn read_start(&self, answer: &Answer) -> Result<Opened, &'static str> {
        match self.protocol {
            Protocol::XGoog => x_goog::read_start(answer),
            Protocol::Google => google::read_start(answer),
        }
    }

    /// Reads the answer to a chunk or a question; `None` if it is a failure.
    pub(super) fn read(&self, answer: &Answer, broken: Option<&Error>) -> Option<Signal> {
        match self.protocol {
            Protocol::XGoog => x_goog::read(answer, broken),
            Protocol::Google => google::read(answer, broken),
        }
    }

    /// What makes the result in a response unreadable, such as JSON that was cut off on the way. A
    /// token has no form that could show it.
    pub(super) fn check_result(&self, answer: &Answer) -> Option<BodyProblem> {
        match self.protocol {
            Protocol::XGoog => None,
            Protocol::Google => google::check_result(answer, self.empty_result),
        }
    }

    /// The most of an answer that is worth reading, in bytes.
    pub(super) fn answer_limit(&self, configured: u64) -> u64 {
        match self.protocol {
            Protocol::XGoog => configured.min(64 * 1024),
            Protocol::Google => configured,
        }
    }

    /// Whether the session is open, if the server says that in an answer that is a failure.
    pub(super) fn is_open(&self, headers: &Headers) -> Option<bool> {
        match (self.protocol, x_goog::status(headers)) {
            (Protocol::XGoog, Ok(Some("active"))) => Some(true),
            (Protocol::XGoog, Ok(Some("final" | "cancelled"))) => Some(false),
            _ => None,
        }
    }
}

/// The request that ends a session.
pub(super) fn cancel(protocol: Protocol) -> Message {
    match protocol {
        Protocol::XGoog => x_goog::cancel(),
        Protocol::Google => Message::new(HttpMethod::Delete, []),
    }
}

/// Whether an answer holds the token of an upload, by its looks. No document says which type of
/// content a token has: only what is known to be something else is refused, and not even that if
/// the server `says` that this is the end of the upload.
pub(super) fn has_token(answer: &Answer, says: bool) -> bool {
    let media_type = answer.headers.media_type();
    let other = matches!(
        media_type.as_deref(),
        Some("text/html" | "application/json" | "text/xml")
    );
    let encoding = answer.headers.get("content-encoding").unwrap_or("identity");
    let body = std::str::from_utf8(&answer.body).unwrap_or_default();
    (says || !other) && encoding.trim().eq_ignore_ascii_case("identity") && is_token(body.trim())
}

/// The value of a header that can be there once at most.
fn single<'a>(headers: &'a Headers, name: &'a str) -> Result<Option<&'a str>, ()> {
    let mut values = headers.get_all(name);
    match (values.next(), values.next()) {
        (value, None) => Ok(value.map(str::trim)),
        (_, Some(_)) => Err(()),
    }
}

/// Reads a number of bytes: digits, and nothing else.
fn number(text: &str) -> Option<u64> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| digits)
}
