//! Successes whose body is no result.

use discovery_runtime::transport::FakeResponse;

use super::After::{Fail, Retry, Unknown};
use super::{Fault, html};
use crate::support::*;

pub(super) fn faults() -> Vec<Fault> {
    vec![
        Fault::new(
            "half of the JSON",
            FakeResponse::json(200, r#"{"id": "a", "tit"#),
            [Retry(1), Unknown, Unknown],
            |error| error.is_decode() && error.http_status() == Some(200),
        ),
        Fault::new(
            "a page instead of data",
            html(200),
            [Fail, Unknown, Unknown],
            |error| error.is_decode() && error.to_string().contains("text/html"),
        ),
        Fault::new(
            "other JSON",
            FakeResponse::json(200, r#"[{"title": "secret"}]"#),
            [Fail, Unknown, Unknown],
            |error| {
                error.is_decode()
                    && error.to_string().contains("list, expected an object")
                    && !error.to_string().contains("secret")
            },
        ),
        Fault::new(
            "an encoding that nobody asked for",
            album().with_header("content-encoding", "br"),
            [Fail, Unknown, Unknown],
            |error| error.is_decode() && error.to_string().contains("br"),
        ),
        Fault::new(
            "too much",
            FakeResponse::json(200, vec![b' '; (32 << 20) + 1]),
            [Fail, Unknown, Unknown],
            |error| error.is_decode() && error.is_too_large(),
        ),
        Fault::new(
            "nothing",
            FakeResponse::json(200, ""),
            [Fail, Unknown, Unknown],
            |error| error.is_decode() && error.to_string().contains("empty"),
        ),
        Fault::new(
            "no content",
            FakeResponse::status(204),
            [Fail, Unknown, Unknown],
            |error| error.is_decode() && error.http_status() == Some(204),
        ),
    ]
}
