//! Why a request got no complete response.

use std::error::Error;
use std::fmt;

use crate::BoxError;

/// Why a request got no complete response.
///
/// What a transport says here decides whether the request is retried: say "not sent" only if
/// surely no byte of the request was acted on.
#[derive(Debug)]
pub struct TransportError {
    pub(crate) reason: TransportReason,
    sent: bool,
    source: Option<BoxError>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TransportReason {
    Connect,
    ConnectTimeout,
    Tls,
    Proxy,
    NotProcessed,
    Interrupted,
    BodyCut,
    Encoding,
    Request,
    RequestBody,
    Head,
    NoRuntime,
}

impl TransportError {
    /// No connection: the name is unknown, the host refused the connection, the network is down. Not
    /// sent; retried for every call.
    pub fn connect(source: impl Into<BoxError>) -> Self {
        Self::unsent(TransportReason::Connect, Some(source.into()))
    }

    /// No connection in time. Not sent; retried for every call.
    pub fn connect_timeout() -> Self {
        Self::unsent(TransportReason::ConnectTimeout, None)
    }

    /// The host could not prove who it is, or there is no TLS to agree on. Not sent, not retried.
    pub fn tls(source: impl Into<BoxError>) -> Self {
        Self::unsent(TransportReason::Tls, Some(source.into()))
    }

    /// The proxy rejected the connection. Not sent, not retried.
    pub fn proxy(source: impl Into<BoxError>) -> Self {
        Self::unsent(TransportReason::Proxy, Some(source.into()))
    }

    /// The request can't be sent as it is. Not sent, not retried.
    pub fn invalid_request(source: impl Into<BoxError>) -> Self {
        Self::unsent(TransportReason::Request, Some(source.into()))
    }

    /// The connection was given up before the request was written, or the server says that it
    /// did not look at it. Not sent; retried for every call.
    pub fn not_processed(source: impl Into<BoxError>) -> Self {
        Self::unsent(TransportReason::NotProcessed, Some(source.into()))
    }

    /// The connection broke when a part of the request, or all of it, may have been read.
    /// Retried only for calls that may be made twice.
    pub fn interrupted(source: impl Into<BoxError>) -> Self {
        Self::sent(TransportReason::Interrupted, source.into())
    }

    /// The body of the response ended before its end. As [`interrupted`](Self::interrupted).
    pub fn body_cut(source: impl Into<BoxError>) -> Self {
        Self::sent(TransportReason::BodyCut, source.into())
    }

    /// The body of the response is not in the encoding that its header names. Sent, not retried.
    pub fn encoding(source: impl Into<BoxError>) -> Self {
        Self::sent(TransportReason::Encoding, source.into())
    }

    /// The head of the response can't be read, however often it comes: it is no HTTP, or has more
    /// than the transport takes. Sent, not retried.
    pub fn invalid_head(source: impl Into<BoxError>) -> Self {
        Self::sent(TransportReason::Head, source.into())
    }

    /// The request was made outside of the async runtime that the transport needs, or in one with
    /// a part switched off. Not sent, not retried.
    pub fn no_runtime(source: impl Into<BoxError>) -> Self {
        Self::unsent(TransportReason::NoRuntime, Some(source.into()))
    }

    /// The source of the request's body failed. Sent in part, not retried.
    pub fn request_body(source: impl Into<BoxError>) -> Self {
        Self::sent(TransportReason::RequestBody, source.into())
    }

    /// Whether the server may have acted on the request.
    pub fn may_be_processed(&self) -> bool {
        self.sent
    }

    /// Whether a retry may succeed.
    pub fn is_transient(&self) -> bool {
        use TransportReason as Reason;
        match self.reason {
            Reason::Connect
            | Reason::ConnectTimeout
            | Reason::NotProcessed
            | Reason::Interrupted
            | Reason::BodyCut => true,
            Reason::Tls
            | Reason::Proxy
            | Reason::Encoding
            | Reason::Request
            | Reason::RequestBody
            | Reason::Head
            | Reason::NoRuntime => false,
        }
    }

    fn unsent(reason: TransportReason, source: Option<BoxError>) -> Self {
        Self {
            reason,
            sent: false,
            source,
        }
    }

    fn sent(reason: TransportReason, source: BoxError) -> Self {
        Self {
            reason,
            sent: true,
            source: Some(source),
        }
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        use TransportReason as Reason;
        if let (Reason::NoRuntime, Some(source)) = (self.reason, &self.source) {
            // What is missing is the whole message.
            return write!(formatter, "the request can't be sent: {source}");
        }
        formatter.write_str(match self.reason {
            Reason::Connect => "no connection to the server",
            Reason::ConnectTimeout => "no connection to the server in time",
            Reason::Tls => "no secure connection to the server",
            Reason::Proxy => "the proxy rejected the connection",
            Reason::NotProcessed => "the connection closed before the request was processed",
            Reason::Interrupted => "the connection broke before the response was complete",
            Reason::BodyCut => "the response was cut off",
            Reason::Encoding => "the response is not in the encoding that its header names",
            Reason::Head => "the head of the response can't be read",
            Reason::Request | Reason::NoRuntime => "the request can't be sent",
            Reason::RequestBody => "the source of the request body failed",
        })
    }
}

impl Error for TransportError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}
