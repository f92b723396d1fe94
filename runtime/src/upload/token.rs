//! What an upload of bytes gives: a token that stands for them.

use std::fmt;
use std::time::{Duration, SystemTime};

use crate::Secret;

/// The longest token that is taken, in bytes.
const MAX_LENGTH: usize = 16 * 1024;

/// A token that stands for bytes that were uploaded.
///
/// It works for [a time](Self::expires_at), for whoever has it: `Debug` does not show it.
#[derive(Clone)]
pub struct UploadToken {
    text: Secret,
    created_at: SystemTime,
    lifetime: Option<Duration>,
}

impl UploadToken {
    /// Reads the body of a response; `None` if that is no token.
    pub(super) fn read(
        body: &[u8],
        created_at: SystemTime,
        lifetime: Option<Duration>,
    ) -> Option<Self> {
        let text = std::str::from_utf8(body).ok()?.trim();
        is_token(text).then(|| Self {
            text: Secret::from(text),
            created_at,
            lifetime,
        })
    }

    /// The text of the token, as a request carries it.
    pub fn as_str(&self) -> &str {
        self.text.expose()
    }

    /// When it was received.
    pub fn created_at(&self) -> SystemTime {
        self.created_at
    }

    /// How long the service accepts it; `None` if it does not say.
    pub fn lifetime(&self) -> Option<Duration> {
        self.lifetime
    }

    /// When the service stops accepting it; `None` if it does not say.
    pub fn expires_at(&self) -> Option<SystemTime> {
        self.created_at.checked_add(self.lifetime?)
    }

    /// Whether the service does not accept it any more, by the clock of this machine.
    pub fn is_expired(&self) -> bool {
        self.expires_at()
            .is_some_and(|end| SystemTime::now() >= end)
    }
}

/// Whether a text can be a token: tokens are one word. Pages and messages are not.
pub(super) fn is_token(text: &str) -> bool {
    let is_word = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic());
    is_word && text.len() <= MAX_LENGTH && !text.starts_with(['<', '{', '[', '"'])
}

impl From<UploadToken> for String {
    fn from(token: UploadToken) -> Self {
        token.as_str().to_owned()
    }
}

impl AsRef<str> for UploadToken {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl fmt::Debug for UploadToken {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("UploadToken")
            .field("text", &self.text)
            .field("created_at", &self.created_at)
            .field("lifetime", &self.lifetime)
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(body: &[u8]) -> Option<UploadToken> {
        UploadToken::read(
            body,
            SystemTime::UNIX_EPOCH,
            Some(Duration::from_secs(86_400)),
        )
    }

    #[test]
    fn a_token_is_one_word() {
        assert_eq!(
            read(b" CAIS-tok_1/+==\r\n").unwrap().as_str(),
            "CAIS-tok_1/+=="
        );
        let others: [&[u8]; 7] = [
            b"",
            b" \n",
            b"two words",
            b"<html>",
            b"{\"error\":1}",
            b"\xff",
            "é".as_bytes(),
        ];
        for body in others {
            assert!(read(body).is_none(), "{body:?}");
        }
        assert!(read(&vec![b'x'; MAX_LENGTH + 1]).is_none());
    }

    #[test]
    fn it_ends_and_does_not_show() {
        let token = read(b"CANARY").unwrap();
        assert!(token.is_expired());
        assert_eq!(
            token.expires_at(),
            Some(SystemTime::UNIX_EPOCH + Duration::from_secs(86_400))
        );
        assert!(!format!("{token:?}").contains("CANARY"));
        assert_eq!(String::from(token), "CANARY");
    }
}
