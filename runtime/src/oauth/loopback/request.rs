//! Which request is the response of the authorization server.

use super::page::{self, Page};
use crate::Secret;
use crate::url::unescape;

/// What the authorization response has to look like.
pub(in super::super) struct Expected {
    /// The value of `Host`: the address that the listener has, and no name that leads there.
    pub(super) host: String,
    pub(super) state: Secret,
}

/// What the authorization server responded.
#[derive(Debug)]
pub(in super::super) enum Callback {
    Code(Secret),
    /// The error code (RFC 6749, section 4.1.2.1).
    Error(String),
}

/// The longest code that is taken, in bytes. Google's have about 100.
const LONGEST_CODE: usize = 4096;

impl Expected {
    /// Classifies the head of a request. Only one with the right path, host and state says anything
    /// about the sign-in.
    pub(super) fn classify(&self, head: &[u8]) -> (Page, Option<Callback>) {
        match self.callback(head) {
            Ok(callback @ Callback::Code(_)) => (page::SIGNED_IN, Some(callback)),
            Ok(callback @ Callback::Error(_)) => (page::NOT_SIGNED_IN, Some(callback)),
            Err(page) => (page, None),
        }
    }

    /// Reads the address where the browser ended. Its state says that it is of this sign-in,
    /// wherever it was on the way.
    pub(in super::super) fn read_address(&self, text: &str) -> Option<Callback> {
        let text = text.trim();
        let (_, query) = text.split_once('?').unwrap_or(("", text));
        let (query, _) = query.split_once('#').unwrap_or((query, ""));
        self.read(query).ok()
    }

    fn callback(&self, head: &[u8]) -> Result<Callback, Page> {
        let head = std::str::from_utf8(head).map_err(|_| page::BAD_REQUEST)?;
        let (line, fields) = head.split_once("\r\n").ok_or(page::BAD_REQUEST)?;
        let mut parts = line.split(' ');
        let (Some(method), Some(target), Some(version), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(page::BAD_REQUEST);
        };
        if !version.starts_with("HTTP/1.") || !self.is_host(fields) {
            return Err(page::BAD_REQUEST);
        }
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        if path != "/" {
            return Err(page::NOT_FOUND);
        }
        if method != "GET" {
            return Err(page::METHOD_NOT_ALLOWED);
        }
        self.read(query)
    }

    fn is_host(&self, fields: &str) -> bool {
        let mut hosts = fields.split("\r\n").filter_map(|field| {
            let (name, value) = field.split_once(':')?;
            name.eq_ignore_ascii_case("host").then_some(value.trim())
        });
        hosts.next() == Some(self.host.as_str()) && hosts.next().is_none()
    }

    fn read(&self, query: &str) -> Result<Callback, Page> {
        let state = only(query, "state")?.ok_or(page::BAD_REQUEST)?;
        if !self.state.same_as(&Secret::from(state)) {
            return Err(page::BAD_REQUEST);
        }
        match (only(query, "code")?, only(query, "error")?) {
            (Some(code), None) => {
                let is_code = (1..=LONGEST_CODE).contains(&code.len())
                    && code.bytes().all(|byte| byte.is_ascii_graphic());
                is_code
                    .then(|| Callback::Code(Secret::from(code)))
                    .ok_or(page::BAD_REQUEST)
            }
            (None, Some(error)) => Ok(Callback::Error(error)),
            _ => Err(page::BAD_REQUEST),
        }
    }
}

/// The value of a parameter that may be there once.
fn only(query: &str, name: &str) -> Result<Option<String>, Page> {
    let mut values = query.split('&').filter_map(|pair| {
        let (own, value) = pair.split_once('=').unwrap_or((pair, ""));
        (decode(own).as_deref() == Some(name)).then(|| decode(value))
    });
    match (values.next(), values.next()) {
        (None, _) => Ok(None),
        (Some(Some(value)), None) => Ok(Some(value)),
        _ => Err(page::BAD_REQUEST),
    }
}

/// Reads a name or a value of a form (`application/x-www-form-urlencoded`).
fn decode(text: &str) -> Option<String> {
    String::from_utf8(unescape(text.replace('+', " ").as_bytes())).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn classify(head: &str) -> (u16, Option<String>) {
        let expected = Expected {
            host: "127.0.0.1:4000".to_owned(),
            state: Secret::from("s-1"),
        };
        let (page, callback) = expected.classify(head.as_bytes());
        let callback = callback.map(|callback| match callback {
            Callback::Code(code) => format!("code {}", code.expose()),
            Callback::Error(error) => format!("error {error}"),
        });
        (page.status, callback)
    }

    fn get(target: &str) -> (u16, Option<String>) {
        classify(&format!(
            "GET {target} HTTP/1.1\r\nHost: 127.0.0.1:4000\r\nAccept: */*\r\n\r\n"
        ))
    }

    #[test]
    fn the_authorization_response_is_taken() {
        let code = Some("code 4/0A+b".to_owned());
        for target in [
            "/?state=s-1&code=4%2F0A%2Bb&scope=a%20b",
            "/?code=4/0A%2bb&state=s%2D1",
            "/?scope=code&%63ode=4/0A%2Bb&state=s-1&",
        ] {
            assert_eq!(get(target), (200, code.clone()), "{target}");
        }
        let denied = Some("error access_denied".to_owned());
        assert_eq!(get("/?error=access_denied&state=s-1"), (200, denied));
    }

    #[test]
    fn a_pasted_address_needs_the_state() {
        let expected = Expected {
            host: "127.0.0.1:4000".to_owned(),
            state: Secret::from("s-1"),
        };
        let read = |text: &str| match expected.read_address(text) {
            Some(Callback::Code(code)) => Some(code.expose().to_owned()),
            Some(Callback::Error(error)) => Some(error),
            None => None,
        };
        for text in [
            " http://127.0.0.1:4000/?state=s-1&code=4%2F0A&scope=a%20b\r\n",
            "127.0.0.1:4000/?code=4/0A&state=s-1#",
            "state=s-1&code=4/0A",
        ] {
            assert_eq!(read(text).as_deref(), Some("4/0A"), "{text}");
        }
        let denied = read("http://127.0.0.1:4000/?error=access_denied&state=s-1");
        assert_eq!(denied.as_deref(), Some("access_denied"));
        for text in [
            "",
            "4/0A",
            "http://127.0.0.1:4000/",
            "http://127.0.0.1:4000/?code=4/0A",
            "http://127.0.0.1:4000/?state=s-2&code=4/0A",
            "http://127.0.0.1:4000/?state=s-1&code=4/0A&code=5",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn everything_else_is_not() {
        let cases = [
            ("/", 400),
            ("/?code=c", 400),
            ("/?state=s-1", 400),
            ("/?state=s-2&code=c", 400),
            ("/?state=&code=c", 400),
            ("/?state=s-1x&code=c", 400),
            ("/?state=s-1&state=s-1&code=c", 400),
            ("/?state=s-1&code=c&code=d", 400),
            ("/?state=s-1&code=c&%63ode=d", 400),
            ("/?state=s-1&code=", 400),
            ("/?state=s-1&code=a%0D%0Ab", 400),
            ("/?state=s-1&code=%FF", 400),
            ("/?state=s-1&code=c&error=access_denied", 400),
            ("/?state=s-2&error=access_denied", 400),
            ("/?error=access_denied", 400),
            ("/favicon.ico", 404),
            ("/favicon.ico?state=s-1&code=c", 404),
            ("//?state=s-1&code=c", 404),
            ("/.?state=s-1&code=c", 404),
            ("/x/..?state=s-1&code=c", 404),
            ("http://127.0.0.1:4000/?state=s-1&code=c", 404),
            ("/?state=s-1&code=c x", 400),
        ];
        for (target, status) in cases {
            assert_eq!(get(target), (status, None), "{target}");
        }
        let long = "c".repeat(LONGEST_CODE + 1);
        assert_eq!(get(&format!("/?state=s-1&code={long}")), (400, None));
    }

    #[test]
    fn only_a_get_for_this_host_is_looked_at() {
        let cases = [
            (
                "POST /?state=s-1&code=c HTTP/1.1\r\nHost: 127.0.0.1:4000\r\n\r\n",
                405,
            ),
            (
                "get /?state=s-1&code=c HTTP/1.1\r\nHost: 127.0.0.1:4000\r\n\r\n",
                405,
            ),
            (
                "GET /?state=s-1&code=c HTTP/1.1\r\nHost: evil.example\r\n\r\n",
                400,
            ),
            (
                "GET /?state=s-1&code=c HTTP/1.1\r\nHost: localhost:4000\r\n\r\n",
                400,
            ),
            ("GET /?state=s-1&code=c HTTP/1.1\r\n\r\n", 400),
            (
                "GET /?state=s-1&code=c HTTP/1.1\r\nHost: 127.0.0.1:4000\r\nhost: evil.example\r\n\r\n",
                400,
            ),
            (
                "GET /?state=s-1&code=c HTTP/2\r\nHost: 127.0.0.1:4000\r\n\r\n",
                400,
            ),
            (
                "GET /?state=s-1&code=c\r\nHost: 127.0.0.1:4000\r\n\r\n",
                400,
            ),
            ("\r\n\r\n", 400),
            ("", 400),
        ];
        for (head, status) in cases {
            assert_eq!(classify(head), (status, None), "{head}");
        }
    }
}
