//! The address of a proxy: read whole, or not at all.

use std::net::Ipv6Addr;

use http::Uri;
use hyper_util::client::proxy::matcher::{Intercept, Matcher};

use crate::url::unescape;

/// A proxy, and how to get through it.
#[derive(Clone)]
pub(super) struct ProxyAddress {
    pub(super) proxy: Intercept,
    pub(super) route: Route,
}

/// How to get through a proxy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Route {
    Tunnel,
    Socks { local_names: bool },
}

/// The longest that a user and a password are together for SOCKS, in bytes. RFC 1929 has 255 for
/// each; the connector has room for 259, and writes a wrong length for a longer one.
const SOCKS_LIMIT: usize = 255;

impl ProxyAddress {
    /// Reads an address; the error says what is wrong and nothing of the address.
    ///
    /// The parser below it takes what it knows out of a text and leaves the rest behind: `a` for
    /// `http://a#b@proxy`, no port for one above 65535. So all parts are looked at here first.
    pub(super) fn read(text: &str) -> Result<Self, &'static str> {
        let text = text.trim();
        let (scheme, rest) = text.split_once("://").unwrap_or(("http", text));
        let (scheme, route) = match scheme.to_ascii_lowercase().as_str() {
            "http" => ("http", Route::Tunnel),
            "https" => ("https", Route::Tunnel),
            // GNOME writes `socks`, and Chromium reads version 5 in it.
            "socks" | "socks5" => ("socks5", Route::Socks { local_names: true }),
            "socks5h" => ("socks5h", Route::Socks { local_names: false }),
            _ => return Err("its scheme is none of http, https, socks5 and socks5h"),
        };
        let authority = rest.strip_suffix('/').unwrap_or(rest);
        let (user_info, host) = match authority.rsplit_once('@') {
            Some((user_info, host)) => (Some(user_info), host),
            None => (None, authority),
        };
        check_host(host)?;
        if let Some(user_info) = user_info {
            check_user_info(user_info, route)?;
        }
        let proxy = Matcher::builder()
            .all(format!("{scheme}://{authority}"))
            .build()
            .intercept(&Uri::from_static("https://host.invalid/"))
            .ok_or("it is no address")?;
        Ok(Self { proxy, route })
    }

    #[cfg(test)]
    pub(super) fn shown(&self) -> String {
        self.proxy
            .uri()
            .to_string()
            .trim_end_matches('/')
            .to_owned()
    }
}

/// Checks a host with or without a port.
fn check_host(text: &str) -> Result<(), &'static str> {
    let no_host = "it has no name or IP address of a host where one belongs";
    let (host, port) = match text.strip_prefix('[') {
        Some(rest) => {
            let (host, rest) = rest.split_once(']').ok_or(no_host)?;
            host.parse::<Ipv6Addr>().map_err(|_| no_host)?;
            match rest {
                "" => (host, None),
                rest => (host, Some(rest.strip_prefix(':').ok_or(no_host)?)),
            }
        }
        None => match text.split_once(':') {
            Some((host, port)) => (host, Some(port)),
            None => (text, None),
        },
    };
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || b"-._".contains(&byte);
    if host.is_empty() || !(text.starts_with('[') || host.bytes().all(is_name)) {
        return Err(no_host);
    }
    match port {
        Some(port) if !is_port(port) => Err("its port is no number from 1 to 65535"),
        _ => Ok(()),
    }
}

pub(super) fn is_port(text: &str) -> bool {
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
    is_number && text.parse::<u16>().is_ok_and(|port| port > 0)
}

/// Checks the name of a user, perhaps with a password (RFC 3986, section 3.2.1).
fn check_user_info(text: &str, route: Route) -> Result<(), &'static str> {
    let message = "its user or password has a character that must be percent-encoded (%40 for @)";
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:".contains(&byte);
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let is_encoded = byte == b'%'
            && [rest.next(), rest.next()]
                .into_iter()
                .all(|digit| digit.is_some_and(|digit| digit.is_ascii_hexdigit()));
        if !is_encoded && !is_allowed(byte) {
            return Err(message);
        }
    }
    let decoded = unescape(text.as_bytes());
    if std::str::from_utf8(&decoded).is_err() {
        return Err("its user or password is no UTF-8 when it is decoded");
    }
    if matches!(route, Route::Socks { .. }) && decoded.len() > SOCKS_LIMIT {
        return Err("its user and password have more than 255 bytes, which SOCKS has no room for");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<String, &'static str> {
        ProxyAddress::read(text).map(|address| address.shown())
    }

    /// Other programs take them, too, except for the blanks, which curl rejects, and `socks`, which curl
    /// reads as version 4 and Chromium as version 5.
    #[test]
    fn addresses_of_proxies_are_read() {
        let cases = [
            (
                "http://proxy.example.com:3128",
                "http://proxy.example.com:3128",
            ),
            ("proxy.example.com:3128/", "http://proxy.example.com:3128"),
            ("10.0.0.1", "http://10.0.0.1"),
            ("HTTP://Proxy:3128", "http://Proxy:3128"),
            ("https://[::1]:3128/", "https://[::1]:3128"),
            // Files of variables with the line ends of Windows leave one in the value.
            (" http://proxy:3128 \r\n", "http://proxy:3128"),
            ("socks://proxy:1080", "socks5://proxy:1080"),
            ("SOCKS5://proxy", "socks5://proxy"),
            ("socks5h://proxy:1080", "socks5h://proxy:1080"),
        ];
        for (text, expected) in cases {
            assert_eq!(read(text), Ok(expected.to_owned()), "{text:?}");
        }
        let proxy = ProxyAddress::read("socks5h://user:p%40s%5Es@proxy")
            .ok()
            .unwrap()
            .proxy;
        assert_eq!(proxy.raw_auth(), Some(("user", "p@s^s")));
        let proxy = ProxyAddress::read("user:p%20ss@proxy").ok().unwrap().proxy;
        // user:p ss
        assert_eq!(proxy.basic_auth().unwrap(), "Basic dXNlcjpwIHNz");
    }

    /// hyper-util 0.1.21 takes the first ones for no proxy, and cuts the text of most others. curl
    /// 7.88.1 rejects all that were tried of them (quotes, blanks, `#`, `/`, 99999, ftp) but `^`.
    #[test]
    fn addresses_that_would_be_ignored_or_cut_are_errors() {
        let cases = [
            ("\"http://proxy:3128\"", "scheme"),
            ("'proxy:3128'", "host"),
            ("http://user:pass^word@proxy:3128", "percent-encoded"),
            ("http://user:pass word@proxy:3128", "percent-encoded"),
            ("http://user:pässword@proxy:3128", "percent-encoded"),
            ("ftp://proxy:3128", "scheme"),
            ("socks4://proxy", "scheme"),
            ("", "host"),
            ("http://", "host"),
            ("http://:3128", "host"),
            ("http://user@", "host"),
            ("http://pro xy:3128", "host"),
            ("http://pröxy:3128", "host"),
            ("http://[::1:3128", "host"),
            ("http://[proxy]:3128", "host"),
            ("http://[::1]3128", "host"),
            ("http://::1:3128", "host"),
            ("http:proxy", "port"),
            ("http://proxy:99999", "port"),
            ("http://proxy:0", "port"),
            ("http://proxy:", "port"),
            ("http://proxy:+80", "port"),
            ("http://proxy:3128/path", "port"),
            ("http://proxy/path", "host"),
            ("http://proxy?x=1", "host"),
            ("http://user:a#b@proxy:3128", "percent-encoded"),
            ("http://user:a/b@proxy:3128", "percent-encoded"),
            ("http://user:a?b@proxy:3128", "percent-encoded"),
            ("http://user:a@b@proxy:3128", "percent-encoded"),
            ("http://user:100%@proxy:3128", "percent-encoded"),
            ("http://user:%zz@proxy:3128", "percent-encoded"),
            ("http://user:%FF@proxy:3128", "UTF-8"),
        ];
        for (text, expected) in cases {
            let error = read(text).expect_err(text);
            assert!(error.contains(expected), "{text}: {error}");
        }
        let long = |length: usize| read(&format!("socks5://{}@proxy", "u".repeat(length)));
        assert!(long(255).is_ok());
        assert!(long(256).unwrap_err().contains("255 bytes"));
    }
}
