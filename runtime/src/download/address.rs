//! Addresses of media: keys to it, which lead to a few known hosts and nowhere else.

use crate::error::TransferProblem;
use crate::url::{Endpoint, Given};
use crate::{Error, Secret};

/// Where Google serves media from.
const HOSTS: &[&str] = &["*.googleusercontent.com", "*.ggpht.com"];

/// How many redirects are followed.
pub(super) const MAX_REDIRECTS: u32 = 5;

/// Takes an address that somebody gave: with TLS at a known host or one of `hosts`, or without TLS
/// where the endpoint of the client is, too.
pub(super) fn trust(url: &str, endpoint: &Endpoint, hosts: &[String]) -> Result<Secret, Error> {
    let untrusted = |host: Option<&str>, reason| {
        let host = host.map(str::to_owned);
        Error::from(TransferProblem::UntrustedUrl { host, reason })
    };
    let given = Given::read(url).map_err(|reason| untrusted(None, reason))?;
    if !given.https {
        let own = Given::read(endpoint.as_str()).map_err(|reason| untrusted(None, reason))?;
        return if given.is_in_the_clear_as(&own) {
            Ok(Secret::from(url))
        } else {
            Err(untrusted(Some(given.host), "it does not use TLS"))
        };
    }
    let mut known = HOSTS
        .iter()
        .copied()
        .chain(hosts.iter().map(String::as_str));
    if given.has_default_port() && known.any(|host| given.has_host(host)) {
        Ok(Secret::from(url))
    } else {
        Err(untrusted(Some(given.host), "it is not a host of media"))
    }
}

/// The address that a redirect from `from` leads to, as far as it says that plainly.
pub(super) fn redirected(from: &str, location: &str) -> String {
    let scheme = from.find("://").map_or(0, |end| end + 3);
    let authority = from.get(scheme..).unwrap_or_default();
    let end = authority
        .find(['/', '?'])
        .map_or(from.len(), |end| scheme + end);
    if location.starts_with('/') && !location.starts_with("//") {
        format!("{}{location}", from.get(..end).unwrap_or_default())
    } else {
        location.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_hosts_of_media() {
        let endpoint = Endpoint::https("https://photoslibrary.googleapis.com/").unwrap();
        let trusted = |url: &str| match trust(url, &endpoint, &["media.example".to_owned()]) {
            Ok(_) => true,
            Err(error) => {
                assert!(
                    error.is_untrusted_url() && !format!("{error} {error:?}").contains("CANARY"),
                    "{error:?}"
                );
                false
            }
        };
        for url in [
            "https://lh3.googleusercontent.com/lr/x=w2048-h1024",
            "https://video-downloads.googleusercontent.com/x",
            "https://lh3.ggpht.com/x=d",
            "https://media.example/x",
        ] {
            assert!(trusted(url), "{url}");
        }
        for url in [
            "http://lh3.googleusercontent.com/CANARY",
            "http://169.254.169.254/CANARY",
            "https://169.254.169.254/CANARY",
            "http://localhost/CANARY",
            "https://localhost/CANARY",
            "file:///CANARY",
            "https://evil.example/CANARY",
            "https://lh3.googleusercontent.com.evil.example/CANARY",
            "https://lh3.googleusercontent.com@evil.example/CANARY",
            "https://lh3.googleusercontent.com:8443/CANARY",
            "https://photoslibrary.googleapis.com/CANARY",
            "",
        ] {
            assert!(!trusted(url), "{url}");
        }
    }

    #[test]
    fn redirects_on_the_same_host_can_be_short() {
        let from = "https://lh3.googleusercontent.com/a/b?c=/d";
        assert_eq!(
            redirected(from, "/x?y"),
            "https://lh3.googleusercontent.com/x?y"
        );
        assert_eq!(
            redirected("https://lh3.googleusercontent.com", "/x"),
            "https://lh3.googleusercontent.com/x"
        );
        for location in ["https://evil.example/", "//evil.example/", "x", ""] {
            assert_eq!(redirected(from, location), location);
        }
    }
}
