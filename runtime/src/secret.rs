//! Text that must not be seen: access tokens, keys, upload addresses.

use std::fmt;
use std::sync::Arc;

use zeroize::Zeroizing;

/// Text that never prints: an access token, an API key, an address that works as a key.
///
/// `Debug` and `Display` show a placeholder. The memory is overwritten when the last clone goes,
/// as far as that can be promised: copies that the HTTP and TLS layers make are theirs.
///
/// ```
/// use discovery_runtime::Secret;
///
/// let secret = Secret::from("ya29.example");
/// assert_eq!(format!("{secret} {secret:?}"), "[secret] [secret]");
/// assert_eq!(secret.expose(), "ya29.example");
/// ```
#[derive(Clone)]
pub struct Secret(Arc<Zeroizing<String>>);

impl Secret {
    /// The text itself. Whoever calls this keeps it out of logs, messages and files.
    pub fn expose(&self) -> &str {
        self.0.as_str()
    }

    /// Whether both are the same text, in a time that tells nothing about where they differ.
    pub(crate) fn same_as(&self, other: &Self) -> bool {
        let (left, right) = (self.expose().as_bytes(), other.expose().as_bytes());
        let difference = left
            .iter()
            .zip(right)
            .fold(0, |difference, (a, b)| difference | (a ^ b));
        left.len() == right.len() && difference == 0
    }
}

const PLACEHOLDER: &str = "[secret]";

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(PLACEHOLDER)
    }
}

impl fmt::Display for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(PLACEHOLDER)
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(Arc::new(Zeroizing::new(text)))
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self::from(text.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn same_text_is_the_same_secret() {
        let secret = Secret::from("abc");
        assert!(secret.same_as(&Secret::from("abc".to_owned())));
        for other in ["", "ab", "abd", "abcd"] {
            assert!(!secret.same_as(&Secret::from(other)), "{other}");
        }
    }
}
