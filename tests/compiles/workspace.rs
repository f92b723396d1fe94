//! The workspace with the emitted crates, and cargo in it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use discovery_generator::{File, Options, RuntimeDependency, generate};
use tests::builds;
use tests::fixtures::{Fixture, repository};
use tests::large::{deep, large};
use tests::payloads::PAYLOADS;
use tests::tree;

/// The folder with one crate for each fixture, written once a run.
pub(crate) fn workspace() -> &'static Path {
    static WORKSPACE: OnceLock<PathBuf> = OnceLock::new();
    WORKSPACE.get_or_init(|| {
        let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("fixtures");
        let mut files: Vec<File> = Fixture::all().iter().chain([&all_payloads(), &large(), &deep()]).flat_map(emitted).collect();
        let folders: BTreeSet<String> =
            files.iter().filter_map(|file| file.path.split_once('/')).map(|(folder, _)| folder.to_owned()).collect();
        assert!(folders.len() > 10, "{folders:?}");
        let members: Vec<String> = folders.iter().map(|folder| format!("{folder:?}")).collect();
        let manifest = format!(
            "[workspace]\nresolver = \"3\"\nmembers = [{}]\n\n[profile.dev]\ndebug = \"line-tables-only\"\n",
            members.join(", ")
        );
        files.push(File { path: "Cargo.toml".to_owned(), text: manifest });
        write(&root, &files);
        let lock = repository().join("Cargo.lock");
        fs::copy(&lock, root.join("Cargo.lock")).unwrap_or_else(|error| panic!("{}: {error}", lock.display()));
        root
    })
}

fn emitted(fixture: &Fixture) -> Vec<File> {
    let runtime = repository()
        .join("runtime")
        .canonicalize()
        .expect("the runtime exists");
    let options = Options::new(
        RuntimeDependency::Path(runtime.to_string_lossy().into_owned()),
        "cargo test -p tests",
    );
    generate(&fixture.input(), &options)
        .unwrap_or_else(|errors| panic!("{}: {errors}", fixture.name))
}

/// The fixture of hostile texts, with all texts that we know at every place.
fn all_payloads() -> Fixture {
    let fixture = Fixture::load("hostile");
    let text = fixture
        .document
        .text
        .replace("hostile:v1", "payloads:v1")
        .replace("\"hostile\"", "\"payloads\"");
    let mut document: serde_json::Value = serde_json::from_str(&text).expect("the fixture is JSON");
    let all: Vec<&str> = PAYLOADS.iter().map(|(_, payload)| *payload).collect();
    for (index, pointer) in tree::texts(&document).iter().enumerate() {
        // What comes first in a text is often treated in another way than the rest.
        let mut payloads = all.clone();
        payloads.rotate_left(index % all.len());
        if let Some(place) = document.pointer_mut(pointer) {
            *place = payloads.join("\n\n").into();
        }
    }
    Fixture {
        name: "payloads".to_owned(),
        ..fixture.with_text(document.to_string())
    }
}

/// Writes what has changed, so that cargo compiles only that again, and removes what is stale.
fn write(root: &Path, files: &[File]) {
    let wanted: BTreeSet<PathBuf> = files.iter().map(|file| root.join(&file.path)).collect();
    remove_others(root, &wanted);
    for file in files {
        builds::write(&root.join(&file.path), &file.text);
    }
}

fn remove_others(folder: &Path, wanted: &BTreeSet<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            remove_others(&path, wanted);
        } else if !wanted.contains(&path) {
            fs::remove_file(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        }
    }
}

/// Runs cargo in the workspace, and returns what it says.
pub(crate) fn cargo(arguments: &[&str], environment: &[(&str, &str)]) -> String {
    // What the outer build has built already is used again.
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("..");
    builds::said(&builds::cargo(workspace(), &target, arguments, environment))
}
