//! What a check reports, and that it touches nothing.

use std::fs;
use std::os::unix::fs::symlink;

use discovery_generator::output::{self, Difference, DifferenceKind, MANIFEST, Options};
use discovery_generator::{Input, Source};

use super::{CRATE, Place, files, new_files, old_files};

/// Compares; the disk must be as it was.
fn compare(place: &Place) -> Vec<Difference> {
    let before = place.whole_picture();
    let found = output::compare(&place.out(), &new_files(), Options::default()).unwrap();
    assert_eq!(place.whole_picture(), before);
    found
}

fn kinds(found: &[Difference]) -> Vec<(&str, DifferenceKind)> {
    let inside = |path: &'_ str| CRATE.len() + usize::from(path.len() > CRATE.len());
    found
        .iter()
        .map(|found| (&found.path[inside(&found.path)..], found.kind))
        .collect()
}

#[test]
fn compare_is_empty_after_a_run() {
    let place = Place::new();
    place.write(&new_files()).unwrap();
    place.put("examples/extra.rs", "// mine\n");
    assert!(compare(&place).is_empty());
}

#[test]
fn compare_reports_all_files_before_the_first_run() {
    let place = Place::new();
    let found = compare(&place);
    assert!(!place.out().exists());
    assert_eq!(found.len(), new_files().file_count());
    assert!(
        found
            .iter()
            .all(|found| found.kind == DifferenceKind::Missing)
    );
    assert_eq!(found[0].to_string(), format!("{CRATE}/Cargo.toml: missing"));
}

#[test]
fn compare_distinguishes_kinds_of_difference() {
    let place = Place::new();
    place.write(&old_files()).unwrap();
    place.put("src/albums.rs", "// by hand\n");
    place.put("src/mine.rs", "// by hand\n");
    fs::remove_file(place.at("README.md")).unwrap();
    symlink("Cargo.toml", place.at("README.md")).unwrap();
    let found = compare(&place);
    assert_eq!(
        kinds(&found),
        [
            ("Cargo.toml", DifferenceKind::Changed),
            ("README.md", DifferenceKind::InTheWay),
            ("src/albums.rs", DifferenceKind::Edited),
            ("src/gone/deep.rs", DifferenceKind::Stale),
            ("src/lib.rs", DifferenceKind::Changed),
            ("src/media_items/list.rs", DifferenceKind::Missing),
            ("src/mine.rs", DifferenceKind::NotGenerated),
        ]
    );
    assert_eq!(
        found[4].to_string(),
        "photoslibrary-v1/src/lib.rs: changed\n--- there\n+++ generated\n@@ -1 +1 @@\n-// old\n+// new"
    );
}

#[test]
fn compare_reports_a_changed_manifest() {
    let place = Place::new();
    let mut files = new_files();
    files.record(&Input::new(Source {
        name: "discovery/renamed.json".to_owned(),
        text: "{}".to_owned(),
    }));
    place.write(&files).unwrap();
    let found = compare(&place);
    assert_eq!(kinds(&found), [(MANIFEST, DifferenceKind::Changed)]);
    assert_eq!(kinds(&place.write(&new_files()).unwrap()), kinds(&found));
    assert!(compare(&place).is_empty());
}

#[test]
fn long_diff_is_cut_and_escaped() {
    let place = Place::new();
    // A terminal acts on the first, and shows what follows the second from right to left.
    let long = "// \u{1b}[31mred\u{202e}\n".repeat(500);
    place.write(&files(&[("Cargo.toml", &long)])).unwrap();
    let found = compare(&place);
    let diff = found
        .iter()
        .find(|found| found.path.ends_with("Cargo.toml"))
        .unwrap()
        .to_string();
    assert!(!diff.contains(['\u{1b}', '\u{202e}']));
    assert!(diff.lines().count() < 100);
    assert!(diff.ends_with(" more lines"), "{diff}");
}
