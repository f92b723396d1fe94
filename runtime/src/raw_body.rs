//! Bodies that are bytes with a content type, where others are JSON (`google.api.HttpBody`).

use crate::codegen::{BodyError, FromBody};
use crate::wire::Bytes;

/// A body that is bytes with a content type: a picture, a page, a document in another format.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RawBody {
    content_type: Option<String>,
    bytes: Bytes,
}

impl RawBody {
    /// A body with its content type, such as `image/png`.
    pub fn new(content_type: impl Into<String>, bytes: impl Into<Bytes>) -> Self {
        Self {
            content_type: Some(content_type.into()),
            bytes: bytes.into(),
        }
    }

    /// The content type, if the response had one.
    pub fn content_type(&self) -> Option<&str> {
        self.content_type.as_deref()
    }

    /// The bytes as they came, content encodings removed.
    pub fn bytes(&self) -> &Bytes {
        &self.bytes
    }

    /// The bytes alone.
    pub fn into_bytes(self) -> Bytes {
        self.bytes
    }
}

impl FromBody for RawBody {
    const ANY_CONTENT_TYPE: bool = true;

    fn from_body(bytes: &[u8]) -> Result<Self, BodyError> {
        Self::from_response(None, bytes)
    }

    fn from_response(content_type: Option<&str>, bytes: &[u8]) -> Result<Self, BodyError> {
        Ok(Self {
            content_type: content_type.map(str::to_owned),
            bytes: bytes.to_vec().into(),
        })
    }
}
