//! What tasks and threads ask of the types: checked by the compiler.

use discovery_runtime::transport::{
    FakeTransport, Headers, HttpRequest, HttpResponse, HyperTransport, ResponseBody, Transport,
    TransportError,
};
use discovery_runtime::{
    CallOptions, Client, Clock, Credentials, CredentialsError, Error, Items, Pages, RawRequest,
    RawResponse, RetryBudget, RetryPolicy, Secret, TestClock, Timeouts, TokenSource,
};
use futures_core::Stream;

use crate::support::{List, Photos, setup};

fn send<T: Send + 'static>(_: T) {}

fn shared<T: Clone + Send + Sync + 'static>() {}

fn threads<T: Send + Sync + 'static>() {}

fn sendable<T: Send + 'static>() {}

fn stream<T: Stream + Send + Unpin + 'static>() {}

#[test]
fn futures_are_send() {
    let setup = setup();
    send(setup.client.get("a").send());
    send(setup.client.create().send());
    send(
        setup
            .client
            .core
            .request(discovery_runtime::HttpMethod::Get, "v1")
            .send(),
    );
    send(async move { setup.client.list().pages().next().await });
    send(async move { crate::support::setup().client.list().items().next().await });
}

#[test]
fn types_are_send_and_sync() {
    shared::<Client>();
    shared::<Credentials>();
    shared::<CredentialsError>();
    shared::<CallOptions>();
    shared::<RetryPolicy>();
    shared::<RetryBudget>();
    shared::<Timeouts>();
    shared::<Secret>();
    shared::<Headers>();
    shared::<TestClock>();
    shared::<FakeTransport>();
    shared::<HyperTransport>();
    shared::<RawRequest>();
    threads::<Photos>();
    threads::<Error>();
    threads::<TransportError>();
    threads::<RawResponse>();
    threads::<Box<dyn Transport>>();
    threads::<Box<dyn TokenSource>>();
    threads::<Box<dyn Clock>>();
    stream::<Pages<List>>();
    stream::<Items<List>>();
    stream::<ResponseBody>();
    sendable::<HttpRequest>();
    sendable::<HttpResponse>();
}

#[test]
fn error_is_small() {
    assert_eq!(size_of::<Error>(), size_of::<usize>());
}
