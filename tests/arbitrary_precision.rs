//! A build in which another crate turned on `arbitrary_precision` of `serde_json`, by which a
//! number of free-form JSON can be one that no double holds.
//!
//! The feature changes every crate of a build, so it must not be on in this workspace. The program
//! in `precision/` is a build of its own.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

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
    let output = Command::new(env!("CARGO"))
        .current_dir(&folder)
        .args(["run", "--quiet", "--offline"])
        // What was built with these features before is used again.
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .output()
        .unwrap();
    let (stdout, stderr) = (
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
    assert!(output.status.success(), "{stdout}\n{stderr}");
    assert_eq!(stdout, "all numbers are what they should be\n", "{stderr}");
}
