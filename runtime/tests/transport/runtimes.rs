//! Where the default transport runs, and what it says where it can't.

use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};

use discovery_runtime::Credentials;

use crate::client::{ALBUM, builder, client, client_with};
use crate::server::Step::{Read, Send, Stall};
use crate::server::{Server, response};
use crate::support::Photos;

/// Runs a future that never waits, as an executor of another crate would.
fn block_on<T>(future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    match future
        .as_mut()
        .poll(&mut Context::from_waker(Waker::noop()))
    {
        Poll::Ready(result) => result,
        Poll::Pending => panic!("it waits for something outside of a runtime"),
    }
}

#[test]
fn outside_of_a_runtime_the_error_names_the_cause() {
    let client = client_with(builder().build().unwrap(), "http://127.0.0.1:9/");
    let photos: Photos = Photos::builder()
        .credentials(Credentials::anonymous())
        .build()
        .unwrap();
    for client in [client, photos] {
        for error in [
            block_on(client.get("a").send()).map(drop).unwrap_err(),
            block_on(client.add().send()).map(drop).unwrap_err(),
        ] {
            let text = error.to_string();
            assert!(text.contains("there is no tokio runtime here"), "{text}");
            assert!(text.contains("enable_all"), "{text}");
            assert!(
                !error.is_retryable() && !error.is_outcome_unknown(),
                "{error:?}"
            );
            assert_eq!(error.attempts().len(), 1, "{error:?}");
        }
    }
}

/// A call in a runtime that has less than `enable_all` gives it.
fn call_in(mut runtime: tokio::runtime::Builder) {
    let client = client_with(builder().build().unwrap(), "http://127.0.0.1:9/");
    let _ = runtime.build().unwrap().block_on(client.get("a").send());
}

/// Tokio has no way to ask for its drivers; its own message is what the user sees.
#[test]
#[should_panic(expected = "timers are disabled. Call `enable_time`")]
fn a_runtime_without_timers_is_named() {
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    runtime.enable_io();
    call_in(runtime);
}

#[test]
#[should_panic(expected = "IO is disabled. Call `enable_io`")]
fn a_runtime_without_an_io_driver_is_named() {
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    runtime.enable_time();
    call_in(runtime);
}

/// A connection is driven by the runtime that made it, and a `current_thread` runtime stands still
/// between two calls of `block_on`: <https://docs.rs/tokio/latest/tokio/runtime/index.html>.
#[test]
fn runtimes_have_connections_of_their_own() {
    let good = || Send(response("200 OK", "", ALBUM));
    let steps = || vec![Read, good(), Read, good(), Stall];
    let servers = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .unwrap();
    let server = servers.block_on(Server::start([steps(), steps()]));
    let client = client(&server);
    let runtime = || {
        tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap()
    };
    let (idle, other) = (runtime(), runtime());
    idle.block_on(client.get("a").send()).unwrap();
    let start = Instant::now();
    other.block_on(client.add().send()).unwrap();
    assert!(start.elapsed() < Duration::from_secs(10));
    // Each keeps its own for later requests.
    idle.block_on(client.add().send()).unwrap();
    other.block_on(client.get("a").send()).unwrap();
    assert_eq!(server.connections(), 2);
}

/// A runtime that is gone leaves nothing behind that others could get.
#[test]
fn many_runtimes_use_one_client_one_after_the_other() {
    let good = || Send(response("200 OK", "", ALBUM));
    let servers = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .unwrap();
    let connections = (0..40).map(|_| vec![Read, good(), Stall]);
    let server = servers.block_on(Server::start(connections.collect::<Vec<_>>()));
    let client = client(&server);
    for _ in 0..40 {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on(client.add().send()).unwrap();
    }
    assert_eq!(server.connections(), 40);
}
