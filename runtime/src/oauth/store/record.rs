//! What a token file holds, as JSON.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::super::OAuthError;
use super::super::json::{self, SecretText};
use super::super::token_response::check;
use crate::Secret;

/// The version of the format. A file of a later one is left alone.
pub(super) const VERSION: u32 = 1;

/// A grant: what a user allowed an app to do.
#[derive(Clone)]
pub(in super::super) struct Record {
    /// Whom it was granted to; nobody else can use it.
    pub(in super::super) client_id: String,
    /// Where it is good; it goes nowhere else.
    pub(in super::super) token_uri: String,
    /// What it allows; `None` if that is not known.
    pub(in super::super) scopes: Option<Vec<String>>,
    pub(in super::super) refresh_token: Secret,
    /// The last access token, so that a program that runs often need not ask for one each time.
    pub(in super::super) access_token: Option<DatedToken>,
}

/// An access token with its end by the calendar.
#[derive(Clone)]
pub(in super::super) struct DatedToken {
    pub(in super::super) token: Secret,
    pub(in super::super) expires_at: SystemTime,
}

#[derive(Serialize)]
struct Written<'a> {
    version: u32,
    client_id: &'a str,
    token_uri: &'a str,
    scopes: &'a [String],
    refresh_token: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    access_token: Option<&'a str>,
    /// Seconds since 1970, as the calendar of the machine said.
    #[serde(skip_serializing_if = "Option::is_none")]
    expires_at: Option<u64>,
}

#[derive(Deserialize)]
pub(super) struct Versioned {
    pub(super) version: Option<u32>,
}

#[derive(Deserialize)]
struct Read {
    client_id: String,
    token_uri: String,
    scopes: Vec<String>,
    refresh_token: SecretText,
    access_token: Option<SecretText>,
    expires_at: Option<u64>,
}

impl Record {
    /// Reads the content of a file; an error is the reason why it is of no use.
    pub(super) fn read(text: &[u8]) -> Result<Self, String> {
        let Versioned { version } = json::read(text).map_err(|error| error.to_string())?;
        match version {
            Some(VERSION) => {}
            Some(version) if version > VERSION => {
                return Err("a later version of this program wrote it".to_owned());
            }
            _ => return Err("it is no token file".to_owned()),
        }
        let read: Read = json::read(text).map_err(|error| error.to_string())?;
        let SecretText(refresh_token) = read.refresh_token;
        let in_it = |error: OAuthError| format!("its content is damaged: {error}");
        check("refresh token", &refresh_token).map_err(in_it)?;
        let date = read
            .expires_at
            .and_then(|seconds| UNIX_EPOCH.checked_add(Duration::from_secs(seconds)));
        let access_token = read.access_token.zip(date);
        Ok(Self {
            client_id: read.client_id,
            token_uri: read.token_uri,
            scopes: Some(read.scopes),
            refresh_token,
            access_token: access_token
                .map(|(SecretText(token), expires_at)| DatedToken { token, expires_at }),
        })
    }

    pub(super) fn write(&self) -> Result<Zeroizing<Vec<u8>>, serde_json::Error> {
        let seconds = |token: &DatedToken| {
            token
                .expires_at
                .duration_since(UNIX_EPOCH)
                .map_or(0, |time| time.as_secs())
        };
        json::write(&Written {
            version: VERSION,
            client_id: &self.client_id,
            token_uri: &self.token_uri,
            scopes: self.scopes.as_deref().unwrap_or_default(),
            refresh_token: self.refresh_token.expose(),
            access_token: self
                .access_token
                .as_ref()
                .map(|access| access.token.expose()),
            expires_at: self.access_token.as_ref().map(seconds),
        })
    }

    /// Whether both hold the same tokens.
    pub(in super::super) fn same_tokens(&self, other: &Self) -> bool {
        let access = match (&self.access_token, &other.access_token) {
            (None, None) => true,
            (Some(left), Some(right)) => left.token.same_as(&right.token),
            _ => false,
        };
        access && self.refresh_token.same_as(&other.refresh_token)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record() -> Record {
        Record {
            client_id: "client".to_owned(),
            token_uri: "https://oauth2.googleapis.com/token".to_owned(),
            scopes: Some(vec!["a".to_owned(), "b".to_owned()]),
            refresh_token: Secret::from("1//CANARY"),
            access_token: Some(DatedToken {
                token: Secret::from("ya29.CANARY"),
                expires_at: UNIX_EPOCH + Duration::from_secs(1_800_000_000),
            }),
        }
    }

    #[test]
    fn records_round_trip() {
        let read = Record::read(&record().write().unwrap()).unwrap();
        assert!(read.same_tokens(&record()));
        assert_eq!(
            (read.client_id, read.token_uri),
            (record().client_id, record().token_uri)
        );
        assert_eq!(read.scopes, record().scopes);
        let date = read.access_token.map(|access| access.expires_at);
        assert_eq!(date, record().access_token.map(|access| access.expires_at));
        let mut bare = record();
        bare.access_token = None;
        assert!(
            Record::read(&bare.write().unwrap())
                .unwrap()
                .same_tokens(&bare)
        );
        assert!(!bare.same_tokens(&record()));
    }

    #[test]
    fn a_truncated_record_is_an_error_that_shows_nothing() {
        let text = record().write().unwrap();
        let whole = text.trim_ascii_end().len();
        for length in 0..whole {
            let reason = Record::read(&text[..length])
                .err()
                .expect("a cut file was read");
            assert!(!reason.contains("CANARY"), "{reason}");
        }
        assert!(Record::read(&text[..whole]).is_ok());
    }

    #[test]
    fn other_files_are_rejected() {
        let text = String::from_utf8(record().write().unwrap().to_vec()).unwrap();
        let cases = [
            (
                text.replace("\"version\": 1", "\"version\": 2"),
                "later version",
            ),
            (
                text.replace("\"version\": 1", "\"version\": 0"),
                "no token file",
            ),
            (
                text.replace("\"version\": 1", "\"version\": \"1\""),
                "another form",
            ),
            (text.replace("\"version\"", "\"kind\""), "no token file"),
            (text.replace("\"1//CANARY\"", "5"), "another form"),
            (text.replace("\"1//CANARY\"", "\"\""), "damaged"),
            (text.replace("1//CANARY", "CANARY\\r\\n"), "damaged"),
            (text.replace("[\n", "{\n"), "no JSON"),
            ("\u{feff}{}".to_owned(), "no JSON"),
        ];
        for (text, expected) in cases {
            let reason = Record::read(text.as_bytes()).err().expect("it was read");
            assert!(
                reason.contains(expected) && !reason.contains("CANARY"),
                "{reason}"
            );
        }
        assert!(Record::read(b"\xff\xfe{}").is_err());
        let far = text.replace("1800000000", "18446744073709551615");
        assert!(Record::read(far.as_bytes()).is_ok());
    }
}
