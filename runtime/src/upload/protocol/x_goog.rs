//! The protocol with `X-Goog-Upload-*` headers: every request is a `POST`, every success a 200.

use super::message::{MAX_GRANULARITY, Message, OpenedSession, Terms, number, single};
use crate::client::FullResponse;
use crate::transport::Headers;
use crate::upload::engine::{Chunk, Signal};
use crate::upload::token::is_token;
use crate::{Error, HttpMethod};

const COMMAND: &str = "x-goog-upload-command";
const CONTENT_TYPE: &str = "x-goog-upload-content-type";
const FILE_NAME: &str = "x-goog-upload-file-name";
const HASH: &str = "x-goog-hash";
const GRANULARITY: &str = "x-goog-upload-chunk-granularity";
const OFFSET: &str = "x-goog-upload-offset";
const PROTOCOL: &str = "x-goog-upload-protocol";
const RAW_SIZE: &str = "x-goog-upload-raw-size";
const RECEIVED: &str = "x-goog-upload-size-received";
const STATUS: &str = "x-goog-upload-status";
const URL: &str = "x-goog-upload-url";

/// The request that sends all bytes at once; its body is still missing.
pub(super) fn raw(terms: &Terms) -> Message {
    let mut message = post([
        ("content-type", "application/octet-stream".to_owned()),
        (PROTOCOL, "raw".to_owned()),
    ]);
    describe(&mut message, terms);
    if let Some(hash) = &terms.hash {
        message.headers.append(HASH, hash.as_str());
    }
    message
}

pub(super) fn start(terms: &Terms) -> Message {
    let mut message = post([
        (PROTOCOL, "resumable".to_owned()),
        (COMMAND, "start".to_owned()),
        (RAW_SIZE, terms.total.to_string()),
    ]);
    describe(&mut message, terms);
    message
}

pub(super) fn chunk(chunk: Chunk) -> Message {
    let command = if chunk.last {
        "upload, finalize"
    } else {
        "upload"
    };
    post([
        ("content-type", "application/octet-stream".to_owned()),
        (COMMAND, command.to_owned()),
        (OFFSET, chunk.offset.to_string()),
    ])
}

pub(super) fn query() -> Message {
    post([(COMMAND, "query".to_owned())])
}

pub(super) fn cancel() -> Message {
    post([(COMMAND, "cancel".to_owned())])
}

pub(super) fn read_start(response: &FullResponse) -> Result<OpenedSession, &'static str> {
    if status(&response.headers)? != Some("active") {
        return Err("the new upload is not active");
    }
    let url =
        single(&response.headers, URL).map_err(|()| "it gave several addresses for the upload")?;
    let granularity = granularity(&response.headers)?.ok_or("it gave no granularity")?;
    match url {
        Some(url) => Ok(OpenedSession {
            url: url.to_owned(),
            granularity,
        }),
        None => Err("it gave no address for the upload"),
    }
}

pub(super) fn read(response: &FullResponse, broken: Option<&Error>) -> Option<Signal> {
    (response.status == 200 || response.status == 201 || response.status == 204)
        .then(|| read_success(response, broken).unwrap_or_else(Signal::Malformed))
}

fn read_success(response: &FullResponse, broken: Option<&Error>) -> Result<Signal, &'static str> {
    let received = received(&response.headers)?;
    match status(&response.headers)? {
        Some("active") => Ok(Signal::Active {
            received,
            granularity: granularity(&response.headers)?,
        }),
        Some("final") => Ok(Signal::Final {
            result: broken.is_none() && has_token(response, true),
            received,
        }),
        Some("cancelled") => Err("the upload was cancelled"),
        Some(_) => Err("it gave a status of the upload that nobody knows"),
        None => Err("it gave no status of the upload"),
    }
}

/// The status of the upload, as the server calls it.
pub(super) fn status(headers: &Headers) -> Result<Option<&str>, &'static str> {
    single(headers, STATUS).map_err(|()| "it gave several statuses of the upload")
}

fn received(headers: &Headers) -> Result<Option<u64>, &'static str> {
    const WRONG: &str = "it gave no number for the bytes that it has";
    let value = single(headers, RECEIVED).map_err(|()| WRONG)?;
    value.map(|text| number(text).ok_or(WRONG)).transpose()
}

fn granularity(headers: &Headers) -> Result<Option<u64>, &'static str> {
    const WRONG: &str = "it gave a granularity that can't be used";
    let value = single(headers, GRANULARITY).map_err(|()| WRONG)?;
    let usable = |text| {
        number(text)
            .filter(|size| (1..=MAX_GRANULARITY).contains(size))
            .ok_or(WRONG)
    };
    value.map(usable).transpose()
}

fn describe(message: &mut Message, terms: &Terms) {
    message
        .headers
        .append(CONTENT_TYPE, terms.content_type.as_str());
    if let Some(name) = &terms.file_name {
        message.headers.append(FILE_NAME, name.as_str());
    }
}

fn post<const N: usize>(headers: [(&'static str, String); N]) -> Message {
    Message::new(HttpMethod::Post, headers)
}

/// Whether a response holds the token of an upload, by its looks. No document says which type of
/// content a token has: only what is known to be something else is rejected, and not even that if
/// the server `says` that this is the end of the upload.
pub(in crate::upload) fn has_token(response: &FullResponse, says: bool) -> bool {
    let media_type = response.headers.media_type();
    let other = matches!(
        media_type.as_deref(),
        Some("text/html" | "application/json" | "text/xml")
    );
    let encoding = response
        .headers
        .get("content-encoding")
        .unwrap_or("identity");
    let body = std::str::from_utf8(&response.body).unwrap_or_default();
    (says || !other) && encoding.trim().eq_ignore_ascii_case("identity") && is_token(body.trim())
}
