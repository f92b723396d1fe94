//! The address that all requests of a client go to.

use std::net::IpAddr;

/// Scheme, host, port and perhaps a path: what stands before the path of every method.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Endpoint {
    /// Ends with a slash.
    base: String,
}

impl Endpoint {
    /// Reads an address that starts with `https://`.
    pub(crate) fn https(address: &str) -> Result<Self, String> {
        let Some(rest) = strip_scheme(address, "https://") else {
            return Err(format!(
                "the endpoint must start with https://, unlike {}",
                shown(address)
            ));
        };
        Ok(Self::new("https://", &Parts::read(rest)?))
    }

    /// Reads an address on this machine, without TLS.
    pub(crate) fn loopback(address: &str) -> Result<Self, String> {
        let parts = Parts::in_the_clear(address)?;
        if !is_loopback(parts.host) {
            return Err(format!("{} is not on this machine: use https", parts.host));
        }
        Ok(Self::new("http://", &parts))
    }

    /// Reads an address without TLS on any machine.
    pub(crate) fn in_the_clear(address: &str) -> Result<Self, String> {
        Ok(Self::new("http://", &Parts::in_the_clear(address)?))
    }

    /// The address of a path below the endpoint.
    pub(crate) fn join(&self, path: &str) -> String {
        let mut url = String::with_capacity(self.base.len() + path.len() + 128);
        url.push_str(&self.base);
        url.push_str(path);
        url
    }

    /// Whether a request for `url` goes where the endpoint is: the test before any credential is
    /// added to a request.
    pub(crate) fn covers(&self, url: &str) -> bool {
        url.starts_with(&self.base)
    }

    /// Whether it is without TLS, as that of an emulator is.
    pub(crate) fn is_in_the_clear(&self) -> bool {
        self.base.starts_with("http://")
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.base
    }

    fn new(scheme: &str, parts: &Parts<'_>) -> Self {
        let Parts { host, port, path } = parts;
        let mut base = format!("{scheme}{}", host.to_ascii_lowercase());
        if let Some(port) = port {
            base.push_str(&format!(":{port}"));
        }
        base.push('/');
        if !path.is_empty() {
            base.push_str(path);
            base.push('/');
        }
        Self { base }
    }
}

fn strip_scheme<'a>(address: &'a str, scheme: &str) -> Option<&'a str> {
    let (start, rest) = address.split_at_checked(scheme.len())?;
    start.eq_ignore_ascii_case(scheme).then_some(rest)
}

/// The scheme of a rejected address; the rest could hold a password.
fn shown(address: &str) -> &str {
    match address.split_once("://") {
        Some((scheme, _)) if scheme.bytes().all(|byte| byte.is_ascii_alphanumeric()) => scheme,
        _ => "what was given",
    }
}

struct Parts<'a> {
    host: &'a str,
    port: Option<u16>,
    path: &'a str,
}

impl<'a> Parts<'a> {
    /// Those of an address that starts with `http://`.
    fn in_the_clear(address: &'a str) -> Result<Self, String> {
        match strip_scheme(address, "http://") {
            Some(rest) => Self::read(rest),
            None => Err(format!(
                "the endpoint must start with http://, unlike {}",
                shown(address)
            )),
        }
    }

    fn read(rest: &'a str) -> Result<Self, String> {
        let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
        if rest.contains(['?', '#']) {
            return Err("the endpoint must have no query and no fragment".to_owned());
        }
        if authority.contains('@') {
            return Err("the endpoint must have no user name and no password".to_owned());
        }
        let (host, port) = split_port(authority)?;
        if !is_host(host) {
            return Err("the endpoint has no valid host name".to_owned());
        }
        let path = path.strip_suffix('/').unwrap_or(path);
        if !path.is_empty() {
            super::template::check_raw_path(&format!("/{path}"))?;
        }
        Ok(Self { host, port, path })
    }
}

/// Whether a host is this machine.
pub(super) fn is_loopback(host: &str) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']');
    match address.parse::<IpAddr>() {
        Ok(address) => address.is_loopback(),
        Err(_) => host.eq_ignore_ascii_case("localhost"),
    }
}

pub(super) fn split_port(authority: &str) -> Result<(&str, Option<u16>), String> {
    // The colons of an IPv6 address stand in brackets.
    let colon = authority
        .rfind(':')
        .filter(|&colon| authority.rfind(']').is_none_or(|bracket| bracket < colon));
    let Some(colon) = colon else {
        return Ok((authority, None));
    };
    let (host, port) = authority.split_at(colon);
    let digits = port.get(1..).unwrap_or_default();
    let number = digits.parse::<u16>().ok().filter(|&number| number != 0);
    match number {
        Some(number) if digits.bytes().all(|byte| byte.is_ascii_digit()) => {
            Ok((host, Some(number)))
        }
        _ => Err("the endpoint has no valid port".to_owned()),
    }
}

/// Whether this is a name in ASCII or an IP address. Other characters are how one host is made
/// to look like another.
pub(super) fn is_host(host: &str) -> bool {
    if let Some(address) = host.strip_prefix('[') {
        let address = address.strip_suffix(']').unwrap_or_default();
        return address.parse::<std::net::Ipv6Addr>().is_ok();
    }
    let is_label = |label: &str| {
        !label.is_empty()
            && label
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
    };
    let host = host.strip_suffix('.').unwrap_or(host);
    host.len() <= 253 && host.split('.').all(is_label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slash_at_the_end_makes_no_difference() {
        for address in [
            "https://a.example/base",
            "https://a.example/base/",
            "HTTPS://A.example/base/",
        ] {
            let endpoint = Endpoint::https(address).unwrap();
            assert_eq!(
                endpoint.join("v1/albums"),
                "https://a.example/base/v1/albums"
            );
        }
        for address in ["https://a.example:8443", "https://a.example:8443/"] {
            assert_eq!(
                Endpoint::https(address).unwrap().as_str(),
                "https://a.example:8443/"
            );
        }
    }

    #[test]
    fn addresses_that_could_lead_elsewhere_are_rejected() {
        let addresses = [
            "",
            "https://",
            "https:///v1",
            "http://a.example/",
            "ftp://a.example/",
            "a.example",
            "https:a.example",
            "https://user@a.example/",
            "https://a.example@evil.example/",
            "https://a.example?x=1",
            "https://a.example/#x",
            "https://a.example/v1?key=CANARY",
            "https://a.example:0/",
            "https://a.example:65536/",
            "https://a.example:+1/",
            "https://a.example:/",
            "https://a..example/",
            "https://a example/",
            "https://é.example/",
            "https://a.example\\@evil.example/",
            "https://a.example/../b",
            "https://a.example//b",
            "https://[::1/",
            "https://[a]/",
            "https://a%2e.example/",
            "https://a。example/",
        ];
        for address in addresses {
            let error = Endpoint::https(address).err().unwrap_or_default();
            assert!(!error.is_empty(), "{address} is accepted");
            assert!(!error.contains("CANARY"), "{error}");
        }
    }

    #[test]
    fn only_this_machine_goes_without_tls() {
        let own = [
            "http://127.0.0.1:8080/",
            "http://127.9.9.9",
            "http://localhost:1",
            "http://[::1]:8080/x/",
        ];
        for address in own {
            assert!(Endpoint::loopback(address).is_ok(), "{address}");
        }
        let others = [
            "http://192.168.0.1/",
            "http://a.example/",
            "http://localhost.evil.example/",
            "http://127.0.0.1.evil.example/",
            "http://0.0.0.0/",
            "https://127.0.0.1/",
            "http://[::2]/",
        ];
        for address in others {
            assert!(Endpoint::loopback(address).is_err(), "{address}");
        }
    }

    #[test]
    fn any_machine_goes_without_tls_if_that_is_said() {
        for address in [
            "http://emulator:8080",
            "http://192.168.0.1/",
            "HTTP://a.example/x",
        ] {
            let endpoint = Endpoint::in_the_clear(address).unwrap();
            assert!(endpoint.is_in_the_clear(), "{address}");
        }
        for address in [
            "https://emulator/",
            "emulator:8080",
            "http://user@emulator/",
        ] {
            assert!(Endpoint::in_the_clear(address).is_err(), "{address}");
        }
    }

    #[test]
    fn credentials_go_to_the_endpoint_only() {
        let endpoint = Endpoint::https("https://a.example").unwrap();
        assert!(endpoint.covers("https://a.example/v1/albums"));
        for url in [
            "https://a.example.evil.example/",
            "https://a.example@evil.example/",
            "http://a.example/",
        ] {
            assert!(!endpoint.covers(url), "{url}");
        }
    }
}
