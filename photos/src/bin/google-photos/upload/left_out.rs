//! What stands beside photos and is none, by its name. The list is in the help and in the README.

/// Folders of thumbnails, rubbish and settings: of Synology and QNAP, of desktops, of Windows, macOS
/// and Android, of Syncthing, of Picasa, of digiKam and of file systems. Hidden ones are left out anyway.
const FOLDERS: &[&str] = &[
    "@eadir",
    "@recycle",
    "#recycle",
    "#snapshot",
    "$recycle.bin",
    "system volume information",
    "lost+found",
];

/// Endings of folders that programs show as one file: previews and catalogues of Lightroom.
const FOLDER_ENDINGS: &[&str] = &["lrdata", "lrcat-data"];

/// Files that systems and programs keep in folders of photos.
const FILES: &[&str] = &[
    "thumbs.db",
    "ehthumbs.db",
    "ehthumbs_vista.db",
    "desktop.ini",
    "picasa.ini",
    "zbthumbnail.info",
];

/// Beginnings of the names of thumbnails that Synology makes.
const BEGINNINGS: &[&str] = &["synophoto_thumb", "synofile_thumb"];

/// Endings of files that describe other ones: what Takeout, and programs for raw photos, say
/// about a photo, and the small pictures and films that cameras make beside a large one.
const SIDECARS: &[&str] = &["json", "xmp", "aae", "thm", "lrv", "pp3", "dop"];

/// Why a folder is left out with all that is in it, if so.
pub(super) fn folder(name: &str) -> Option<&'static str> {
    let name = name.to_lowercase();
    if name.starts_with('.') {
        return Some("a hidden folder");
    }
    let is_known = FOLDERS.contains(&name.as_str());
    (is_known || has_ending(&name, FOLDER_ENDINGS)).then_some("a folder that other programs keep")
}

/// Why a file is left out whatever is in it, if so.
pub(super) fn file(name: &str) -> Option<&'static str> {
    let name = name.to_lowercase();
    if FILES.contains(&name.as_str()) || BEGINNINGS.iter().any(|start| name.starts_with(start)) {
        return Some("a file that other programs keep");
    }
    if name.starts_with('.') {
        return Some("a hidden file");
    }
    has_ending(&name, SIDECARS).then_some("a file that describes another one")
}

fn has_ending(name: &str, endings: &[&str]) -> bool {
    name.rsplit_once('.')
        .is_some_and(|(_, ending)| endings.contains(&ending))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_others_keep_is_left_out_by_its_name() {
        for name in [
            "@eaDir",
            ".thumbnails",
            ".@__thumb",
            "#recycle",
            "Photos Previews.lrdata",
        ] {
            assert!(folder(name).is_some(), "{name}");
        }
        for name in [
            "Thumbs.db",
            ".DS_Store",
            "._IMG_1.jpg",
            "SYNOPHOTO_THUMB_XL.jpg",
            "IMG_1.jpg.json",
            "IMG_1.AAE",
            "GOPR1.THM",
        ] {
            assert!(file(name).is_some(), "{name}");
        }
        for name in [
            "IMG_1.jpg",
            "PXL_1.MP~2",
            "MVIMG_1",
            "json",
            "thumbs.db.jpg",
        ] {
            assert_eq!(file(name), None, "{name}");
        }
        for name in ["2019", "Beach", "eaDir", "lrdata"] {
            assert_eq!(folder(name), None, "{name}");
        }
    }
}
