//! What a run leaves behind: the emitted files, and everything that is not ours to change.

#![allow(clippy::unwrap_used, reason = "a test may panic, its helpers too")]

mod common;

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use common::{CRATE, Place, files, new_files, old_files};
use discovery_output::{CrateFiles, ErrorKind, MANIFEST, Options, Probe};

#[test]
fn a_new_crate_is_written_whole() {
    let place = Place::new();
    let written = place.write(&old_files()).unwrap();
    assert_eq!(
        written.added,
        [
            "Cargo.toml",
            "README.md",
            "src/albums.rs",
            "src/gone/deep.rs",
            "src/lib.rs"
        ]
    );
    assert!(written.changed.is_empty() && written.removed.is_empty());
    assert_eq!(place.read("src/gone/deep.rs"), "// old\n");
    assert_eq!(place.names(), [CRATE]);
}

#[test]
fn a_change_adds_replaces_and_removes() {
    let place = Place::new();
    place.write(&old_files()).unwrap();
    let written = place.write(&new_files()).unwrap();
    assert!(written.manifest);
    assert_eq!(written.added, ["src/media_items/list.rs"]);
    assert_eq!(written.changed, ["Cargo.toml", "src/lib.rs"]);
    assert_eq!(written.removed, ["src/gone/deep.rs"]);

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
fn a_run_without_changes_touches_nothing() {
    let place = Place::new();
    place.write(&old_files()).unwrap();
    let operations = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&operations);
    let probe = Probe::new(move |_, _| {
        counter.fetch_add(1, Ordering::Relaxed);
        Ok(())
    });
    let before = place.identity("src/lib.rs");
    let written = place
        .write_with(&old_files(), &Options::default().probe(probe.clone()))
        .unwrap();
    assert!(written.is_unchanged());
    assert_eq!(operations.load(Ordering::Relaxed), 0);
    assert_eq!(place.identity("src/lib.rs"), before);

    place
        .write_with(&new_files(), &Options::default().probe(probe))
        .unwrap();
    assert_ne!(
        operations.load(Ordering::Relaxed),
        0,
        "the probe sees operations where there are any"
    );
}

#[test]
fn unchanged_files_keep_time_and_permissions() {
    for foreign in [false, true] {
        let place = Place::new();
        place.write(&old_files()).unwrap();
        if foreign {
            place.put("src/extra.rs", "// mine\n");
        }
        let past = std::time::SystemTime::UNIX_EPOCH
            + std::time::Duration::from_nanos(1_234_567_890_123_456_789);
        for path in ["src/albums.rs", "src/lib.rs"] {
            let file = fs::File::options()
                .write(true)
                .open(place.at(path))
                .unwrap();
            file.set_times(fs::FileTimes::new().set_modified(past))
                .unwrap();
            file.set_permissions(fs::Permissions::from_mode(0o640))
                .unwrap();
        }
        fs::set_permissions(place.at("src"), fs::Permissions::from_mode(0o750)).unwrap();
        place.write(&new_files()).unwrap();

        let metadata = |path: &str| fs::metadata(place.at(path)).unwrap();
        assert_eq!(
            metadata("src/albums.rs").modified().unwrap(),
            past,
            "foreign: {foreign}"
        );
        assert_ne!(metadata("src/lib.rs").modified().unwrap(), past);
        assert_eq!(metadata("src/albums.rs").mode() & 0o777, 0o640);
        assert_eq!(metadata("src/lib.rs").mode() & 0o777, 0o640);
        assert_eq!(metadata("src").mode() & 0o777, 0o750);
    }
}

#[test]
fn files_of_others_are_not_touched() {
    let place = Place::new();
    place.write(&old_files()).unwrap();
    place.put("src/extra.rs", "// mine\n");
    place.put("src/gone/notes.md", "mine\n");
    place.put(".git/HEAD", "ref: refs/heads/main\n");
    place.put("target/debug/x", "built\n");
    std::os::unix::fs::symlink(place.root().join("canary"), place.at("link")).unwrap();
    let foreign = [
        "src/extra.rs",
        "src/gone/notes.md",
        ".git/HEAD",
        "target/debug/x",
        "link",
    ];
    let identities = foreign.map(|path| place.identity(path));

    let written = place.write(&new_files()).unwrap();
    assert_eq!(written.removed, ["src/gone/deep.rs"]);
    assert_eq!(foreign.map(|path| place.identity(path)), identities);
    assert_eq!(place.read("src/gone/notes.md"), "mine\n");
    assert_eq!(place.read("src/lib.rs"), "// new\n");
    assert!(!place.at("src/gone/deep.rs").exists());
    assert_eq!(place.names(), [CRATE]);
}

#[test]
fn an_edited_file_is_reported_by_name_and_kept() {
    for edited in ["src/lib.rs", "src/gone/deep.rs"] {
        let place = Place::new();
        place.write(&old_files()).unwrap();
        place.put(edited, "// by hand\n");
        let before = place.whole_picture();
        let error = place.write(&new_files()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Edited);
        let text = error.to_string();
        assert!(text.contains(edited) && text.contains("--force"), "{text}");
        assert_eq!(place.whole_picture(), before);

        place
            .write_with(&new_files(), &Options::default().force(true))
            .unwrap();
        let fresh = Place::new();
        fresh.write(&new_files()).unwrap();
        assert_eq!(place.picture(), fresh.picture());
    }
}

#[test]
fn an_edit_of_a_file_that_does_not_change_is_found_too() {
    let place = Place::new();
    place.write(&old_files()).unwrap();
    place.put("src/albums.rs", "// by hand\n");
    assert_eq!(
        place.write(&old_files()).unwrap_err().kind(),
        ErrorKind::Edited
    );
}

#[test]
fn a_file_of_somebody_else_in_our_place_is_kept_without_force() {
    let place = Place::new();
    place.put("src/lib.rs", "// mine\n");
    place.put("src/extra.rs", "// mine\n");
    let before = place.whole_picture();
    let error = place.write(&new_files()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Edited);
    assert!(
        error
            .to_string()
            .contains("src/lib.rs is there, and no run has made it")
    );
    assert_eq!(place.whole_picture(), before);

    place
        .write_with(&new_files(), &Options::default().force(true))
        .unwrap();
    assert_eq!(place.read("src/lib.rs"), "// new\n");
    assert_eq!(place.read("src/extra.rs"), "// mine\n");
}

#[test]
fn a_file_that_already_says_what_we_want_is_adopted() {
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
fn a_file_that_was_deleted_by_hand_comes_back() {
    let place = Place::new();
    place.write(&old_files()).unwrap();
    fs::remove_dir_all(place.at("src")).unwrap();
    let written = place.write(&old_files()).unwrap();
    assert_eq!(
        written.added,
        ["src/albums.rs", "src/gone/deep.rs", "src/lib.rs"]
    );
}

#[test]
fn an_empty_folder_is_taken() {
    let place = Place::new();
    fs::create_dir_all(place.at("")).unwrap();
    place.write(&new_files()).unwrap();
    assert_eq!(place.read("src/lib.rs"), "// new\n");
}

#[test]
fn the_manifest_is_sorted_and_the_same_every_time() {
    let write = |list: &[(&str, &str)]| {
        let place = Place::new();
        let mut files = files(list);
        files.record("document_sha256", discovery_output::sha256_hex(b"{}"));
        place.write(&files).unwrap();
        place.read(MANIFEST)
    };
    let manifest = write(&[("src/lib.rs", ""), ("Cargo.toml", "x")]);
    assert_eq!(manifest, write(&[("Cargo.toml", "x"), ("src/lib.rs", "")]));
    let expected = r#""made_from": {
    "document": "photoslibrary-v1.json",
    "document_sha256": "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
  },
  "files": {
    "Cargo.toml": "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881",
    "src/lib.rs": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
  }
}
"#;
    assert!(manifest.ends_with(expected), "{manifest}");
}

#[test]
fn files_are_grouped_by_crate_and_bad_sets_are_refused() {
    let crates = CrateFiles::group([
        ("b-v1/src/lib.rs", "b"),
        ("a-v1/Cargo.toml", "a"),
        ("b-v1/Cargo.toml", "b"),
    ])
    .unwrap();
    let sizes: Vec<_> = crates
        .iter()
        .map(|files| (files.folder(), files.len()))
        .collect();
    assert_eq!(sizes, [("a-v1", 1), ("b-v1", 2)]);

    for bad in [
        vec!["a-v1/src/lib.rs", "a-v1/src/lib.rs"],
        vec!["a-v1/src/lib.rs", "a-v1/src/Lib.rs"],
        vec!["a-v1/src/x/a.rs", "a-v1/src/X/b.rs"],
        vec!["a-v1"],
        vec!["/etc/passwd"],
        vec!["../Cargo.toml"],
        vec!["a-v1/../Cargo.toml"],
        vec!["a-v1/build.rs"],
    ] {
        let error = CrateFiles::group(bad.iter().map(|path| (*path, ""))).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Name, "{bad:?}");
    }
}

#[test]
fn a_second_writer_fails_at_once() {
    let place = Place::new();
    place.write(&old_files()).unwrap();
    let out = place.out();
    let seen = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&seen);
    let probe = Probe::new(move |operation, _| {
        if operation == "exchange" {
            let write = discovery_output::write(&out, &old_files(), &Options::default());
            assert_eq!(write.unwrap_err().kind(), ErrorKind::Locked);
            let compare = discovery_output::compare(&out, &old_files(), &Options::default());
            assert_eq!(compare.unwrap_err().kind(), ErrorKind::Locked);
            counter.fetch_add(1, Ordering::Relaxed);
        }
        Ok(())
    });
    place
        .write_with(&new_files(), &Options::default().probe(probe))
        .unwrap();
    assert_eq!(seen.load(Ordering::Relaxed), 1);
    assert_eq!(place.read("src/lib.rs"), "// new\n");
    place.write(&old_files()).unwrap();
}

#[test]
fn made_crates_are_found_by_their_manifests() {
    let place = Place::new();
    let made = || discovery_output::made_crates(&place.out(), &Options::default()).unwrap();
    assert!(made().is_empty());
    place.write(&old_files()).unwrap();
    fs::create_dir(place.out().join("by-hand")).unwrap();
    fs::write(place.out().join("README.md"), "").unwrap();
    assert_eq!(made(), [CRATE]);
}

#[test]
fn a_single_file_is_rewritten_in_place() {
    let place = Place::new();
    let file = place.root().join("canary");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
    let link = place.root().join("link");
    std::os::unix::fs::symlink("canary", &link).unwrap();
    let before = fs::metadata(&file).unwrap();
    assert!(!discovery_output::rewrite(&link, "outside").unwrap());
    assert_eq!(fs::metadata(&file).unwrap().ino(), before.ino());

    assert!(discovery_output::rewrite(&link, "new").unwrap());
    assert_eq!(fs::read_to_string(&file).unwrap(), "new");
    assert_eq!(fs::metadata(&file).unwrap().mode(), before.mode());
    assert_eq!(place.whole_picture().len(), 2, "no draft is left");

    let error = discovery_output::rewrite(&place.root().join("nothing"), "").unwrap_err();
    assert!(error.to_string().contains("nothing"), "{error}");
    discovery_output::rewrite(place.root(), "").unwrap_err();
}
