//! A call as the request that it becomes: address, headers and body, checked before anything is
//! sent.

use std::time::Duration;

use super::{Client, Core, Payload};
use crate::codegen::{Method, Request, RetrySafety};
use crate::retry::{RetryLoop, RetryTerms};
use crate::transport::Headers;
use crate::url::{MAX_LENGTH, Query, expand};
use crate::{CallOptions, Error, HttpMethod, Result, RetryPolicy, Timeouts};

/// An upload may come with an empty body: what it changes are the bytes.
const NO_CHANGE: &str = "nothing is to be changed: no field is set, cleared or set to an empty \
    list (a list without entries in the body is not sent)";

/// A call that can be sent, any number of times.
pub(crate) struct Prepared {
    /// The identifier of the method; empty if there is none.
    pub(super) id: &'static str,
    pub(super) template: &'static str,
    pub(super) http: HttpMethod,
    pub(super) scopes: &'static [&'static str],
    pub(super) url: String,
    pub(super) headers: Headers,
    pub(super) body: Payload,
    pub(super) expects: Expects,
    pub(super) safety: RetrySafety,
    pub(super) timeouts: Timeouts,
    pub(super) retry: RetryPolicy,
}

/// What the body of a successful response must be.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Expects {
    Json,
    /// A JSON array whose elements the server sends one after another.
    JsonStream,
    Anything,
}

impl Expects {
    pub(crate) fn is_json(self) -> bool {
        matches!(self, Self::Json | Self::JsonStream)
    }
}

/// What differs between a generated call and a request by hand.
pub(super) struct Parts<'a> {
    pub(super) method: &'a Method,
    pub(super) path: &'a str,
    pub(super) query: Query,
    pub(super) body: Payload,
    pub(super) expects: Expects,
}

impl Client {
    /// Prepares the call of a generated method.
    pub(super) fn prepare(&self, request: Request, options: &CallOptions) -> Result<Prepared> {
        let Request {
            method,
            values,
            query,
            body,
            error,
            any_response,
            changes_nothing,
            ..
        } = request;
        let path = match error {
            Some(message) => Err(message),
            None if changes_nothing => Err(NO_CHANGE.to_owned()),
            None => expand(method.path, &values),
        };
        let json = !any_response && method.alt.is_none_or(|alt| alt == "json");
        path.map_err(Error::invalid_argument)
            .and_then(|path| {
                let parts = Parts {
                    method,
                    path: &path,
                    query,
                    body,
                    expects: match (json, method.streams) {
                        (true, true) => Expects::JsonStream,
                        (true, false) => Expects::Json,
                        (false, _) => Expects::Anything,
                    },
                };
                self.core.prepare(parts, options)
            })
            .map_err(|error| error.with_method(method.id, method.scopes))
    }
}

impl Core {
    /// Puts the request together.
    pub(super) fn prepare(&self, parts: Parts<'_>, options: &CallOptions) -> Result<Prepared> {
        let Parts {
            method,
            path,
            mut query,
            body,
            expects,
        } = parts;
        let options = options.or(&self.options);
        if let Some(message) = options.error() {
            return Err(Error::invalid_argument(message));
        }
        if let Some(alt) = method.alt {
            query.push("alt", alt);
        }
        options.add_to_query(&mut query, self.service.compact_json && expects.is_json());
        Ok(Prepared {
            id: method.id,
            template: method.path,
            http: method.http,
            scopes: method.scopes,
            url: self.address(path, &query)?,
            headers: self.headers(method, &body, expects, &options)?,
            body,
            expects,
            safety: options.retry_safety(method.retry),
            timeouts: options.timeouts(self.timeouts),
            retry: options.retry.unwrap_or_else(|| self.retry.clone()),
        })
    }

    /// The retry loop of a call that may take `total`.
    pub(super) fn retry_loop(&self, call: &Prepared, total: Option<Duration>) -> RetryLoop {
        RetryLoop::new(RetryTerms {
            id: call.id,
            scopes: call.scopes,
            http: call.http,
            safety: call.safety,
            policy: call.retry.clone(),
            total,
            budget: self.budget.clone(),
            clock: self.clock.clone(),
            credentials: self.credentials.clone(),
        })
    }

    fn address(&self, path: &str, query: &Query) -> Result<String> {
        let mut url = self.endpoint.join(path);
        if !query.as_str().is_empty() {
            url.push('?');
            url.push_str(query.as_str());
        }
        if url.len() > MAX_LENGTH {
            let length = url.len();
            let message = format!("the address has {length} bytes; {MAX_LENGTH} can be sent");
            return Err(Error::invalid_argument(message));
        }
        Ok(url)
    }

    fn headers(
        &self,
        method: &Method,
        body: &Payload,
        expects: Expects,
        options: &CallOptions,
    ) -> Result<Headers> {
        // Room for those below, whose names and short values are less than 100 bytes.
        let mut headers = Headers::with_capacity(4, self.user_agent.len() + 100);
        headers.push("user-agent", &self.user_agent);
        headers.push(
            "accept",
            if expects.is_json() {
                "application/json"
            } else {
                "*/*"
            },
        );
        if let Payload::Bytes { content_type, .. } = body {
            if !content_type
                .bytes()
                .all(|byte| (b' '..=b'~').contains(&byte))
            {
                let message = "the type of the body has characters that no header can carry";
                return Err(Error::invalid_argument(message));
            }
            headers.push("content-type", content_type);
        }
        if let Some(version) = method.api_version {
            headers.push("x-goog-api-version", version);
        }
        for (name, value) in options.headers() {
            headers.push(name, value);
        }
        Ok(headers)
    }
}
