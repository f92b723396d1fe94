//! The runtime that every client generated from a Google API Discovery document depends on.
//!
//! An emitted crate says what its methods send and what comes back; everything else is here, once
//! for all of them: credentials, retries, timeouts, errors, paging, uploads and downloads.
//!
//! ```no_run
//! use discovery_runtime::{Client, Credentials, HttpMethod, Value};
//!
//! # async fn example() -> discovery_runtime::Result<()> {
//! let client = Client::builder()
//!     .endpoint("https://photoslibrary.googleapis.com/")
//!     .credentials(Credentials::token("ACCESS_TOKEN"))
//!     .build()?;
//!
//! // An emitted crate has a typed method for this: `client.albums().get("ALBUM_ID").send()`.
//! match client.request(HttpMethod::Get, "v1/albums/ALBUM_ID").send().await {
//!     Ok(response) => println!("{}", response.json::<Value>()?["title"]),
//!     Err(error) if error.is_not_found() => println!("there is no such album"),
//!     Err(error) => return Err(error),
//! }
//! # Ok(())
//! # }
//! ```
//!
//! | To | Use |
//! |---|---|
//! | set up a client: endpoint, limits of size and time, retries | [`ClientBuilder`] |
//! | authenticate, sign users in | [`Credentials`]; the module `oauth` (feature `oauth`) |
//! | change one call: timeouts, `fields`, headers, retries | [`CallOptions`], [`RetryPolicy`] |
//! | find out why a call failed, and what to do | [`Error`] and its predicates |
//! | read lists page by page or item by item | [`Pages`], [`Items`] |
//! | send a file, get one | [`upload`], [`download`] |
//! | wait for long-running operations | [`operation`] |
//! | see status and headers of a success, or a request before it is sent | [`Response`], [`RequestPreview`] |
//! | make a call that no method stands for | [`Client::request`] |
//! | work with times, durations, masks and bytes of schemas | [`wire`] |
//! | bring an HTTP stack of your own, or test without a network | [`transport`]; [`Clock`] |
//!
//! # Features
//!
//! | Feature | On by default | Brings |
//! |---|---|---|
//! | `default-transport` | yes | HTTP/1.1 and HTTP/2 on hyper and rustls, and the clock of tokio; without it a client needs a [`Transport`] and a [`Clock`] of its own |
//! | `ring` | yes | the cryptography of TLS |
//! | `aws-lc-rs` | no | another one, used instead of `ring` if it is on; with neither, the `CryptoProvider` of rustls that the program installs |
//! | `upload` | no; of a crate with methods that take bytes: yes | the module `upload` |
//! | `download` | no; of a crate with methods that give bytes: yes | the module `download` |
//! | `fs` | no; of a crate with either: yes | uploads from files, downloads into files |
//! | `oauth` | no | the module `oauth`: signing in, token files; brings `default-transport` |
//! | `chrono`, `time`, `jiff` (1.x), `jiff02` (0.2) | no | conversions of times, durations and dates |
//! | `test-util` | no | a transport and a clock for tests |
//!
//! An emitted crate has the same features and passes them on: turn them on there. A program that only
//! makes calls compiles fastest with what they need:
//! `default-features = false, features = ["default-transport", "ring"]`.
//!
//! # What arguments and setters take
//!
//! | Value | Forms |
//! |---|---|
//! | text | `"text"`, a `String`, whatever is `Into<String>` |
//! | bytes, field masks, free-form JSON | what is `Into` [`Bytes`], [`FieldMask`], [`Value`]: `b"..".as_slice()`, `"title,cover"`, `json` |
//! | numbers, times, enums, objects | the type itself, so that `parse()?`, `try_into()?` and `into()` know what to make: `"2026-01-31T12:00:00Z".parse()?` |
//! | lists | whatever has such values in it: `["a", "b"]`, `&["a", "b"]`, `vec![..]`, `&names`, an iterator; text is what is `AsRef<str>` |
//! | maps | pairs: `[("key", "value")]`, a `HashMap`, or `&map` of text |
//!
//! A value that may be missing goes through `if_some`, which every call has, whatever its type:
//! `call.if_some(token, List::page_token)`. Fields of schemas are public, and an `Option` can be set:
//! `album.title = title`. An empty list is sent as little as one that is not set; where one has to
//! stand, it says of what: `Vec::<String>::new()`, not `[]`, which could be of `&str` or of `String`.
//!
//! # Where calls run
//!
//! Calls are made inside a tokio runtime that has its timers and its I/O driver on, as those of
//! `#[tokio::main]` and `#[tokio::test]` have; one that is built by hand needs
//! `tokio::runtime::Builder::enable_all`. Timeouts and waits need the timers, sockets the I/O
//! driver. Outside of a runtime the default transport fails each call with an error that says so;
//! if a driver is off, tokio panics and names it. A client with a [transport](transport::Transport)
//! and a [clock](Clock) of its own needs neither.
//!
//! # How a call goes through the files
//!
//! From here on the page is for those who change this crate.
//!
//! ```text
//! albums().get("ID").send()      emitted: a struct of parameters and a Context
//!    |
//! Call::request                  emitted: method, path values, query and body as a Request
//!    |                              codegen/call.rs, codegen/request.rs
//! Client::prepare                options of call and client joined, path and query escaped, all
//!    |                           that can be wrong found: nothing was sent yet
//!    |                              client/prepare.rs, options/, url/
//!    v
//! +- retry loop                  budget, backoff, deadline; a rejected token is replaced once
//! |  |                              client/execute.rs, retry/
//! |  |-> access token            cached, one fetch for all who wait
//! |  |                              credentials/
//! |  |-> attempt                 one request, its timeout, its size limits
//! |  |  |                           client/attempt.rs, clock/
//! |  |  |-> Transport::send      HTTP and TLS; every status is a response
//! |  |  |                           transport/
//! |  |  |-> not a success        Error from status, google.rpc.Status and headers
//! |  |  |                           error/, rpc/
//! |  |  `-> success: decode      strict, then lenient
//! |  |                              codegen/from_body.rs, wire/
//! |  `-> classify an error       was the request processed, is the error transient?
//! |                                 retry/classify.rs
//! `- wait and retry, or stop
//!    |
//!    v
//! Result<Album>                  an Error has all attempts, and whether the outcome is unknown
//! ```
//!
//! Only the first two steps and the decoding know the types of a call; the rest is compiled once.
//! [`Pages`] makes such a call for each page, [`operation`] for each poll. [`upload`] and
//! [`download`] have loops of their own, since they continue where they stopped, on the same
//! transport, credentials, clock and retry policy (`client/media/`).
//!
//! # What never happens
//!
//! * No call follows a redirect: that is an error, which names the host. A download from an address
//!   follows five at most, to hosts of media, and has no access token with it.
//! * An access token goes to the endpoint only, and to upload sessions at its host or at hosts that
//!   the emitted method or the user names. No value of a parameter changes the host or the route of
//!   a request.
//! * No token, code or secret is in `Debug`, in errors or in traces; an address shows without its
//!   query, a value that cannot be decoded does not show at all.
//! * No call is retried that the server may have processed, unless it is idempotent.
//! * No call waits without a limit, and no transfer without progress, unless its user says so.
//! * No body is read into memory beyond a limit, compressed or not.
//! * What is truncated is never taken for whole: neither a response nor a download.
//! * Nothing panics on what a server sends, and nothing opens a browser unless `sign_in` is called.
//! * No type of an HTTP, TLS or async crate is in the public API, except behind
//!   `HyperTransport::from_hyper_client`.
//!
//! # Where to look for what
//!
//! | Question | Module |
//! |---|---|
//! | What may emitted code name? What do its macros write? | [`codegen`] |
//! | What is sent, attempt by attempt? | `client` |
//! | Which failures are retried, when, how often? | `retry` |
//! | What does an error say, and what does it hide? | `error` |
//! | How is Google's error format read? | [`rpc`] |
//! | How are paths, queries and endpoints checked and escaped? | `url` |
//! | How does JSON become a value, and the other way? | [`wire`] |
//! | Who fetches a token, when is it fresh? | `credentials`; `oauth` for grants and their file |
//! | What does HTTP look like, which proxy, which limits of heads? | [`transport`] |
//! | How do uploads continue, which protocols are there? | [`upload`]; `upload/dialect` |
//! | How do downloads continue, what is compared? | [`download`] |
//! | How are files written that only their owner reads? | `private_file` |
//! | How does an operation end? | [`operation`] |
//! | What time is it, in a test too? | `clock` |

#![cfg_attr(docsrs, feature(doc_cfg))]
// Uploads and downloads use what calls do not: such as streams, and addresses that a server gave.
#![cfg_attr(
    not(all(feature = "download", feature = "fs", feature = "upload")),
    allow(dead_code, unused_imports)
)]

#[cfg(any(feature = "fs", feature = "oauth"))]
mod blocking;
mod client;
mod clock;
#[doc(hidden)]
pub mod codegen;
mod credentials;
#[cfg(feature = "download")]
pub mod download;
mod error;
mod gzip;
#[cfg(feature = "oauth")]
pub mod oauth;
mod one_line;
pub mod operation;
mod options;
mod pages;
#[cfg(feature = "private-files")]
#[doc(hidden)]
pub mod private_file;
mod raw_body;
mod response;
mod retry;
pub mod rpc;
mod secret;
mod stream;
mod timeouts;
pub mod transport;
#[cfg(feature = "upload")]
pub mod upload;
mod url;
pub mod wire;

use std::pin::Pin;

/// For the crates on top of this one, such as `google-photos`.
#[cfg(any(feature = "fs", feature = "oauth"))]
#[doc(hidden)]
pub use blocking::blocking;
pub use client::{Client, ClientBuilder, RawRequest, RawResponse, RequestPreview};
pub use clock::Clock;
#[cfg(feature = "test-util")]
pub use clock::TestClock;
pub use codegen::UnrecognizedValue;
pub use codegen::{Method, RetrySafety};
pub use credentials::{AccessToken, Credentials, CredentialsError, TokenRequest, TokenSource};
// For errors of our crates that users see as they see those of calls.
#[doc(hidden)]
pub use error::with_causes;
pub use error::{Attempt, AttemptOutcome, Error, QuotaKind, Result};
pub use one_line::OneLine;
pub use options::CallOptions;
pub use pages::{Items, Pages};
pub use raw_body::RawBody;
pub use response::Response;
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
