//! The client that all generated clients wrap: one for all services, compiled once.

mod attempt;
mod builder;
mod collect;
mod execute;
pub(crate) mod media;
mod payload;
mod prepare;
mod raw;
mod response;
mod stream;
mod user_agent;

use std::fmt;
use std::sync::Arc;

pub(crate) use self::attempt::is_cut_off;
pub use self::builder::{ApiClient, ClientBuilder};
#[cfg(feature = "oauth")]
pub(crate) use self::collect::{Collected, collect};
pub(crate) use self::payload::Payload;
pub use self::raw::{RawRequest, RawResponse};
pub(crate) use self::response::{Decode, Decoding, FullResponse};
use crate::codegen::Service;
use crate::url::Endpoint;
use crate::{
    CallOptions, Clock, Credentials, HttpMethod, RetryBudget, RetryPolicy, Timeouts, Transport,
};

/// The client that all generated clients wrap.
///
/// Clones are cheap and share everything: connections, access tokens, the retry budget. By itself
/// it makes [requests](Self::request) that no generated method stands for.
#[derive(Clone)]
pub struct Client {
    core: Arc<Core>,
}

struct Core {
    service: Service,
    endpoint: Endpoint,
    transport: Arc<dyn Transport>,
    credentials: Credentials,
    clock: Arc<dyn Clock>,
    timeouts: Timeouts,
    retry: RetryPolicy,
    budget: RetryBudget,
    limits: SizeLimits,
    user_agent: String,
    options: CallOptions,
}

/// How much of a body is read into memory, in bytes after decompression, and how much it may take
/// there once it is decoded.
#[derive(Clone, Copy)]
struct SizeLimits {
    response: u64,
    error: u64,
    decoded: u64,
}

impl Client {
    /// A builder of a client without a service: its endpoint has to be set.
    pub fn builder() -> ClientBuilder<Self> {
        ClientBuilder::new()
    }

    /// A request that no generated method stands for: a path from the endpoint, such as
    /// `v1/albums`, sent as it is: percent-encode the values in it, `/` included where a value is one
    /// segment. A path with a segment that is empty, or `.` or `..` in any number of layers of
    /// escapes, is rejected.
    ///
    /// Credentials, timeouts, retries and errors are those of every call. What is idempotent in
    /// HTTP (`GET`, `HEAD`, `PUT`, `DELETE`) is retried after transient errors; say
    /// [`with_idempotent`](CallOptions::with_idempotent) if you know better.
    pub fn request(&self, method: HttpMethod, path: impl Into<String>) -> RawRequest {
        RawRequest::new(self.clone(), method, path.into())
    }

    /// How a call with these options decodes its response.
    pub(crate) fn decoding(&self, options: &CallOptions) -> Decoding {
        let defaults = &self.core.options;
        let strict = options.is_strict().or(defaults.is_strict());
        let memory = options.max_decoded_size().or(defaults.max_decoded_size());
        Decoding {
            strict: strict.unwrap_or_default(),
            memory: memory.unwrap_or(self.core.limits.decoded),
        }
    }

    /// The options of all calls, as far as they don't say anything else.
    pub(crate) fn default_options(&self) -> &CallOptions {
        &self.core.options
    }

    /// Where calls go, such as `https://photoslibrary.googleapis.com/`, with a slash at the end.
    pub fn endpoint(&self) -> &str {
        self.core.endpoint.as_str()
    }

    /// The retry policy of calls that have none of their own, for what repeats several calls.
    pub fn retry_policy(&self) -> &RetryPolicy {
        let options = self.core.options.retry.as_ref();
        options.unwrap_or(&self.core.retry)
    }

    /// The clock that the client lives by, for what has to agree with it.
    pub fn clock(&self) -> &Arc<dyn Clock> {
        &self.core.clock
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Client")
            .field("service", &self.core.service.name)
            .field("version", &self.core.service.version)
            .field("revision", &self.core.service.revision)
            .field("endpoint", &self.core.endpoint.as_str())
            .field("credentials", &self.core.credentials)
            .finish_non_exhaustive()
    }
}
