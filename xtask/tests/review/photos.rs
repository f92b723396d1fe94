//! The edits that a new revision of the Photos document may bring, each in all that a maintainer sees of
//! it: the report of `changes`, the diff of `API.txt`, what `codegen --check` refuses, the version that
//! `codegen --raise-version` writes, and the changelog. All of them say the same.

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::repository::Repository;

const CRATE: &str = "discovery/photoslibrary-v1.crate.json";
const CHANGELOG: &str = "discovery/photoslibrary-v1.changelog.md";
const LISTING: &str = "generated/photoslibrary-v1/API.txt";

/// What `changes` and the diff of `API.txt` show of an edit; all else is held to that.
fn shown(edit: impl FnOnce(&Repository)) -> String {
    let repository = Repository::photos();
    edit(&repository);
    let (status, report) = repository.xtask(&["changes"]);
    assert_eq!(status, 0, "{report}");
    let (_, verdict) = report.rsplit_once("this needs ").unwrap();
    let (version, _) = verdict.split_once(',').unwrap();
    let is_incompatible = report.contains("\n\nIncompatible\n");

    let (status, check) = repository.xtask(&["codegen", "--check"]);
    assert_eq!(status, 1, "{check}");
    let has_to_say = format!("says 0.1.0 and has to say {version}");
    assert_eq!(check.contains(&has_to_say), is_incompatible, "{check}");
    if is_incompatible {
        let (status, refused) = repository.xtask(&["codegen"]);
        assert_eq!(status, 2, "{refused}");
        assert!(refused.contains(&has_to_say), "{refused}");
        assert_eq!(repository.git(&["status", "--short", "generated"]), "");
    }

    let (_, markdown) = repository.xtask(&["changes", "--markdown"]);
    assert_versions(&repository, "0.1.0");
    raise(&repository);
    assert_versions(&repository, version);
    let (_, markdown) = markdown.split_once("\n\n").unwrap();
    let (markdown, _) = markdown.split_once("\nversion: ").unwrap();
    assert_eq!(section(&repository, version), markdown);

    let (changes, _) = report.split_once("\n\nversion: ").unwrap();
    let (_, changes) = changes.split_once("\n\n").unwrap();
    let diff = repository.git(&["diff", "--unified=0", LISTING]);
    let is_item = |line: &&str| line.starts_with(['+', '-']) && line.contains("::");
    let items: Vec<&str> = diff.lines().filter(is_item).collect();
    format!("{changes}\n\n{version}\n{}", items.join("\n"))
}

/// Raises the version; once that is done, nothing is left to do.
fn raise(repository: &Repository) {
    let (status, raised) = repository.xtask(&["codegen", "--raise-version"]);
    assert_eq!(status, 0, "{raised}");
    let done = repository.git(&["diff"]);
    let (status, text) = repository.xtask(&["codegen", "--raise-version"]);
    assert_eq!((status, repository.git(&["diff"])), (0, done), "{text}");
    let (status, text) = repository.xtask(&["codegen", "--check"]);
    assert_eq!(status, 0, "{text}");
}

/// Every file that says the version of the crate says this one.
fn assert_versions(repository: &Repository, version: &str) {
    for (name, says) in [
        (CRATE, format!("\"version\": \"{version}\"")),
        (LISTING, format!("# google-photoslibrary-v1 {version}: ")),
        (
            "generated/photoslibrary-v1/Cargo.toml",
            format!("\nversion = \"{version}\""),
        ),
        (
            "Cargo.toml",
            format!(
                "# The client.\ngoogle-photoslibrary-v1 = {{ path = \"generated/photoslibrary-v1\", version = \"{version}\" }}"
            ),
        ),
    ] {
        let text = repository.read(name);
        assert!(text.contains(&says), "{name} does not say {says}:\n{text}");
    }
}

/// What the changelog says of a version.
fn section(repository: &Repository, version: &str) -> String {
    let text = repository.read(CHANGELOG);
    let (_, rest) = text.split_once(&format!("\n## {version}\n\n")).unwrap();
    let (section, rest) = rest.split_once("\n## ").unwrap();
    assert!(rest.starts_with("0.1.0\n"), "{text}");
    section.to_owned()
}

fn property<'a>(document: &'a mut Value, schema: &str, name: &str) -> &'a mut Value {
    &mut document["schemas"][schema]["properties"][name]
}

fn add_text(repository: &Repository, place: &str, text: &str) {
    repository.edit_file("prose.json", |prose| prose["texts"][place] = json!(text));
}

fn add_field(repository: &Repository) {
    repository.edit(|document| {
        *property(document, "Album", "createTime") =
            json!({"type": "string", "format": "google-datetime"});
    });
    let place = "/schemas/Album/properties/createTime/description";
    add_text(repository, place, "When the album was made.");
}

fn remove_field(repository: &Repository) {
    let remove = |members: &mut Value, name: &str| members.as_object_mut().unwrap().remove(name);
    repository.edit(|document| {
        remove(
            &mut document["schemas"]["Photo"]["properties"],
            "isoEquivalent",
        )
        .unwrap();
    });
    repository.edit_file("prose.json", |prose| {
        let place = "/schemas/Photo/properties/isoEquivalent/description";
        remove(&mut prose["texts"], place).unwrap();
    });
    repository.edit_file("overrides.json", |overrides| {
        let entries = overrides["entries"].as_array_mut().unwrap();
        entries.retain(|entry| entry["property"] != "Photo.isoEquivalent");
    });
}

#[test]
fn added_field_is_reviewed() {
    assert_snapshot!(shown(add_field), @r"
    Added
      schemas::Album.create_time: new, Option<discovery_runtime::Timestamp>

    0.1.1
    +schemas::Album.create_time: Option<discovery_runtime::Timestamp>; with_create_time()
    ");
}

#[test]
fn removed_field_is_reviewed() {
    assert_snapshot!(shown(remove_field), @r"
    Incompatible
      schemas::Photo.iso_equivalent: removed; it was Option<i32>

    0.2.0
    -schemas::Photo.iso_equivalent: Option<i32>
    ");
}

#[test]
fn changed_type_is_reviewed() {
    let edit = |repository: &Repository| {
        repository.edit(|document| {
            *property(document, "Album", "mediaItemsCount") =
                json!({"type": "integer", "format": "int32"});
        });
    };
    assert_snapshot!(shown(edit), @r"
    Incompatible
      schemas::Album.media_items_count: Option<i64> is now Option<i32>; code that reads or sets it has to be changed

    0.2.0
    -schemas::Album.media_items_count: Option<i64>
    +schemas::Album.media_items_count: Option<i32>
    ");
}

#[test]
fn added_enum_value_is_reviewed() {
    let edit = |repository: &Repository| {
        repository.edit(|document| {
            let values = &mut property(document, "Video", "status")["enum"];
            values.as_array_mut().unwrap().insert(1, json!("QUEUED"));
        });
        let place = "/schemas/Video/properties/status/enumDescriptions/QUEUED";
        add_text(repository, place, "The service has not begun yet.");
    };
    assert_snapshot!(shown(edit), @r"
    Added
      schemas::VideoProcessingStatus::Queued: new, variant

    0.1.1
    +schemas::VideoProcessingStatus::Queued: variant
    ");
}

#[test]
fn deprecated_method_is_reviewed() {
    let edit = |repository: &Repository| {
        repository.edit_file("overrides.json", |overrides| {
            let entry = json!({
                "kind": "deprecateMethod", "method": "mediaItems.list", "since": "2026-12-01",
                "note": "Use `mediaItems.search`.",
                "what": "A", "why": "B", "source": "https://example.com/"
            });
            overrides["entries"].as_array_mut().unwrap().push(entry);
        });
    };
    assert_snapshot!(shown(edit), @r"
    Deprecated
      media_items::MediaItems::list: deprecated: Use `mediaItems.search`. (since 2026-12-01); users get a warning

    0.1.1
    -media_items::MediaItems::list: fn() -> media_items::List
    +media_items::MediaItems::list: fn() -> media_items::List; deprecated
    ");
}

/// No compiler sees it, and the changelog says it all the same.
#[test]
fn changed_request_is_reviewed() {
    let edit = |repository: &Repository| {
        repository.edit(|document| {
            document["resources"]["mediaItems"]["methods"]["list"]["path"] = json!("v1/items");
        });
    };
    assert_snapshot!(shown(edit), @r"
    Behavior
      media_items::MediaItems::list: request: GET v1/items, before GET v1/mediaItems

    0.1.1
    ");
}

/// Until a version is released, it takes more, and the next revision can need a greater one.
#[test]
fn changes_before_a_release_share_a_section() {
    let repository = Repository::photos();
    add_field(&repository);
    raise(&repository);
    repository.commit("Second");
    remove_field(&repository);
    raise(&repository);
    assert_versions(&repository, "0.2.0");
    assert_snapshot!(section(&repository, "0.2.0"), @r"
    ### Incompatible

    * `schemas::Photo.iso_equivalent`: removed; it was `Option<i32>`

    ### Added

    * `schemas::Album.create_time`: new, `Option<discovery_runtime::Timestamp>`
    ");
}
