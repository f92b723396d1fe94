//! What `cargo xtask changes` says about an edit of a document is what the compiler says: a program
//! that uses everything in the crate before the edit compiles against the crate after it, or not.
//! Each edit is taken both ways.
//!
//! Checkers of semantic versions are no judges here: cargo-semver-checks does not see that the type of
//! a field, a parameter or a result has changed.

mod consumer;
mod edits;
mod listing;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use discovery_generator::changes::Step;
use discovery_generator::{
    Diagnostics, File, Input, Options, RuntimeDependency, Source, compare, generate,
};
use edits::{Edit, edits, merge};
use serde_json::Value;
use tests::fixtures::repository;

fn input(document: &Value) -> Input {
    Input::new(Source {
        name: "document.json".to_owned(),
        text: document.to_string(),
    })
}

fn base() -> Value {
    let path = repository().join("tests/changes/base.json");
    let text = fs::read_to_string(path).expect("it is there");
    serde_json::from_str(&text).expect("it is JSON")
}

fn edited(edit: &Edit) -> Value {
    let mut document = base();
    merge(&mut document, &edit.patch, false);
    document
}

fn step(old: &Value, new: &Value) -> Step {
    let changes = compare(&input(old), &input(new));
    changes.unwrap_or_else(|error| panic!("{error}")).step()
}

#[test]
fn verdict_is_the_compilers() {
    let edits = edits();
    assert!(edits.len() >= 40, "{} edits", edits.len());
    let failed = compile(&edits);
    let mut wrong = Vec::new();
    for (index, edit) in edits.iter().enumerate() {
        let (old, new) = (base(), edited(edit));
        let name = edit.name;
        let breaks = |direction: &str| failed.contains(&format!("{direction}_{index}"));
        let (there, back) = (step(&old, &new), step(&new, &old));
        for (direction, step, breaks) in [
            ("there", there, breaks("there")),
            ("back", back, breaks("back")),
        ] {
            let expected = breaks || edit.silent;
            if (step == Step::Major) != expected {
                wrong.push(format!("{name}, {direction}: {step:?}, breaks: {breaks}"));
            }
            if edit.silent && breaks {
                wrong.push(format!("{name}, {direction}: the compiler sees it"));
            }
        }
        // What is more to use takes a minor step, and what a warning does.
        let is_more = breaks("back") && !breaks("there");
        if is_more && there != Step::Minor {
            wrong.push(format!("{name}: {there:?}, and there is more to use"));
        }
        if there == Step::Minor && !is_more && !name.contains("deprecated") {
            wrong.push(format!("{name}: Minor, and there is nothing more to use"));
        }
        if old != new
            && there == Step::None
            && !name.contains("change places")
            && !name.contains("revision")
        {
            wrong.push(format!("{name}: nothing was found"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Compiles each program against the other crate; gives the names of those that fail.
fn compile(edits: &[Edit]) -> BTreeSet<String> {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("changes");
    let _ = fs::remove_dir_all(&root);
    let base = crate_of(&base()).expect("the generator takes it");
    let mut members = vec!["base".to_owned()];
    put_crate(&root, "base", &base);
    for (index, edit) in edits.iter().enumerate() {
        let name = format!("edit_{index}");
        let files =
            crate_of(&edited(edit)).unwrap_or_else(|error| panic!("{}: {error}", edit.name));
        put_crate(&root, &name, &files);
        let example = |krate: &str, direction: &str, text: String| {
            put(
                &root.join(format!("{krate}/examples/{direction}_{index}.rs")),
                &text,
            );
        };
        example(&name, "there", consumer::consumer(&base, &name));
        example("base", "back", consumer::consumer(&files, "base"));
        // A program that does not compile against its own crate would prove nothing.
        example(&name, "itself", consumer::consumer(&files, &name));
        members.push(name);
    }
    put(
        &root.join("base/examples/itself.rs"),
        &consumer::consumer(&base, "base"),
    );
    let manifest = format!("[workspace]\nresolver = \"3\"\nmembers = {members:?}\n");
    put(&root.join("Cargo.toml"), &manifest);
    fs::copy(repository().join("Cargo.lock"), root.join("Cargo.lock")).expect("it is there");
    check(&root)
}

fn crate_of(document: &Value) -> Result<Vec<File>, Diagnostics> {
    let runtime = repository()
        .join("runtime")
        .canonicalize()
        .expect("it is there");
    let runtime = RuntimeDependency::Path(runtime.to_string_lossy().into_owned());
    generate(&input(document), &Options::new(runtime, "a test"))
}

fn put_crate(root: &Path, name: &str, files: &[File]) {
    for file in files {
        let (_, path) = file.path.split_once('/').expect("it has a folder");
        let text = match path {
            "Cargo.toml" => file.text.replace("google-shop-v1", name),
            _ => file.text.clone(),
        };
        put(&root.join(name).join(path), &text);
    }
}

fn put(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().expect("it has one")).expect("it can be made");
    fs::write(path, text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
}

/// The examples that do not compile; the crates themselves do.
fn check(root: &Path) -> BTreeSet<String> {
    let target: PathBuf = Path::new(env!("CARGO_TARGET_TMPDIR")).join("..");
    let output = Command::new(env!("CARGO"))
        .args([
            "check",
            "--offline",
            "--workspace",
            "--lib",
            "--examples",
            "--keep-going",
        ])
        .arg("--message-format=json")
        .current_dir(root)
        .env("CARGO_TARGET_DIR", target)
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .output()
        .expect("cargo can be run");
    let mut failed = BTreeSet::new();
    let mut finished = false;
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let message: Value = serde_json::from_str(line).expect("it is JSON");
        finished |= message["reason"] == "build-finished";
        if message["message"]["level"] == "error" {
            let name = message["target"]["name"].as_str().unwrap_or_default();
            let text = &message["message"]["rendered"];
            assert_eq!(message["target"]["kind"][0], "example", "{name}: {text}");
            assert!(!name.starts_with("itself"), "{name}: {text}");
            failed.insert(name.to_owned());
        }
    }
    assert!(finished, "{}", String::from_utf8_lossy(&output.stderr));
    failed
}
