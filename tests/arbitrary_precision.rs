//! A build in which another crate turned on `arbitrary_precision` of `serde_json`, by which a
//! number of free-form JSON can be one that no double holds.
//!
//! The feature changes every crate of a build, so it must not be on in this workspace. The program
//! in `precision/` is a build of its own.

use std::fs;
use std::path::PathBuf;

use tests::builds::{cargo, said};
use tests::fixtures::repository;

#[test]
fn numbers_beyond_a_double_are_rejected_in_requests_and_kept_in_responses() {
    let root = repository().canonicalize().unwrap();
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("precision");
    fs::create_dir_all(folder.join("src")).unwrap();
    let runtime = root.join("runtime").display().to_string();
    let manifest = format!(
        "[package]\nname = \"precision\"\nedition = \"2024\"\n\n[dependencies]\n\
         discovery-runtime = {{ path = {runtime:?}, default-features = false, \
         features = [\"test-util\"] }}\n\
         serde_json = {{ version = \"1\", features = [\"arbitrary_precision\"] }}\n\n[workspace]\n"
    );
    fs::write(folder.join("Cargo.toml"), manifest).unwrap();
    for (from, to) in [
        ("Cargo.lock", "Cargo.lock"),
        ("tests/precision/main.rs", "src/main.rs"),
    ] {
        fs::write(folder.join(to), fs::read(root.join(from)).unwrap()).unwrap();
    }
    // What was built with these features before is used again.
    let target = folder.join("target");
    let output = cargo(&folder, &target, &["run", "--quiet"], &[]);
    let said = said(&output);
    assert!(
        said.starts_with("all numbers are what they should be\n"),
        "{said}"
    );
}
