//! The bodies of requests.

use crate::transport::HttpBody;
use crate::wire::Bytes;

/// The body of a request, kept for every attempt.
#[derive(Clone, Default)]
pub(crate) enum Payload {
    #[default]
    Empty,
    Bytes {
        content_type: String,
        bytes: Bytes,
    },
}

impl Payload {
    pub(crate) fn json(bytes: Vec<u8>) -> Self {
        Self::Bytes {
            content_type: "application/json".to_owned(),
            bytes: bytes.into(),
        }
    }

    /// The body for one more attempt.
    pub(super) fn open(&self) -> HttpBody {
        match self {
            Self::Empty => HttpBody::Empty,
            Self::Bytes { bytes, .. } => HttpBody::Bytes(bytes.clone()),
        }
    }
}
