//! What leaves the machine: each request of an emitted crate is compared with what the format
//! demands, as it arrives at a socket. The crates are emitted and built here, and `wire/` is the
//! program that makes the calls.

use std::fs;
use std::path::{Path, PathBuf};

use discovery_generator::{Options, RuntimeDependency};
use tests::builds::{cargo, said, write};
use tests::fixtures::{Fixture, repository};

/// The documents of `fixtures/` whose crates the program calls.
const APIS: &[&str] = &[
    "addresses",
    "operations",
    "partial",
    "responses",
    "uploads",
    "values",
    "wire",
];

#[test]
fn emitted_crates_send_the_requests_of_the_format() {
    let root = repository().canonicalize().unwrap();
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("wire");
    emit(&root, &folder);
    // What the outer build has built already is used again.
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("..");
    let run = ["run", "--quiet", "--package", "wire"];
    let said = said(&cargo(&folder, &target, &run, &[]));
    assert!(
        said.ends_with("all requests are as the format demands\n"),
        "{said}"
    );
    assert!(said.matches("ok: ").count() >= 17, "{said}");
}

/// A workspace with the emitted crates and the program.
fn emit(root: &Path, folder: &Path) {
    let runtime = root.join("runtime").display().to_string();
    let options = Options::new(RuntimeDependency::Path(runtime.clone()), "a test");
    let mut members = String::new();
    let mut dependencies = String::new();
    for api in APIS {
        let fixture = Fixture::load(api);
        let files = discovery_generator::generate(&fixture.input(), &options);
        for file in files.unwrap() {
            write(&folder.join(&file.path), &file.text);
        }
        members.push_str(&format!(", \"{api}-v1\""));
        dependencies.push_str(&format!("google-{api}-v1 = {{ path = \"../{api}-v1\" }}\n"));
    }
    write(
        &folder.join("Cargo.toml"),
        &format!("[workspace]\nresolver = \"3\"\nmembers = [\"wire\"{members}]\n"),
    );
    let lock = fs::read_to_string(root.join("Cargo.lock")).unwrap();
    write(&folder.join("Cargo.lock"), &lock);
    let manifest = format!(
        "[package]\nname = \"wire\"\nedition = \"2024\"\n\n[dependencies]\n\
         discovery-runtime = {{ path = {runtime:?} }}\n{dependencies}\
         tokio = {{ version = \"1\", features = [\"macros\", \"rt\"] }}\n"
    );
    write(&folder.join("wire/Cargo.toml"), &manifest);
    for entry in fs::read_dir(root.join("tests/wire")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap();
        let text = fs::read_to_string(&path).unwrap();
        write(&folder.join("wire/src").join(name), &text);
    }
}
