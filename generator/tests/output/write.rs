//! What a run leaves behind: the emitted files, and everything that is not ours to change.

use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;

use discovery_generator::File;
use discovery_generator::output::{self, Crate};

use super::{CRATE, Place, new_files, old_files, paths};

#[test]
fn new_crate_is_written() {
    let place = Place::new();
    let written = place.write(&old_files()).unwrap();
    assert_eq!(
        paths(&written, "added"),
        [
            "Cargo.toml",
            "README.md",
            "src/albums.rs",
            "src/gone/deep.rs",
            "src/lib.rs"
        ]
    );
    assert_eq!(written.len(), 5);
    assert_eq!(place.read("src/gone/deep.rs"), "// old\n");
    assert_eq!(place.names(), [CRATE]);
}

#[test]
fn changed_crate_adds_replaces_and_removes_files() {
    let place = Place::new();
    place.write(&old_files()).unwrap();
    let written = place.write(&new_files()).unwrap();
    assert_eq!(paths(&written, "added"), ["src/media_items/list.rs"]);
    assert_eq!(paths(&written, "changed"), ["Cargo.toml", "src/lib.rs"]);
    assert_eq!(paths(&written, "removed"), ["src/gone/deep.rs"]);

    let fresh = Place::new();
    fresh.write(&new_files()).unwrap();
    assert_eq!(
        place.picture(),
        fresh.picture(),
        "as if the old crate had never been there"
    );
    assert_eq!(place.names(), [CRATE]);
}

#[test]
fn foreign_files_are_not_touched() {
    let place = Place::new();
    place.write(&old_files()).unwrap();
    place.put("examples/extra.rs", "// mine\n");
    place.put("NOTES.md", "mine\n");
    place.put(".git/HEAD", "ref: refs/heads/main\n");
    place.put("target/debug/x", "built\n");
    std::os::unix::fs::symlink(place.root().join("canary"), place.at("link")).unwrap();
    let foreign = [
        "examples/extra.rs",
        "NOTES.md",
        ".git/HEAD",
        "target/debug/x",
        "link",
    ];
    let identities = foreign.map(|path| place.identity(path));

    let written = place.write(&new_files()).unwrap();
    assert_eq!(paths(&written, "removed"), ["src/gone/deep.rs"]);
    assert_eq!(foreign.map(|path| place.identity(path)), identities);
    assert_eq!(place.read("src/lib.rs"), "// new\n");
    assert!(!place.at("src/gone").exists(), "an empty folder goes too");
    assert_eq!(place.names(), [CRATE]);
}

#[test]
fn edited_file_is_reported_and_kept() {
    for edited in ["src/lib.rs", "src/gone/deep.rs"] {
        let place = Place::new();
        place.write(&old_files()).unwrap();
        place.put(edited, "// by hand\n");
        let before = place.whole_picture();
        let error = place.write(&new_files()).unwrap_err();
        let text = error.to_string();
        assert!(text.contains(edited) && text.contains("--force"), "{text}");
        assert_eq!(place.whole_picture(), before);

        place.force(&new_files()).unwrap();
        let fresh = Place::new();
        fresh.write(&new_files()).unwrap();
        assert_eq!(place.picture(), fresh.picture());
    }
}

#[test]
fn edit_of_an_unchanged_file_is_reported() {
    let place = Place::new();
    place.write(&old_files()).unwrap();
    place.put("src/albums.rs", "// by hand\n");
    place.write(&old_files()).unwrap_err();
}

#[test]
fn foreign_file_is_kept_without_force() {
    let place = Place::new();
    place.put("src/lib.rs", "// mine\n");
    let before = place.whole_picture();
    let error = place.write(&new_files()).unwrap_err();
    assert!(error.to_string().contains("src/lib.rs: not generated"));
    assert_eq!(place.whole_picture(), before);

    place.force(&new_files()).unwrap();
    assert_eq!(place.read("src/lib.rs"), "// new\n");
}

#[test]
fn foreign_file_with_the_same_text_is_adopted() {
    let place = Place::new();
    place.put("src/lib.rs", "// new\n");
    place.write(&new_files()).unwrap();
    place.write(&old_files()).unwrap();
    assert_eq!(
        place.read("src/lib.rs"),
        "// old\n",
        "it is ours from then on"
    );
}

#[test]
fn deleted_file_is_written_again() {
    let place = Place::new();
    place.write(&old_files()).unwrap();
    fs::remove_dir_all(place.at("src")).unwrap();
    let written = place.write(&old_files()).unwrap();
    assert_eq!(
        paths(&written, "added"),
        ["src/albums.rs", "src/gone/deep.rs", "src/lib.rs"]
    );
}

#[test]
fn empty_folder_is_used() {
    let place = Place::new();
    fs::create_dir_all(place.at("")).unwrap();
    place.write(&new_files()).unwrap();
    assert_eq!(place.read("src/lib.rs"), "// new\n");
}

#[test]
fn generated_crates_are_found_by_their_manifests() {
    let place = Place::new();
    let made = || output::made_crates(&place.out()).unwrap();
    assert!(made().is_empty());
    place.write(&old_files()).unwrap();
    fs::create_dir(place.out().join("by-hand")).unwrap();
    fs::write(place.out().join("README.md"), "").unwrap();
    assert_eq!(made(), [CRATE]);
}

#[test]
fn single_file_is_rewritten_in_place() {
    let place = Place::new();
    let file = place.root().join("canary");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
    let link = place.root().join("link");
    std::os::unix::fs::symlink("canary", &link).unwrap();
    let before = fs::metadata(&file).unwrap();
    assert!(!output::write_file(&link, "outside").unwrap());
    assert_eq!(fs::metadata(&file).unwrap().ino(), before.ino());

    assert!(output::write_file(&link, "new").unwrap());
    assert_eq!(fs::read_to_string(&file).unwrap(), "new");
    assert_eq!(fs::metadata(&file).unwrap().mode(), before.mode());
    assert_eq!(place.whole_picture().len(), 2, "no draft is left");

    let error = output::write_file(place.root(), "").unwrap_err();
    let named = place.root().display().to_string();
    assert!(error.to_string().contains(&named), "{error}");
    assert!(output::write_file(&place.root().join("fresh"), "new").unwrap());
    assert_eq!(place.whole_picture()["fresh"], "new");
}

#[test]
fn unchanged_file_is_not_touched() {
    let place = Place::new();
    place.write(&old_files()).unwrap();
    let (same, changed) = (place.identity("README.md"), place.identity("src/lib.rs"));
    assert!(place.write(&old_files()).unwrap().is_empty());
    assert_eq!(place.identity("src/lib.rs"), changed);
    place.write(&new_files()).unwrap();
    assert_eq!(place.identity("README.md"), same);
    assert_ne!(place.identity("src/lib.rs"), changed);
}

#[test]
fn unknown_file_in_the_crate_is_rejected() {
    let place = Place::new();
    place.write(&old_files()).unwrap();
    place.put("src/bin/extra.rs", "// mine\n");
    let before = place.whole_picture();
    for refused in [place.write(&new_files()), place.force(&new_files())] {
        let text = refused.unwrap_err().to_string();
        assert!(text.contains("src/bin/extra.rs: not generated"), "{text}");
    }
    assert_eq!(place.whole_picture(), before);
}

#[test]
fn interrupted_run_is_completed_by_the_next() {
    // What a kill leaves between two renames: some files are new, drafts of others wait.
    let place = Place::new();
    place.write(&old_files()).unwrap();
    place.put("src/lib.rs", "// new\n");
    let left = drafts(&place);
    fs::create_dir(&left).unwrap();
    fs::write(left.join("0"), "[package] # n").unwrap();
    place.write(&new_files()).unwrap();
    assert_eq!(place.names(), [CRATE]);
    let fresh = Place::new();
    fresh.write(&new_files()).unwrap();
    assert_eq!(place.picture(), fresh.picture());
}

/// Where a run of this process has its drafts.
fn drafts(place: &Place) -> PathBuf {
    let name = format!(".{CRATE}.{}.new", std::process::id());
    place.out().join(name)
}

#[test]
fn failed_write_leaves_all_other_files() {
    let place = Place::new();
    place.write(&old_files()).unwrap();
    // A file in the place of the drafts is not removed as a folder, whoever runs the test.
    fs::write(drafts(&place), "mine").unwrap();
    let before = place.whole_picture();
    let text = place.write(&new_files()).unwrap_err().to_string();
    assert!(text.contains(".new`") && text.contains("help: "), "{text}");
    assert_eq!(place.whole_picture(), before);
}

#[test]
fn invalid_crate_names_are_rejected() {
    for bad in [
        vec!["a-v1/src/lib.rs", "a-v1/src/lib.rs"],
        vec!["a-v1/src/lib.rs", "a-v1/src/Lib.rs"],
        vec!["a-v1/Cargo.toml", "b-v1/Cargo.toml"],
        vec!["a-v1"],
        vec!["/etc/passwd"],
        vec!["../Cargo.toml"],
        vec!["a-v1/../Cargo.toml"],
        vec!["a-v1/build.rs"],
        vec![],
    ] {
        let file = |path: &&str| File {
            path: (*path).to_owned(),
            text: String::new(),
        };
        assert!(
            Crate::new(bad.iter().map(file).collect()).is_err(),
            "{bad:?}"
        );
    }
}
