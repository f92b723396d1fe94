//! Addresses that somebody else gave: taken apart strictly, and never changed.

use super::endpoint::{is_host, split_port};

/// The longest address that is taken, in bytes.
const MAX_LENGTH: usize = 16 * 1024;

/// An absolute address, taken apart. What is not plain is rejected: user names, fragments, escapes
/// and other characters in the host are how one address is made to look like another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Given<'a> {
    /// Whether it is `https`; otherwise it is `http`.
    pub(crate) https: bool,
    /// The host, as it was written.
    pub(crate) host: &'a str,
    /// The port, if it was written.
    pub(crate) port: Option<u16>,
}

impl<'a> Given<'a> {
    /// Takes an address apart; the error says what is wrong and shows nothing of it.
    pub(crate) fn read(url: &'a str) -> Result<Self, &'static str> {
        if url.len() > MAX_LENGTH {
            return Err("it is too long");
        }
        if !url
            .bytes()
            .all(|byte| byte.is_ascii_graphic() && !b"\"<>\\^`{|}#".contains(&byte))
        {
            return Err("it has characters that no address has");
        }
        let (https, rest) = match (url.strip_prefix("https://"), url.strip_prefix("http://")) {
            (Some(rest), _) => (true, rest),
            (None, Some(rest)) => (false, rest),
            (None, None) => return Err("it does not begin with https://"),
        };
        let authority = rest.split(['/', '?']).next().unwrap_or_default();
        let (host, port) = split_port(authority).map_err(|_| "it has no valid port")?;
        if !is_host(host) {
            return Err("it has no valid host");
        }
        Ok(Self { https, host, port })
    }

    /// Whether it stands for the default port of its scheme.
    pub(crate) fn has_default_port(&self) -> bool {
        self.port
            .is_none_or(|port| port == if self.https { 443 } else { 80 })
    }

    /// Whether it may go without TLS because the endpoint does: both are on this machine, or it is the
    /// very server that the endpoint names.
    pub(crate) fn is_in_the_clear_as(&self, endpoint: &Given<'_>) -> bool {
        let loopback = super::endpoint::is_loopback;
        !self.https
            && !endpoint.https
            && (loopback(self.host) && loopback(endpoint.host)
                || self.has_host(endpoint.host) && self.port == endpoint.port)
    }

    /// Whether its host is `pattern`, or below it for a pattern such as `*.googleusercontent.com`.
    pub(crate) fn has_host(&self, pattern: &str) -> bool {
        let Some(parent) = pattern.strip_prefix("*.") else {
            return self.host.eq_ignore_ascii_case(pattern);
        };
        let start = self.host.len().checked_sub(parent.len());
        let parts = start.and_then(|start| self.host.split_at_checked(start));
        parts.is_some_and(|(child, end)| {
            child.len() > 1 && child.ends_with('.') && end.eq_ignore_ascii_case(parent)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_addresses_are_taken_apart() {
        let cases = [
            ("https://a.example/x?y=//@", (true, "a.example", None)),
            ("https://a.example:8443?x", (true, "a.example", Some(8443))),
            ("http://127.0.0.1:80/", (false, "127.0.0.1", Some(80))),
            ("http://[::1]:8080", (false, "[::1]", Some(8080))),
        ];
        for (url, (https, host, port)) in cases {
            assert_eq!(Given::read(url), Ok(Given { https, host, port }), "{url}");
        }
    }

    #[test]
    fn addresses_that_are_not_plain_are_rejected() {
        let long = format!("https://a.example/{}", "x".repeat(MAX_LENGTH));
        let urls = [
            "",
            "/v1/uploads",
            "//a.example/",
            "file:///etc/passwd",
            "ftp://a.example/",
            "HTTPS://a.example/",
            "https:/a.example/",
            "https://",
            "https:///x",
            "https://user@a.example/",
            "https://a.example@evil.example/",
            "https://a.example\\@evil.example/",
            "https://a.example/#x",
            "https://a.example/a b",
            "https://a.example/\r\nx",
            "https://a.example:/",
            "https://a.example:0/",
            "https://a.example:99999/",
            "https://a%2eexample/",
            "https://é.example/",
            "https://a..example/",
            long.as_str(),
        ];
        for url in urls {
            assert!(Given::read(url).is_err(), "{url}");
        }
    }

    #[test]
    fn hosts_match_as_a_whole() {
        let given = Given::read("https://lh3.GoogleUserContent.com/x").unwrap();
        assert!(
            given.has_host("*.googleusercontent.com")
                && given.has_host("lh3.googleusercontent.com")
        );
        let others = [
            "https://googleusercontent.com/",
            "https://evilgoogleusercontent.com/",
            "https://lh3.googleusercontent.com.evil.example/",
        ];
        for url in others {
            assert!(
                !Given::read(url)
                    .unwrap()
                    .has_host("*.googleusercontent.com"),
                "{url}"
            );
        }
        assert!(!given.has_host("*.lh3.googleusercontent.com"));
    }
}
