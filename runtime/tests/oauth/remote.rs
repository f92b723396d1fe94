//! Browsers that are elsewhere: a fixed port, and the address where the browser ended by hand.

use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener};
use std::sync::mpsc;
use std::sync::{Arc, Mutex};

use discovery_runtime::oauth::InstalledApp;

use crate::support::browser::Choice;
use crate::support::{Caller, Setup, chain, log};

/// A port that nobody has right now.
fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}

/// An app whose user opens the page elsewhere and pastes what `address` makes of the address where
/// their browser ended.
fn pasting(
    setup: &Setup,
    address: impl Fn(String) -> String + Send + Sync + 'static,
) -> InstalledApp {
    let (sender, receiver) = mpsc::channel();
    let receiver = Mutex::new(receiver);
    let server = setup.server.state.clone();
    setup
        .app()
        .open_with(move |page| {
            let back = server.lock().unwrap().consent(page, &Choice::Allow);
            sender.send(back).map_err(Into::into)
        })
        .paste_with(move || Ok(address(receiver.lock().unwrap().recv()?)))
}

/// In a container the port is published, and all of its addresses are listened on.
#[tokio::test]
async fn the_listener_has_the_port_and_address_that_are_set() {
    let setup = Setup::new().await;
    let port = free_port();
    for address in [
        SocketAddr::from((Ipv4Addr::UNSPECIFIED, port)),
        SocketAddr::from((Ipv4Addr::LOCALHOST, port)),
    ] {
        let app = setup.app().listen_on(address);
        app.sign_in().await.unwrap();
        let redirect_uri = setup.server.posts("/token").pop().unwrap();
        assert_eq!(
            redirect_uri["redirect_uri"],
            format!("http://127.0.0.1:{port}/")
        );
        app.sign_out().await.unwrap();
    }
    setup.finish();
}

/// RFC 8252, section 7.3: the redirect goes to the loopback address that is listened on.
#[tokio::test]
async fn the_listener_of_an_ipv6_address_is_where_the_browser_is_sent() {
    let setup = Setup::new().await;
    if TcpListener::bind((Ipv6Addr::LOCALHOST, 0)).is_err() {
        eprintln!("skipped: this machine has no IPv6");
        return;
    }
    let opened = Arc::new(Mutex::new(String::new()));
    let seen = opened.clone();
    let app = setup
        .app()
        .listen_on((Ipv6Addr::LOCALHOST, 0))
        .open_with(move |page| {
            *seen.lock().unwrap() = page.to_owned();
            Err("seen".into())
        });
    app.sign_in().await.unwrap_err();
    let page = opened.lock().unwrap().clone();
    assert!(
        page.contains("redirect_uri=http%3A%2F%2F%5B%3A%3A1%5D%3A"),
        "{page}"
    );
}

#[tokio::test]
async fn a_port_in_use_is_named_before_a_browser_opens() {
    let setup = Setup::new().await;
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap();
    let error = setup.app().listen_on(address).sign_in().await.unwrap_err();
    assert!(error.to_string().contains(&address.to_string()), "{error}");
    assert!(!error.is_transient() && !error.needs_sign_in(), "{error}");
    assert!(setup.browser.opened().is_empty());
    setup.finish();
}

#[tokio::test]
async fn a_pasted_address_signs_in() {
    let setup = Setup::new().await;
    // As a terminal gives it.
    let app = pasting(&setup, |address| format!(" {address}\r\n"));
    let caller = Caller::new(app.sign_in().await.unwrap(), &setup.clock);
    caller.call().await.unwrap();
    setup.finish();
}

#[tokio::test]
async fn the_browser_is_not_kept_waiting_for_a_paste() {
    let setup = Setup::new().await;
    let (end, waiting) = mpsc::channel::<()>();
    let waiting = Mutex::new(waiting);
    let app = setup.app().paste_with(move || {
        let _ = waiting.lock().unwrap().recv();
        Ok(String::new())
    });
    app.sign_in().await.unwrap();
    drop(end);
    setup.finish();
}

#[tokio::test]
async fn a_pasted_address_of_another_sign_in_is_an_error() {
    let setup = Setup::new().await;
    let wrong: [fn(String) -> String; 4] = [
        |_| String::new(),
        |_| "http://127.0.0.1:1/?state=other&code=CANARY".to_owned(),
        |address| address.split("code=").nth(1).unwrap().to_owned(),
        |address| address.replace("state=", "state=x"),
    ];
    for change in wrong {
        let error = pasting(&setup, change).sign_in().await.unwrap_err();
        let shown = chain(&error);
        assert!(shown.contains("paste all of the address"), "{shown}");
        assert!(!error.is_transient() && !error.needs_sign_in());
        log::check("the error", &shown);
    }
    let failing = setup
        .app()
        .open_with(|_| Ok(()))
        .paste_with(|| Err("no terminal".into()));
    assert!(chain(&failing.sign_in().await.unwrap_err()).contains("no terminal"));
    let panicking = setup
        .app()
        .open_with(|_| Ok(()))
        .paste_with(|| panic!("a test"));
    let error = panicking.sign_in().await.unwrap_err();
    assert!(error.to_string().contains("panicked"), "{error}");
    assert!(setup.server.posts("/token").is_empty() && !setup.file().exists());
    setup.finish();
}

#[tokio::test]
async fn a_pasted_refusal_is_access_denied() {
    let setup = Setup::new().await;
    let app = pasting(&setup, |address| {
        let (start, _) = address.split_once("&iss").unwrap();
        format!("{start}&error=access_denied")
    });
    assert!(app.sign_in().await.unwrap_err().is_access_denied());
    setup.finish();
}
