//! What these tests share: a client on the default transport that never waits between attempts.

use std::io::Write as _;
use std::time::Duration;

use discovery_runtime::transport::{HyperTransport, HyperTransportBuilder, Proxy};
use discovery_runtime::{Credentials, Error, Jitter, RetryPolicy, Timeouts};
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::server::Step::{self, Read, Send};
use crate::server::{Server, response};
use crate::support::{Album, Photos};

pub(crate) const ALBUM: &str = r#"{"id": "a"}"#;

pub(crate) fn gzip(body: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(body).unwrap();
    encoder.finish().unwrap()
}

pub(crate) fn builder() -> HyperTransportBuilder {
    HyperTransport::builder().proxy(Proxy::none())
}

pub(crate) fn client_with(transport: HyperTransport, address: &str) -> Photos {
    let builder = Photos::builder()
        .credentials(Credentials::token("token"))
        .transport(transport)
        .timeouts(Timeouts::default().with_attempt(Duration::from_secs(20)))
        .retry(RetryPolicy::default().with_jitter(Jitter::from_fn(|| 0.0)));
    let builder = if address.starts_with("https") {
        builder.endpoint(address)
    } else {
        builder.endpoint_on_loopback(address)
    };
    builder.build().unwrap()
}

pub(crate) fn client(server: &Server) -> Photos {
    client_with(builder().build().unwrap(), &server.address())
}

/// A read and a write against the same response; the read gets a good one after it.
pub(crate) async fn faulty(fault: Vec<Step>) -> (Result<Album, Error>, Error) {
    let good = vec![Read, Send(response("200 OK", "", ALBUM))];
    let server = Server::start([fault.clone(), good]).await;
    let read = client(&server).get("a").send().await;
    let server = Server::start([fault]).await;
    let write = client(&server).add().send().await.unwrap_err();
    assert_eq!(server.connections(), 1, "a write was sent twice");
    (read, write)
}
