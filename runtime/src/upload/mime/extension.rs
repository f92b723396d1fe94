//! Types by the ending of a name.

/// The type of files with a name like this.
pub(super) fn of(name: &str) -> Option<&'static str> {
    let (_, extension) = name.rsplit_once('.')?;
    let own = OWN.iter().find(|(known, _)| {
        known
            .split(' ')
            .any(|known| known.eq_ignore_ascii_case(extension))
    });
    match own {
        Some((_, kind)) => *kind,
        None => mime_guess::from_ext(extension).first_raw(),
    }
}

/// Endings of which `mime_guess` 2.0.5 does not know what photo services and their cameras write,
/// or knows another type than the bytes give.
const OWN: &[(&str, Option<&str>)] = &[
    ("360 insv lrv", Some("video/mp4")),
    ("gpr", Some("image/x-gopro-gpr")),
    ("hif", Some("image/heif")),
    ("m2t m2ts mts tod", Some("video/mp2t")),
    ("m4a m4b", Some("audio/mp4")),
    ("mmv", Some("video/mp4")),
    ("srf", Some("image/x-sony-srf")),
    ("srw", Some("image/x-samsung-srw")),
    // Programs in TypeScript have it as well; films are recognized by their bytes.
    ("ts", None),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings() {
        assert_eq!(of("a.b.JPEG"), Some("image/jpeg"));
        assert_eq!(of(".png"), Some("image/png"));
        assert_eq!(of("png"), None);
        assert_eq!(of("x."), None);
        assert_eq!(of("x.jpg jpeg"), None);
        assert_eq!(of("x.m2ts mts"), None);
        assert_eq!(of("main.ts"), None);
    }

    /// <https://support.google.com/googleone/answer/6193313>
    #[test]
    fn everything_that_photo_services_take_is_known() {
        let names = "avif bmp gif heic ico jpg png tiff webp 3gp 3g2 asf avi divx m2t m2ts m4v mkv mmv mod mov \
                     mp4 mpg mts tod wmv arw cr2 cr3 crw dng gpr hif nef nrw orf pef raf rw2 sr2 srf srw x3f";
        for name in names.split_whitespace() {
            let kind = of(&format!("x.{name}")).unwrap_or_else(|| panic!("{name}"));
            assert!(
                kind.starts_with("image/") || kind.starts_with("video/"),
                "{name}"
            );
        }
    }

    #[test]
    fn sounds_and_documents_are_known() {
        let cases = [
            ("m4a", "audio/mp4"),
            ("wma", "audio/x-ms-wma"),
            ("mka", "audio/x-matroska"),
            ("wav", "audio/wav"),
            ("mp3", "audio/mpeg"),
            ("flac", "audio/flac"),
            ("ogg", "audio/ogg"),
            ("jxl", "image/jxl"),
            ("pdf", "application/pdf"),
            ("txt", "text/plain"),
            ("json", "application/json"),
            ("csv", "text/csv"),
            ("xml", "text/xml"),
            ("eml", "message/rfc822"),
        ];
        for (extension, kind) in cases {
            assert_eq!(of(&format!("x.{extension}")), Some(kind));
        }
    }
}
