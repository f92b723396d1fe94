//! Predicates about the way to the server and its response.

use crate::codegen::BodyError;
use crate::error::{BodyProblem, Error, ErrorKind};
use crate::transport::TransportReason;

/// # The connection and the response
impl Error {
    /// There is no connection: no network, an unknown host, a host or a proxy that rejects it, or no
    /// TLS to agree on. Nothing was sent.
    ///
    /// Check the network; the reason is in [`source`](std::error::Error::source).
    pub fn is_connect(&self) -> bool {
        use TransportReason as Reason;
        let reasons = [
            Reason::Connect,
            Reason::ConnectTimeout,
            Reason::Tls,
            Reason::Proxy,
        ];
        reasons.into_iter().any(|reason| self.is_transport(reason))
    }

    /// The server could not prove who it is, or there is no TLS to agree on. Nothing was sent.
    ///
    /// Check the clock of the machine and its trusted certificates, and whether something on the
    /// way opens the traffic.
    pub fn is_tls(&self) -> bool {
        self.is_transport(TransportReason::Tls)
    }

    /// The proxy rejected the connection. Nothing was sent.
    ///
    /// Check `HTTPS_PROXY` or what the transport was given, user name and password included.
    pub fn is_proxy(&self) -> bool {
        self.is_transport(TransportReason::Proxy)
    }

    /// Time was up: for connecting, for an attempt, or for the call.
    ///
    /// Try again, or raise the [`Timeouts`](crate::Timeouts).
    pub fn is_timeout(&self) -> bool {
        let connect = TransportReason::ConnectTimeout;
        matches!(self.kind(), ErrorKind::TimedOut { .. }) || self.is_transport(connect)
    }

    /// The server failed (status 500 and above).
    ///
    /// Try again later; if it stays, tell Google the [`request_id`](Self::request_id).
    pub fn is_server_error(&self) -> bool {
        self.is_api() && self.http_status().is_some_and(|status| status >= 500)
    }

    /// The server responded with another address, which is never followed: it would get the
    /// credentials and the request. 304 is none: see [`is_not_modified`](Self::is_not_modified).
    ///
    /// Check the endpoint; a network that wants a sign-in in the browser does this as well.
    pub fn is_redirect(&self) -> bool {
        matches!(self.kind(), ErrorKind::Redirected { .. })
    }

    /// The head of a response can't be read: it is no HTTP, or has more than 100 fields or 400 KiB
    /// ([`HyperTransport`](crate::transport::HyperTransport)).
    ///
    /// It is not retried: the next response would look the same. Check the endpoint and what is on
    /// the way to it. A write may have been carried out
    /// ([`is_outcome_unknown`](Self::is_outcome_unknown)): its response came, and nobody can say
    /// which one.
    pub fn is_invalid_head(&self) -> bool {
        self.is_transport(TransportReason::Head)
    }

    /// The server responded with success, and the body is not what the method returns: another
    /// type of content, cut off, empty, too long, or JSON of another form. A single value of
    /// another form is no error where it can be [left out](crate::wire#values-that-cannot-be-read).
    ///
    /// [`http_status`](Self::http_status) is a success: a write was carried out. A page of HTML
    /// comes from a proxy or a network that wants a sign-in.
    pub fn is_decode(&self) -> bool {
        matches!(self.kind(), ErrorKind::Body(_))
    }

    /// The body is longer than the limit of the client, or it decodes to
    /// [more memory](crate::ClientBuilder::max_decoded_size) than it may; the message says which.
    ///
    /// Ask for less, with `fields` or a smaller page, or raise the limit.
    pub fn is_too_large(&self) -> bool {
        use BodyProblem::{Decode, TooLarge};
        matches!(
            self.kind(),
            ErrorKind::Body(TooLarge(_) | Decode(BodyError::TooLarge(_)))
        )
    }

    /// A page had the token of a page that was read before, which would never end.
    ///
    /// What was read is right; it is not known whether it is everything.
    pub fn is_repeated_page_token(&self) -> bool {
        matches!(self.kind(), ErrorKind::RepeatedPageToken)
    }
}
