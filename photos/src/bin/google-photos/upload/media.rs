//! What a file is: its bytes say, and its name where they don't.

use std::fs::File;
use std::io::{self, BufReader, Read as _, Seek as _};
use std::path::Path;

use discovery_runtime::upload::guess_content_type;
use file_format::FileFormat;

/// How many of the first bytes are looked at, as uploads do.
const LOOKED_AT: u64 = 16 * 1024;

/// The type of what nobody knows.
const UNKNOWN: &str = "application/octet-stream";

/// The type of a photo or a video, or else what the file seems to be.
pub(super) fn kind(path: &Path) -> io::Result<Result<String, String>> {
    let mut file = File::open(path)?;
    let mut start = Vec::new();
    file.by_ref().take(LOOKED_AT).read_to_end(&mut start)?;
    if start.is_empty() {
        return Ok(Err("empty".to_owned()));
    }
    let name = path.file_name().map(|name| name.to_string_lossy());
    let told = guess_content_type(name.as_deref(), &start);
    if is_media(&told) {
        return Ok(Ok(told));
    }
    if told != UNKNOWN {
        return Ok(Err(told));
    }
    // The tracks that tell a film from a sound stand at the end of what a phone recorded, and the
    // names of motion photos (`.MP`, `.MP~2`, `MVIMG_...`) say nothing.
    file.rewind()?;
    let whole = FileFormat::from_reader(BufReader::new(file))?;
    if is_media(whole.media_type()) {
        return Ok(Ok(whole.media_type().to_owned()));
    }
    let named = guess_content_type(name.as_deref(), &[]);
    Ok(if is_media(&named) {
        Ok(named)
    } else {
        Err(told)
    })
}

fn is_media(kind: &str) -> bool {
    kind.starts_with("image/") || kind.starts_with("video/")
}

#[cfg(test)]
mod tests {
    use photos_emulator::{sample_photo, sample_video};

    use super::*;

    /// A box of ISO/IEC 14496-12: its length, its type and what is in it.
    fn bmff(kind: &str, content: &[u8]) -> Vec<u8> {
        let length = u32::try_from(content.len() + 8).unwrap();
        [&length.to_be_bytes()[..], kind.as_bytes(), content].concat()
    }

    /// A recording whose tracks stand behind its bytes, as phones write them.
    fn recording(handler: &str) -> Vec<u8> {
        let handler = [&[0; 8][..], handler.as_bytes(), &[0; 13]].concat();
        let media = bmff("mdia", &bmff("hdlr", &handler));
        [
            bmff("ftyp", b"isom\0\0\0\0isommp42"),
            bmff("mdat", &vec![0; 40_000]),
            bmff("moov", &bmff("trak", &media)),
        ]
        .concat()
    }

    /// The names are those of Pixel phones, which Takeout writes; see
    /// <https://github.com/TheLastGimbus/GooglePhotosTakeoutHelper/issues/180>.
    #[test]
    fn content_comes_before_the_name() {
        let folder = tempfile::tempdir().unwrap();
        let kind = |name: &str, bytes: &[u8]| {
            let path = folder.path().join(name);
            std::fs::write(&path, bytes).unwrap();
            kind(&path).unwrap().ok()
        };
        let (photo, film) = (sample_photo(8, 8, 1), sample_video(50_000, 1));
        let (film_at_end, sound_at_end) = (recording("vide"), recording("soun"));
        let cases: [(&str, &[u8], Option<&str>); 11] = [
            ("a.jpg", &photo, Some("image/png")),
            ("MVIMG_20200101_120000", &photo, Some("image/png")),
            ("PXL_20230101_120000.MP", &film_at_end, Some("video/mp4")),
            ("PXL_20230101_120000.MP~2", &film_at_end, Some("video/mp4")),
            ("MVIMG_20200101_120001", &film_at_end, Some("video/mp4")),
            ("recording", &sound_at_end, None),
            ("clip.mov", &film, Some("video/quicktime")),
            ("camera.dng", b"unknown", Some("image/x-adobe-dng")),
            ("paper.jpg", b"%PDF-1.7\n", None),
            ("notes.txt", b"hello", None),
            ("empty.jpg", b"", None),
        ];
        for (name, bytes, expected) in cases {
            assert_eq!(kind(name, bytes).as_deref(), expected, "{name}");
        }
    }
}
