//! Finds the type, the size and the capture data of uploaded bytes; junk has none.

use jiff::Timestamp;

use super::exif;
use crate::state::items::Camera;

/// What was found in the bytes of a photo or video.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Inspected {
    pub(crate) mime_type: &'static str,
    pub(crate) width: u64,
    pub(crate) height: u64,
    pub(crate) capture_time: Option<Timestamp>,
    pub(crate) camera: Camera,
}

/// Looks at the first bytes for the type and, in photos, for the size and the EXIF block.
/// Nothing for bytes that are neither a photo nor a video of an accepted type.
pub(crate) fn inspect(bytes: &[u8]) -> Option<Inspected> {
    let mime_type = mime_type(bytes)?;
    if mime_type.starts_with("video/") {
        // Nothing decodes videos here: every one has the same size.
        return Some(Inspected {
            mime_type,
            width: 1280,
            height: 720,
            capture_time: None,
            camera: Camera::default(),
        });
    }
    let found = imagesize::blob_size(bytes).ok();
    let side = |find: fn(&imagesize::ImageSize) -> usize| {
        found.as_ref().map_or(1, |size| find(size) as u64)
    };
    let (capture_time, camera) = exif::read(bytes);
    Some(Inspected {
        mime_type,
        width: side(|size| size.width),
        height: side(|size| size.height),
        capture_time,
        camera,
    })
}

/// The type by the signature at the start of the bytes.
fn mime_type(bytes: &[u8]) -> Option<&'static str> {
    const SIGNATURES: [(usize, &[u8], &str); 14] = [
        (0, b"\xFF\xD8\xFF", "image/jpeg"),
        (0, b"\x89PNG\r\n\x1A\n", "image/png"),
        (0, b"GIF87a", "image/gif"),
        (0, b"GIF89a", "image/gif"),
        (8, b"WEBP", "image/webp"),
        (0, b"BM", "image/bmp"),
        (0, b"II*\0", "image/tiff"),
        (0, b"MM\0*", "image/tiff"),
        (0, b"\0\0\x01\0", "image/x-icon"),
        (8, b"AVI ", "video/x-msvideo"),
        (0, b"\x1A\x45\xDF\xA3", "video/x-matroska"),
        (0, b"\x30\x26\xB2\x75\x8E\x66\xCF\x11", "video/x-ms-wmv"),
        (0, b"\0\0\x01\xBA", "video/mpeg"),
        (0, b"\0\0\x01\xB3", "video/mpeg"),
    ];
    let starts = |offset: usize, signature: &[u8]| {
        bytes
            .get(offset..)
            .is_some_and(|rest| rest.starts_with(signature))
    };
    if starts(4, b"ftyp") {
        return Some(match bytes.get(8..12)? {
            b"avif" | b"avis" => "image/avif",
            b"heic" | b"heix" | b"mif1" | b"msf1" => "image/heic",
            b"qt  " => "video/quicktime",
            brand if brand.starts_with(b"3g") => "video/3gpp",
            _ => "video/mp4",
        });
    }
    SIGNATURES
        .iter()
        .find(|(offset, signature, _)| starts(*offset, signature))
        .map(|(_, _, mime_type)| *mime_type)
}

#[cfg(test)]
mod tests {
    use super::super::{sample_photo, sample_video};
    use super::*;

    #[test]
    fn samples_are_what_they_claim() {
        let photo = inspect(&sample_photo(640, 480, 1)).unwrap();
        assert_eq!(
            (photo.mime_type, photo.width, photo.height),
            ("image/png", 640, 480)
        );
        assert_eq!(
            inspect(&sample_video(500, 1)).unwrap().mime_type,
            "video/mp4"
        );
    }

    #[test]
    fn junk_and_nothing_are_no_media() {
        assert_eq!(inspect(b"junk bytes, plainly"), None);
        assert_eq!(inspect(b""), None);
        assert_eq!(inspect(b"\0\0\0\x18ftyp"), None, "a cut off container");
    }

    #[test]
    fn a_photo_without_a_readable_size_is_one_pixel() {
        let photo = inspect(b"\xFF\xD8\xFF\xE0 only a signature").unwrap();
        assert_eq!(
            (photo.mime_type, photo.width, photo.height),
            ("image/jpeg", 1, 1)
        );
        assert_eq!(
            (photo.capture_time, photo.camera),
            (None, Camera::default())
        );
    }
}
