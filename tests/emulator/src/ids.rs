//! Ids, tokens and URLs: opaque, URL-safe, and the same again for the same seed and calls.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha1::{Digest as _, Sha1};
use sha2::Sha256;

/// Makes everything that clients must not look into.
#[derive(Debug)]
pub(crate) struct Ids {
    seed: u64,
    made: u64,
}

impl Ids {
    pub(crate) const fn new(seed: u64) -> Self {
        Self { seed, made: 0 }
    }

    /// 43 URL-safe characters that were never given out before.
    pub(crate) fn opaque(&mut self) -> String {
        self.made += 1;
        URL_SAFE_NO_PAD.encode(self.digest(&self.made.to_string()))
    }

    /// The id of an album, item or enrichment: 80 characters that begin alike for one application.
    pub(crate) fn resource(&mut self, client: Option<&str>) -> String {
        let mut owner = hex(&self.digest(client.unwrap_or("the user's own devices")));
        owner.truncate(4);
        let mut tail = self.opaque() + &self.opaque();
        tail.truncate(72);
        format!("AL{owner}__{tail}")
    }

    /// A number that was never given out before; later is larger.
    pub(crate) const fn serial(&mut self) -> u64 {
        self.made += 1;
        self.made
    }

    /// Wraps a payload so that a client cannot read or make it; [`Ids::open`] unwraps it.
    pub(crate) fn seal(&self, payload: &str) -> String {
        URL_SAFE_NO_PAD.encode(format!("{}.{payload}", self.tag(payload)))
    }

    /// The payload of a sealed text, or nothing when it was damaged or made elsewhere.
    pub(crate) fn open(&self, sealed: &str) -> Option<String> {
        let text = String::from_utf8(URL_SAFE_NO_PAD.decode(sealed).ok()?).ok()?;
        let (tag, payload) = text.split_once('.')?;
        (tag == self.tag(payload)).then(|| payload.to_owned())
    }

    fn tag(&self, payload: &str) -> String {
        let mut tag = hex(&self.digest(payload));
        tag.truncate(20);
        tag
    }

    fn digest(&self, text: &str) -> [u8; 32] {
        sha256(format!("{}:{text}", self.seed).as_bytes())
    }
}

/// The SHA-256 of some bytes.
pub(crate) fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// The SHA-1 of some bytes: what `X-Goog-Hash` carries, and what tells originals apart.
pub(crate) fn sha1(bytes: &[u8]) -> [u8; 20] {
    Sha1::digest(bytes).into()
}

/// Lower-case hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_look_like_the_recorded_ones() {
        let mut ids = Ids::new(7);
        let (one, two, other) = (
            ids.resource(Some("a")),
            ids.resource(Some("a")),
            ids.resource(Some("b")),
        );
        assert_eq!(one.len(), 80);
        assert!(
            one.bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-')
        );
        assert_ne!(one, two);
        assert_eq!(one[..8], two[..8], "ids of one application begin alike");
        assert_ne!(one[..8], other[..8]);
        assert_eq!(
            Ids::new(7).resource(Some("a")),
            one,
            "the same seed gives the same ids"
        );
    }

    #[test]
    fn a_sealed_text_opens_only_undamaged_and_at_home() {
        let ids = Ids::new(1);
        let sealed = ids.seal("item.5");
        assert_eq!(ids.open(&sealed).as_deref(), Some("item.5"));
        assert_eq!(Ids::new(2).open(&sealed), None);
        assert_eq!(ids.open(&sealed[1..]), None);
        assert_eq!(ids.open(""), None);
    }
}
