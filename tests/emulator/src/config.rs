//! What a test or a command line can choose about the emulated service.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::time::Duration;

use crate::quota::Quotas;
use crate::state::access::DEFAULT_CLIENT;

/// Settings of one emulator; [`Emulator::configure`](crate::Emulator::configure) changes them while it runs.
#[derive(Clone, Debug)]
#[non_exhaustive]
#[allow(
    clippy::struct_excessive_bools,
    reason = "independent switches, not states of one machine"
)]
pub struct Config {
    /// Address to listen on: 127.0.0.1 by default. With another one, such as 0.0.0.0 in a container, everyone who
    /// reaches this machine can read and change what is in the emulator. Read once, at the start.
    pub host: IpAddr,
    /// Port on that address; 0 takes a free one. Read once, at the start.
    pub port: u16,
    /// Accepts any bearer token as the default user with the live scopes, any OAuth client id and any secret.
    /// Tokens that expired or were revoked are refused all the same.
    pub developer_mode: bool,
    /// Opens the sharing methods and the scopes that were removed on 2025-03-31.
    pub legacy_sharing: bool,
    /// `false` replies to every API call like a project in which the API is not enabled.
    pub api_enabled: bool,
    /// Habits of the service that surprise clients; all off by default.
    pub quirks: Quirks,
    /// Limits; unlimited by default except for concurrent writes.
    pub quotas: Quotas,
    /// Applications that can sign in; by default one with the id [`DEFAULT_CLIENT`] and without a secret.
    pub oauth_clients: Vec<OAuthClient>,
    /// How long an access token lives: 3,599 s by default, as the token endpoint usually says.
    pub access_token_lifetime: Duration,
    /// Whether each refresh replaces the refresh token and ends the old one.
    pub rotate_refresh_tokens: bool,
    /// What the user decides on the sign-in page.
    pub consent: Consent,
    /// What happens to a page size above the documented maximum.
    pub page_size_over_maximum: OverMaximum,
    /// No page is larger than this, whatever is asked for: paging with few items. `None` by default.
    pub largest_page: Option<u32>,
    /// How long a page token can be used; `None`, the default, is for ever.
    pub page_token_lifetime: Option<Duration>,
    /// How many reads of a new video say `PROCESSING` before it is `READY`; 1 by default.
    pub video_processing_reads: u32,
    /// How often a client should ask for a picking session; 5 s by default.
    pub picking_poll_interval: Duration,
    /// How long a client should ask for it in all; 30 minutes by default.
    pub picking_timeout: Duration,
    /// How long a picking session and what was picked can be read; a day by default.
    pub picking_session_lifetime: Duration,
    /// How many picking sessions a user may have with one application; 50 by default, since the service's number is
    /// not recorded.
    pub picking_sessions: usize,
    /// Whether the user has an active Google Photos account, without which no picking session can be made.
    pub photos_account: bool,
    /// Host name in the redirect of `=dv`, for instance `localhost`: the service redirects to another host.
    /// `None`, the default, stays on the host of the request.
    pub video_host: Option<String>,
    /// Whether the session URL of a resumable upload needs the access token as well; on by default.
    pub session_requires_token: bool,
    /// How long a write or a step of an upload is in flight, in real time; zero by default.
    pub write_latency: Duration,
    /// The largest accepted request body in bytes; 512 MiB by default, since everything is kept in memory.
    pub max_body: u64,
    /// How many of the last requests are kept for inspection; 10,000 by default, 0 keeps none.
    pub recorded_requests: usize,
    /// Called once for each request that got its reply.
    pub log: Option<Log>,
    /// Makes ids, tokens and URLs of two emulators differ; the same seed and calls give the same ids.
    /// Read once, at the start.
    pub seed: u64,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            host: IpAddr::V4(Ipv4Addr::LOCALHOST),
            port: 0,
            developer_mode: false,
            legacy_sharing: false,
            api_enabled: true,
            quirks: Quirks::default(),
            quotas: Quotas::default(),
            oauth_clients: vec![OAuthClient {
                id: DEFAULT_CLIENT.to_owned(),
                secret: None,
            }],
            access_token_lifetime: Duration::from_secs(3599),
            rotate_refresh_tokens: false,
            consent: Consent::Approve,
            page_size_over_maximum: OverMaximum::Clamp,
            largest_page: None,
            page_token_lifetime: None,
            video_processing_reads: 1,
            picking_poll_interval: Duration::from_secs(5),
            picking_timeout: Duration::from_secs(30 * 60),
            picking_session_lifetime: Duration::from_secs(24 * 60 * 60),
            picking_sessions: 50,
            photos_account: true,
            video_host: None,
            session_requires_token: true,
            write_latency: Duration::ZERO,
            max_body: 512 << 20,
            recorded_requests: 10_000,
            log: None,
            seed: 0,
        }
    }
}

/// An application that is registered for sign-in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OAuthClient {
    /// The client id.
    pub id: String,
    /// The client secret; `None` for an application that has none.
    pub secret: Option<String>,
}

/// Habits of the live service that are legal, rare and break careless clients.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "each habit is switched by itself"
)]
pub struct Quirks {
    /// Every second page holds about half of what was asked for.
    pub short_pages: bool,
    /// A listing starts with a page that has a token and no elements.
    pub empty_pages: bool,
    /// The first element of a page repeats the last one of the page before.
    pub repeated_first: bool,
    /// The last page carries a token that leads to `{}`.
    pub trailing_token: bool,
    /// A batch in which some elements failed replies 207 in place of 200.
    pub multi_status: bool,
}

impl Quirks {
    /// Every habit at once.
    pub const fn all() -> Self {
        Self {
            short_pages: true,
            empty_pages: true,
            repeated_first: true,
            trailing_token: true,
            multi_status: true,
        }
    }
}

/// The user's decision when an application asks for access.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Consent {
    /// Everything that was asked for is granted, without a page.
    Approve,
    /// Only these scopes are granted, without a page: users can untick the rest.
    ApproveOnly(Vec<String>),
    /// Access is refused, without a page.
    Deny,
    /// A page with two buttons is shown.
    Ask,
}

/// What happens to a page size above the documented maximum; what the service does is not recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum OverMaximum {
    /// The maximum is used.
    Clamp,
    /// The call is refused with 400.
    Refuse,
}

/// Receives one line for each request that got its reply.
#[derive(Clone)]
pub struct Log(Arc<dyn Fn(&LogLine<'_>) + Send + Sync>);

impl Log {
    /// Calls `write` for each request that got its reply, on the task that serves it.
    pub fn new(write: impl Fn(&LogLine<'_>) + Send + Sync + 'static) -> Self {
        Self(Arc::new(write))
    }

    pub(crate) fn write(&self, line: &LogLine<'_>) {
        (self.0)(line);
    }
}

impl std::fmt::Debug for Log {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Log")
    }
}

/// One request and its reply, without anything that authorizes: no query, no header, no body.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct LogLine<'a> {
    /// HTTP method of the request.
    pub http_method: &'a str,
    /// What was called, for instance `mediaItems.batchCreate` or `uploads.query`.
    pub method_id: &'a str,
    /// HTTP status of the reply; 0 when the connection was broken off instead.
    pub status: u16,
    /// Why the emulator replied so, where the reply itself does not say it.
    pub note: Option<&'a str>,
}
