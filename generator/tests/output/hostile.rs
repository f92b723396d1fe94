//! Planted links, pipes and folders, lying manifests and places that nobody should generate into:
//! nothing outside the output folder changes, and the error names the path.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;

use discovery_generator::output::{self, MANIFEST, Options};

use super::{CRATE, Place, new_files, old_files};

/// Expects that a run fails, names `named` and changes nothing at all, forced or not.
fn refused(place: &Place, named: &str) {
    let before = place.whole_picture();
    for refused in [place.write(&new_files()), place.force(&new_files())] {
        let text = refused.unwrap_err().to_string();
        assert!(text.contains(named) && text.contains("help: "), "{text}");
        assert_eq!(place.whole_picture(), before);
    }
}

fn pipe(path: &Path) {
    let made = std::process::Command::new("mkfifo").arg(path).status();
    assert!(made.unwrap().success());
}

#[test]
fn link_in_place_of_a_file_is_not_followed() {
    for path in ["src/lib.rs", "Cargo.toml", "src/gone/deep.rs", MANIFEST] {
        let place = Place::new();
        place.write(&old_files()).unwrap();
        fs::remove_file(place.at(path)).unwrap();
        symlink(place.root().join("canary"), place.at(path)).unwrap();
        refused(&place, path);
    }
}

#[test]
fn link_in_place_of_a_folder_is_not_followed() {
    let place = Place::new();
    place.write(&old_files()).unwrap();
    fs::rename(place.at("src"), place.root().join("elsewhere")).unwrap();
    symlink(place.root().join("elsewhere"), place.at("src")).unwrap();
    refused(&place, "src");

    let place = Place::new();
    fs::create_dir_all(place.out()).unwrap();
    symlink(place.root(), place.at("")).unwrap_err();
    symlink(place.root(), place.out().join(CRATE)).unwrap();
    refused(&place, CRATE);
}

#[test]
fn pipe_or_folder_in_place_of_a_file_is_kept() {
    let place = Place::new();
    place.write(&old_files()).unwrap();
    fs::remove_file(place.at("src/lib.rs")).unwrap();
    pipe(&place.at("src/lib.rs"));
    refused(&place, "src/lib.rs");

    let place = Place::new();
    place.write(&old_files()).unwrap();
    fs::remove_file(place.at("src/lib.rs")).unwrap();
    place.put("src/lib.rs/mine", "mine");
    refused(&place, "src/lib.rs");
}

#[test]
fn file_in_place_of_a_folder_is_kept() {
    let place = Place::new();
    place.put("src", "mine");
    refused(&place, "src");
    let place = Place::new();
    fs::create_dir_all(place.out()).unwrap();
    fs::write(place.out().join(CRATE), "mine").unwrap();
    refused(&place, CRATE);
    let place = Place::new();
    fs::write(place.out(), "the input").unwrap();
    refused(&place, "out");
}

#[test]
fn name_of_a_stray_file_does_not_reach_the_terminal() {
    let place = Place::new();
    place.put("src/\u{1b}[2J.rs", "");
    refused(&place, "src/\\u{1b}[2J.rs: not generated");
}

#[test]
fn hard_link_of_a_file_keeps_its_text() {
    let place = Place::new();
    place.put("src/other.rs", "");
    fs::remove_file(place.at("src/other.rs")).unwrap();
    fs::hard_link(place.root().join("canary"), place.at("src/lib.rs")).unwrap();
    place.write(&new_files()).unwrap_err();
    place.force(&new_files()).unwrap();
    assert_eq!(place.read("src/lib.rs"), "// new\n");
    assert_eq!(
        fs::read_to_string(place.root().join("canary")).unwrap(),
        "outside"
    );
}

#[test]
fn link_as_output_folder_needs_permission() {
    let place = Place::new();
    fs::create_dir_all(place.root().join("real/inner")).unwrap();
    symlink(place.root().join("real"), place.root().join("link")).unwrap();
    for out in ["link", "link/inner", "link/../link/inner"] {
        let out = place.root().join(out);
        let before = place.whole_picture();
        let write = |options| output::write(&out, &new_files(), options);
        let error = write(Options::default()).unwrap_err();
        let resolved = place.root().join("real").display().to_string();
        assert!(error.to_string().contains(&resolved), "{error}");
        assert_eq!(place.whole_picture(), before);

        write(Options {
            follow_symlinks: true,
            ..Options::default()
        })
        .unwrap();
        let resolved = out.canonicalize().unwrap();
        assert!(resolved.join(CRATE).join("src/lib.rs").is_file());
        fs::remove_dir_all(resolved.join(CRATE)).unwrap();
    }
}

#[test]
fn file_system_and_repository_roots_are_rejected() {
    let up = "../".repeat(100);
    for root in ["/", "/usr/..", &up] {
        let error = output::write(Path::new(root), &new_files(), Options::default()).unwrap_err();
        assert!(
            error.to_string().contains("root of the file system"),
            "{error}"
        );
    }
    let place = Place::new();
    fs::create_dir_all(place.out().join(".git")).unwrap();
    refused(&place, "git repository");
}

#[test]
fn forged_manifest_removes_no_files() {
    let canary = "31207a2065f46a5b948fce6fe5c13e85abaf5631e2f894b47dcd4fce14f6c57b";
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
        assert!(lying.contains(canary));
        place.put(MANIFEST, &lying);
        let before = place.whole_picture();
        let error = place.write(&new_files()).unwrap_err();
        assert!(error.to_string().contains(MANIFEST), "{error}");
        assert_eq!(place.whole_picture(), before);

        // Without a manifest it is nobody's file.
        let text = place.force(&new_files()).unwrap_err().to_string();
        assert!(text.contains("src/gone/deep.rs: not generated"), "{text}");
        fs::remove_file(place.at("src/gone/deep.rs")).unwrap();
        place.force(&new_files()).unwrap();
        assert_eq!(
            fs::read_to_string(place.root().join("canary")).unwrap(),
            "outside"
        );
    }
}
