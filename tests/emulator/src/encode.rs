//! The last step of a reply: planned changes, `prettyPrint` and compression.

use std::io::Write as _;

use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::faults::Edit;
use crate::reply::{Body, Reply};
use crate::request::Received;

/// A reply as it goes on the wire.
#[derive(Debug)]
pub(crate) struct Encoded {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Bytes,
}

/// Prints the body, applies the edits of a fault and compresses JSON for clients that accept it.
pub(crate) fn encode(reply: Reply, request: &Received, edits: &[Edit]) -> Encoded {
    let (status, headers) = (reply.status, reply.headers.clone());
    let is_json = matches!(reply.body, Body::Json(_));
    let pretty = request.query.get("prettyPrint") != Some("false");
    let mut encoded = Encoded {
        status,
        headers,
        body: reply.into_bytes(pretty),
    };
    for edit in edits {
        match edit {
            Edit::Status(status) => encoded.status = *status,
            Edit::Body(body) => encoded.body = body.clone(),
            Edit::KeepBody(bytes) => encoded.body.truncate(*bytes),
            Edit::SetHeader(..) | Edit::RemoveHeader(_) => {}
        }
    }
    if is_json {
        encoded
            .headers
            .push(("vary".to_owned(), "Accept-Encoding".to_owned()));
        if accepts_gzip(request) && !encoded.body.is_empty() {
            encoded.body = gzip(&encoded.body).unwrap_or_default();
            encoded
                .headers
                .push(("content-encoding".to_owned(), "gzip".to_owned()));
        }
    }
    for edit in edits {
        match edit {
            Edit::SetHeader(name, value) => {
                remove(&mut encoded.headers, name);
                encoded
                    .headers
                    .push((name.to_ascii_lowercase(), value.clone()));
            }
            Edit::RemoveHeader(name) => remove(&mut encoded.headers, name),
            Edit::Status(_) | Edit::Body(_) | Edit::KeepBody(_) => {}
        }
    }
    encoded
}

fn remove(headers: &mut Vec<(String, String)>, name: &str) {
    headers.retain(|(key, _)| !key.eq_ignore_ascii_case(name));
}

fn accepts_gzip(request: &Received) -> bool {
    request.header("accept-encoding").is_some_and(|accepted| {
        accepted.split(',').any(|coding| {
            let (name, weight) = coding.split_once(';').unwrap_or((coding, ""));
            let weight = weight
                .trim()
                .strip_prefix("q=")
                .and_then(|weight| weight.parse().ok())
                .unwrap_or(1.0);
            name.trim().eq_ignore_ascii_case("gzip") && weight > 0.0
        })
    })
}

fn gzip(bytes: &[u8]) -> std::io::Result<Bytes> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?.into())
}
