//! How a client is put together.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use super::user_agent::user_agent;
use super::{Client, Core, SizeLimits};
use crate::codegen::Service;
use crate::url::Endpoint;
use crate::wire::memory::DEFAULT_LIMIT;
use crate::{
    CallOptions, Clock, Credentials, Error, Result, RetryBudget, RetryPolicy, Timeouts, Transport,
};

/// Puts a client together. Credentials are required; everything else has a default.
///
/// A client can be built anywhere. The default transport and the default clock need a tokio runtime
/// around each call, with its timers and its I/O driver on: `#[tokio::main]` has both, and
/// `tokio::runtime::Builder` needs `enable_all`.
#[must_use = "a builder makes no client until `build` is called"]
pub struct ClientBuilder<C> {
    config: Config,
    client: PhantomData<fn() -> C>,
}

#[derive(Default)]
struct Config {
    credentials: Option<Credentials>,
    scopes: Option<Vec<String>>,
    endpoint: Option<Result<Endpoint, String>>,
    transport: Option<Arc<dyn Transport>>,
    clock: Option<Arc<dyn Clock>>,
    timeouts: Timeouts,
    retry: RetryPolicy,
    budget: RetryBudget,
    limits: SizeLimits,
    user_agent: Option<String>,
    options: CallOptions,
}

/// A generated client: a service and a name for the core client.
pub trait ApiClient: Sized {
    /// The service that the client is for.
    const SERVICE: Service;

    /// Makes the client of a core client.
    fn from_core(core: Client) -> Self;
}

/// A core client alone has no service: it needs an endpoint.
impl ApiClient for Client {
    const SERVICE: Service = Service::new("", "", "");

    fn from_core(core: Client) -> Self {
        core
    }
}

impl Default for SizeLimits {
    fn default() -> Self {
        Self {
            response: 32 << 20,
            error: 1 << 20,
            decoded: DEFAULT_LIMIT,
        }
    }
}

impl<C: ApiClient> ClientBuilder<C> {
    // The `builder()` of every emitted client calls it; users call that.
    #[doc(hidden)]
    #[allow(
        clippy::new_without_default,
        reason = "a builder is made by the client it builds"
    )]
    pub fn new() -> Self {
        Self {
            config: Config::default(),
            client: PhantomData,
        }
    }

    /// Who the client acts for. Required; [`Credentials::anonymous`] stands for nobody.
    pub fn credentials(mut self, credentials: Credentials) -> Self {
        self.config.credentials = Some(credentials);
        self
    }

    /// The scopes that the credentials are asked for, instead of those that they have.
    pub fn scopes<S: Into<String>>(mut self, scopes: impl IntoIterator<Item = S>) -> Self {
        self.config.scopes = Some(scopes.into_iter().map(Into::into).collect());
        self
    }

    /// Another address for all calls, such as `https://photoslibrary.example.com/`, with or
    /// without a slash at the end. It starts with `https://` and has no user name, no query and
    /// no fragment; a path in it goes before the path of each call.
    pub fn endpoint(mut self, address: &str) -> Self {
        self.config.endpoint = Some(Endpoint::https(address));
        self
    }

    /// An address on this machine without TLS, such as `http://127.0.0.1:8080/`, for servers that
    /// tests and emulators run. Any other host is rejected: access tokens cross no network in the clear
    /// unless [`endpoint_in_the_clear`](Self::endpoint_in_the_clear) says so.
    pub fn endpoint_on_loopback(mut self, address: &str) -> Self {
        self.config.endpoint = Some(Endpoint::loopback(address));
        self
    }

    /// An address without TLS on any host, such as `http://emulator:8080/`, for test servers in a
    /// network of containers. **Everyone on the way reads the access tokens and the data, and can change
    /// both**: never use it with credentials of real users.
    ///
    /// Upload sessions and media are then accepted without TLS as well, from this host and port only.
    pub fn endpoint_in_the_clear(mut self, address: &str) -> Self {
        self.config.endpoint = Some(Endpoint::in_the_clear(address));
        self
    }

    /// How requests get to the server, instead of the default transport.
    ///
    /// An `Arc<T>` of a transport is one, too: keep a clone to look at it later.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.config.transport = Some(Arc::new(transport));
        self
    }

    /// The clock that the client lives by, instead of tokio's, which needs a runtime of tokio with
    /// its timers on.
    pub fn clock(mut self, clock: impl Clock) -> Self {
        self.config.clock = Some(Arc::new(clock));
        self
    }

    /// How long calls may take.
    pub fn timeouts(mut self, timeouts: Timeouts) -> Self {
        self.config.timeouts = timeouts;
        self
    }

    /// How often and when calls are retried.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.config.retry = policy;
        self
    }

    /// How many retries the client may make in all. Give several clients a clone of one budget to
    /// have them share it.
    pub fn retry_budget(mut self, budget: RetryBudget) -> Self {
        self.config.budget = budget;
        self
    }

    /// The name and version of the application, such as `gallery/1.2`; the client adds its own.
    pub fn user_agent(mut self, application: impl Into<String>) -> Self {
        self.config.user_agent = Some(application.into());
        self
    }

    /// The most of a response that is read, in bytes after decompression: 32 MiB without a choice
    /// of yours. A longer one fails the call.
    pub fn max_response_size(mut self, bytes: u64) -> Self {
        self.config.limits.response = bytes;
        self
    }

    /// The most of an error response that is read, in bytes after decompression: 1 MiB without a
    /// choice of yours. The rest is dropped.
    pub fn max_error_size(mut self, bytes: u64) -> Self {
        self.config.limits.error = bytes;
        self
    }

    /// The most memory that a decoded response may take, in bytes: 256 MiB without a choice of
    /// yours. More fails the call with [`is_too_large`](crate::Error::is_too_large), before it is
    /// there.
    ///
    /// A short body can stand for much: `{}` is two bytes in a list, and its value has the size of a
    /// schema. Lists, maps, free-form JSON and boxed schemas are counted; texts and bytes are not,
    /// as [`max_response_size`](Self::max_response_size) bounds them.
    pub fn max_decoded_size(mut self, bytes: u64) -> Self {
        self.config.limits.decoded = bytes;
        self
    }

    /// Options of all calls that do not say otherwise.
    pub fn call_options(mut self, options: CallOptions) -> Self {
        self.config.options = options;
        self
    }

    /// Makes the client.
    ///
    /// It sends nothing. The default transport reads the certificates that the system trusts.
    pub fn build(self) -> Result<C> {
        self.config.build(C::SERVICE).map(C::from_core)
    }
}

impl Config {
    fn build(self, service: Service) -> Result<Client> {
        let endpoint = match self.endpoint {
            Some(endpoint) => endpoint,
            None if service.root_url.is_empty() => Err("no endpoint is set".to_owned()),
            None => Endpoint::https(service.root_url),
        };
        let endpoint = endpoint.map_err(Error::configuration)?;
        let Some(credentials) = self.credentials else {
            let message = "no credentials are set; Credentials::anonymous() stands for nobody";
            return Err(Error::configuration(message));
        };
        let credentials = match self.scopes {
            Some(scopes) => credentials.with_scopes(scopes),
            None => credentials,
        };
        let options = match credentials.quota_project() {
            Some(project) => {
                let defaults = CallOptions::default().with_user_project(project);
                self.options.or(&defaults)
            }
            None => self.options,
        };
        if let Some(message) = options.error() {
            return Err(Error::configuration(message));
        }
        let application = self.user_agent.as_deref();
        if application.is_some_and(|name| !name.bytes().all(|byte| (b' '..=b'~').contains(&byte))) {
            return Err(Error::configuration(
                "the user agent has characters that no header can carry",
            ));
        }
        let core = Core {
            user_agent: user_agent(application, &service),
            application: self.user_agent,
            service,
            endpoint,
            transport: self
                .transport
                .map_or_else(|| default_transport(&self.timeouts), Ok)?,
            credentials,
            clock: self.clock.map_or_else(default_clock, Ok)?,
            timeouts: self.timeouts,
            retry: self.retry,
            budget: self.budget,
            limits: self.limits,
            options,
        };
        let core = Arc::new(core);
        Ok(Client { core })
    }
}

#[cfg(feature = "default-transport")]
fn default_transport(timeouts: &Timeouts) -> Result<Arc<dyn Transport>> {
    let builder = crate::transport::HyperTransport::builder().connect_timeout(timeouts.connect);
    Ok(Arc::new(builder.build()?))
}

#[cfg(not(feature = "default-transport"))]
fn default_transport(_: &Timeouts) -> Result<Arc<dyn Transport>> {
    let message = "no transport is set, and the feature `default-transport` is off";
    Err(Error::configuration(message))
}

#[cfg(feature = "default-transport")]
#[allow(
    clippy::unnecessary_wraps,
    reason = "without the feature there is none"
)]
fn default_clock() -> Result<Arc<dyn Clock>> {
    Ok(Arc::new(crate::clock::TokioClock::new()))
}

#[cfg(not(feature = "default-transport"))]
fn default_clock() -> Result<Arc<dyn Clock>> {
    let message = "no clock is set, and the feature `default-transport` is off";
    Err(Error::configuration(message))
}

impl<C: ApiClient> Default for ClientBuilder<C> {
    fn default() -> Self {
        Self::new()
    }
}

impl<C> fmt::Debug for ClientBuilder<C> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("ClientBuilder")
            .finish_non_exhaustive()
    }
}
