//! Planted links, pipes and folders, lying manifests and places that nobody should generate into:
//! nothing outside the output folder changes, and the error names the path.

#![allow(clippy::unwrap_used, reason = "a test may panic, its helpers too")]

mod common;

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use common::{CRATE, Place, new_files, old_files, picture};
use discovery_output::{ErrorKind, MANIFEST, Options, Probe};
use rustix::fs::{CWD, FileType, Mode, mknodat};

/// Expects that a run fails for this reason, names `named` and changes nothing at all.
fn refused(place: &Place, kind: ErrorKind, named: &str) {
    let before = place.whole_picture();
    for options in [Options::default(), Options::default().force(true)] {
        let error = place.write_with(&new_files(), &options).unwrap_err();
        assert_eq!(error.kind(), kind, "{error}");
        let text = error.to_string();
        assert!(text.contains(named) && text.contains("help: "), "{text}");
        assert_eq!(place.whole_picture(), before);
    }
}

fn pipe(path: &Path) {
    mknodat(CWD, path, FileType::Fifo, Mode::from_raw_mode(0o600), 0).unwrap();
}

#[test]
fn a_link_in_place_of_a_file_is_not_followed() {
    for path in ["src/lib.rs", "Cargo.toml", "src/gone/deep.rs", MANIFEST] {
        let place = Place::new();
        place.write(&old_files()).unwrap();
        fs::remove_file(place.at(path)).unwrap();
        symlink(place.root().join("canary"), place.at(path)).unwrap();
        refused(&place, ErrorKind::InTheWay, path);
    }
}

#[test]
fn a_link_in_place_of_a_folder_is_not_followed() {
    let place = Place::new();
    place.write(&old_files()).unwrap();
    fs::rename(place.at("src"), place.root().join("elsewhere")).unwrap();
    symlink(place.root().join("elsewhere"), place.at("src")).unwrap();
    refused(&place, ErrorKind::InTheWay, "src");

    let place = Place::new();
    fs::create_dir_all(place.out()).unwrap();
    symlink(place.root(), place.at("")).unwrap_err();
    symlink(place.root(), place.out().join(CRATE)).unwrap();
    refused(&place, ErrorKind::InTheWay, CRATE);
}

#[test]
fn a_pipe_or_a_folder_in_place_of_a_file_is_kept() {
    let place = Place::new();
    place.write(&old_files()).unwrap();
    fs::remove_file(place.at("src/lib.rs")).unwrap();
    pipe(&place.at("src/lib.rs"));
    refused(&place, ErrorKind::InTheWay, "src/lib.rs");

    let place = Place::new();
    place.write(&old_files()).unwrap();
    fs::remove_file(place.at("src/lib.rs")).unwrap();
    place.put("src/lib.rs/mine", "mine");
    refused(&place, ErrorKind::InTheWay, "src/lib.rs");
}

#[test]
fn a_file_in_place_of_a_folder_is_kept() {
    let place = Place::new();
    place.put("src", "mine");
    refused(&place, ErrorKind::InTheWay, "src");
    let place = Place::new();
    fs::create_dir_all(place.out()).unwrap();
    fs::write(place.out().join(CRATE), "mine").unwrap();
    refused(&place, ErrorKind::InTheWay, CRATE);
    let place = Place::new();
    fs::write(place.out(), "the input").unwrap();
    refused(&place, ErrorKind::InTheWay, "out");
}

#[test]
fn a_second_name_of_a_file_keeps_its_text() {
    let place = Place::new();
    place.put("src/extra.rs", "");
    fs::hard_link(place.root().join("canary"), place.at("src/lib.rs")).unwrap();
    place.write(&new_files()).unwrap_err();
    place
        .write_with(&new_files(), &Options::default().force(true))
        .unwrap();
    assert_eq!(place.read("src/lib.rs"), "// new\n");
    assert_eq!(
        fs::read_to_string(place.root().join("canary")).unwrap(),
        "outside"
    );
}

#[test]
fn links_to_the_output_folder_are_followed_only_when_told() {
    let place = Place::new();
    fs::create_dir_all(place.root().join("real/inner")).unwrap();
    symlink(place.root().join("real"), place.root().join("link")).unwrap();
    for out in ["link", "link/inner", "link/../link/inner"] {
        let out = place.root().join(out);
        let before = place.whole_picture();
        let write = |options: &Options| discovery_output::write(&out, &new_files(), options);
        let error = write(&Options::default()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Refused);
        let resolved = place.root().join("real").display().to_string();
        assert!(error.to_string().contains(&resolved), "{error}");
        assert_eq!(place.whole_picture(), before);

        write(&Options::default().follow_symlinks(true)).unwrap();
        let resolved = out.canonicalize().unwrap();
        assert!(resolved.join(CRATE).join("src/lib.rs").is_file());
        fs::remove_dir_all(resolved.join(CRATE)).unwrap();
    }
}

#[test]
fn the_root_and_roots_of_repositories_are_refused() {
    let error = discovery_output::write(Path::new("/"), &new_files(), &Options::default());
    assert_eq!(error.unwrap_err().kind(), ErrorKind::Refused);
    let error = discovery_output::write(Path::new("/usr/.."), &new_files(), &Options::default());
    assert_eq!(error.unwrap_err().kind(), ErrorKind::Refused);

    let place = Place::new();
    fs::create_dir_all(place.out().join(".git")).unwrap();
    refused(&place, ErrorKind::Refused, "git repository");
    let place = Place::new();
    place.put(".git/HEAD", "main");
    refused(&place, ErrorKind::Refused, "git repository");
    let place = Place::new();
    place.put("Cargo.toml", "[ workspace ]\nmembers = []\n");
    refused(&place, ErrorKind::Refused, "cargo workspace");
}

#[test]
fn a_manifest_that_lists_other_files_removes_none_of_them() {
    let canary = discovery_output::sha256_hex(b"outside");
    for path in [
        "../../canary",
        "/etc/passwd",
        "src/../../../canary",
        ".git/config",
        "",
    ] {
        let place = Place::new();
        place.write(&old_files()).unwrap();
        let listed = format!("\"files\": {{\n    \"{path}\": \"{canary}\",");
        let lying = place.read(MANIFEST).replace("\"files\": {", &listed);
        assert!(lying.contains(&canary));
        place.put(MANIFEST, &lying);
        let before = place.whole_picture();
        let error = place.write(&new_files()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Edited);
        assert!(error.to_string().contains(MANIFEST), "{error}");
        assert_eq!(place.whole_picture(), before);

        place
            .write_with(&new_files(), &Options::default().force(true))
            .unwrap();
        assert_eq!(
            fs::read_to_string(place.root().join("canary")).unwrap(),
            "outside"
        );
        assert_eq!(
            place.read("src/gone/deep.rs"),
            "// old\n",
            "it is nobody's file now"
        );
    }
}

#[test]
fn a_planted_staging_folder_is_not_trusted() {
    let staging = |place: &Place| place.out().join(format!(".{CRATE}.staging"));
    let place = Place::new();
    place.write(&old_files()).unwrap();
    symlink(place.root(), staging(&place)).unwrap();
    refused(&place, ErrorKind::InTheWay, "staging");

    let place = Place::new();
    place.write(&old_files()).unwrap();
    fs::create_dir_all(staging(&place).join("tree/src")).unwrap();
    fs::write(staging(&place).join("tree/src/mine.rs"), "mine").unwrap();
    fs::write(staging(&place).join("notes"), "mine").unwrap();
    refused(&place, ErrorKind::Leftover, "staging");

    let place = Place::new();
    place.write(&old_files()).unwrap();
    fs::create_dir(staging(&place)).unwrap();
    let journal = r#"[{"path": "../../canary", "before": null, "after": null}]"#;
    fs::write(staging(&place).join("journal.json"), journal).unwrap();
    refused(&place, ErrorKind::Leftover, "journal.json");
}

#[test]
fn what_comes_into_the_folder_while_it_is_exchanged_is_kept() {
    let place = Place::new();
    place.write(&old_files()).unwrap();
    let late = place.at("src/late.rs");
    let probe = Probe::new(move |operation, _| {
        if operation == "exchange" {
            fs::write(&late, "mine").unwrap();
        }
        Ok(())
    });
    let error = place
        .write_with(&new_files(), &Options::default().probe(probe))
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Leftover);
    assert!(
        error.to_string().contains("move back what you need"),
        "{error}"
    );
    assert_eq!(place.read("src/lib.rs"), "// new\n");
    let kept = place
        .out()
        .join(format!(".{CRATE}.staging/tree/src/late.rs"));
    assert_eq!(fs::read_to_string(&kept).unwrap(), "mine");

    fs::rename(kept, place.at("src/late.rs")).unwrap();
    place.write(&new_files()).unwrap();
    assert_eq!(place.names(), [CRATE]);
}

/// Swaps `src` for a link to a folder outside that has files of the same names.
fn swap_in_a_link(place: &Place) -> impl Fn() + Send + Sync + 'static {
    let (src, aside, evil) = (
        place.at("src"),
        place.at("aside"),
        place.root().join("evil"),
    );
    for path in ["lib.rs", "albums.rs", "gone/deep.rs", "media_items/list.rs"] {
        fs::create_dir_all(evil.join(path).parent().unwrap()).unwrap();
        fs::write(evil.join(path), "// outside\n").unwrap();
    }
    move || {
        if fs::rename(&src, &aside).is_ok() {
            let _ = symlink(&evil, &src);
        }
    }
}

#[test]
fn a_link_that_appears_before_any_operation_leads_nowhere() {
    for shared in [false, true] {
        let mut at = 0;
        loop {
            let place = Place::new();
            place.write(&old_files()).unwrap();
            if shared {
                place.put("extra.md", "mine");
            }
            let swap = swap_in_a_link(&place);
            let evil = picture(&place.root().join("evil"));
            let count = AtomicUsize::new(0);
            let reached = Arc::new(AtomicBool::new(false));
            let flag = Arc::clone(&reached);
            let probe = Probe::new(move |_, _| {
                if count.fetch_add(1, Ordering::Relaxed) == at {
                    flag.store(true, Ordering::Relaxed);
                    swap();
                }
                Ok(())
            });
            let _ = place.write_with(&new_files(), &Options::default().probe(probe));
            assert_eq!(
                picture(&place.root().join("evil")),
                evil,
                "shared: {shared}, {at}"
            );
            assert_eq!(
                fs::read_to_string(place.root().join("canary")).unwrap(),
                "outside"
            );
            if !reached.load(Ordering::Relaxed) {
                break;
            }
            at += 1;
        }
        assert!(at > 30, "{at} operations were raced with");
    }
}

#[test]
fn a_racing_thread_gets_nothing_written_outside() {
    const ROUNDS: usize = 300;
    let place = Place::new();
    place.write(&old_files()).unwrap();
    let swap = swap_in_a_link(&place);
    let evil = picture(&place.root().join("evil"));
    let (src, aside) = (place.at("src"), place.at("aside"));
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !done.load(Ordering::Relaxed) {
                swap();
                let _ = fs::remove_file(&src);
                // Where a run has made the folder anew in the meantime, that one stays.
                if fs::rename(&aside, &src).is_err() {
                    let _ = fs::remove_dir_all(&aside);
                }
            }
        });
        // The thread has to have been in the way at least once, also on a busy machine.
        let (mut rounds, mut failed) = (0, 0);
        while rounds < ROUNDS || (failed == 0 && rounds < 100 * ROUNDS) {
            let files = if rounds % 2 == 0 {
                new_files()
            } else {
                old_files()
            };
            let write = place.write_with(&files, &Options::default().force(true));
            failed += usize::from(write.is_err());
            rounds += 1;
        }
        done.store(true, Ordering::Relaxed);
        assert!(failed > 0, "the thread was never in the way");
    });
    assert_eq!(picture(&place.root().join("evil")), evil);
    assert_eq!(
        fs::read_to_string(place.root().join("canary")).unwrap(),
        "outside"
    );
}
