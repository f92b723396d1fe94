//! A successful response, and how it is handed on.

use crate::codegen::{BodyError, FromBody};
use crate::transport::Headers;
use crate::wire::{Bytes, Map, Value};

/// A successful response, body included.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Headers,
    pub(crate) body: Bytes,
}

impl Answer {
    /// The value that the body stands for, out of its wrapper if it has one.
    pub(crate) fn decode<T: FromBody>(&self, wraps_data: bool) -> Result<T, BodyError> {
        let content_type = self.headers.get("content-type");
        if !wraps_data {
            return T::from_response(content_type, &self.body);
        }
        let mut wrapper: Map<Value> = FromBody::from_body(&self.body)?;
        let data = wrapper.remove("data").unwrap_or_default().to_string();
        T::from_response(content_type, data.as_bytes())
    }
}

/// What takes the answer of a call: the only part of it that depends on the type of the result.
pub(crate) type Decode<'a> = dyn FnMut(Answer) -> Result<(), BodyError> + Send + 'a;
