//! Requests that no generated method stands for.

use std::fmt;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::prepare::{Expects, Parts};
use super::{Client, FullResponse, Payload};
use crate::codegen::{BodyError, Method, RetrySafety};
use crate::error::{BodyProblem, ErrorKind, Received};
use crate::transport::Headers;
use crate::url::{Query, check_raw_path};
use crate::wire::{Bytes, metered};
use crate::{CallOptions, Error, HttpMethod, Result};

/// A request that no generated method stands for; see [`Client::request`].
///
/// ```no_run
/// use discovery_runtime::{Client, HttpMethod, Value};
///
/// # async fn example(client: Client) -> discovery_runtime::Result<()> {
/// let response = client
///     .request(HttpMethod::Post, "v1/albums")
///     .query("prettyPrint", "true")
///     .json(&serde_json::json!({ "album": { "title": "Iceland" } }))
///     .send()
///     .await?;
/// let album: Value = response.json()?;
/// # drop(album);
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
#[must_use = "a request does nothing until it is sent"]
pub struct RawRequest {
    client: Client,
    method: HttpMethod,
    path: String,
    query: Query,
    body: Payload,
    options: CallOptions,
    error: Option<String>,
}

impl RawRequest {
    pub(super) fn new(client: Client, method: HttpMethod, path: String) -> Self {
        Self {
            client,
            method,
            path,
            query: Query::default(),
            body: Payload::Empty,
            options: CallOptions::default(),
            error: None,
        }
    }

    /// Adds a query parameter; name and value are escaped.
    pub fn query(mut self, name: &str, value: &str) -> Self {
        self.query.push(name, value);
        self
    }

    /// Sends `value` as JSON.
    pub fn json<T: Serialize + ?Sized>(mut self, value: &T) -> Self {
        match serde_json::to_vec(value) {
            Ok(bytes) => self.body = Payload::json(bytes),
            Err(error) => {
                self.error
                    .get_or_insert(format!("the body is no JSON: {error}"));
            }
        }
        self
    }

    /// Sends `bytes` as they are.
    pub fn body(mut self, content_type: impl Into<String>, bytes: impl Into<Bytes>) -> Self {
        self.body = Payload::Bytes {
            content_type: content_type.into(),
            bytes: bytes.into(),
        };
        self
    }

    /// Options of this request.
    pub fn options(mut self, options: CallOptions) -> Self {
        self.options = options;
        self
    }

    /// Sends the request. A status other than a success is an error.
    pub async fn send(self) -> Result<RawResponse> {
        let method = Method {
            http: self.method,
            retry: if self.method.is_idempotent() {
                RetrySafety::Idempotent
            } else {
                RetrySafety::IfNotSent
            },
            ..Method::DEFAULT
        };
        let path = match self.error {
            Some(message) => Err(message),
            None => check_raw_path(&self.path),
        };
        let parts = Parts {
            method: &method,
            path: path.map_err(Error::invalid_argument)?,
            query: self.query,
            body: self.body,
            expects: Expects::Anything,
        };
        let memory = self.client.decoding(&self.options).memory;
        let call = self.client.core.prepare(parts, &self.options)?;
        let mut taken = None;
        let mut take = |response: FullResponse| {
            taken = Some(RawResponse { response, memory });
            Ok(())
        };
        self.client.run(call, &mut take).await?;
        taken.ok_or_else(|| Error::new(ErrorKind::NoResponse))
    }
}

impl fmt::Debug for RawRequest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("RawRequest")
            .field("method", &self.method)
            .field("options", &self.options)
            .finish_non_exhaustive()
    }
}

/// A successful response to a [`RawRequest`].
pub struct RawResponse {
    response: FullResponse,
    /// How much memory its JSON may take, in bytes.
    memory: u64,
}

impl RawResponse {
    /// The status code, such as 200.
    pub fn status(&self) -> u16 {
        self.response.status
    }

    /// The header fields.
    pub fn headers(&self) -> &Headers {
        &self.response.headers
    }

    /// The body as it came, content encodings removed.
    pub fn body(&self) -> &Bytes {
        &self.response.body
    }

    /// The body as JSON. The error never shows what it holds.
    ///
    /// It may take as much memory as [that of a method](crate::ClientBuilder::max_decoded_size),
    /// counted as if it were read as a [`Value`](crate::Value).
    pub fn json<T: DeserializeOwned>(&self) -> Result<T> {
        if metered::exceeds(self.memory, &self.response.body) {
            let too_large = BodyError::TooLarge(self.memory);
            return Err(self.error(BodyProblem::Decode(too_large)));
        }
        serde_json::from_slice(&self.response.body).map_err(|error| {
            self.error(BodyProblem::NoJson {
                line: error.line(),
                column: error.column(),
            })
        })
    }

    fn error(&self, problem: BodyProblem) -> Error {
        let FullResponse {
            status,
            headers,
            body,
        } = &self.response;
        let received = Received::new(*status, headers.clone(), body, None);
        Error::new(ErrorKind::Body(problem)).with_received(received)
    }
}

impl fmt::Debug for RawResponse {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("RawResponse")
            .field("status", &self.response.status)
            .field("headers", &self.response.headers)
            .field("body", &self.response.body)
            .finish_non_exhaustive()
    }
}
