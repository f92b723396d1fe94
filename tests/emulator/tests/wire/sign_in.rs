//! The steps of a sign-in, as an installed application takes them.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use photos_emulator::{DEFAULT_CLIENT, scopes};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::client::{Response, send};
use crate::session::Session;

pub(crate) const VERIFIER: &str = "a-verifier-of-at-least-43-characters-0123456789";
pub(crate) const REDIRECT: &str = "http://127.0.0.1:9004/callback";

pub(crate) fn form(pairs: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new())
        .extend_pairs(pairs)
        .finish()
}

pub(crate) fn challenge() -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(VERIFIER))
}

/// Opens the authorization page with some parameters replaced (or, when empty, left out).
pub(crate) async fn authorize(session: &Session, changes: &[(&str, &str)]) -> Response {
    let (challenge, scope) = (
        challenge(),
        [scopes::APPENDONLY, scopes::READONLY_APPCREATEDDATA].join(" "),
    );
    let defaults = [
        ("client_id", DEFAULT_CLIENT),
        ("redirect_uri", REDIRECT),
        ("response_type", "code"),
        ("scope", scope.as_str()),
        ("state", "s t&te"),
        ("code_challenge", challenge.as_str()),
        ("code_challenge_method", "S256"),
    ];
    let changed = |name: &str| {
        changes
            .iter()
            .find(|(key, _)| *key == name)
            .map(|(_, value)| *value)
    };
    let mut pairs: Vec<_> = defaults
        .iter()
        .map(|(name, value)| (*name, changed(name).unwrap_or(value)))
        .collect();
    pairs.retain(|(_, value)| !value.is_empty());
    pairs.extend(
        changes
            .iter()
            .filter(|(name, _)| defaults.iter().all(|(key, _)| key != name)),
    );
    let target = format!("/o/oauth2/v2/auth?{}", form(&pairs));
    send(&session.address(), "GET", &target, &[], b"")
        .await
        .unwrap()
}

/// The parameters of the redirect that ends a sign-in.
pub(crate) fn redirected(response: &Response) -> Vec<(String, String)> {
    assert_eq!(response.status, 302, "{}", response.text());
    let query = response
        .header("location")
        .unwrap()
        .strip_prefix(REDIRECT)
        .unwrap()
        .strip_prefix('?')
        .unwrap();
    form_urlencoded::parse(query.as_bytes())
        .into_owned()
        .collect()
}

pub(crate) fn parameter(pairs: &[(String, String)], name: &str) -> String {
    pairs
        .iter()
        .find(|(key, _)| key == name)
        .unwrap_or_else(|| panic!("no {name} in {pairs:?}"))
        .1
        .clone()
}

pub(crate) async fn code(session: &Session) -> String {
    parameter(&redirected(&authorize(session, &[]).await), "code")
}

pub(crate) async fn post_form(session: &Session, target: &str, pairs: &[(&str, &str)]) -> Response {
    let headers = [("Content-Type", "application/x-www-form-urlencoded")];
    send(
        &session.address(),
        "POST",
        target,
        &headers,
        form(pairs).as_bytes(),
    )
    .await
    .unwrap()
}

pub(crate) async fn exchange(session: &Session, code: &str, changes: &[(&str, &str)]) -> Response {
    let mut pairs = vec![
        ("grant_type", "authorization_code"),
        ("client_id", DEFAULT_CLIENT),
        ("code", code),
        ("redirect_uri", REDIRECT),
        ("code_verifier", VERIFIER),
    ];
    for (name, value) in changes {
        pairs.retain(|(key, _)| key != name);
        pairs.push((name, value));
    }
    post_form(session, "/token", &pairs).await
}

pub(crate) async fn refresh(session: &Session, token: &str) -> Response {
    let pairs = [
        ("grant_type", "refresh_token"),
        ("client_id", DEFAULT_CLIENT),
        ("refresh_token", token),
    ];
    post_form(session, "/token", &pairs).await
}

pub(crate) fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name]
        .as_str()
        .unwrap_or_else(|| panic!("no {name} in {value}"))
}
