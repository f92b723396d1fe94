//! Addresses of upload sessions: whoever has one can write to the upload.

use std::fmt;

use crate::error::TransferProblem;
use crate::url::{Endpoint, Given};
use crate::{Error, Secret};

/// The address of a session, which was found to be one that credentials and bytes may go to.
#[derive(Clone)]
pub(super) struct SessionUrl(Secret);

impl SessionUrl {
    /// Takes an address that a server gave: with TLS at the host of the endpoint or at one of
    /// `hosts`, or without TLS where the endpoint is, too.
    pub(super) fn trust(url: &str, endpoint: &Endpoint, hosts: &[String]) -> Result<Self, Error> {
        let untrusted = |host: Option<&str>, reason| {
            let host = host.map(str::to_owned);
            Error::from(TransferProblem::UntrustedUrl { host, reason })
        };
        let given = Given::read(url).map_err(|reason| untrusted(None, reason))?;
        let own = Given::read(endpoint.as_str()).map_err(|reason| untrusted(None, reason))?;
        if !given.https {
            return if given.is_in_the_clear_as(&own) {
                Ok(Self(Secret::from(url)))
            } else {
                Err(untrusted(Some(given.host), "it does not use TLS"))
            };
        }
        let known =
            given.has_host(own.host) && (given.port == own.port || given.has_default_port());
        let listed = given.has_default_port() && hosts.iter().any(|host| given.has_host(host));
        if known || listed {
            Ok(Self(Secret::from(url)))
        } else {
            Err(untrusted(
                Some(given.host),
                "it is not an address of the service",
            ))
        }
    }

    pub(super) fn expose(&self) -> &str {
        self.0.expose()
    }
}

impl fmt::Debug for SessionUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, formatter)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trusted(url: &str) -> bool {
        let endpoint = Endpoint::https("https://photoslibrary.googleapis.com/").unwrap();
        match SessionUrl::trust(url, &endpoint, &["*.up.example".to_owned()]) {
            Ok(_) => true,
            Err(error) => {
                assert!(error.is_untrusted_url());
                assert!(
                    !format!("{error} {error:?}").contains("CANARY"),
                    "{error:?}"
                );
                false
            }
        }
    }

    #[test]
    fn only_the_service_and_listed_hosts() {
        for url in [
            "https://photoslibrary.googleapis.com/v1/uploads?upload_id=x",
            "https://PhotosLibrary.googleapis.com:443/v1/uploads?upload_id=x",
            "https://a.up.example/x",
        ] {
            assert!(trusted(url), "{url}");
        }
        for url in [
            "http://photoslibrary.googleapis.com/?CANARY",
            "https://evil.example/?CANARY",
            "https://photoslibrary.googleapis.com.evil.example/?CANARY",
            "https://photoslibrary.googleapis.com@evil.example/?CANARY",
            "https://user:CANARY@photoslibrary.googleapis.com/",
            "https://photoslibrary.googleapis.com:22/?CANARY",
            "https://127.0.0.1/?CANARY",
            "http://127.0.0.1/?CANARY",
            "https://[::1]/?CANARY",
            "https://photoslibrary.googleapis.com/#CANARY",
            "file:///CANARY",
            "/v1/uploads?upload_id=CANARY",
            "//photoslibrary.googleapis.com/CANARY",
            "https://up.example/?CANARY",
            "https://a.up.example:8443/?CANARY",
            "",
        ] {
            assert!(!trusted(url), "{url}");
        }
        let long = format!(
            "https://photoslibrary.googleapis.com/{}",
            "x".repeat(1 << 20)
        );
        assert!(!trusted(&long));
    }

    #[test]
    fn this_machine_only_if_the_service_is_there() {
        let endpoint = Endpoint::loopback("http://127.0.0.1:8080/").unwrap();
        let trusted = |url| SessionUrl::trust(url, &endpoint, &[]).is_ok();
        assert!(trusted("http://127.0.0.1:8080/x") && trusted("http://localhost:9/x"));
        assert!(!trusted("http://192.168.0.1:8080/x") && !trusted("https://evil.example/"));
        let endpoint = Endpoint::in_the_clear("http://emulator:8080/").unwrap();
        let trusted = |url| SessionUrl::trust(url, &endpoint, &[]).is_ok();
        assert!(trusted("http://emulator:8080/x"));
        assert!(!trusted("http://emulator:80/x") && !trusted("http://127.0.0.1:8080/x"));
        let endpoint = Endpoint::https("https://a.example:8443/base/").unwrap();
        assert!(SessionUrl::trust("https://a.example:8443/x", &endpoint, &[]).is_ok());
    }
}
