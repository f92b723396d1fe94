//! The addresses of the authorization server, and which of them are accepted.

use super::OAuthError;
use crate::url::Endpoint;

/// The addresses of an authorization server. Those of Google are the default.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoints {
    authorization: String,
    token: String,
    revocation: Option<String>,
}

const AUTHORIZATION: &str = "https://accounts.google.com/o/oauth2/v2/auth";
const TOKEN: &str = "https://oauth2.googleapis.com/token";
const REVOCATION: &str = "https://oauth2.googleapis.com/revoke";

/// How the addresses begin that a file may name. Everybody who could write an address into the
/// file would get the client secret and the refresh token of the user.
const GOOGLE: &[&str] = &[
    "https://accounts.google.com/",
    "https://oauth2.googleapis.com/",
    "https://www.googleapis.com/oauth2/",
];

impl Endpoints {
    /// Those of Google.
    pub fn google() -> Self {
        Self {
            authorization: AUTHORIZATION.to_owned(),
            token: TOKEN.to_owned(),
            revocation: Some(REVOCATION.to_owned()),
        }
    }

    /// Those of another server: where the user consents, and where codes and refresh tokens become
    /// access tokens. Both start with `https://` and have no query.
    ///
    /// The server gets the client secret and all refresh tokens.
    pub fn new(authorization: &str, token: &str) -> Result<Self, OAuthError> {
        Self::read(Endpoint::https, authorization, token)
    }

    /// Those of a server on this machine without TLS, such as `http://127.0.0.1:8080/token`, for
    /// tests and emulators. Any other host is rejected.
    pub fn on_loopback(authorization: &str, token: &str) -> Result<Self, OAuthError> {
        Self::read(Endpoint::loopback, authorization, token)
    }

    /// Those of a server on any host without TLS, such as `http://emulator:8080/token`, for test servers
    /// in a network of containers. **Everyone on the way reads the client secret and all tokens.**
    pub fn in_the_clear(authorization: &str, token: &str) -> Result<Self, OAuthError> {
        Self::read(Endpoint::in_the_clear, authorization, token)
    }

    /// The same with the address where grants are revoked (RFC 7009), which is of the same kind as
    /// the others. Without one, signing out only forgets.
    pub fn with_revocation(mut self, address: &str) -> Result<Self, OAuthError> {
        let reader: Reader = match Endpoint::loopback(&self.token) {
            Ok(_) => Endpoint::loopback,
            Err(_) if self.token.starts_with("http://") => Endpoint::in_the_clear,
            Err(_) => Endpoint::https,
        };
        self.revocation = Some(read(reader, "revocation", address)?);
        Ok(self)
    }

    /// Those that a file names, as far as it names them. Only Google's are believed.
    pub(super) fn from_file(
        authorization: Option<&str>,
        token: Option<&str>,
    ) -> Result<Self, OAuthError> {
        let mut endpoints = Self::google();
        if let Some(address) = authorization {
            endpoints.authorization = read_google("authorization", address)?;
        }
        if let Some(address) = token {
            endpoints.token = read_google("token", address)?;
        }
        Ok(endpoints)
    }

    pub(super) fn authorization(&self) -> &str {
        &self.authorization
    }

    pub(super) fn token(&self) -> &str {
        &self.token
    }

    pub(super) fn revocation(&self) -> Option<&str> {
        self.revocation.as_deref()
    }

    fn read(reader: Reader, authorization: &str, token: &str) -> Result<Self, OAuthError> {
        Ok(Self {
            authorization: read(reader, "authorization", authorization)?,
            token: read(reader, "token", token)?,
            revocation: None,
        })
    }
}

impl Default for Endpoints {
    fn default() -> Self {
        Self::google()
    }
}

type Reader = fn(&str) -> Result<Endpoint, String>;

fn read(reader: Reader, name: &str, address: &str) -> Result<String, OAuthError> {
    let endpoint = reader(address)
        .map_err(|message| OAuthError::configuration(format!("{name} address: {message}")))?;
    let text = endpoint.as_str();
    Ok(text.strip_suffix('/').unwrap_or(text).to_owned())
}

fn read_google(name: &str, address: &str) -> Result<String, OAuthError> {
    let address = read(Endpoint::https, name, address)?;
    if GOOGLE
        .iter()
        .any(|beginning| address.starts_with(beginning))
    {
        return Ok(address);
    }
    let message = format!(
        "the file names {address} as {name} address, which is not Google's: set the endpoints in \
         the program if that is meant"
    );
    Err(OAuthError::configuration(message))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_with_tls_are_taken() {
        let auth = "https://a.example/auth";
        let endpoints = Endpoints::new(auth, "https://A.example:8443/token/").unwrap();
        assert_eq!(endpoints.authorization(), "https://a.example/auth");
        assert_eq!(endpoints.token(), "https://a.example:8443/token");
        for token in [
            "http://a.example/token",
            "http://127.0.0.1/token",
            "",
            "https://u@a.example/",
            "https://a.example/t?x=1",
        ] {
            assert!(
                Endpoints::new(auth, token).unwrap_err().is_configuration(),
                "{token}"
            );
            assert!(
                Endpoints::new(token, auth).unwrap_err().is_configuration(),
                "{token}"
            );
        }
        assert!(
            endpoints
                .clone()
                .with_revocation("http://a.example/revoke")
                .is_err()
        );
        let revocation = endpoints
            .with_revocation("https://a.example/revoke")
            .unwrap();
        assert_eq!(revocation.revocation(), Some("https://a.example/revoke"));
    }

    #[test]
    fn addresses_without_tls_stay_on_this_machine() {
        let auth = "http://127.0.0.1:8080/auth";
        let endpoints = Endpoints::on_loopback(auth, "http://[::1]:8080/token").unwrap();
        assert_eq!(endpoints.token(), "http://[::1]:8080/token");
        for token in [
            "http://evil.example/token",
            "http://127.0.0.1.evil.example/",
            "https://127.0.0.1/",
        ] {
            assert!(Endpoints::on_loopback(auth, token).is_err(), "{token}");
            assert!(endpoints.clone().with_revocation(token).is_err(), "{token}");
        }
    }

    #[test]
    fn addresses_without_tls_are_elsewhere_if_that_is_said() {
        let (auth, token) = ("http://emulator:8080/auth", "http://emulator:8080/token");
        let endpoints = Endpoints::in_the_clear(auth, token).unwrap();
        assert_eq!(endpoints.token(), token);
        assert!(
            endpoints
                .with_revocation("http://emulator:8080/revoke")
                .is_ok()
        );
        assert!(Endpoints::in_the_clear(auth, "https://emulator/token").is_err());
    }

    #[test]
    fn files_name_only_google() {
        let old = "https://accounts.google.com/o/oauth2/token";
        for token in [TOKEN, old, "https://www.googleapis.com/oauth2/v4/token"] {
            let endpoints = Endpoints::from_file(None, Some(token)).unwrap();
            assert_eq!(
                (endpoints.token(), endpoints.authorization()),
                (token, AUTHORIZATION)
            );
        }
        let foreign = [
            "http://oauth2.googleapis.com/token",
            "http://127.0.0.1:8080/token",
            "https://evil.example/token",
            "https://oauth2.googleapis.com.evil.example/token",
            "https://oauth2.googleapis.com@evil.example/token",
            "https://oauth2.googleapis.com:8443/token",
            "https://evil.example/https://oauth2.googleapis.com/token",
            "https://www.googleapis.com/upload/drive",
            "file:///etc/passwd",
        ];
        for address in foreign {
            assert!(
                Endpoints::from_file(None, Some(address)).is_err(),
                "{address}"
            );
            assert!(
                Endpoints::from_file(Some(address), None).is_err(),
                "{address}"
            );
        }
    }
}
