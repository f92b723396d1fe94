//! What else than the authorization response can come to the listener.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use discovery_runtime::Credentials;
use discovery_runtime::oauth::OAuthError;
use tokio::task::JoinHandle;

use crate::support::browser::{Choice, exchange, get, split};
use crate::support::clock::wait_until;
use crate::support::{Caller, Setup, log};

/// A sign-in that waits for the browser, and the address that would end it.
struct Waiting {
    setup: Setup,
    back: String,
    signing_in: JoinHandle<Result<Credentials, OAuthError>>,
}

impl Waiting {
    async fn new() -> Self {
        let setup = Setup::new().await;
        setup.browser.choose(Choice::Nothing);
        let app = setup.app();
        let signing_in = tokio::spawn(async move { app.sign_in().await });
        wait_until("the page is open", || !setup.browser.opened().is_empty()).await;
        let address = setup.browser.opened().remove(0);
        let back = setup
            .server
            .state
            .lock()
            .unwrap()
            .consent(&address, &Choice::Allow);
        Self {
            setup,
            back,
            signing_in,
        }
    }

    /// Checks that nothing came of all that, and that the user can still finish.
    async fn finish(self) {
        assert!(!self.signing_in.is_finished(), "the sign-in ended");
        assert!(
            self.setup.server.posts("/token").is_empty(),
            "something was redeemed"
        );
        let back = self.back;
        let page = tokio::task::spawn_blocking(move || get(&back))
            .await
            .unwrap();
        assert!(page.contains("Signed in"), "{page}");
        let credentials = self.signing_in.await.unwrap().unwrap();
        Caller::new(credentials, &self.setup.clock)
            .call()
            .await
            .unwrap();
        self.setup.finish();
    }
}

fn status(response: &str) -> &str {
    response.split(' ').nth(1).unwrap_or("none")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_the_authorization_response_counts() {
    let waiting = Waiting::new().await;
    let (host, target) = split(&waiting.back);
    let with = |from: &str, to: &str| {
        let changed = target.replace(from, to);
        assert_ne!(changed, target, "{from} is not in the address");
        format!("GET {changed} HTTP/1.1\r\nHost: {host}\r\n\r\n")
    };
    let markup = "%3Cscript%3Ealert(1)%3C/script%3E";
    let head = format!("Host: {host}\r\n\r\n");
    let cases = [
        (with("state=", "state=x"), "400"),
        (with("state=", "other="), "400"),
        (with("&code=", "&code=evil&code="), "400"),
        (with("&code=", "&error=access_denied&code="), "400"),
        (with("&code=", "&other="), "400"),
        (with("state=", &format!("state={markup}")), "400"),
        (with("/?", &format!("/{markup}?")), "404"),
        (with("/?", "/callback?"), "404"),
        (format!("GET /favicon.ico HTTP/1.1\r\n{head}"), "404"),
        (format!("GET / HTTP/1.1\r\n{head}"), "400"),
        (
            format!("GET /?error=access_denied HTTP/1.1\r\n{head}"),
            "400",
        ),
        (
            format!("GET /?error=access_denied&state={markup} HTTP/1.1\r\n{head}"),
            "400",
        ),
        (format!("POST {target} HTTP/1.1\r\n{head}"), "405"),
        (format!("HEAD {target} HTTP/1.1\r\n{head}"), "405"),
        (
            format!("GET {target} HTTP/1.1\r\nHost: evil.example\r\n\r\n"),
            "400",
        ),
        (format!("GET {target} HTTP/1.1\r\n\r\n"), "400"),
        (
            "\u{16}\u{3}\u{1} a handshake of TLS\r\n\r\n".to_owned(),
            "400",
        ),
    ];
    let responses = tokio::task::spawn_blocking(move || {
        cases.map(|(request, expected)| (exchange(&host, &request), expected, request))
    });
    for (response, expected, request) in responses.await.unwrap() {
        assert_eq!(status(&response), expected, "{request}");
        assert!(!response.contains("script"), "{response}");
        log::check("a page", &response);
    }
    waiting.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn requests_to_the_listener_have_a_size_limit() {
    let waiting = Waiting::new().await;
    let (host, target) = split(&waiting.back);
    let huge = format!("GET {target} HTTP/1.1\r\nx: {}", "x".repeat(1 << 20));
    let exchanged = tokio::task::spawn_blocking(move || {
        let at_the_limit = format!(
            "GET /x HTTP/1.1\r\nHost: {host}\r\nx: {}\r\n\r\n",
            "x".repeat(8000)
        );
        assert_eq!(status(&exchange(&host, &at_the_limit)), "404");
        // The connection may break before the response is read: there is more than it looks at.
        exchange(&host, &huge)
    });
    let response = exchanged.await.unwrap();
    assert!(["431", "none"].contains(&status(&response)), "{response}");
    waiting.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn silent_connections_do_not_block_the_listener() {
    let waiting = Waiting::new().await;
    let (host, _) = split(&waiting.back);
    let opened = tokio::task::spawn_blocking(move || {
        let mut silent = Vec::new();
        for number in 0..1000 {
            let mut stream = TcpStream::connect(&host).unwrap();
            if number % 2 == 0 {
                let _ = stream.write_all(b"GET / HT");
            }
            silent.push(stream);
        }
        silent
    });
    let mut silent = opened.await.unwrap();
    let mut first = silent.remove(0);
    let closed = tokio::task::spawn_blocking(move || first.read(&mut [0; 16]));
    assert!(
        matches!(closed.await.unwrap(), Ok(0) | Err(_)),
        "the oldest connection is open"
    );
    waiting.finish().await;
    drop(silent);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn connections_to_the_listener_time_out_after_ten_seconds() {
    let waiting = Waiting::new().await;
    let (host, _) = split(&waiting.back);
    let mut stream = TcpStream::connect(&host).unwrap();
    waiting
        .setup
        .clock
        .sleeper(std::time::Duration::from_secs(10))
        .await;
    waiting
        .setup
        .clock
        .advance(std::time::Duration::from_secs(10));
    let closed = tokio::task::spawn_blocking(move || stream.read(&mut [0; 16]));
    assert_eq!(closed.await.unwrap().unwrap(), 0);
    waiting.finish().await;
}
