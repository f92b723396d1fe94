//! A name for a file that only one item has.

use std::fmt::Write as _;
use std::path::Path;

use discovery_runtime::download::file_name;
use sha2::{Digest as _, Sha256};

/// The most bytes that file systems take.
const LONGEST: usize = 255;

/// A name for the file of an item, or the folder of an album: the name that it has in the library,
/// with a part that follows from its identifier. It is the same in every run, whatever else has the
/// same name, and names of the service stay inside of a folder, as
/// [`file_name`](discovery_runtime::download::file_name) says.
///
/// ```
/// use google_photos::stable_file_name;
///
/// assert_eq!(stable_file_name("IMG_1.JPG", "1"), "IMG_1-6b86b273ff.JPG");
/// assert_eq!(stable_file_name("IMG_1.JPG", "2"), "IMG_1-d4735e3a26.JPG");
/// ```
pub fn stable_file_name(name: &str, id: &str) -> String {
    let name = file_name(name);
    let digest = Sha256::digest(id);
    let tag = digest.iter().take(5).fold(String::new(), |mut hex, byte| {
        // Writing to a string does not fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    });
    let path = Path::new(&name);
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let ending = path
        .extension()
        .map(|ending| format!(".{}", ending.to_string_lossy()))
        .unwrap_or_default();
    // A name of the greatest length gives way to the tag.
    let room = LONGEST.saturating_sub(tag.len() + 1 + ending.len());
    let mut end = stem.len().min(room);
    while !stem.is_char_boundary(end) {
        end -= 1;
    }
    let stem = stem.get(..end).unwrap_or_default();
    format!("{stem}-{tag}{ending}")
}
