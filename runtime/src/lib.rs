//! The runtime that every client generated from a Google API Discovery document depends on.
//!
//! # Where calls run
//!
//! Calls are made inside a tokio runtime that has its timers and its I/O driver on, as those of
//! `#[tokio::main]` and `#[tokio::test]` have; one that is built by hand needs
//! `tokio::runtime::Builder::enable_all`. Timeouts and waits need the timers, sockets the I/O
//! driver. Outside of a runtime the default transport fails each call with an error that says so;
//! if a driver is off, tokio panics and names it. A client with a [transport](transport::Transport)
//! and a [clock](Clock) of its own needs neither.

#[cfg(any(feature = "fs", feature = "oauth"))]
mod blocking;
mod client;
mod clock;
#[doc(hidden)]
pub mod codegen;
mod credentials;
pub mod download;
mod error;
mod gzip;
#[cfg(feature = "oauth")]
pub mod oauth;
pub mod operation;
mod options;
mod pages;
mod raw_body;
mod retry;
pub mod rpc;
mod secret;
mod stream;
mod timeouts;
pub mod transport;
pub mod upload;
mod url;
pub mod wire;

use std::pin::Pin;

/// For the crates on top of this one, such as `google-photos`.
#[cfg(any(feature = "fs", feature = "oauth"))]
#[doc(hidden)]
pub use blocking::blocking;
pub use client::{Client, ClientBuilder, RawRequest, RawResponse};
pub use clock::Clock;
#[cfg(feature = "test-util")]
pub use clock::TestClock;
pub use codegen::UnrecognizedValue;
pub use codegen::{Method, RetrySafety};
pub use credentials::{AccessToken, Credentials, CredentialsError, TokenRequest, TokenSource};
pub use error::{Attempt, AttemptOutcome, Error, QuotaKind, Result};
pub use options::CallOptions;
pub use pages::{Items, Pages};
pub use raw_body::RawBody;
pub use retry::{Jitter, RetryBudget, RetryPolicy};
pub use secret::Secret;
pub use timeouts::Timeouts;
pub use transport::{HttpMethod, Transport};
pub use wire::{
    Bytes, Date, DateTime, Duration, FieldMask, FormatError, LocalDateTime, Map, NullValue,
    Timestamp, Value,
};

/// A future behind a pointer, as traits that are used as objects return it.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Any error, as the source of another one.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;
