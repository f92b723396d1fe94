//! What was asked of the emulator, for tests to look at. Whatever authorizes is hashed before it is kept.

use std::collections::{BTreeMap, VecDeque};

use bytes::Bytes;

use crate::ids::{hex, sha256};
use crate::request::Received;

/// One request as it arrived.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct RecordedRequest {
    /// What was called, for instance `mediaItems.batchCreate` or `uploads.query`.
    pub method_id: &'static str,
    /// HTTP method.
    pub http_method: String,
    /// Path as it was sent, percent-encoded.
    pub path: String,
    /// Decoded parameters in the order they were sent; the value of `access_token` is hashed.
    pub query: Vec<(String, String)>,
    /// Headers with lower-case names in the order they were sent; the token in `authorization` is hashed.
    pub headers: Vec<(String, String)>,
    /// The body; for the OAuth endpoints a form in which codes, tokens, verifiers and secrets are hashed.
    pub body: Bytes,
    /// Whether all of the body arrived.
    pub complete: bool,
}

impl RecordedRequest {
    /// The first value of a header; the name is in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// The last value of a query parameter.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.query
            .iter()
            .rev()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    fn new(method_id: &'static str, request: &Received) -> Self {
        let headers = request.headers.iter().map(|(name, value)| {
            let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
            (
                name.as_str().to_owned(),
                if name == "authorization" {
                    hash_bearer(&value)
                } else {
                    value
                },
            )
        });
        let is_oauth = method_id.starts_with("oauth.");
        Self {
            method_id,
            http_method: request.http_method.to_string(),
            path: request.path.clone(),
            query: hash_secrets(request.query.0.iter().cloned()),
            headers: headers.collect(),
            body: if is_oauth {
                hash_form(request)
            } else {
                request.body.clone()
            },
            complete: request.complete,
        }
    }
}

/// How a secret shows up in recorded requests: `sha256:` and 16 hexadecimal digits. The same secret always shows
/// up the same.
pub fn redacted(secret: &str) -> String {
    let mut digest = hex(&sha256(secret.as_bytes()));
    digest.truncate(16);
    format!("sha256:{digest}")
}

/// The last requests and the number of all of them.
#[derive(Debug, Default)]
pub(crate) struct Recorder {
    pub(crate) requests: VecDeque<RecordedRequest>,
    pub(crate) calls: BTreeMap<&'static str, u64>,
}

impl Recorder {
    pub(crate) fn record(&mut self, method_id: &'static str, request: &Received, keep: usize) {
        *self.calls.entry(method_id).or_default() += 1;
        if keep > 0 {
            self.requests
                .push_back(RecordedRequest::new(method_id, request));
        }
        while self.requests.len() > keep {
            self.requests.pop_front();
        }
    }
}

fn hash_bearer(value: &str) -> String {
    match value.split_once(' ') {
        Some((scheme, token)) => format!("{scheme} {}", redacted(token)),
        None => redacted(value),
    }
}

fn hash_form(request: &Received) -> Bytes {
    form_urlencoded::Serializer::new(String::new())
        .extend_pairs(hash_secrets(request.form().0))
        .finish()
        .into()
}

fn hash_secrets(pairs: impl IntoIterator<Item = (String, String)>) -> Vec<(String, String)> {
    const SECRETS: [&str; 6] = [
        "access_token",
        "client_secret",
        "code",
        "code_verifier",
        "refresh_token",
        "token",
    ];
    let hash = |(name, value): (String, String)| {
        let value = if SECRETS.contains(&name.as_str()) {
            redacted(&value)
        } else {
            value
        };
        (name, value)
    };
    pairs.into_iter().map(hash).collect()
}
