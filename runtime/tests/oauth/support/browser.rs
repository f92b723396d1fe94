//! The user and their browser: they agree or not, and follow the redirect.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::sync::{Arc, Mutex};

use discovery_runtime::BoxError;

use super::AuthServer;
use super::clock::wait_until;
use super::server::State;

/// What the user does when the consent page opens.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Choice {
    #[default]
    Allow,
    /// Allows no more than these.
    AllowOnly(Vec<String>),
    Deny,
    /// The server refuses to ask the user at all.
    Error(String),
    /// Leaves the page open.
    Nothing,
    /// There is no browser.
    Absent,
}

#[derive(Clone)]
pub struct Browser {
    server: Arc<Mutex<State>>,
    choice: Arc<Mutex<Choice>>,
    opened: Arc<Mutex<Vec<String>>>,
    pages: Arc<Mutex<Vec<String>>>,
}

impl Browser {
    pub fn new(server: &AuthServer) -> Self {
        Self {
            server: server.state.clone(),
            choice: Arc::default(),
            opened: Arc::default(),
            pages: Arc::default(),
        }
    }

    pub fn choose(&self, choice: Choice) {
        *self.choice.lock().unwrap() = choice;
    }

    /// What an app calls to open a page.
    pub fn opener(&self) -> impl Fn(&str) -> Result<(), BoxError> + Send + Sync + 'static {
        let this = self.clone();
        move |address| {
            this.opened.lock().unwrap().push(address.to_owned());
            let choice = this.choice.lock().unwrap().clone();
            match choice {
                Choice::Absent => return Err("there is no display".into()),
                Choice::Nothing => {}
                choice => {
                    let back = this.server.lock().unwrap().consent(address, &choice);
                    let page = get(&back);
                    this.pages.lock().unwrap().push(page);
                }
            }
            Ok(())
        }
    }

    /// The addresses that were opened.
    pub fn opened(&self) -> Vec<String> {
        self.opened.lock().unwrap().clone()
    }

    /// The next page that the app showed in the end, with its head.
    pub async fn page(&self) -> String {
        wait_until("a page is shown", || !self.pages.lock().unwrap().is_empty()).await;
        self.pages.lock().unwrap().remove(0)
    }
}

/// Gets a page as a browser does.
pub fn get(address: &str) -> String {
    let (host, target) = split(address);
    let accept = "Accept: text/html\r\nSec-Fetch-Mode: navigate\r\nConnection: keep-alive";
    exchange(
        &host,
        &format!("GET {target} HTTP/1.1\r\nHost: {host}\r\n{accept}\r\n\r\n"),
    )
}

/// Sends any bytes and reads to the end; empty if the connection breaks before.
pub fn exchange(host: &str, request: &str) -> String {
    let mut stream = TcpStream::connect(host).unwrap();
    let _ = stream.write_all(request.as_bytes());
    let mut response = String::new();
    let _ = stream.read_to_string(&mut response);
    response
}

/// Host with port, and the rest.
pub fn split(address: &str) -> (String, String) {
    let rest = address.strip_prefix("http://").unwrap();
    let (host, target) = rest.split_once('/').unwrap();
    (host.to_owned(), format!("/{target}"))
}
