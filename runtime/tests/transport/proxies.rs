//! Proxies: the way through, and those that let nobody through.

use discovery_runtime::transport::Proxy;

use crate::client::{ALBUM, builder, client_with};
use crate::server::Step::{Read, ReadBytes, Send, Stall};
use crate::server::{Server, response};

#[tokio::test]
async fn a_proxy_gets_a_tunnel_and_its_password() {
    let server = Server::start([vec![
        Read,
        Send(b"HTTP/1.1 200 Connection established\r\n\r\n".to_vec()),
        ReadBytes(1),
        Send(b"no TLS here, no TLS here".to_vec()),
        Stall,
    ]])
    .await;
    let proxy = Proxy::at(format!("http://user:p%40ss@127.0.0.1:{}", server.port));
    let transport = builder().proxy(proxy).build().unwrap();
    let error = client_with(transport, "https://photos.invalid/")
        .get("a")
        .send()
        .await
        .unwrap_err();
    assert!(error.is_tls(), "{error:?}");
    let seen = server.seen();
    assert!(
        seen[0].starts_with("CONNECT photos.invalid:443 HTTP/1.1\r\n"),
        "{}",
        seen[0]
    );
    // user:p@ss
    assert!(
        seen[0].contains("Proxy-Authorization: Basic dXNlcjpwQHNz\r\n"),
        "{}",
        seen[0]
    );
    assert!(!seen[0].contains("token"));
    // The first byte of TLS goes through the tunnel.
    assert_eq!(seen[1].as_bytes(), [0x16]);
}

#[tokio::test]
async fn a_proxy_can_reject() {
    for rejection in [
        "HTTP/1.1 407 Proxy Authentication Required\r\n\r\n",
        "HTTP/1.1 403 Forbidden\r\n\r\n<html>",
        "no HTTP\r\n\r\n",
    ] {
        let server = Server::start([vec![Read, Send(rejection.into())]]).await;
        let proxy = Proxy::at(format!("127.0.0.1:{}", server.port));
        let transport = builder().proxy(proxy).build().unwrap();
        let error = client_with(transport, "https://photos.invalid/")
            .add()
            .send()
            .await
            .unwrap_err();
        assert!(
            error.is_proxy() && !error.is_retryable() && !error.is_outcome_unknown(),
            "{error:?}"
        );
        assert_eq!(server.connections(), 1);
    }
    let greeting = vec![ReadBytes(3), Send(vec![5, 0xff])];
    let server = Server::start([greeting]).await;
    let proxy = Proxy::at(format!("socks5h://127.0.0.1:{}", server.port));
    let transport = builder().proxy(proxy).build().unwrap();
    let error = client_with(transport, "https://photos.invalid/")
        .get("a")
        .send()
        .await
        .unwrap_err();
    assert!(error.is_connect(), "{error:?}");
    assert_eq!(server.seen()[0].as_bytes()[0], 5);
}

#[tokio::test]
async fn this_machine_needs_no_proxy() {
    let proxy = Server::start([]).await;
    let at = || Proxy::at(format!("http://127.0.0.1:{}", proxy.port));
    let server = Server::start([vec![Read, Send(response("200 OK", "", ALBUM))]]).await;
    client_with(builder().proxy(at()).build().unwrap(), &server.address())
        .get("a")
        .send()
        .await
        .unwrap();
    let excepted = at().except("photos.invalid");
    let client = client_with(
        builder().proxy(excepted).build().unwrap(),
        "https://photos.invalid/",
    );
    assert!(client.get("a").send().await.unwrap_err().is_connect());
    assert_eq!(proxy.connections(), 0);
    for address in ["", "ftp://a.example:1", "http://", "socks4://a.example"] {
        assert!(
            builder()
                .proxy(Proxy::at(address))
                .build()
                .unwrap_err()
                .is_configuration(),
            "{address}"
        );
    }
}
