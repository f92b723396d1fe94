//! Types by the first bytes.

use file_format::FileFormat;

use super::UNKNOWN;

/// What the first bytes say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// This one type.
    One(String),
    /// A layout that files of several types share: a name says more.
    Family(Family),
}

/// A layout that files of several types share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Family {
    /// The layout as it is recognized.
    layout: &'static str,
    /// The types that files with this layout have; a name that says another one is wrong.
    pub(super) members: &'static [&'static str],
    /// The type of a file of which nothing else is known.
    pub(super) unnamed: &'static str,
}

const fn family(
    layout: &'static str,
    members: &'static [&'static str],
    unnamed: &'static str,
) -> Family {
    Family {
        layout,
        members,
        unnamed,
    }
}

const FAMILIES: [Family; 11] = [
    // The tracks tell whether it is a film or a sound; they are not among the first bytes.
    family("application/mp4", &["audio/*", "video/*"], UNKNOWN),
    family("application/vnd.ms-asf", &["audio/*", "video/*"], UNKNOWN),
    family("application/x-ebml", &["audio/*", "video/*"], UNKNOWN),
    family(
        "application/ogg",
        &["audio/*", "video/*"],
        "application/ogg",
    ),
    family("application/x-id3v2", &["audio/*"], "audio/mpeg"),
    // Old documents of Office, messages of Outlook.
    family("application/x-cfb", &["application/*"], UNKNOWN),
    // Documents of Office, programs for Android, books.
    family("application/zip", &["application/*"], "application/zip"),
    // Raw formats of cameras.
    family("image/tiff", &["image/*"], "image/tiff"),
    // The major brand `mif1` says how pictures are arranged, and not how they are coded.
    family(
        "image/heif",
        &["image/avif", "image/heic", "image/heif"],
        "image/heif",
    ),
    family("video/webm", &["audio/*", "video/*"], "video/webm"),
    family(
        "text/xml",
        &["application/*", "image/svg+xml", "text/*"],
        "text/xml",
    ),
];

/// Types under the name by which they are known better, so that the bytes of a file and its name
/// give the same one.
const NAMES: [(&str, &str); 4] = [
    ("audio/matroska", "audio/x-matroska"),
    ("audio/vnd.wave", "audio/wav"),
    ("audio/x-m4a", "audio/mp4"),
    ("video/matroska", "video/x-matroska"),
];

/// The type of what begins like this.
pub(super) fn of(start: &[u8]) -> Option<Found> {
    let format = FileFormat::from_bytes(start);
    if format == FileFormat::ArbitraryBinaryData || format == FileFormat::Empty {
        return None;
    }
    let kind = format.media_type();
    // Some formats are recognized by two letters, with which sentences begin as well.
    if is_text(start) && !is_textual(kind) {
        return None;
    }
    // Several pictures in one file are still of the type that services list.
    let kind = kind.strip_suffix("-sequence").unwrap_or(kind);
    if let Some(family) = FAMILIES.iter().find(|family| family.layout == kind) {
        return Some(Found::Family(*family));
    }
    let known = NAMES.iter().find(|(name, _)| *name == kind);
    let kind = known.map_or(kind, |(_, better)| better);
    Some(Found::One(kind.to_owned()))
}

/// Whether nothing but text is there. The last character may be cut off.
fn is_text(start: &[u8]) -> bool {
    let valid = match std::str::from_utf8(start) {
        Ok(text) => text,
        Err(error) if error.error_len().is_none() => {
            std::str::from_utf8(&start[..error.valid_up_to()]).unwrap_or_default()
        }
        Err(_) => return false,
    };
    !valid.is_empty()
        && !valid
            .chars()
            .any(|c| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\x0c'))
}

/// Whether files of a type can be text.
fn is_textual(kind: &str) -> bool {
    let (family, _) = kind.split_once('/').unwrap_or((kind, ""));
    let family = matches!(family, "audio" | "font" | "image" | "video");
    (!family || kind.ends_with("+xml")) && kind != "application/x-dosexec"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beginnings() {
        let cases: [(&[u8], &str); 8] = [
            (b"RIFF\x01\x02\x03\x04WEBPVP8 ", "image/webp"),
            (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "image/heic"),
            (b"\0\0\0\x18ftyphevc\0\0\0\0msf1hevc", "image/heic"),
            (b"\0\0\0\x18ftypM4A \0\0\0\0isomM4A ", "audio/mp4"),
            // Families, with what their members without a name are. First the order that cameras
            // write, with the tracks behind everything else.
            (b"\0\0\0\x18ftypisom\0\0\0\0isommp42\0\0\x10\0mdat", UNKNOWN),
            (b"MM\0*\0\0\0\x08", "image/tiff"),
            (b"ID3\x04\0\0\0\0\0\0", "audio/mpeg"),
            (b"PK\x03\x04\x14\0\0\0", "application/zip"),
        ];
        for (index, (start, expected)) in cases.into_iter().enumerate() {
            match of(start) {
                Some(Found::One(kind)) => assert_eq!((kind.as_str(), index < 4), (expected, true)),
                Some(Found::Family(family)) => {
                    assert_eq!((family.unnamed, index < 4), (expected, false));
                }
                None => panic!("{start:?}"),
            }
        }
    }

    #[test]
    fn anything_short_or_other_is_unknown() {
        for start in [
            &b""[..],
            b"RIFF",
            b"BM",
            b"\xff\xd8",
            b"\0\0\0\x18ftypXXXX\0\0\0\0",
        ] {
            assert_eq!(of(start), None, "{start:?}");
        }
    }

    #[test]
    fn text_is_no_picture() {
        for start in [
            "P1 incidents of May",
            "PF stands for",
            "BMW and others",
            "MZ wrote",
            "P2 é",
        ] {
            assert_eq!(of(start.as_bytes()), None, "{start:?}");
        }
        assert_eq!(of(&"P2 é".as_bytes()[..4]), None);
    }
}
