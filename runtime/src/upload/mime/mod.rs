//! Types of content: what the first bytes and the name of a file tell, and what types look like.
//!
//! The knowledge is that of two crates; what stands here is how they go together.

mod content;
mod extension;

use crate::transport::{essence, is_accepted};

/// The type of what nobody knows.
pub(crate) const UNKNOWN: &str = "application/octet-stream";

/// How many of the first bytes are looked at. The tracks of a film are told among them, if they are
/// at its beginning: `mkvmerge` leaves 4 KiB free before them.
pub(crate) const LOOKED_AT: usize = 16 * 1024;

/// Guesses a type, such as `image/png`, as uploads do that are not told one.
///
/// `start` is the beginning of the file, best 16 KiB of it or all there is. It decides, unless files
/// of several types begin like that, as films and sounds do: then the ending of the name decides.
/// What neither of them tells is `application/octet-stream`.
///
/// ```
/// use discovery_runtime::upload::guess_content_type;
///
/// assert_eq!(guess_content_type(Some("film.MOV"), b""), "video/quicktime");
/// assert_eq!(guess_content_type(Some("film.MOV"), b"\x89PNG\r\n\x1a\n"), "image/png");
/// assert_eq!(guess_content_type(None, b"hello"), "application/octet-stream");
/// ```
pub fn guess_content_type(name: Option<&str>, start: &[u8]) -> String {
    let first = told(name, start).into_iter().next();
    first.unwrap_or_else(|| UNKNOWN.to_owned())
}

/// What a file tells about its type: the most certain first, nothing if it tells nothing.
pub(crate) fn told(name: Option<&str>, start: &[u8]) -> Vec<String> {
    let start = start.get(..LOOKED_AT).unwrap_or(start);
    let by_name = name.and_then(extension::of).map(str::to_owned);
    match content::of(start) {
        Some(content::Found::One(kind)) => [Some(kind), by_name],
        Some(content::Found::Family(family)) => {
            let unnamed = Some(family.unnamed.to_owned());
            let fits = by_name
                .as_ref()
                .is_some_and(|kind| is_accepted(kind, family.members));
            if fits {
                [by_name, unnamed]
            } else {
                [unnamed, by_name]
            }
        }
        None => [by_name, None],
    }
    .into_iter()
    .flatten()
    .collect()
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
        let tiff = b"II*\0\x08\0\0\0----";
        assert_eq!(
            guess_content_type(Some("raw.DNG"), tiff),
            "image/x-adobe-dng"
        );
        assert_eq!(guess_content_type(Some("scan.xyz"), tiff), "image/tiff");
        // As encoders of AVIF write that follow the format for pictures first
        // (https://aomediacodec.github.io/av1-avif/#image-and-image-collection-brand).
        let avif = b"\0\0\0\x1cftypmif1\0\0\0\0mif1avifmiaf";
        assert_eq!(guess_content_type(Some("a.AVIF"), avif), "image/avif");
        assert_eq!(guess_content_type(Some("a.jpg"), avif), "image/heif");
        assert_eq!(guess_content_type(None, avif), "image/heif");
        let film = b"\0\0\0\x18ftypisom\0\0\0\0isommp42\0\0\x10\0mdat";
        assert_eq!(
            guess_content_type(Some("clip.mov"), film),
            "video/quicktime"
        );
        assert_eq!(guess_content_type(Some("clip.jpg"), film), UNKNOWN);
        assert_eq!(guess_content_type(None, film), UNKNOWN);
        assert_eq!(guess_content_type(Some("clip.MP4"), b""), "video/mp4");
        assert_eq!(guess_content_type(Some("notes"), b"hello"), UNKNOWN);
        assert_eq!(guess_content_type(None, b""), UNKNOWN);
    }

    #[test]
    fn types() {
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
