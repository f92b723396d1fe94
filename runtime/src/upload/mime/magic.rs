//! Types by the first bytes.

/// What the first bytes say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// This one type.
    One(&'static str),
    /// A container that several types share, and the most likely of them.
    Family(&'static str),
}

/// The type of what begins like this.
pub(super) fn of(start: &[u8]) -> Option<Found> {
    use Found::{Family, One};
    let begins = |bytes: &[u8]| start.starts_with(bytes);
    let at_8 = |bytes: &[u8]| start.get(8..).is_some_and(|rest| rest.starts_with(bytes));
    match start {
        _ if begins(b"\xff\xd8\xff") => Some(One("image/jpeg")),
        _ if begins(b"\x89PNG\r\n\x1a\n") => Some(One("image/png")),
        _ if begins(b"GIF87a") || begins(b"GIF89a") => Some(One("image/gif")),
        _ if begins(b"RIFF") && at_8(b"WEBP") => Some(One("image/webp")),
        _ if begins(b"RIFF") && at_8(b"AVI ") => Some(One("video/x-msvideo")),
        _ if begins(b"BM") && start.get(6..10) == Some(&[0; 4]) => Some(One("image/bmp")),
        _ if begins(b"\0\0\x01\0") => Some(One("image/vnd.microsoft.icon")),
        // Raw formats of cameras begin like TIFF.
        _ if begins(b"II*\0") || begins(b"MM\0*") => Some(Family("image/tiff")),
        _ if begins(b"\x1a\x45\xdf\xa3") => Some(Family("video/x-matroska")),
        _ if begins(b"\x30\x26\xb2\x75\x8e\x66\xcf\x11") => Some(Family("video/x-ms-wmv")),
        _ if begins(b"\0\0\x01\xba") || begins(b"\0\0\x01\xb3") => Some(Family("video/mpeg")),
        [_, _, _, _, b'f', b't', b'y', b'p', brand @ ..] => brand.get(..4).map(base_media),
        _ => None,
    }
}

/// The ISO base media file format: the brand tells what is inside.
fn base_media(brand: &[u8]) -> Found {
    use Found::{Family, One};
    match brand {
        b"avif" | b"avis" => One("image/avif"),
        b"heic" | b"heix" | b"hevc" | b"hevx" | b"heim" | b"heis" => One("image/heic"),
        b"mif1" | b"msf1" => One("image/heif"),
        b"qt  " => One("video/quicktime"),
        b"crx " => One("image/x-canon-cr3"),
        b"M4V " => One("video/x-m4v"),
        [b'3', b'g', b'2', _] => One("video/3gpp2"),
        [b'3', b'g', b'p', _] => One("video/3gpp"),
        _ => Family("video/mp4"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beginnings() {
        let cases: [(&[u8], Found); 12] = [
            (b"\xff\xd8\xff\xe0", Found::One("image/jpeg")),
            (b"RIFF\x01\x02\x03\x04WEBP", Found::One("image/webp")),
            (
                b"RIFF\x01\x02\x03\x04AVI LIST",
                Found::One("video/x-msvideo"),
            ),
            (b"BM\x01\x02\x03\x04\0\0\0\0", Found::One("image/bmp")),
            (b"MM\0*", Found::Family("image/tiff")),
            (b"\0\0\0\x18ftypheic", Found::One("image/heic")),
            (b"\0\0\0\x18ftypavif", Found::One("image/avif")),
            (b"\0\0\0\x14ftypqt  ", Found::One("video/quicktime")),
            (b"\0\0\0\x18ftyp3gp5", Found::One("video/3gpp")),
            (b"\0\0\0\x18ftypisom", Found::Family("video/mp4")),
            (b"\x1a\x45\xdf\xa3", Found::Family("video/x-matroska")),
            (b"\0\0\x01\xba", Found::Family("video/mpeg")),
        ];
        for (start, expected) in cases {
            assert_eq!(of(start), Some(expected), "{start:?}");
        }
    }

    #[test]
    fn anything_short_or_other_is_unknown() {
        for start in [
            &b""[..],
            b"RIFF",
            b"RIFF1234WAVE",
            b"BM",
            b"\0\0\0\x18ftyp",
            b"<html>",
            b"\xff\xd8",
        ] {
            assert_eq!(of(start), None, "{start:?}");
        }
    }
}
