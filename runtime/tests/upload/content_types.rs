//! The type of files that real encoders wrote, by their bytes and by their names.

use std::fs;
use std::path::{Path, PathBuf};

use discovery_runtime::upload::guess_content_type;

/// Files of `samples/` with their type, which their name does not change.
const SAMPLES: &[(&str, &str)] = &[
    // The tracks of WebM are not looked at; sounds in it are told by their ending, `weba`.
    ("audio.webm", "video/webm"),
    ("clip.3g2", "video/3gpp2"),
    ("clip.3gp", "video/3gpp"),
    ("clip.m4v", "video/x-m4v"),
    ("clip.mkv", "video/x-matroska"),
    ("clip.mov", "video/quicktime"),
    ("clip.mp4", "video/mp4"),
    ("clip.mpg", "video/mpeg"),
    ("clip.mts", "video/mp2t"),
    ("clip.webm", "video/webm"),
    ("clip.wmv", "video/x-ms-wmv"),
    ("photo.avif", "image/avif"),
    ("photo.bmp", "image/bmp"),
    ("photo.gif", "image/gif"),
    ("photo.heic", "image/heic"),
    ("photo.ico", "image/vnd.microsoft.icon"),
    ("photo.jpg", "image/jpeg"),
    ("photo.jxl", "image/jxl"),
    ("photo.pdf", "application/pdf"),
    ("photo.png", "image/png"),
    ("photo.tif", "image/tiff"),
    ("photo.webp", "image/webp"),
    ("tone.flac", "audio/flac"),
    ("tone.m4a", "audio/mp4"),
    ("tone.m4b", "audio/mp4"),
    ("tone.mka", "audio/x-matroska"),
    ("tone.mp3", "audio/mpeg"),
    ("tone.ogg", "audio/ogg"),
    ("tone.opus", "audio/opus"),
    ("tone.wav", "audio/wav"),
    ("tone.wma", "audio/x-ms-wma"),
];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/upload/samples")
}

#[test]
fn content_type_of_real_files() {
    for (name, kind) in SAMPLES {
        let bytes = fs::read(folder().join(name)).unwrap();
        assert!(bytes.len() < 4096, "{name}");
        assert_eq!(guess_content_type(Some(name), &bytes), *kind, "{name}");
        assert_eq!(
            guess_content_type(None, &bytes),
            *kind,
            "{name} without a name"
        );
        assert_eq!(
            guess_content_type(Some("x.txt"), &bytes),
            *kind,
            "{name} as text"
        );
    }
    let files = fs::read_dir(folder()).unwrap().count();
    assert_eq!(
        files,
        SAMPLES.len() + 1,
        "the README and files that are in the table"
    );
}

/// A sound is no film, whatever container it shares with films.
#[test]
fn audio_is_not_guessed_as_video() {
    for name in ["tone.m4a", "tone.m4b", "tone.mka", "tone.wma"] {
        let bytes = fs::read(folder().join(name)).unwrap();
        for called in [Some(name), Some("tone"), None] {
            let kind = guess_content_type(called, &bytes);
            assert!(kind.starts_with("audio/"), "{name}: {kind}");
        }
        assert!(guess_content_type(Some(name), &[]).starts_with("audio/"));
    }
}

/// Containers whose tracks are not among the first bytes could be sounds or films: the name decides,
/// and without a known one nothing does.
#[test]
fn unknown_containers_have_no_content_type() {
    for (name, known, start) in [
        ("clip.mp4", "video/mp4", 32),
        ("tone.m4b", "audio/mp4", 32),
        ("clip.mkv", "video/x-matroska", 64),
        ("tone.mka", "audio/x-matroska", 64),
        ("clip.wmv", "video/x-ms-wmv", 64),
        ("tone.wma", "audio/x-ms-wma", 64),
    ] {
        let bytes = fs::read(folder().join(name)).unwrap();
        let start = &bytes[..start];
        assert_eq!(guess_content_type(Some(name), start), known, "{name}");
        for unknown in [None, Some("file"), Some("file.unknown"), Some("file.pdf")] {
            let kind = guess_content_type(unknown, start);
            // A layout that is not even recognized says nothing against the name.
            if unknown != Some("file.pdf") {
                assert_eq!(kind, "application/octet-stream", "{name} as {unknown:?}");
            }
            assert!(!kind.starts_with("video/"), "{name} as {unknown:?}");
        }
    }
}

/// Any beginning of any file, with any name: nothing fails.
#[test]
fn content_type_of_truncated_beginnings() {
    for (name, _) in SAMPLES {
        let bytes = fs::read(folder().join(name)).unwrap();
        for length in 0..bytes.len().min(600) {
            guess_content_type(Some("x.bin"), &bytes[..length]);
        }
    }
}
