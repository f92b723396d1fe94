//! What a file is that is no token file of this crate: it is never overwritten.

use std::collections::BTreeMap;

use serde::de::IgnoredAny;

use super::super::json;
use super::record::{VERSION, Versioned};

/// How a token file begins that ends too early.
const BEGINNING: &[u8] = b"{\n  \"version\": 1,\n  \"client_id\": \"";

/// What a file seems to be that no [`Record`](super::Record) could be read from; `None` if it is a
/// damaged token file, or has nothing in it that could be lost.
#[expect(
    clippy::zero_sized_map_values,
    reason = "only the names are read: values can be secrets"
)]
pub(super) fn foreign(text: &[u8]) -> Option<&'static str> {
    if text.trim_ascii().is_empty() {
        return None;
    }
    let Ok(members) = json::read::<BTreeMap<String, IgnoredAny>>(text) else {
        let is_json = json::read::<IgnoredAny>(text).is_ok();
        return match (is_json, text.starts_with(BEGINNING)) {
            (false, true) => None,
            (false, false) => Some("a file that is no JSON"),
            (true, _) => Some("JSON of something else"),
        };
    };
    let has = |name: &str| members.contains_key(name);
    let version = json::read::<Versioned>(text).ok();
    match version.and_then(|versioned| versioned.version) {
        Some(VERSION) if has("client_id") && has("token_uri") => return None,
        Some(version) if version > VERSION && has("client_id") => {
            return Some("a token file of a later version of this library");
        }
        _ => {}
    }
    if members.is_empty() {
        None
    } else if has("installed") || has("web") {
        Some("the client secret of an app, as the Google Cloud console gives it")
    } else if has("private_key") {
        Some("the key of a service account")
    } else if has("type") && has("refresh_token") {
        Some("the credentials of a user, as gcloud writes them")
    } else if has("access_token") || has("refresh_token") || has("token") {
        Some("the token file of another program")
    } else {
        Some("JSON of something else")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_can_be_lost_is_foreign() {
        let nothing = ["", " \n", "{}", "{ }\n"];
        let damaged = [
            "{\n  \"version\": 1,\n  \"client_id\": \"123.apps",
            r#"{"version": 1, "client_id": "a", "token_uri": 5}"#,
        ];
        for text in nothing.into_iter().chain(damaged) {
            assert_eq!(foreign(text.as_bytes()), None, "{text}");
        }
        let cases = [
            (r#"{"installed": {"client_id": "a"}}"#, "client secret"),
            (r#"{"web": {}}"#, "client secret"),
            (
                r#"{"type": "service_account", "private_key": "k"}"#,
                "service account",
            ),
            (
                r#"{"type": "authorized_user", "refresh_token": "r"}"#,
                "gcloud",
            ),
            // google-auth for Python, `Credentials.to_json`: the `token.json` of its quick starts.
            (
                r#"{"token": "t", "refresh_token": "r", "client_id": "a"}"#,
                "another program",
            ),
            (
                r#"{"access_token": "t", "version": "1.0"}"#,
                "another program",
            ),
            (
                r#"{"version": 0, "client_id": "a", "token_uri": "u", "refresh_token": "r"}"#,
                "another",
            ),
            (r#"{"version": 2, "client_id": "a"}"#, "later version"),
            // A lock file of npm.
            (
                "{\n  \"version\": 1,\n  \"lockfileVersion\": 3}",
                "something else",
            ),
            ("{\n  \"version\": 1,\n  \"lock", "no JSON"),
            ("[]", "something else"),
            ("null", "something else"),
            ("My notes", "no JSON"),
            ("\u{feff}{}", "no JSON"),
        ];
        for (text, expected) in cases {
            let kind = foreign(text.as_bytes()).expect(text);
            assert!(kind.contains(expected), "{text}: {kind}");
        }
    }
}
