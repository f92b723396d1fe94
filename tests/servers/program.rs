//! The crates of `documents/`, emitted, and the programs that call them, built and run.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;
use std::sync::OnceLock;

use discovery_generator::{Input, Options, RuntimeDependency, Source, generate};
use tests::builds::{cargo, write};

/// Runs a program, which fails if one of its cases does.
pub(crate) fn run(program: &str, arguments: &[&str]) {
    let output = output(program, arguments);
    let said = String::from_utf8_lossy(&output.stdout);
    println!("{said}");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "a case above failed\n{errors}");
    assert!(said.contains("\nok: "), "no case ran");
}

/// Runs a program.
pub(crate) fn output(program: &str, arguments: &[&str]) -> Output {
    // What the outer build has built already is used again.
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("..");
    let run = [
        "run",
        "--quiet",
        "--package",
        "programs",
        "--bin",
        program,
        "--",
    ];
    cargo(workspace(), &target, &[&run, arguments].concat(), &[])
}

/// The folder of the tests of this file.
pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("servers")
}

/// The workspace with the emitted crates and the programs, written once a run.
fn workspace() -> &'static Path {
    static WORKSPACE: OnceLock<PathBuf> = OnceLock::new();
    WORKSPACE.get_or_init(|| {
        let workspace = Path::new(env!("CARGO_TARGET_TMPDIR")).join("servers/workspace");
        emit(&workspace);
        workspace
    })
}

fn emit(workspace: &Path) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("..")
        .canonicalize()
        .unwrap();
    let runtime = root.join("runtime").display().to_string();
    let options = Options::new(
        RuntimeDependency::Path(runtime.clone()),
        "cargo test -p tests --test servers",
    );
    let (mut members, mut dependencies) = (String::new(), String::new());
    for path in entries(&folder().join("documents")) {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        if name.ends_with(".overrides") {
            continue;
        }
        let overrides = path.with_extension("overrides.json");
        let overrides = overrides.exists().then(|| source(&overrides));
        let input = Input {
            overrides,
            ..Input::new(source(&path))
        };
        let files = generate(&input, &options).unwrap_or_else(|errors| panic!("{name}: {errors}"));
        for file in files {
            write(&workspace.join(&file.path), &file.text);
        }
        members.push_str(&format!(", {name:?}"));
        dependencies.push_str(&format!("google-{name} = {{ path = \"../{name}\" }}\n"));
    }
    let manifest = format!("[workspace]\nresolver = \"3\"\nmembers = [\"programs\"{members}]\n");
    write(&workspace.join("Cargo.toml"), &manifest);
    write(
        &workspace.join("Cargo.lock"),
        &fs::read_to_string(root.join("Cargo.lock")).unwrap(),
    );
    let manifest = format!(
        "[package]\nname = \"programs\"\nedition = \"2024\"\n\n[dependencies]\n\
         discovery-runtime = {{ path = {runtime:?} }}\n{dependencies}\
         flate2 = \"1\"\nserde_json = \"1\"\n\
         tokio = {{ version = \"1\", features = [\"macros\", \"rt\", \"time\"] }}\n"
    );
    write(&workspace.join("programs/Cargo.toml"), &manifest);
    copy(&folder().join("programs"), &workspace.join("programs/src"));
}

fn source(path: &Path) -> Source {
    Source {
        name: path.file_name().unwrap().to_string_lossy().into_owned(),
        text: fs::read_to_string(path).unwrap(),
    }
}

/// Makes a folder equal to another one.
fn copy(from: &Path, to: &Path) {
    if from.is_file() {
        return write(to, &fs::read_to_string(from).unwrap());
    }
    fs::create_dir_all(to).unwrap();
    for path in entries(to) {
        if !from.join(path.file_name().unwrap()).exists() {
            // It is there since an earlier version of the program.
            fs::remove_dir_all(&path)
                .or_else(|_| fs::remove_file(&path))
                .unwrap();
        }
    }
    for path in entries(from) {
        copy(&path, &to.join(path.file_name().unwrap()));
    }
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    paths
}
