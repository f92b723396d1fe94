//! The client that all generated clients wrap: one for all services, compiled once.

mod attempt;
mod builder;
mod collect;
mod execute;
#[cfg(any(feature = "download", feature = "upload"))]
pub(crate) mod media;
mod payload;
mod prepare;
mod preview;
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
pub use self::preview::RequestPreview;
pub use self::raw::{RawRequest, RawResponse};
pub(crate) use self::response::{Decode, Decoding, FullResponse};
use self::user_agent::user_agent;
use crate::codegen::Service;
use crate::url::Endpoint;
use crate::{
    CallOptions, Clock, Credentials, Error, HttpMethod, Result, RetryBudget, RetryPolicy, Timeouts,
    Transport,
};

/// The client that all generated clients wrap.
///
/// Clones are cheap and share everything: connections, access tokens, the retry budget. By itself
/// it makes [requests](Self::request) that no generated method stands for.
#[derive(Clone)]
pub struct Client {
    core: Arc<Core>,
}

#[derive(Clone)]
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
    /// The name of the application, as its user gave it.
    application: Option<String>,
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

    /// A client of another API for the same user: it shares connections, credentials, the clock, the
    /// limits, the options and the retry budget with this one, so that signing in once with the scopes
    /// of both is enough.
    ///
    /// It goes to the address of its own API. If this client's is without TLS, [on this
    /// machine](ClientBuilder::endpoint_on_loopback) or [elsewhere](ClientBuilder::endpoint_in_the_clear),
    /// as that of an emulator is, it goes there as well.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](crate::Error::is_configuration) if the API has no address.
    pub fn for_api<C: ApiClient>(&self) -> Result<C> {
        let endpoint = if self.core.endpoint.is_in_the_clear() {
            self.core.endpoint.clone()
        } else {
            Endpoint::https(C::SERVICE.root_url).map_err(Error::configuration)?
        };
        let core = Core {
            service: C::SERVICE,
            endpoint,
            user_agent: user_agent(self.core.application.as_deref(), &C::SERVICE),
            ..(*self.core).clone()
        };
        let core = Arc::new(core);
        Ok(C::from_core(Client { core }))
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
