//! Which file an item goes to.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use discovery_runtime::download::file_name;
use google_photospicker_v1::schemas::PickedMediaItem;

use crate::stable_file_name;

/// How far apart two times may be that are the same: file systems round them.
const PRECISION: Duration = Duration::from_secs(2);

/// Which file an item goes to.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) path: PathBuf,
    /// Whether an earlier run made it.
    pub(super) is_there: bool,
}

/// The names of the items of one session. One that several items have in it, on a file system that
/// does not tell cases apart, is made unique by the identifiers of the items: it must not depend on
/// their order.
pub(super) fn names(items: &[PickedMediaItem]) -> Vec<String> {
    let plain: Vec<String> = items.iter().map(plain_name).collect();
    let mut counts = BTreeMap::new();
    for name in &plain {
        *counts.entry(key(name)).or_insert(0_u32) += 1;
    }
    let named = items.iter().zip(plain).map(|(item, name)| {
        if counts.get(&key(&name)).is_some_and(|count| *count > 1) {
            unique(&name, item)
        } else {
            name
        }
    });
    named.collect()
}

/// The file of an item in a folder. A file that was there before is the item's own if it has its time,
/// as [`set_time`] gives it; another one stays, and the item gets a name that is its own.
pub(super) fn place(folder: &Path, name: &str, item: &PickedMediaItem) -> Place {
    let path = folder.join(name);
    match path.symlink_metadata() {
        Err(_) => Place {
            path,
            is_there: false,
        },
        Ok(found) if is_same_time(found.modified().ok(), time(item)) => Place {
            path,
            is_there: true,
        },
        Ok(_) => {
            let path = folder.join(unique(name, item));
            Place {
                is_there: path.symlink_metadata().is_ok(),
                path,
            }
        }
    }
}

/// The name of the moving part beside its photo.
pub(super) fn clip_path(photo: &Path) -> PathBuf {
    let stem = photo.file_stem().unwrap_or_default().to_string_lossy();
    photo.with_file_name(file_name(&format!("{stem}.clip.mp4")))
}

/// Gives a file the time at which its item was taken.
pub(super) fn set_time(path: &Path, item: &PickedMediaItem) -> std::io::Result<()> {
    match time(item) {
        Some(time) => std::fs::File::options()
            .write(true)
            .open(path)?
            .set_modified(time),
        None => Ok(()),
    }
}

fn plain_name(item: &PickedMediaItem) -> String {
    let file = item.media_file.as_ref();
    let given = file.and_then(|file| file.filename.as_deref());
    match given.filter(|name| !name.is_empty()) {
        Some(name) => file_name(name),
        None => unique("unnamed", item),
    }
}

/// A name with a part that only this item has.
fn unique(name: &str, item: &PickedMediaItem) -> String {
    stable_file_name(name, item.id.as_deref().unwrap_or_default())
}

fn key(name: &str) -> String {
    name.to_lowercase()
}

fn time(item: &PickedMediaItem) -> Option<SystemTime> {
    let time = item.create_time.as_ref()?;
    let seconds = u64::try_from(time.unix_seconds()).ok()?;
    UNIX_EPOCH.checked_add(Duration::new(seconds, time.subsec_nanos()))
}

fn is_same_time(found: Option<SystemTime>, wanted: Option<SystemTime>) -> bool {
    let (Some(found), Some(wanted)) = (found, wanted) else {
        return false;
    };
    let apart = found
        .duration_since(wanted)
        .unwrap_or_else(|error| error.duration());
    apart < PRECISION
}

#[cfg(test)]
mod tests {
    use google_photospicker_v1::schemas::MediaFile;

    use super::*;

    fn item(id: &str, name: &str) -> PickedMediaItem {
        let mut file = MediaFile::default();
        file.filename = Some(name.to_owned());
        let mut item = PickedMediaItem::default();
        item.id = Some(id.to_owned());
        item.media_file = Some(file);
        item
    }

    #[test]
    fn items_of_one_name_are_told_apart_whatever_their_order() {
        let (one, two) = (item("1", "IMG_1.JPG"), item("2", "img_1.jpg"));
        let there = names(&[one.clone(), two.clone(), item("3", "c.png")]);
        let back = names(&[two, one]);
        assert_eq!((&there[0], &there[1]), (&back[1], &back[0]));
        assert_eq!(there[0], "IMG_1-6b86b273ff.JPG");
        assert_ne!(key(&there[0]), key(&there[1]));
        assert_eq!(there[2], "c.png");
    }

    #[test]
    fn names_of_the_service_stay_in_the_folder() {
        let long = "x".repeat(300) + ".jpg";
        let names = names(&[
            item("1", "../../.ssh/config"),
            item("2", ""),
            item("3", &long),
            item("4", &long),
        ]);
        assert_eq!(names[0], "config");
        assert!(names[1].starts_with("unnamed-"));
        for name in &names {
            assert!(name.len() <= 255 && !name.contains('/'), "{name}");
        }
        assert_ne!(names[2], names[3]);
    }
}
