//! A response whose body is in memory, and how it is decoded.

use crate::codegen::{BodyError, FromBody};
use crate::transport::Headers;
use crate::wire::Bytes;
use crate::wire::lenient::{self, LeftOut};
use crate::wire::memory::within;

/// A response, body included. Calls decode those of success only.
pub(crate) struct FullResponse {
    pub(crate) status: u16,
    pub(crate) headers: Headers,
    pub(crate) body: Bytes,
}

/// How a response is decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Decoding {
    /// Whether a value that cannot be read is an error; otherwise it is left out where it may be
    /// absent: see `wire::lenient`.
    pub(crate) strict: bool,
    /// How much memory the result may take, in bytes.
    pub(crate) memory: u64,
}

impl FullResponse {
    /// The value that the body stands for, out of its wrapper if it has one.
    pub(crate) fn decode<T: FromBody>(
        &self,
        wraps_data: bool,
        decoding: Decoding,
    ) -> Result<T, BodyError> {
        let content_type = self.headers.get("content-type");
        let body = if wraps_data {
            // What is no JSON is decoded for its error.
            let wrapper = Some(&*self.body).filter(|body| lenient::is_json(body));
            let absent = |wrapper| lenient::member(wrapper, "data").unwrap_or(b"null");
            wrapper.map_or(&*self.body, absent)
        } else {
            &*self.body
        };
        let strict = within(decoding.memory, || T::from_response(content_type, body))?;
        if decoding.strict || !matches!(strict, Err(BodyError::Decode { .. })) {
            return strict;
        }
        let mut left_out = LeftOut::default();
        let lenient = || T::from_body_leniently(body, &mut left_out);
        let Some(lenient) = within(decoding.memory, lenient)? else {
            return strict;
        };
        if lenient.is_ok() {
            left_out.trace(body);
        }
        lenient
    }
}

/// What takes the response of a call: the only part of it that depends on the type of the result.
pub(crate) type Decode<'a> = dyn FnMut(FullResponse) -> Result<(), BodyError> + Send + 'a;
