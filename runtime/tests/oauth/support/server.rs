//! An authorization server on loopback that takes the specifications at their word: RFC 6749,
//! RFC 7636 and RFC 7009.

use std::collections::{BTreeMap, VecDeque};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use discovery_runtime::oauth::Endpoints;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use super::browser::Choice;
use super::{CLIENT_ID, CLIENT_SECRET};

pub type Form = BTreeMap<String, String>;

pub struct AuthServer {
    address: SocketAddr,
    pub state: Arc<Mutex<State>>,
}

#[derive(Default)]
pub struct State {
    /// The codes that wait to be redeemed.
    codes: BTreeMap<String, Code>,
    /// The grants that hold, by refresh token.
    grants: BTreeMap<String, Vec<String>>,
    /// Whether a refresh token is good for one refresh only.
    rotates: bool,
    /// What is put into each response in place of what would be there; `null` removes it.
    overrides: BTreeMap<String, Value>,
    script: VecDeque<Reply>,
    always: Option<Reply>,
    posts: Vec<(String, Form)>,
    secrets: Vec<String>,
    number: u32,
}

struct Code {
    challenge: String,
    redirect_uri: String,
    scopes: Vec<String>,
}

/// A response.
#[derive(Clone)]
pub struct Reply {
    pub head: String,
    pub body: Vec<u8>,
    end: End,
}

#[derive(Clone, Copy, PartialEq)]
enum End {
    Whole,
    Cut,
    Stalled,
}

impl Reply {
    pub fn new(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        Self {
            head: format!("HTTP/1.1 {status} Status\r\nContent-Type: {content_type}\r\n"),
            body: body.into(),
            end: End::Whole,
        }
    }

    pub fn json(status: u16, body: &Value) -> Self {
        Self::new(status, "application/json; charset=utf-8", body.to_string())
    }

    pub fn error(status: u16, code: &str) -> Self {
        let description = "It has CANARY in it.";
        Self::json(
            status,
            &json!({ "error": code, "error_description": description }),
        )
    }

    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.head += &format!("{name}: {value}\r\n");
        self
    }

    /// The same with a connection that breaks in the middle of the body.
    pub fn cut(mut self) -> Self {
        self.end = End::Cut;
        self
    }

    /// The same with a connection that falls silent in the middle of the body.
    pub fn stalled(mut self) -> Self {
        self.end = End::Stalled;
        self
    }

    async fn write(&self, stream: &mut TcpStream) -> std::io::Result<()> {
        let length = self.body.len();
        let head = format!("{}Content-Length: {length}\r\n\r\n", self.head);
        stream.write_all(head.as_bytes()).await?;
        if self.end == End::Whole {
            return stream.write_all(&self.body).await;
        }
        stream.write_all(&self.body[..length / 2]).await?;
        stream.flush().await?;
        if self.end == End::Stalled {
            std::future::pending::<()>().await;
        }
        Err(std::io::ErrorKind::ConnectionAborted.into())
    }
}

impl AuthServer {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let state = Arc::<Mutex<State>>::default();
        let shared = state.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, shared.clone()));
            }
        });
        Self { address, state }
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    pub fn endpoints(&self) -> Endpoints {
        let address = |path: &str| format!("http://{}/{path}", self.address);
        Endpoints::on_loopback(&address("auth"), &address("token"))
            .unwrap()
            .with_revocation(&address("revoke"))
            .unwrap()
    }

    /// Responds to the next post with this, whatever it says.
    pub fn reply(&self, reply: Reply) {
        self.state.lock().unwrap().script.push_back(reply);
    }

    /// Responds to all posts with this once the script is at its end; `None` to read them again.
    pub fn reply_always(&self, reply: impl Into<Option<Reply>>) {
        self.state.lock().unwrap().always = reply.into();
    }

    /// Puts `value` into all responses; `null` leaves the name out.
    pub fn set(&self, name: &str, value: Value) {
        self.state
            .lock()
            .unwrap()
            .overrides
            .insert(name.to_owned(), value);
    }

    pub fn rotate(&self) {
        self.state.lock().unwrap().rotates = true;
    }

    /// Ends all grants, as a user can in their account.
    pub fn revoke_all(&self) {
        self.state.lock().unwrap().grants.clear();
    }

    pub fn grants(&self) -> usize {
        self.state.lock().unwrap().grants.len()
    }

    /// A grant from before, with this refresh token.
    pub fn grant(&self, refresh_token: &str, scopes: &[&str]) {
        let scopes = scopes.iter().map(|&scope| scope.to_owned()).collect();
        self.state
            .lock()
            .unwrap()
            .grants
            .insert(refresh_token.to_owned(), scopes);
    }

    /// The posts to a path so far.
    pub fn posts(&self, path: &str) -> Vec<Form> {
        let state = self.state.lock().unwrap();
        let posts = state.posts.iter().filter(|(own, _)| own == path);
        posts.map(|(_, form)| form.clone()).collect()
    }

    /// How many times an access token was requested with a refresh token.
    pub fn refreshes(&self) -> usize {
        let is_refresh = |form: &&Form| form["grant_type"] == "refresh_token";
        self.posts("/token").iter().filter(is_refresh).count()
    }

    /// The secrets that were made by chance.
    pub fn secrets(&self) -> Vec<String> {
        self.state.lock().unwrap().secrets.clone()
    }

    pub fn assert_finished(&self) {
        let left = self.state.lock().unwrap().script.len();
        assert_eq!(left, 0, "replies of the script were not requested");
    }
}

impl State {
    /// Shows the consent page to a user; gives the address back to which the browser is sent.
    pub fn consent(&mut self, address: &str, choice: &Choice) -> String {
        let query = read_form(address.split_once('?').unwrap().1);
        assert_eq!(query["client_id"], CLIENT_ID);
        assert_eq!(query["response_type"], "code");
        assert_eq!(query["code_challenge_method"], "S256");
        assert_eq!(query["access_type"], "offline");
        assert!(query["state"].len() >= 43, "the state is too short");
        let redirect_uri = query["redirect_uri"].clone();
        assert!(
            redirect_uri.starts_with("http://127.0.0.1:"),
            "{redirect_uri}"
        );
        self.secrets.push(query["state"].clone());
        let requested: Vec<_> = query["scope"].split(' ').map(str::to_owned).collect();
        let scopes = match choice {
            Choice::AllowOnly(scopes) => scopes.clone(),
            Choice::Deny => {
                return format!(
                    "{redirect_uri}?error=access_denied&state={}",
                    query["state"]
                );
            }
            Choice::Error(code) => {
                return format!("{redirect_uri}?error={code}&state={}", query["state"]);
            }
            _ => requested,
        };
        self.number += 1;
        let code = format!("4/0CANARY-{}", self.number);
        let back = format!(
            "{redirect_uri}?state={}&iss=https://a.example&code={}&scope=x%20y&prompt=consent",
            query["state"],
            code.replace('/', "%2F")
        );
        let challenge = query["code_challenge"].clone();
        self.codes.insert(
            code,
            Code {
                challenge,
                redirect_uri,
                scopes,
            },
        );
        back
    }

    fn respond(&mut self, path: &str, form: &Form) -> Reply {
        self.posts.push((path.to_owned(), form.clone()));
        if let Some(reply) = self.script.pop_front().or_else(|| self.always.clone()) {
            return reply;
        }
        match path {
            "/token" => self
                .token(form)
                .unwrap_or_else(|code| Reply::error(400, code)),
            "/revoke" => match self.grants.remove(&form["token"]) {
                Some(_) => Reply::json(200, &json!({})),
                None => Reply::error(400, "invalid_token"),
            },
            _ => Reply::new(404, "text/html", "<html>"),
        }
    }

    fn token(&mut self, form: &Form) -> Result<Reply, &'static str> {
        let field = |name: &str| form.get(name).map(String::as_str).ok_or("invalid_request");
        if field("client_id")? != CLIENT_ID || field("client_secret")? != CLIENT_SECRET {
            return Err("invalid_client");
        }
        self.number += 1;
        let mut new_refresh_token = None;
        let scopes = match field("grant_type")? {
            "authorization_code" => {
                let code = self.codes.remove(field("code")?).ok_or("invalid_grant")?;
                let verifier = field("code_verifier")?;
                self.secrets.push(verifier.to_owned());
                let fits = URL_SAFE_NO_PAD.encode(Sha256::digest(verifier)) == code.challenge;
                if !fits || field("redirect_uri")? != code.redirect_uri {
                    return Err("invalid_grant");
                }
                new_refresh_token = Some(format!("1//0CANARY-{}", self.number));
                code.scopes
            }
            "refresh_token" => {
                let token = field("refresh_token")?;
                let scopes = self.grants.get(token).cloned().ok_or("invalid_grant")?;
                if self.rotates {
                    self.grants.remove(token);
                    new_refresh_token = Some(format!("1//0CANARY-{}", self.number));
                }
                scopes
            }
            _ => return Err("unsupported_grant_type"),
        };
        let mut body = json!({
            "access_token": format!("ya29.CANARY-{}", self.number),
            "expires_in": 3599,
            "scope": scopes.join(" "),
            "token_type": "Bearer",
        });
        if let Some(token) = new_refresh_token {
            body["refresh_token"] = json!(token);
            self.grants.insert(token, scopes);
        }
        for (name, value) in &self.overrides {
            match value {
                Value::Null => drop(body.as_object_mut().unwrap().remove(name)),
                value => body[name] = value.clone(),
            }
        }
        Ok(Reply::json(200, &body))
    }
}

async fn serve(mut stream: TcpStream, state: Arc<Mutex<State>>) {
    let mut buffer = Vec::new();
    while let Some((path, body)) = read_post(&mut stream, &mut buffer).await {
        let reply = state.lock().unwrap().respond(&path, &read_form(&body));
        if reply.write(&mut stream).await.is_err() {
            return;
        }
    }
}

/// Reads the next post of a connection.
async fn read_post(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> Option<(String, String)> {
    loop {
        let text = String::from_utf8(buffer.clone()).unwrap();
        if let Some((head, rest)) = text.split_once("\r\n\r\n") {
            let lower = head.to_lowercase();
            assert!(head.starts_with("POST "), "{head}");
            assert!(
                lower.contains("\r\ncontent-type: application/x-www-form-urlencoded"),
                "{head}"
            );
            for other in ["authorization:", "gzip", "x-goog-user-project"] {
                assert!(!lower.contains(other), "{head}");
            }
            let (_, length) = lower.split_once("content-length: ").unwrap();
            let length: usize = length.lines().next().unwrap().parse().unwrap();
            if let Some((body, rest)) = rest.split_at_checked(length) {
                let path = head.split(' ').nth(1).unwrap().to_owned();
                let post = (path, body.to_owned());
                *buffer = rest.as_bytes().to_vec();
                return Some(post);
            }
        }
        if stream.read_buf(buffer).await.ok()? == 0 {
            return None;
        }
    }
}

/// Reads a form; a name that is there twice fails the test.
fn read_form(text: &str) -> Form {
    let mut form = Form::new();
    for pair in text.split('&') {
        let (name, value) = pair.split_once('=').unwrap();
        let before = form.insert(decode(name), decode(value));
        assert!(before.is_none(), "{name} is there twice");
    }
    form
}

fn decode(text: &str) -> String {
    let mut parts = text.split('%');
    let mut bytes = parts.next().unwrap().as_bytes().to_vec();
    for part in parts {
        let (hex, rest) = part.split_at(2);
        bytes.push(u8::from_str_radix(hex, 16).unwrap());
        bytes.extend_from_slice(rest.as_bytes());
    }
    String::from_utf8(bytes).unwrap()
}
