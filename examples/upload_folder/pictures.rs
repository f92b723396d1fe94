//! The files of a folder that can be uploaded, and a folder of pictures for those who have none.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use discovery_runtime::upload::guess_content_type;
use photos_emulator::{sample_photo, sample_video};

/// The photos and videos in a folder and the folders in it, in the order of their names. Hidden ones
/// are left out.
pub(crate) fn find(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let (path, kind) = (entry.path(), entry.file_type()?);
            if entry.file_name().as_encoded_bytes().starts_with(b".") {
                continue;
            }
            if kind.is_dir() {
                folders.push(path);
            } else if kind.is_file() && is_media(&path) {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

fn is_media(path: &Path) -> bool {
    let name = path.file_name().map(OsStr::to_string_lossy);
    let content_type = guess_content_type(name.as_deref(), &[]);
    content_type.starts_with("image/") || content_type.starts_with("video/")
}

/// Makes some pictures and videos, if they are not there from an earlier run.
pub(crate) fn make() -> io::Result<PathBuf> {
    let folder = std::env::temp_dir()
        .join("photos-examples")
        .join("Sample pictures");
    fs::create_dir_all(&folder)?;
    let write = |name: String, bytes: &[u8]| {
        let path = folder.join(name);
        let is_there =
            fs::metadata(&path).is_ok_and(|metadata| metadata.len() == bytes.len() as u64);
        if is_there {
            Ok(())
        } else {
            fs::write(path, bytes)
        }
    };
    for number in 1..=60 {
        write(
            format!("IMG_{number:04}.png"),
            &sample_photo(1600, 1200, number),
        )?;
    }
    for number in 1..=3 {
        write(
            format!("VID_{number:04}.mp4"),
            &sample_video(12_000_000, number),
        )?;
    }
    Ok(folder)
}
