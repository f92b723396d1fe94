//! The verbs on a workspace of their own, with a copy of our documents.

#![allow(clippy::unwrap_used, reason = "a test may panic, its helpers too")]

use std::fs;
use std::path::Path;

use tempfile::TempDir;
use xtask::{Failure, Workspace, canonicalize, codegen};

const CRATE: &str = "generated/photoslibrary-v1";
const CAREFUL: codegen::Options = codegen::Options {
    force: false,
    raise_version: false,
};
const FORCE: codegen::Options = codegen::Options {
    force: true,
    ..CAREFUL
};

fn copy() -> (TempDir, Workspace) {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("discovery")).unwrap();
    let discovery = Path::new("../discovery").canonicalize().unwrap();
    for name in [
        "photoslibrary-v1.json",
        "photoslibrary-v1.overrides.json",
        "photoslibrary-v1.prose.json",
    ] {
        fs::copy(
            discovery.join(name),
            folder.path().join("discovery").join(name),
        )
        .unwrap();
    }
    let workspace = Workspace::at(folder.path()).unwrap();
    (folder, workspace)
}

fn outdated(failure: &Failure) -> String {
    assert!(matches!(failure, Failure::Outdated(_)), "{failure}");
    failure.to_string()
}

#[test]
fn codegen_output_passes_check() {
    let (folder, workspace) = copy();
    let text = outdated(&codegen::check(&workspace).unwrap_err());
    assert!(
        text.contains("generated/photoslibrary-v1/src/lib.rs: missing"),
        "{text}"
    );
    assert!(text.ends_with("run `cargo xtask codegen`"), "{text}");
    assert!(!folder.path().join("generated").exists());

    let done = codegen::run(&workspace, CAREFUL).unwrap();
    assert_eq!(done.len(), 1);
    assert!(done[0].1.len() > 5);
    codegen::check(&workspace).unwrap();
    assert!(codegen::run(&workspace, CAREFUL).unwrap()[0].1.is_empty());

    let manifest = fs::read_to_string(folder.path().join(CRATE).join("Cargo.toml")).unwrap();
    assert!(manifest.contains("\"../../runtime\""), "{manifest}");
}

/// The version and the changelog of an emitted crate stand beside its document.
#[test]
fn version_and_changelog_reach_the_crate() {
    let (folder, workspace) = copy();
    let beside = |ending: &str| {
        folder
            .path()
            .join(format!("discovery/photoslibrary-v1.{ending}"))
    };
    fs::write(beside("crate.json"), "{\"version\": \"1.2.3\"}").unwrap();
    fs::write(beside("changelog.md"), "# What changed\n").unwrap();
    codegen::run(&workspace, CAREFUL).unwrap();
    let read = |name: &str| fs::read_to_string(folder.path().join(CRATE).join(name)).unwrap();
    assert!(read("Cargo.toml").contains("version = \"1.2.3\""));
    assert_eq!(read("CHANGELOG.md"), "# What changed\n");

    fs::write(beside("crate.json"), "{\"version\": \"1.2\"}").unwrap();
    let failure = codegen::run(&workspace, CAREFUL).unwrap_err().to_string();
    assert!(
        failure
            .contains("discovery/photoslibrary-v1.crate.json:1:2: error: `1.2` is not a version"),
        "{failure}"
    );
}

#[test]
fn edited_file_is_reported_and_needs_force() {
    let (folder, workspace) = copy();
    codegen::run(&workspace, CAREFUL).unwrap();
    let file = folder.path().join(CRATE).join("src/lib.rs");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, format!("{text}// by hand\n")).unwrap();
    let found = outdated(&codegen::check(&workspace).unwrap_err());
    assert!(
        found.contains("src/lib.rs: edited by hand") && found.contains("-// by hand"),
        "{found}"
    );
    assert!(found.contains("cargo xtask codegen --force"), "{found}");
    assert!(matches!(
        codegen::run(&workspace, CAREFUL),
        Err(Failure::Failed(_))
    ));
    codegen::run(&workspace, FORCE).unwrap();
    assert_eq!(fs::read_to_string(&file).unwrap(), text);
}

#[test]
fn unknown_file_is_reported_by_codegen_and_check() {
    let (folder, workspace) = copy();
    codegen::run(&workspace, CAREFUL).unwrap();
    let stray = folder.path().join(CRATE).join("src/extra.rs");
    fs::write(&stray, "mine").unwrap();
    let found = outdated(&codegen::check(&workspace).unwrap_err());
    assert!(found.contains("src/extra.rs: not generated"), "{found}");
    for force in [CAREFUL, FORCE] {
        let refused = codegen::run(&workspace, force).unwrap_err().to_string();
        assert!(refused.contains("src/extra.rs: not generated"), "{refused}");
    }
    assert!(stray.exists());
}

#[test]
fn foreign_files_stay_and_orphaned_crates_are_named() {
    let (folder, workspace) = copy();
    codegen::run(&workspace, CAREFUL).unwrap();
    for path in [
        "generated/by-hand/Cargo.toml",
        "generated/photoslibrary-v1/examples/extra.rs",
    ] {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "mine").unwrap();
    }
    codegen::check(&workspace).unwrap();

    let discovery = folder.path().join("discovery");
    fs::remove_file(discovery.join("photoslibrary-v1.json")).unwrap();
    let failure = codegen::check(&workspace).unwrap_err().to_string();
    assert!(
        failure.contains("photoslibrary-v1.overrides.json belongs to"),
        "{failure}"
    );
    fs::remove_file(discovery.join("photoslibrary-v1.overrides.json")).unwrap();
    fs::remove_file(discovery.join("photoslibrary-v1.prose.json")).unwrap();
    for failure in [
        codegen::check(&workspace).err(),
        codegen::run(&workspace, FORCE).err(),
    ] {
        let failure = failure.unwrap().to_string();
        assert!(
            failure.contains("generated/photoslibrary-v1 has no document"),
            "{failure}"
        );
        assert!(!failure.contains("by-hand"), "{failure}");
    }
    assert!(folder.path().join(CRATE).join("examples/extra.rs").exists());
}

#[test]
fn documents_are_canonicalized() {
    let (folder, workspace) = copy();
    canonicalize::check(&workspace).unwrap();
    let path = folder.path().join("discovery/photoslibrary-v1.json");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replace('\n', "")).unwrap();
    let found = outdated(&canonicalize::check(&workspace).unwrap_err());
    assert!(found.contains("discovery/photoslibrary-v1.json"), "{found}");
    assert_eq!(
        canonicalize::run(&workspace).unwrap(),
        ["discovery/photoslibrary-v1.json"]
    );
    assert_eq!(fs::read_to_string(&path).unwrap(), text);
    assert!(canonicalize::run(&workspace).unwrap().is_empty());
}
