//! Types by the ending of a name.

/// The type of files with a name like this.
pub(super) fn of(name: &str) -> Option<&'static str> {
    let (_, extension) = name.rsplit_once('.')?;
    let found = TYPES.iter().find(|(known, _)| {
        known
            .split(' ')
            .any(|known| known.eq_ignore_ascii_case(extension))
    });
    found.map(|&(_, kind)| kind)
}

/// Endings and their types.
const TYPES: &[(&str, &str)] = &[
    ("avif", "image/avif"),
    ("bmp", "image/bmp"),
    ("gif", "image/gif"),
    ("heic", "image/heic"),
    ("heif", "image/heif"),
    ("ico", "image/vnd.microsoft.icon"),
    ("jpg jpeg jpe jfif", "image/jpeg"),
    ("png", "image/png"),
    ("tif tiff", "image/tiff"),
    ("webp", "image/webp"),
    // What cameras write before anybody develops it.
    ("arw sr2 srf", "image/x-sony-arw"),
    ("cr2", "image/x-canon-cr2"),
    ("cr3", "image/x-canon-cr3"),
    ("crw", "image/x-canon-crw"),
    ("dng", "image/x-adobe-dng"),
    ("nef nrw", "image/x-nikon-nef"),
    ("orf", "image/x-olympus-orf"),
    ("pef", "image/x-pentax-pef"),
    ("raf", "image/x-fuji-raf"),
    ("rw2", "image/x-panasonic-rw2"),
    ("srw", "image/x-samsung-srw"),
    ("3g2", "video/3gpp2"),
    ("3gp", "video/3gpp"),
    ("asf", "video/x-ms-asf"),
    ("avi divx", "video/x-msvideo"),
    ("m2t m2ts mts tod", "video/mp2t"),
    ("m4v", "video/x-m4v"),
    ("mkv", "video/x-matroska"),
    ("mmv mp4", "video/mp4"),
    ("mod mpg mpeg", "video/mpeg"),
    ("mov qt", "video/quicktime"),
    ("webm", "video/webm"),
    ("wmv", "video/x-ms-wmv"),
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
    }

    #[test]
    fn everything_that_photo_services_take_is_known() {
        let names = "avif bmp gif heic ico jpg png tiff webp 3gp 3g2 asf avi divx m2t m2ts m4v mkv mmv mod mov \
                     mp4 mpg mts tod wmv";
        for name in names.split_whitespace() {
            let kind = of(&format!("x.{name}")).unwrap_or_else(|| panic!("{name}"));
            assert!(
                kind.starts_with("image/") || kind.starts_with("video/"),
                "{name}"
            );
        }
    }
}
