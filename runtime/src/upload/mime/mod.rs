//! The type of media, guessed from its first bytes and from the name of its file.
//!
//! The tables hold what photo services take, and no more: a crate that knows a thousand types would
//! add nothing to them but a dependency. What is unknown is sent as `application/octet-stream`, and
//! the server looks for itself.

mod extension;
mod magic;

use crate::transport::essence;

/// The type of what nobody knows.
pub(crate) const UNKNOWN: &str = "application/octet-stream";

/// How many of the first bytes are looked at.
pub(crate) const LOOKED_AT: usize = 32;

/// Guesses a type, such as `image/png`, as uploads do that are not told one.
///
/// The first bytes decide, if there are 32 of them or all there are, unless many formats begin like
/// that; then the name does. What photo services take is known; the rest is
/// `application/octet-stream`.
///
/// ```
/// use discovery_runtime::upload::guess_content_type;
///
/// assert_eq!(guess_content_type(Some("film.MOV"), b""), "video/quicktime");
/// ```
pub fn guess_content_type(name: Option<&str>, start: &[u8]) -> &'static str {
    let by_name = name.and_then(extension::of);
    match magic::of(start) {
        Some(magic::Found::One(kind)) => kind,
        Some(magic::Found::Family(kind)) => by_name.unwrap_or(kind),
        None => by_name.unwrap_or(UNKNOWN),
    }
}

/// Whether a type, such as `image/png`, is in a list of types and patterns, such as `image/*`.
pub(crate) fn is_accepted(kind: &str, accepted: &[&str]) -> bool {
    let kind = essence(kind);
    accepted
        .iter()
        .any(|pattern| match pattern.strip_suffix("/*") {
            Some("*") => true,
            Some(family) => kind
                .split('/')
                .next()
                .is_some_and(|own| own.eq_ignore_ascii_case(family)),
            None => kind.eq_ignore_ascii_case(pattern),
        })
}

/// Whether this is a type: two tokens with a slash between them, and perhaps parameters, in
/// printable ASCII.
pub(crate) fn is_type(text: &str) -> bool {
    let is_token = |part: &str| {
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$&^_.+-*".contains(&byte);
        !part.is_empty() && part.bytes().all(allowed)
    };
    let parts = essence(text).split_once('/');
    text.len() <= 256
        && text.bytes().all(|byte| (b' '..=b'~').contains(&byte))
        && parts.is_some_and(|(kind, subtype)| is_token(kind) && is_token(subtype))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_decide_and_then_the_name() {
        let png = b"\x89PNG\r\n\x1a\n----";
        assert_eq!(guess_content_type(Some("photo.jpg"), png), "image/png");
        let tiff = b"II*\0--------";
        assert_eq!(
            guess_content_type(Some("raw.DNG"), tiff),
            "image/x-adobe-dng"
        );
        assert_eq!(guess_content_type(Some("scan.xyz"), tiff), "image/tiff");
        assert_eq!(guess_content_type(Some("clip.MP4"), b""), "video/mp4");
        assert_eq!(guess_content_type(Some("notes"), b"hello"), UNKNOWN);
        assert_eq!(guess_content_type(None, b""), UNKNOWN);
    }

    #[test]
    fn types_and_patterns() {
        let media = ["image/*", "video/*"];
        assert!(is_accepted("image/png", &media) && is_accepted("Video/MP4; codecs=x", &media));
        assert!(!is_accepted("text/plain", &media) && !is_accepted("imagex/png", &media));
        assert!(is_accepted("text/plain", &["*/*"]) && is_accepted("a/b", &["A/B"]));
        for text in [
            "image/png",
            "text/plain; charset=utf-8",
            "application/vnd.x+json",
        ] {
            assert!(is_type(text), "{text}");
        }
        for text in [
            "",
            "image",
            "image/",
            "/png",
            "a b/c",
            "image/png\r\nx: y",
            "image/p\u{e9}",
            "a/b/c",
        ] {
            assert!(!is_type(text), "{text:?}");
        }
    }
}
