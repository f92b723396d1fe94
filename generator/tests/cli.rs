//! The command line from outside: what it writes, prints and exits with.

#![allow(clippy::unwrap_used, reason = "a test may panic, its helpers too")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use tempfile::TempDir;

/// A document with one method; `name` is the name of the API.
fn document(name: &str) -> String {
    format!(
        r#"{{
  "kind": "discovery#restDescription", "discoveryVersion": "v1", "protocol": "rest",
  "id": "{name}:v1", "name": "{name}", "version": "v1", "revision": "20250101",
  "title": "Things API", "description": "Keeps things.", "parameters": {{}},
  "rootUrl": "https://{name}.googleapis.com/", "servicePath": "", "batchPath": "batch",
  "baseUrl": "https://{name}.googleapis.com/",
  "schemas": {{
    "Thing": {{"id": "Thing", "type": "object", "properties": {{"name": {{"type": "string"}}}}}}
  }},
  "resources": {{"things": {{"methods": {{"get": {{
    "id": "{name}.things.get", "path": "v1/things/{{id}}", "httpMethod": "GET",
    "parameterOrder": ["id"],
    "parameters": {{"id": {{"type": "string", "location": "path", "required": true}}}},
    "response": {{"$ref": "Thing"}}
  }}}}}}}}
}}"#
    )
}

/// A folder to run in, with `things.json`.
struct Place {
    _keep: TempDir,
    root: PathBuf,
}

impl Place {
    fn new() -> Self {
        let keep = tempfile::tempdir().unwrap();
        let root = keep.path().canonicalize().unwrap();
        let place = Self { _keep: keep, root };
        place.put("things.json", document("things"));
        place
    }

    fn put(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.root.join(path)).unwrap()
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        run_in(&self.root, arguments)
    }
}

struct Ran {
    status: i32,
    out: String,
    err: String,
}

fn run_in(folder: &Path, arguments: &[&str]) -> Ran {
    let Output {
        status,
        stdout,
        stderr,
    } = Command::new(env!("CARGO_BIN_EXE_discovery-generator"))
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap();
    Ran {
        status: status.code().unwrap(),
        out: String::from_utf8(stdout).unwrap(),
        err: String::from_utf8(stderr).unwrap(),
    }
}

impl Ran {
    /// Expects this status, and these words on standard error.
    fn fails(&self, status: i32, words: &[&str]) {
        assert_eq!(self.status, status, "{}{}", self.out, self.err);
        for word in words {
            assert!(self.err.contains(word), "no `{word}` in: {}", self.err);
        }
    }

    fn succeeds(&self) -> &Self {
        assert_eq!(self.status, 0, "{}{}", self.out, self.err);
        self
    }
}

const GENERATE: [&str; 4] = ["generate", "things.json", "--out", "generated"];

#[test]
fn a_document_becomes_a_crate_and_stays_as_it_is() {
    let place = Place::new();
    let ran = place.run(&GENERATE);
    assert!(ran.succeeds().out.contains(" added"), "{}", ran.out);
    assert_eq!(ran.err, "", "one document needs no progress");
    assert!(
        place
            .read("generated/things-v1/Cargo.toml")
            .contains("version = \"0.1.0\"")
    );
    let manifest = place.read("generated/things-v1/.discovery-manifest.json");
    assert!(
        manifest.contains("\"document\": \"things.json\""),
        "{manifest}"
    );
    assert!(!manifest.contains(place.root.to_str().unwrap()));

    let again = place.run(&GENERATE);
    assert!(
        again.succeeds().out.ends_with("up to date\n"),
        "{}",
        again.out
    );
}

#[test]
fn the_output_does_not_depend_on_where_it_is_made() {
    let (place, other) = (Place::new(), Place::new());
    place.run(&GENERATE).succeeds();
    let document = other.root.join("things.json");
    let out = other.root.join("deep/er/generated");
    let arguments = [
        "generate",
        document.to_str().unwrap(),
        "--out",
        out.to_str().unwrap(),
    ];
    run_in(Path::new("/"), &arguments).succeeds();
    for path in ["Cargo.toml", "src/lib.rs", ".discovery-manifest.json"] {
        let text = fs::read_to_string(out.join("things-v1").join(path)).unwrap();
        assert_eq!(text, place.read(&format!("generated/things-v1/{path}")));
    }
}

#[test]
fn check_reports_and_writes_nothing() {
    let place = Place::new();
    let check = [&GENERATE[..], &["--check"]].concat();
    let ran = place.run(&check);
    assert_eq!(ran.status, 1, "{}", ran.err);
    assert!(
        ran.out.contains("things-v1/src/lib.rs: missing"),
        "{}",
        ran.out
    );
    assert!(!place.root.join("generated").exists());

    place.run(&GENERATE).succeeds();
    assert!(place.run(&check).succeeds().out.ends_with("up to date\n"));

    place.put(
        "things.json",
        document("things").replace("Keeps things.", "Keeps all things."),
    );
    let ran = place.run(&check);
    assert_eq!(ran.status, 1);
    let added = |line: &str| line.starts_with('+') && line.contains("Keeps all things.");
    assert!(ran.out.lines().any(added), "{}", ran.out);
    assert!(
        !place
            .read("generated/things-v1/src/lib.rs")
            .contains("all things")
    );
}

#[test]
fn the_runtime_is_a_version_or_a_folder() {
    let place = Place::new();
    place.put("runtime/Cargo.toml", "");
    // The generator and the runtime are released together.
    place.run(&GENERATE).succeeds();
    let manifest = place.read("generated/things-v1/Cargo.toml");
    let version = format!(
        "[dependencies.discovery-runtime]\nversion = \"{}\"\ndefault-features",
        env!("CARGO_PKG_VERSION")
    );
    assert!(manifest.contains(&version), "{manifest}");
    let with = |runtime| place.run(&[&GENERATE[..], &["--runtime", runtime]].concat());
    with("runtime").succeeds();
    let manifest = place.read("generated/things-v1/Cargo.toml");
    assert!(manifest.contains("path = \"../../runtime\""), "{manifest}");
    with("^0.2").succeeds();
    let manifest = place.read("generated/things-v1/Cargo.toml");
    assert!(manifest.contains("version = \"^0.2\""), "{manifest}");
    with("nowhere").fails(2, &["`nowhere` is neither", "help: "]);
}

#[test]
fn overrides_beside_the_document_are_found_and_named() {
    let place = Place::new();
    place.put("things.overrides.json", "{");
    place.run(&GENERATE).fails(
        2,
        &[
            "things.json: corrected by things.overrides.json",
            "things.overrides.json:1:",
        ],
    );
    place.put(
        "things.overrides.json",
        r#"{"document": "things:v1", "entries": []}"#,
    );
    place.run(&GENERATE).succeeds();
    let manifest = place.read("generated/things-v1/.discovery-manifest.json");
    assert!(
        manifest.contains("\"overrides\": \"things.overrides.json\""),
        "{manifest}"
    );

    place.put("other.json", document("other"));
    let several = [
        "generate",
        "other.json",
        "things.json",
        "things.overrides.json",
        "--out",
        "generated",
    ];
    let ran = place.run(&several);
    assert!(
        ran.succeeds().err.contains("[2/2] things.json"),
        "{}",
        ran.err
    );
    let named = [&several[..], &["--overrides", "things.overrides.json"]].concat();
    place
        .run(&named)
        .fails(2, &["`--overrides` goes with one document"]);
    place
        .run(&[&GENERATE[..], &["--overrides", "none.json"]].concat())
        .fails(2, &["`none.json` does not exist"]);
}

#[test]
fn input_that_cannot_be_read_is_named() {
    let place = Place::new();
    place.put("latin1.json", b"{\"title\": \"caf\xe9\"}");
    place.put("broken.json", "{\"kind\": }");
    let large = fs::File::create(place.root.join("large.json")).unwrap();
    large.set_len((64 << 20) + 1).unwrap();
    for (document, words) in [
        ("none.json", "`none.json` does not exist"),
        (".", "`.` is a folder"),
        (
            "latin1.json",
            "`latin1.json` is not UTF-8: the fault is at byte 14",
        ),
        ("large.json", "`large.json` is larger than 64 MiB"),
        ("broken.json", "broken.json:1:"),
    ] {
        let ran = place.run(&["generate", document, "--out", "generated"]);
        ran.fails(2, &[words, "help: "]);
    }
    assert!(!place.root.join("generated").exists());
}

#[test]
fn one_bad_document_does_not_keep_the_others_back() {
    let place = Place::new();
    place.put("bad.json", "{}");
    let ran = place.run(&["generate", "bad.json", "things.json", "--out", "generated"]);
    ran.fails(2, &["bad.json:1:1: error"]);
    assert!(ran.out.contains("bad.json       -  failed"), "{}", ran.out);
    assert!(place.root.join("generated/things-v1/src/lib.rs").is_file());
}

#[test]
fn two_documents_cannot_make_one_crate() {
    let place = Place::new();
    place.put("copy.json", document("things"));
    let ran = place.run(&["generate", "things.json", "copy.json", "--out", "generated"]);
    ran.fails(2, &["`things.json` and `copy.json` both make `things-v1`"]);
}

/// As when an editor and a terminal both run it: neither fails, and nothing is left half made.
#[test]
fn runs_at_the_same_time_do_not_disturb_each_other() {
    let place = Place::new();
    let run = |_| {
        Command::new(env!("CARGO_BIN_EXE_discovery-generator"))
            .args(GENERATE)
            .current_dir(&place.root)
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    };
    let runs: Vec<Child> = (0..8).map(run).collect();
    for run in runs {
        let ran = run.wait_with_output().unwrap();
        assert!(
            ran.status.success(),
            "{}",
            String::from_utf8_lossy(&ran.stderr)
        );
    }
    let check = place.run(&[&GENERATE[..], &["--check"]].concat());
    check.succeeds();
    let left = fs::read_dir(place.root.join("generated")).unwrap();
    assert_eq!(left.count(), 1, "no drafts are left");
}

#[test]
fn an_edited_file_needs_force() {
    let place = Place::new();
    place.run(&GENERATE).succeeds();
    place.put("generated/things-v1/src/lib.rs", "// by hand\n");
    place
        .run(&GENERATE)
        .fails(2, &["src/lib.rs: edited by hand", "--force"]);
    assert_eq!(place.read("generated/things-v1/src/lib.rs"), "// by hand\n");
    place
        .run(&[&GENERATE[..], &["--force"]].concat())
        .succeeds();
    assert_ne!(place.read("generated/things-v1/src/lib.rs"), "// by hand\n");
}

#[cfg(unix)]
#[test]
fn links_are_refused_as_output_folders() {
    let place = Place::new();
    fs::create_dir(place.root.join("real")).unwrap();
    std::os::unix::fs::symlink("real", place.root.join("generated")).unwrap();
    place
        .run(&GENERATE)
        .fails(2, &["is a symbolic link to", "--follow-symlinks"]);
    place
        .run(&[&GENERATE[..], &["--follow-symlinks"]].concat())
        .succeeds();
    assert!(place.root.join("real/things-v1/src/lib.rs").is_file());
}

#[test]
fn roots_and_files_are_refused_as_output_folders() {
    let place = Place::new();
    place
        .run(&["generate", "things.json", "--out", "/"])
        .fails(2, &["root of the file system"]);
    place
        .run(&["generate", "things.json", "--out", "things.json"])
        .fails(2, &["is a file"]);
    assert_eq!(place.read("things.json"), document("things"));
}

#[test]
fn canonicalize_sorts_and_refuses_repeated_keys() {
    let place = Place::new();
    place.put("a.json", r#"{"b": [1, {"d": null, "c": "ü"}], "a": true}"#);
    place.run(&["canonicalize", "a.json"]).succeeds();
    let canonical = "{\n  \"a\": true,\n  \"b\": [\n    1,\n    {\n      \"c\": \"ü\",\n      \"d\": null\n    }\n  ]\n}\n";
    assert_eq!(place.read("a.json"), canonical);
    let again = place.run(&["canonicalize", "a.json"]);
    assert_eq!(again.succeeds().out, "a.json: canonical already\n");

    let repeated = r#"{"a": 1, "a": 2}"#;
    place.put("b.json", repeated);
    place
        .run(&["canonicalize", "b.json", "a.json"])
        .fails(2, &["b.json:1:10", "occurs twice"]);
    assert_eq!(place.read("b.json"), repeated);
}

#[test]
fn help_says_what_to_do() {
    let place = Place::new();
    let help = place.run(&["--help"]);
    for word in ["generate", "canonicalize", "Exit status"] {
        assert!(help.succeeds().out.contains(word), "{}", help.out);
    }
    let help = place.run(&["generate", "--help"]);
    for word in [
        "--out",
        "--overrides",
        "--runtime",
        "--check",
        "--force",
        "Examples",
    ] {
        assert!(help.succeeds().out.contains(word), "{}", help.out);
    }
    place
        .run(&["generate", "things.json"])
        .fails(2, &["--out <DIR>"]);
}
