//! The methods of HTTP that Google APIs use.

use std::fmt;

/// A method of HTTP.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum HttpMethod {
    /// `GET`: reads.
    Get,
    /// `HEAD`: reads the headers alone.
    Head,
    /// `POST`: creates, or does what the address says.
    Post,
    /// `PUT`: replaces.
    Put,
    /// `PATCH`: changes a part.
    Patch,
    /// `DELETE`: removes.
    Delete,
}

impl HttpMethod {
    /// The method as it is sent, in capitals.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Head => "HEAD",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }

    /// Whether a request only reads (RFC 9110, section 9.2.1).
    pub const fn is_safe(self) -> bool {
        matches!(self, Self::Get | Self::Head)
    }

    /// Whether a request is idempotent: sent again, it changes no more than once (RFC 9110, section 9.2.2).
    pub const fn is_idempotent(self) -> bool {
        matches!(self, Self::Get | Self::Head | Self::Put | Self::Delete)
    }
}

impl fmt::Display for HttpMethod {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}
