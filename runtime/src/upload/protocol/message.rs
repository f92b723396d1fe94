//! What requests and responses of both protocols are made of.

use crate::HttpMethod;
use crate::transport::{Headers, HttpBody};
use crate::upload::method::Protocol;
use crate::wire::Bytes;

/// What the requests of an upload say about it.
#[derive(Debug)]
pub(in crate::upload) struct Terms {
    pub(in crate::upload) protocol: Protocol,
    /// The method of the request that begins it.
    pub(in crate::upload) method: HttpMethod,
    pub(in crate::upload) content_type: String,
    /// The name of the file, encoded.
    pub(in crate::upload) file_name: Option<String>,
    /// The checksum of all bytes, as `X-Goog-Hash` carries it.
    pub(in crate::upload) hash: Option<String>,
    /// What is said about the bytes, in JSON.
    pub(in crate::upload) metadata: Option<Bytes>,
    pub(in crate::upload) total: u64,
    /// Whether the result may be a response without a body.
    pub(in crate::upload) empty_result: bool,
}

/// A request without its address.
pub(in crate::upload) struct Message {
    pub(in crate::upload) method: HttpMethod,
    pub(in crate::upload) headers: Headers,
    pub(in crate::upload) body: HttpBody,
}

impl Message {
    pub(in crate::upload) fn new(
        method: HttpMethod,
        headers: impl IntoIterator<Item = (&'static str, String)>,
    ) -> Self {
        Self {
            method,
            headers: headers.into_iter().collect(),
            body: HttpBody::Empty,
        }
    }
}

/// A request that sends all bytes at once, with what stands before and after them.
pub(in crate::upload) struct SingleRequest {
    pub(in crate::upload) message: Message,
    pub(in crate::upload) before: Bytes,
    pub(in crate::upload) after: Bytes,
}

/// A session that the server opened.
pub(in crate::upload) struct OpenedSession {
    /// Its address, as the server gave it.
    pub(in crate::upload) url: String,
    /// The unit of its chunks, in bytes.
    pub(in crate::upload) granularity: u64,
}

/// Units above this would have no chunk that fits into the time or memory of anybody.
pub(in crate::upload) const MAX_GRANULARITY: u64 = 1 << 30;

/// The value of a header that can be there once at most.
pub(super) fn single<'a>(headers: &'a Headers, name: &'a str) -> Result<Option<&'a str>, ()> {
    let mut values = headers.get_all(name);
    match (values.next(), values.next()) {
        (value, None) => Ok(value.map(str::trim)),
        (_, Some(_)) => Err(()),
    }
}

/// Reads a number of bytes: digits, and nothing else.
pub(super) fn number(text: &str) -> Option<u64> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| digits)
}
