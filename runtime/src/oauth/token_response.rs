//! The responses of a token endpoint (RFC 6749, sections 5.1 and 5.2).

use std::time::Duration;

use serde::Deserialize;
use serde_json::Value;

use super::json::{self, JsonError, SecretText};
use super::{OAuthError, scopes};
use crate::Secret;

/// A response that grants something.
pub(super) struct TokenResponse {
    pub(super) access_token: Secret,
    pub(super) lifetime: Lifetime,
    /// A new refresh token, which replaces the old one.
    pub(super) refresh_token: Option<Secret>,
    /// What the token is good for; `None` if that is what was requested.
    pub(super) scopes: Option<Vec<String>>,
}

/// How long an access token is good, counted from the response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lifetime {
    Unknown,
    /// It has ended already.
    Ended,
    For(Duration),
}

/// The longest token that goes into a header or a file, in bytes.
const LONGEST_TOKEN: usize = 16 * 1024;

/// The longest life that is believed. Google's access tokens live an hour.
pub(super) const LONGEST_LIFE: Duration = Duration::from_secs(24 * 3600);

impl TokenResponse {
    /// Reads the body of a response of success.
    pub(super) fn read(body: &[u8]) -> Result<Self, OAuthError> {
        let raw = json::read::<Granted>(body).map_err(|error| match error {
            // A page of HTML: the network wants a sign-in of its own, or a proxy is in the way.
            JsonError::Syntax { .. } => {
                OAuthError::transient(format!("the token endpoint responded with {error}"))
            }
            JsonError::Form { .. } => nonsense(&error.to_string()),
        })?;
        let Some(SecretText(access_token)) = raw.access_token else {
            return Err(nonsense("no access token"));
        };
        if raw
            .token_type
            .is_some_and(|kind| !kind.eq_ignore_ascii_case("bearer"))
        {
            return Err(nonsense("a token of another type than Bearer"));
        }
        check("access token", &access_token)?;
        let refresh_token = raw.refresh_token.map(|SecretText(token)| token);
        if let Some(token) = &refresh_token {
            check("refresh token", token)?;
        }
        Ok(Self {
            access_token,
            lifetime: raw
                .expires_in
                .as_ref()
                .map_or(Lifetime::Unknown, Lifetime::read),
            refresh_token,
            scopes: raw.scope.as_deref().map(scopes::split),
        })
    }
}

/// Everything is optional: what is missing is told apart from what can't be read.
#[derive(Deserialize)]
struct Granted {
    access_token: Option<SecretText>,
    token_type: Option<String>,
    expires_in: Option<Value>,
    refresh_token: Option<SecretText>,
    scope: Option<String>,
}

impl Lifetime {
    /// Reads `expires_in`: a number of seconds, of which nobody promises that it makes sense.
    fn read(value: &Value) -> Self {
        let seconds = match value {
            Value::Number(number) => number.as_f64(),
            Value::String(text) => text.trim().parse().ok(),
            _ => None,
        };
        match seconds {
            None => Self::Unknown,
            Some(seconds) if seconds.is_nan() => Self::Unknown,
            Some(seconds) if seconds <= 0.0 => Self::Ended,
            Some(seconds) => {
                let life = Duration::try_from_secs_f64(seconds).unwrap_or(LONGEST_LIFE);
                Self::For(life.min(LONGEST_LIFE))
            }
        }
    }
}

/// Reads an error response, with a status from 400 to 499.
pub(super) fn rejection(status: u16, body: &[u8]) -> OAuthError {
    let code = error_code(body);
    let Some(code) = code.as_deref().and_then(shown) else {
        return OAuthError::permanent(format!("the token endpoint responded with {status}"));
    };
    match code {
        "invalid_grant" => OAuthError::sign_in(
            "the grant has ended or was taken back (invalid_grant): the user must sign in again; \
             grants to an app in testing end after 7 days",
        ),
        "unauthorized_client" => OAuthError::sign_in(
            "the grant is not one of this client (unauthorized_client): the user must sign in again",
        ),
        "invalid_client" => OAuthError::permanent(
            "the client ID and secret are not accepted (invalid_client): check that the client \
             still exists, and that the secret is its own",
        ),
        code => OAuthError::permanent(format!(
            "the token endpoint responded with {status}: {code}"
        )),
    }
}

/// The error code in the body of an error response, if there is one.
pub(super) fn error_code(body: &[u8]) -> Option<String> {
    json::read::<ErrorBody>(body).ok()?.error
}

#[derive(Deserialize)]
struct ErrorBody {
    error: Option<String>,
}

/// An error code as the specifications form them. Anything else stays unseen: servers echo what
/// they were sent.
pub(super) fn shown(code: &str) -> Option<&str> {
    let is_code = (1..=40).contains(&code.len())
        && code
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    is_code.then_some(code)
}

/// Checks that a token has the characters of one (RFC 6749, appendix A): it goes into a header.
pub(super) fn check(name: &str, token: &Secret) -> Result<(), OAuthError> {
    let text = token.expose();
    if text.is_empty() {
        return Err(nonsense(&format!("an empty {name}")));
    }
    if text.len() > LONGEST_TOKEN {
        return Err(nonsense(&format!("a {name} that is too long")));
    }
    if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(nonsense(&format!(
            "a {name} with characters that no token has"
        )));
    }
    Ok(())
}

fn nonsense(what: &str) -> OAuthError {
    OAuthError::permanent(format!("the token endpoint responded with {what}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lifetime(expires_in: &str) -> Lifetime {
        let body = format!(r#"{{"access_token": "a", "token_type": "bearer"{expires_in}}}"#);
        TokenResponse::read(body.as_bytes()).unwrap().lifetime
    }

    #[test]
    fn any_expires_in_is_a_lifetime() {
        let hour = Lifetime::For(Duration::from_secs(3600));
        let cases = [
            ("", Lifetime::Unknown),
            (r#", "expires_in": null"#, Lifetime::Unknown),
            (r#", "expires_in": "soon""#, Lifetime::Unknown),
            (r#", "expires_in": "NaN""#, Lifetime::Unknown),
            (r#", "expires_in": [3600]"#, Lifetime::Unknown),
            (r#", "expires_in": 0"#, Lifetime::Ended),
            (r#", "expires_in": -1"#, Lifetime::Ended),
            (r#", "expires_in": -1e300"#, Lifetime::Ended),
            (r#", "expires_in": 3600"#, hour),
            (r#", "expires_in": 3600.0"#, hour),
            (r#", "expires_in": "3600""#, hour),
            (r#", "expires_in": 1e300"#, Lifetime::For(LONGEST_LIFE)),
            (r#", "expires_in": "inf""#, Lifetime::For(LONGEST_LIFE)),
            (
                r#", "expires_in": 18446744073709551615"#,
                Lifetime::For(LONGEST_LIFE),
            ),
            (
                r#", "expires_in": 9223372036854775808"#,
                Lifetime::For(LONGEST_LIFE),
            ),
        ];
        for (text, expected) in cases {
            assert_eq!(lifetime(text), expected, "{text}");
        }
    }

    #[test]
    fn malformed_tokens_are_errors() {
        let long = format!(r#"{{"access_token": "{}"}}"#, "a".repeat(LONGEST_TOKEN + 1));
        let permanent = [
            "{}",
            "[]",
            "null",
            r#"{"access_token": null}"#,
            r#"{"access_token": 5}"#,
            r#"{"access_token": ""}"#,
            r#"{"access_token": "CANARY", "access_token": "CANARY"}"#,
            r#"{"access_token": "CANARY", "token_type": "MAC"}"#,
            r#"{"access_token": "CANARY\r\nx: y"}"#,
            r#"{"access_token": "CANARY é"}"#,
            r#"{"access_token": "CANARY", "refresh_token": "CANARY\u0000"}"#,
            &long,
        ];
        for body in permanent {
            let error = TokenResponse::read(body.as_bytes()).err().unwrap();
            assert!(
                !error.is_transient() && !error.needs_sign_in(),
                "{body}: {error}"
            );
            assert!(
                !format!("{error} {error:?}").contains("CANARY"),
                "{error:?}"
            );
        }
        for body in [
            "",
            "<!DOCTYPE html><title>CANARY</title>",
            "{\"access_token\": \"CANARY",
        ] {
            let error = TokenResponse::read(body.as_bytes()).err().unwrap();
            assert!(error.is_transient(), "{body}: {error}");
            assert!(
                !format!("{error} {error:?}").contains("CANARY"),
                "{error:?}"
            );
        }
    }

    #[test]
    fn rejections_say_what_to_do() {
        let of = |code: &str| rejection(400, format!(r#"{{"error": {code}}}"#).as_bytes());
        assert!(of(r#""invalid_grant""#).needs_sign_in());
        assert!(of(r#""unauthorized_client""#).needs_sign_in());
        let client = of(r#""invalid_client""#);
        assert!(
            !client.needs_sign_in() && !client.is_transient(),
            "{client}"
        );
        assert_eq!(
            of(r#""invalid_scope""#).to_string(),
            "the token endpoint responded with 400: invalid_scope"
        );
        for code in [
            "null",
            r#""""#,
            r#""CANARY""#,
            r#"{"message": "CANARY"}"#,
            "5",
        ] {
            assert_eq!(
                of(code).to_string(),
                "the token endpoint responded with 400",
                "{code}"
            );
        }
        assert_eq!(
            rejection(403, b"<html>").to_string(),
            "the token endpoint responded with 403"
        );
    }
}
