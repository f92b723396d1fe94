//! The protocol with `uploadType=resumable`: `PUT` with `Content-Range`, and 308 for "continue".

use super::message::{Message, OpenedSession, Terms, number, single};
use crate::client::{FullResponse, is_cut_off};
use crate::codegen::{BodyError, check_json};
use crate::error::BodyProblem;
use crate::transport::HttpBody;
use crate::upload::engine::{Chunk, Signal};
use crate::{Error, HttpMethod};

/// The unit of chunks. Servers do not say it; it is part of the protocol.
const GRANULARITY: u64 = 256 * 1024;

/// How many bytes the service made something of; Cloud Storage says it of its objects.
/// <https://cloud.google.com/storage/docs/json_api/v1/parameters#xgoogstoredcontentlength>
const STORED: &str = "x-goog-stored-content-length";

/// The request that sends all bytes at once; its body is still missing.
pub(super) fn single_request(method: HttpMethod, content_type: String) -> Message {
    Message::new(method, [("content-type", content_type)])
}

pub(super) fn start(terms: &Terms) -> Message {
    let mut message = Message::new(
        terms.method,
        [
            ("x-upload-content-type", terms.content_type.clone()),
            ("x-upload-content-length", terms.total.to_string()),
        ],
    );
    if let Some(metadata) = &terms.metadata {
        message
            .headers
            .append("content-type", "application/json; charset=UTF-8");
        message.body = HttpBody::Bytes(metadata.clone());
    }
    message
}

pub(super) fn chunk(chunk: Chunk, total: u64) -> Message {
    let range = match chunk.end().checked_sub(1) {
        Some(last) if chunk.length > 0 => format!("bytes {}-{last}/{total}", chunk.offset),
        _ => format!("bytes */{total}"),
    };
    put(range)
}

pub(super) fn query(total: u64) -> Message {
    put(format!("bytes */{total}"))
}

pub(super) fn read_start(response: &FullResponse) -> Result<OpenedSession, &'static str> {
    let url = single(&response.headers, "location")
        .map_err(|()| "it gave several addresses for the upload")?;
    let url = url.filter(|_| response.status == 200 || response.status == 201);
    url.map(|url| OpenedSession {
        url: url.to_owned(),
        granularity: GRANULARITY,
    })
    .ok_or("it gave no address for the upload")
}

pub(super) fn read(response: &FullResponse, broken: Option<&Error>) -> Option<Signal> {
    // Some servers hide the status from proxies that take it for a redirect.
    let hidden = response
        .headers
        .get("x-http-status-code-override")
        .is_some_and(|status| status.trim() == "308");
    match response.status {
        308 => Some(incomplete(response)),
        200 if hidden => Some(incomplete(response)),
        // The result is at the server; it can be queried again.
        200..=299 if broken.is_some() => Some(Signal::Transient),
        200..=299 if is_json(response) => Some(Signal::Final {
            result: true,
            received: single(&response.headers, STORED)
                .ok()
                .flatten()
                .and_then(number),
        }),
        200..=299 => Some(Signal::Malformed("the response is not JSON")),
        _ => None,
    }
}

/// Reads how much a session has that is not complete: `Range` names the last byte; without it there
/// is none.
fn incomplete(response: &FullResponse) -> Signal {
    const WRONG: Signal = Signal::Malformed("it gave no range for the bytes that it has");
    let Ok(range) = single(&response.headers, "range") else {
        return WRONG;
    };
    let received = match range {
        None => Some(0),
        Some(range) => last_byte(range).and_then(|last| last.checked_add(1)),
    };
    match received {
        Some(received) => Signal::Active {
            received: Some(received),
            granularity: None,
        },
        None => WRONG,
    }
}

/// Reads `bytes=0-41`, which some servers write as `0-41`.
fn last_byte(range: &str) -> Option<u64> {
    let range = range.strip_prefix("bytes=").unwrap_or(range);
    number(range.strip_prefix("0-")?)
}

/// Whether a response can be the JSON of a result.
pub(in crate::upload) fn is_json(response: &FullResponse) -> bool {
    let media_type = response.headers.media_type();
    response.body.trim_ascii().is_empty()
        || media_type.is_none_or(|media_type| {
            media_type == "application/json" || media_type.ends_with("+json")
        })
}

/// What makes the JSON of a result unreadable.
pub(super) fn check_result(response: &FullResponse, may_be_empty: bool) -> Option<BodyProblem> {
    if response.body.trim_ascii().is_empty() {
        return (!may_be_empty).then_some(BodyProblem::Decode(BodyError::Empty));
    }
    let error = check_json(&response.body).err()?;
    Some(if is_cut_off(&error, &response.body) {
        BodyProblem::Truncated
    } else {
        BodyProblem::Decode(error)
    })
}

fn put(range: String) -> Message {
    Message::new(HttpMethod::Put, [("content-range", range)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_name_the_last_byte() {
        let cases = [
            ("bytes=0-0", Some(0)),
            ("bytes=0-262143", Some(262_143)),
            ("0-41", Some(41)),
            ("bytes=1-41", None),
            ("bytes=0-", None),
            ("bytes=0--1", None),
            ("bytes=0-99999999999999999999", None),
            ("bytes 0-41/100", None),
            ("", None),
        ];
        for (range, expected) in cases {
            assert_eq!(last_byte(range), expected, "{range}");
        }
    }

    #[test]
    fn content_ranges() {
        let range = |offset, length, last| {
            let message = chunk(
                Chunk {
                    offset,
                    length,
                    last,
                },
                10,
            );
            message.headers.get("content-range").map(str::to_owned)
        };
        assert_eq!(range(0, 4, false).as_deref(), Some("bytes 0-3/10"));
        assert_eq!(range(9, 1, true).as_deref(), Some("bytes 9-9/10"));
        assert_eq!(range(10, 0, true).as_deref(), Some("bytes */10"));
    }
}
