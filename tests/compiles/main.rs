//! What is emitted for every fixture compiles, without a warning of the compiler, of clippy or of
//! rustdoc, and its examples compile.
//!
//! The crates are written into a workspace below the target folder. It shares the folder of builds
//! with this one, so that the runtime's dependencies are not built again.

mod workspace;

use std::fs;
use std::path::Path;

use workspace::{cargo, workspace};

/// All parts of the crate that has some. Features of the runtime stay as they are: all of them bring
/// AWS-LC, which takes minutes to build.
const PARTS: &str = "google-large-v1/all";

#[test]
fn emitted_crates_pass_clippy() {
    cargo(
        &[
            "clippy",
            "--workspace",
            "--features",
            PARTS,
            "--",
            "-D",
            "warnings",
        ],
        &[],
    );
}

/// Whoever takes one part of a large API gets neither an error nor a warning.
#[test]
fn emitted_features_compile_alone() {
    let manifest = workspace().join("large-v1/Cargo.toml");
    let manifest = fs::read_to_string(&manifest).expect("the crate is large");
    let manifest: toml::Table = manifest.parse().expect("it is TOML");
    let features = manifest["features"].as_table().expect("it has features");
    assert!(features.len() > 6, "{features:?}");
    // Those of the runtime are tested in `packages.rs`.
    let passed_on = |implied: &toml::Value| implied.to_string().contains("discovery-runtime/");
    let parts = features.iter().filter(|(_, implied)| !passed_on(implied));
    for (feature, _) in parts {
        cargo(
            &[
                "clippy",
                "--package",
                "google-large-v1",
                "--no-default-features",
                "--features",
                feature,
                "--",
                "-D",
                "warnings",
            ],
            &[],
        );
    }
}

#[test]
fn emitted_docs_pass_rustdoc() {
    cargo(
        &["doc", "--workspace", "--features", PARTS, "--no-deps"],
        &[("RUSTDOCFLAGS", "-Dwarnings")],
    );
    for name in ["google_hostile_v1", "google_payloads_v1"] {
        let pages = Path::new(env!("CARGO_TARGET_TMPDIR"))
            .join("../doc")
            .join(name);
        let page = fs::read_to_string(pages.join("schemas/struct.Text.html"))
            .expect("the page of the schema is there");
        assert!(page.contains("with_attribute"), "{name}");
        for evil in ["<script>alert", "onerror=alert(1)>", "href=\"javascript:"] {
            assert!(!page.contains(evil), "{name}: {evil}");
        }
    }
}

#[test]
fn doc_examples_compile_and_none_comes_from_a_document() {
    let said = cargo(&["test", "--doc", "--workspace", "--features", PARTS], &[]);
    for name in ["minimal", "hostile", "payloads"] {
        let folder = format!("{name}-v1/src");
        let sources = sources(&workspace().join(&folder));
        let ours = sources
            .lines()
            .filter(|line| line.trim_start_matches([' ', '/', '!']) == "```no_run")
            .count();
        assert_eq!(ours, 3, "{name}: the quick start, and one for each method");
        let compiled: Vec<&str> = said
            .lines()
            .filter(|line| line.starts_with(&format!("test {folder}")))
            .collect();
        assert_eq!(compiled.len(), ours, "{name}: {compiled:#?}");
        assert!(
            compiled.iter().all(|line| line.ends_with("compile ... ok")),
            "{name}: {compiled:#?}"
        );
    }
}

fn sources(folder: &Path) -> String {
    let mut text = String::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            text.push_str(&sources(&path));
        } else {
            text.push_str(&fs::read_to_string(&path).unwrap_or_default());
        }
    }
    text
}
