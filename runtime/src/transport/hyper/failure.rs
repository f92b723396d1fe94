//! Errors of hyper and of what is below it, sorted by what they say about the request.

use std::error::Error;
use std::io;

use hyper_util::client::legacy;

use super::connector::TooSlow;
use super::proxy::ProxyRejected;
use crate::transport::TransportError;

/// Sorts the error of a request that got no head of a response.
pub(super) fn failure(error: legacy::Error) -> TransportError {
    let chain = || Chain(Some(&error));
    if error.is_connect() {
        if chain().any(|error| error.is::<TooSlow>() || is_timeout(error)) {
            TransportError::connect_timeout()
        } else if chain().any(<dyn Error>::is::<ProxyRejected>) {
            TransportError::proxy(error)
        } else if chain().any(<dyn Error>::is::<rustls::Error>) {
            TransportError::tls(error)
        } else {
            TransportError::connect(error)
        }
    } else if chain().any(is_unprocessed) {
        TransportError::not_processed(error)
    } else if chain().any(<dyn Error>::is::<SourceFailed>) {
        TransportError::request_body(error)
    } else if chain().any(is_invalid_head) {
        TransportError::invalid_head(error)
    } else {
        TransportError::interrupted(error)
    }
}

/// Whether the server surely did not act on the request.
fn is_unprocessed(error: &(dyn Error + 'static)) -> bool {
    if let Some(error) = error.downcast_ref::<hyper::Error>() {
        // The connection was gone before the request was begun.
        return error.is_canceled();
    }
    // RFC 9113, section 8.7: refused streams, and streams after the last one that GOAWAY names.
    // Only the streams after it end with that frame as their error.
    error.downcast_ref::<h2::Error>().is_some_and(|error| {
        let refused = error.is_reset() && error.reason() == Some(h2::Reason::REFUSED_STREAM);
        let after_last = error.is_go_away() && error.reason() == Some(h2::Reason::NO_ERROR);
        error.is_remote() && (refused || after_last)
    })
}

/// Whether what came is no head of a response, or one that is larger than this side takes.
fn is_invalid_head(error: &(dyn Error + 'static)) -> bool {
    if let Some(error) = error.downcast_ref::<hyper::Error>() {
        return error.is_parse();
    }
    // h2 resets a stream with REFUSED_STREAM for a head above the limit and with PROTOCOL_ERROR for
    // a malformed one, and leaves the connection with one of the others for a head far above it.
    // What this side says about frames other than heads has other reasons.
    let reasons = [
        h2::Reason::REFUSED_STREAM,
        h2::Reason::PROTOCOL_ERROR,
        h2::Reason::COMPRESSION_ERROR,
        h2::Reason::ENHANCE_YOUR_CALM,
    ];
    error.downcast_ref::<h2::Error>().is_some_and(|error| {
        error.is_library()
            && error
                .reason()
                .is_some_and(|reason| reasons.contains(&reason))
    })
}

fn is_timeout(error: &(dyn Error + 'static)) -> bool {
    let error = error.downcast_ref::<io::Error>();
    error.is_some_and(|error| error.kind() == io::ErrorKind::TimedOut)
}

/// The source of a request's body failed.
#[derive(Debug)]
pub(super) struct SourceFailed(pub(super) TransportError);

impl std::fmt::Display for SourceFailed {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(formatter)
    }
}

impl Error for SourceFailed {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&self.0)
    }
}

/// An error and its sources. An I/O error hides the one that it was made of.
struct Chain<'a>(Option<&'a (dyn Error + 'static)>);

impl<'a> Iterator for Chain<'a> {
    type Item = &'a (dyn Error + 'static);

    fn next(&mut self) -> Option<Self::Item> {
        let error = self.0.take()?;
        let hidden = error
            .downcast_ref::<io::Error>()
            .and_then(io::Error::get_ref);
        self.0 = match hidden {
            Some(hidden) => Some(hidden),
            None => error.source(),
        };
        Some(error)
    }
}
