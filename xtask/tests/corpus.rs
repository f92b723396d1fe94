//! `cargo xtask corpus` on a folder of documents.

#![allow(clippy::unwrap_used, reason = "a test may panic, its helpers too")]

use std::fs;
use std::path::Path;

use xtask::{Workspace, corpus};

/// Google's client for Python keeps its documents beside `index.json`, the list of all APIs.
#[test]
fn list_of_apis_beside_documents_is_left_out() {
    let folder = tempfile::tempdir().unwrap();
    fs::copy(
        Path::new("../discovery/photospicker-v1.json"),
        folder.path().join("photospicker.v1.json"),
    )
    .unwrap();
    let list = r#"{ "kind": "discovery#directoryList", "items": [] }"#;
    fs::write(folder.path().join("index.json"), list).unwrap();
    // It also has some APIs twice, under two names.
    fs::copy(
        folder.path().join("photospicker.v1.json"),
        folder.path().join("photospicker_v1.json"),
    )
    .unwrap();

    let checkout = tempfile::tempdir().unwrap();
    let workspace = Workspace::at(checkout.path()).unwrap();
    let lines = corpus::run(
        &workspace,
        &corpus::Options {
            folder: folder.path().to_owned(),
            jobs: 1,
            check: false,
            cpu: false,
            only: None,
        },
    )
    .unwrap();
    let text = lines.join("\n");
    assert!(text.contains("\n1 in all"), "{text}");
    assert!(text.contains("index.json is left out"), "{text}");
    let twin = "photospicker_v1.json is left out: photospicker.v1.json has the same `id`";
    assert!(text.contains(twin), "{text}");
}
