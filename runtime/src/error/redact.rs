//! Text of a server without what looks like a secret: servers echo what they were sent.
//!
//! It is for what is shown. What an error means is never read from masked text.

use crate::Secret;
use crate::wire::Value;

const REPLACEMENT: &str = "[secret]";

/// The shortest text that is taken for a secret wherever it stands, in bytes. A shorter one is a word
/// or a part of words ("user", "test"): masking it protects nobody, since no service issues such
/// tokens, and leaves texts that nobody can read. Where tokens stand (`NAMES`) each one is masked.
const SHORTEST: usize = 8;

/// How Google's secrets begin: access tokens, refresh tokens, client secrets, signed tokens.
const BEGINNINGS: &[&str] = &["ya29.", "1//0", "GOCSPX-", "eyJhbGciOi"];

/// Names whose values are secret, in JSON, in queries and in headers.
const NAMES: &[&str] = &[
    "access_token",
    "refresh_token",
    "id_token",
    "client_secret",
    "upload_id",
    "Bearer",
];

/// Replaces `own`, the secret that was sent, and everything that looks like one.
pub(super) fn redact(text: &str, own: Option<&Secret>) -> String {
    let text = match own.map(Secret::expose) {
        Some(own) if own.len() >= SHORTEST => text.replace(own, REPLACEMENT),
        _ => text.to_owned(),
    };
    let text = BEGINNINGS.iter().fold(text, |text, beginning| {
        replace_after(&text, beginning, |rest| {
            let length = token_length(rest);
            (length >= SHORTEST).then_some((0, length))
        })
    });
    NAMES.iter().fold(text, |text, name| {
        replace_after(&text, name, |rest| {
            let value = rest.trim_start_matches(['"', '\'', '\\', ' ', ':', '=']);
            let (separator, _) = rest.split_at(rest.len() - value.len());
            let length = token_length(value);
            let assigned =
                separator.contains([':', '=']) || (*name == "Bearer" && separator == " ");
            (assigned && length > 0).then_some((separator.len(), length))
        })
    })
}

/// Replaces the same in the texts of JSON, and what stands under the name of a secret.
pub(super) fn mask(value: &mut Value, own: Option<&Secret>) {
    match value {
        Value::String(text) => *text = redact(text, own),
        Value::Array(values) => values.iter_mut().for_each(|value| mask(value, own)),
        Value::Object(members) => {
            for (name, value) in members.iter_mut() {
                if NAMES.contains(&name.as_str()) && !value.is_null() {
                    *value = Value::from(REPLACEMENT);
                } else {
                    mask(value, own);
                }
            }
            mask_names(members, own);
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Masks names of members that are secrets themselves.
fn mask_names(members: &mut serde_json::Map<String, Value>, own: Option<&Secret>) {
    let secret = |name: &String| redact(name, own) != *name;
    if members.keys().any(secret) {
        let masked = std::mem::take(members).into_iter();
        members.extend(masked.map(|(name, value)| (redact(&name, own), value)));
    }
}

/// Replaces what `find` says, as start and length, in the text after each `marker`.
fn replace_after(
    text: &str,
    marker: &str,
    find: impl Fn(&str) -> Option<(usize, usize)>,
) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(position) = rest.find(marker) {
        let (before, after) = rest.split_at(position + marker.len());
        out.push_str(before);
        rest = after;
        if let Some((start, length)) = find(after) {
            let (kept, secret) = after.split_at(start);
            out.push_str(kept);
            out.push_str(REPLACEMENT);
            rest = secret.get(length..).unwrap_or_default();
        }
    }
    out.push_str(rest);
    out
}

fn token_length(text: &str) -> usize {
    let end = text.find(|character: char| {
        !character.is_ascii_alphanumeric() && !"-._~+/=%".contains(character)
    });
    end.unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_go_and_the_rest_stays() {
        let own = Secret::from("CANARY.own");
        let cases = [
            ("token CANARY.own was bad", "token [secret] was bad"),
            ("ya29.CANARY-abc_def rest", "ya29.[secret] rest"),
            (
                r#"{"access_token": "CANARY", "x": 1}"#,
                r#"{"access_token": "[secret]", "x": 1}"#,
            ),
            ("?upload_id=CANARY&x=1", "?upload_id=[secret]&x=1"),
            (
                "Authorization: Bearer CANARY",
                "Authorization: Bearer [secret]",
            ),
            (
                "client_secret=CANARY1 client_secret=CANARY2",
                "client_secret=[secret] client_secret=[secret]",
            ),
            ("no access_token, no Bearer", "no access_token, no Bearer"),
            ("no refresh_token here", "no refresh_token here"),
            ("plain é text", "plain é text"),
        ];
        for (text, expected) in cases {
            assert_eq!(redact(text, Some(&own)), expected);
        }
    }

    #[test]
    fn words_are_no_secrets() {
        for own in ["user", "t", "test", "secret."] {
            let text = format!("the user {own} must test it: userRateLimitExceeded");
            assert_eq!(redact(&text, Some(&Secret::from(own))), text);
            let sent = format!("Authorization: Bearer {own}");
            let shown = redact(&sent, Some(&Secret::from(own)));
            assert_eq!(shown, "Authorization: Bearer [secret]");
        }
    }

    #[test]
    fn json_is_masked_text_by_text() {
        let own = Secret::from("CANARY\"own");
        let mut value = serde_json::json!({
            "message": "bad token CANARY\"own", "CANARY\"own": 1, "code": 7,
            "access_token": "CANARY", "id_token": {"CANARY": 1}, "refresh_token": null,
            "list": ["ya29.CANARY-abc_def", {"url": "?upload_id=CANARY"}],
        });
        mask(&mut value, Some(&own));
        let expected = serde_json::json!({
            "message": "bad token [secret]", "[secret]": 1, "code": 7,
            "access_token": "[secret]", "id_token": "[secret]", "refresh_token": null,
            "list": ["ya29.[secret]", {"url": "?upload_id=[secret]"}],
        });
        assert_eq!(value, expected);
    }
}
