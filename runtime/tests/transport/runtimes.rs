//! Where the default transport runs, and what it says where it can't.

use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use discovery_runtime::Credentials;

use crate::client::{builder, client_with};
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
