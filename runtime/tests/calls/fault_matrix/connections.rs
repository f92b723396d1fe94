//! Faults of the way to the server and back.

use discovery_runtime::Error;
use discovery_runtime::transport::{FakeResponse, TransportError};

use super::After::{Fail, Retry, Unknown};
use super::Fault;
use crate::support::*;

pub(super) fn faults() -> Vec<Fault> {
    vec![
        Fault::new(
            "no connection",
            refused(),
            [Retry(1), Retry(1), Retry(1)],
            Error::is_connect,
        ),
        Fault::new(
            "no connection in time",
            FakeResponse::failure(TransportError::connect_timeout),
            [Retry(1), Retry(1), Retry(1)],
            |error| error.is_connect() && error.is_timeout(),
        ),
        Fault::new(
            "no trust",
            FakeResponse::failure(|| TransportError::tls("unknown issuer")),
            [Fail, Fail, Fail],
            |error| error.is_connect() && error.is_tls() && !error.is_retryable(),
        ),
        Fault::new(
            "reset after the request",
            reset(),
            [Retry(1), Unknown, Unknown],
            |error| !error.is_connect() && error.http_status().is_none(),
        ),
        Fault::new(
            "reset before the request",
            FakeResponse::failure(|| TransportError::not_processed("connection closed")),
            [Retry(1), Retry(1), Retry(1)],
            Error::is_retryable,
        ),
        Fault::new(
            "reset in the response",
            album().cut_off(),
            [Retry(1), Unknown, Unknown],
            |error| error.http_status() == Some(200) && !error.is_decode(),
        ),
        Fault::new(
            "no response",
            FakeResponse::silence(),
            [Retry(30 + 1), Unknown, Unknown],
            Error::is_timeout,
        ),
        Fault::new(
            "a response that stops",
            album().stalled(),
            [Retry(30 + 1), Unknown, Unknown],
            |error| error.is_timeout() && error.http_status() == Some(200),
        ),
        Fault::new(
            "a proxy that refuses",
            FakeResponse::failure(|| TransportError::proxy("407")),
            [Fail, Fail, Fail],
            |error| error.is_proxy() && error.is_connect(),
        ),
    ]
}
