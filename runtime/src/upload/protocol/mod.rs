//! The two protocols of resumable uploads, as requests and as what the responses mean.

mod failure;
mod google;
mod message;
mod x_goog;

pub(super) use self::failure::session_signal;
pub(super) use self::google::is_json;
pub(super) use self::message::{Message, OpenedSession, SingleRequest, Terms};
pub(super) use self::x_goog::has_token;
use super::engine::{Chunk, Signal};
use super::method::Protocol;
use super::multipart::Envelope;
use crate::client::FullResponse;
use crate::error::BodyProblem;
use crate::transport::Headers;
use crate::wire::Bytes;
use crate::{Error, HttpMethod};

impl Terms {
    /// The request that sends all bytes at once; `described` is whether what is said about them goes
    /// along.
    pub(super) fn single_request(&self, described: bool) -> SingleRequest {
        let (before, after) = (Bytes::new(), Bytes::new());
        match (self.protocol, &self.metadata) {
            (Protocol::XGoog, _) => SingleRequest {
                message: x_goog::raw(self),
                before,
                after,
            },
            (Protocol::Google, Some(metadata)) if described => {
                let envelope = Envelope::new(metadata, &self.content_type);
                SingleRequest {
                    message: google::single_request(self.method, envelope.content_type),
                    before: envelope.before,
                    after: envelope.after,
                }
            }
            (Protocol::Google, _) => SingleRequest {
                message: google::single_request(self.method, self.content_type.clone()),
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
    pub(super) fn read_start(
        &self,
        response: &FullResponse,
    ) -> Result<OpenedSession, &'static str> {
        match self.protocol {
            Protocol::XGoog => x_goog::read_start(response),
            Protocol::Google => google::read_start(response),
        }
    }

    /// Reads the response to a chunk or a query; `None` if it is a failure.
    pub(super) fn read(&self, response: &FullResponse, broken: Option<&Error>) -> Option<Signal> {
        match self.protocol {
            Protocol::XGoog => x_goog::read(response, broken),
            Protocol::Google => google::read(response, broken),
        }
    }

    /// What makes the result in a response unreadable, such as JSON that was cut off on the way. A
    /// token has no form that could show it.
    pub(super) fn check_result(&self, response: &FullResponse) -> Option<BodyProblem> {
        match self.protocol {
            Protocol::XGoog => None,
            Protocol::Google => google::check_result(response, self.empty_result),
        }
    }

    /// The most of a response that is worth reading, in bytes.
    pub(super) fn response_limit(&self, configured: u64) -> u64 {
        match self.protocol {
            Protocol::XGoog => configured.min(64 * 1024),
            Protocol::Google => configured,
        }
    }

    /// Whether the session is open, if the server says that in a response that is a failure.
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
