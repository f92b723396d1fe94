//! What a maintainer sees of a new revision of a document: in `changes`, in `API.txt`, in the version
//! and in the changelog.

#![allow(clippy::unwrap_used, reason = "a test may panic, its helpers too")]

mod photos;
mod repository;

use std::fs;
use std::path::PathBuf;

use repository::Repository;
use serde_json::{Value, json};
use xtask::{changes, codegen};

const RAISE: codegen::Options = codegen::Options {
    force: false,
    raise_version: true,
};

fn book(document: &mut Value) -> &mut Value {
    &mut document["schemas"]["Book"]["properties"]
}

#[test]
fn unchanged_document_changes_nothing() {
    let repository = Repository::minimal();
    let report = repository.changes(false);
    assert_eq!(
        report,
        "minimal:v1, revision 20260101: nothing has changed for users"
    );
}

#[test]
fn field_that_is_added_is_compatible() {
    let repository = Repository::minimal();
    repository.edit(|document| {
        book(document)["pages"] = json!({"type": "integer", "format": "int32"});
    });
    let report = repository.changes(false);
    assert!(
        report.contains("Added\n  schemas::Book.pages: new, Option<i32>"),
        "{report}"
    );
    assert!(report.contains("this needs 0.1.1"), "{report}");
    let check = repository.check();
    assert!(
        check.contains("+schemas::Book.pages: Option<i32>"),
        "{check}"
    );
    assert!(!check.contains("incompatible"), "{check}");
    codegen::run(&repository.workspace, RAISE).unwrap();
    codegen::check(&repository.workspace).unwrap();
    let manifest = repository.read("generated/minimal-v1/Cargo.toml");
    assert!(manifest.contains("version = \"0.1.1\""), "{manifest}");
}

#[test]
fn field_that_is_removed_needs_a_version() {
    let repository = Repository::minimal();
    repository.edit(|document| {
        book(document).as_object_mut().unwrap().remove("title");
    });
    let report = repository.changes(false);
    assert!(
        report.contains("Incompatible\n  schemas::Book.title: removed; it was Option<String>"),
        "{report}"
    );
    let check = repository.check();
    for part in [
        "generated/minimal-v1/API.txt: incompatible with 0.1.0, which users have",
        "  schemas::Book.title: removed",
        "discovery/minimal-v1.crate.json says 0.1.0 and has to say 0.2.0",
        "`cargo xtask codegen --raise-version` raises it",
    ] {
        assert!(check.contains(part), "{part}: {check}");
    }
    let before = repository.read("generated/minimal-v1/API.txt");
    let refused = codegen::run(&repository.workspace, codegen::Options::default()).unwrap_err();
    assert!(
        refused.to_string().contains("has to say 0.2.0"),
        "{refused}"
    );
    assert_eq!(repository.read("generated/minimal-v1/API.txt"), before);

    codegen::run(&repository.workspace, RAISE).unwrap();
    codegen::check(&repository.workspace).unwrap();
    assert_eq!(
        repository.read("generated/minimal-v1/CHANGELOG.md"),
        "# Changelog\n\n## 0.2.0\n\n### Incompatible\n\n* `schemas::Book.title`: removed; it was \
         `Option<String>`\n\n## 0.1.0\n\nThe first version.\n"
    );
    assert!(
        repository
            .read("discovery/minimal-v1.crate.json")
            .contains("\"version\": \"0.2.0\"")
    );
    // Until 0.2.0 is released, more may change.
    repository.edit(|document| {
        book(document).as_object_mut().unwrap().remove("id");
    });
    codegen::run(&repository.workspace, codegen::Options::default()).unwrap();
}

#[test]
fn type_that_changes_is_incompatible() {
    let repository = Repository::minimal();
    repository.edit(|document| {
        book(document)["title"] = json!({"type": "string", "format": "int64"});
    });
    let report = repository.changes(false);
    assert!(
        report.contains("schemas::Book.title: Option<String> is now Option<i64>; code that reads"),
        "{report}"
    );
    assert!(repository.check().contains("has to say 0.2.0"));
}

#[test]
fn enum_value_and_deprecation_are_compatible() {
    let repository = Repository::minimal();
    repository.edit(|document| {
        book(document)["cover"] =
            json!({"type": "string", "enum": ["HARD"], "enumDescriptions": [""]});
    });
    repository.git(&["commit", "--quiet", "--all", "--message", "Second"]);
    repository.edit(|document| {
        book(document)["cover"]["enum"] = json!(["HARD", "SOFT"]);
        book(document)["cover"]["enumDescriptions"] = json!(["", ""]);
        document["resources"]["books"]["methods"]["get"]["deprecated"] = json!(true);
    });
    let report = repository.changes(true);
    assert!(
        report.contains("### Added\n\n* `schemas::BookCover::Soft`: new, `variant`"),
        "{report}"
    );
    assert!(
        report.contains("### Deprecated\n\n* `books::Books::get`: deprecated"),
        "{report}"
    );
    assert!(!report.contains("Incompatible"), "{report}");
}

/// What no compiler sees is reported all the same.
#[test]
fn behavior_and_texts_are_reported() {
    let repository = Repository::minimal();
    repository.edit(|document| {
        document["auth"]["oauth2"]["scopes"]["https://www.googleapis.com/auth/minimal"] =
            json!({"description": "Changes books."});
        let list = &mut document["resources"]["books"]["methods"]["list"];
        list["path"] = json!("v2/books");
        list["description"] = json!("Lists all books.");
        list["scopes"] = json!(["https://www.googleapis.com/auth/minimal"]);
    });
    let report = repository.changes(false);
    for part in [
        "books::Books::list: request: GET v2/books, before GET v1/books",
        "books::Books::list: scopes: MINIMAL, before MINIMAL_READONLY",
        "books::Books::list: the text has changed",
        "scopes::MINIMAL: new, const &str",
    ] {
        assert!(report.contains(part), "{part}: {report}");
    }
}

/// A new revision is compared before anybody has written a text for what is new in it, or removed an
/// override of what is gone.
#[test]
fn texts_and_overrides_that_do_not_fit_yet_are_left_out() {
    let repository = Repository::minimal();
    let prose = "{\"document\": \"minimal:v1\", \"texts\": {}}";
    repository.put("minimal-v1.prose.json", prose);
    let entry = "{\"kind\": \"outputOnly\", \"property\": \"Book.title\", \"what\": \"A\", \
                 \"why\": \"B\", \"source\": \"https://example.com\"}";
    repository.put(
        "minimal-v1.overrides.json",
        &format!("{{\"document\": \"minimal:v1\", \"entries\": [{entry}]}}"),
    );
    let report = repository.changes(false);
    assert!(!report.contains("not fit"), "{report}");
    repository.edit(|document| {
        book(document).as_object_mut().unwrap().remove("title");
        book(document)["pages"] = json!({"type": "integer", "format": "int32"});
    });
    let report = repository.changes(false);
    for part in [
        "schemas::Book.pages: new, Option<i32>",
        "schemas::Book.title: removed",
        "Without what does not fit yet:\ndiscovery/minimal-v1.prose.json:",
        "the document has no property `Book.title`",
        "there is no text for `/schemas/Book/properties/pages/description`",
    ] {
        assert!(report.contains(part), "{part}: {report}");
    }
}

#[test]
fn two_documents_are_compared() {
    let repository = Repository::minimal();
    let new = repository.path("new.json");
    let text = repository.read("discovery/minimal-v1.json");
    fs::write(&new, text.replace("\"v1/books\"", "\"v1/volumes\"")).unwrap();
    let options = changes::Options {
        documents: Some((repository.path("discovery/minimal-v1.json"), new)),
        markdown: false,
    };
    let report = changes::run(&repository.workspace, &options).unwrap();
    assert!(
        report[0].contains("request: GET v1/volumes, before GET v1/books"),
        "{report:?}"
    );
    let options = changes::Options {
        documents: Some((PathBuf::from("no.json"), PathBuf::from("no.json"))),
        markdown: false,
    };
    let failure = changes::run(&repository.workspace, &options).unwrap_err();
    assert!(failure.to_string().contains("cannot read `no.json`"));
}

/// A text of a document neither moves the cursor of a terminal nor leaves the code of Markdown.
#[test]
fn report_shows_no_control_characters() {
    let repository = Repository::minimal();
    repository.edit(|document| {
        document["resources"]["books"]["methods"]["list"]["parameters"]["pageSize"]["default"] =
            json!("\u{1b}[2J`<script>\n# x");
    });
    let (terminal, markdown) = (repository.changes(false), repository.changes(true));
    assert!(!terminal.contains('\u{1b}'), "{terminal}");
    assert!(
        markdown.contains("`\\u{1b}[2J'<script>\\n# x`"),
        "{markdown}"
    );
}

#[test]
fn folder_that_is_no_repository_is_explained() {
    let repository = Repository::minimal();
    fs::remove_dir_all(repository.path(".git")).unwrap();
    let failure = changes::run(&repository.workspace, &changes::Options::default()).unwrap_err();
    let text = failure.to_string();
    assert!(text.contains("or name two documents"), "{text}");
}
