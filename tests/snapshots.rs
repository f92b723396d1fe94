//! What the generator emits for each fixture: the items in which the fixture's idea shows.
//!
//! After a change of what is emitted, review the differences and take them over with
//!
//! ```sh
//! INSTA_UPDATE=always cargo test -p tests --test snapshots
//! ```
//!
//! What is emitted for the Photos document stands in `generated/`, and is not repeated here.

use std::collections::BTreeSet;

use tests::fixtures::Fixture;

/// A part of a fixture's crate: a file below its folder, and what the items to show have in them;
/// without any, the whole file is shown.
type Part = (&'static str, &'static [&'static str]);

macro_rules! snapshots {
    ($($fixture:ident: [$($part:expr),* $(,)?];)*) => {
        const FIXTURES: &[(&str, &[Part])] = &[$((stringify!($fixture), &[$($part),*])),*];

        $(
            #[test]
            fn $fixture() {
                check(stringify!($fixture));
            }
        )*
    };
}

snapshots! {
    corrected: [
        ("src/scopes.rs", &[]),
        ("src/plants.rs", &["impl Plants"]),
        ("src/plants/calls.rs", &["impl Call for", "pub struct List"]),
        ("src/schemas/plants.rs", &["pub struct", "pub enum"]),
        ("src/lib.rs", &["impl ApiClient"]),
    ];
    deprecated: [("src/old.rs", &[]), ("src/schemas/old.rs", &["pub struct", "pub enum", "impl Old"])];
    empty: [("Cargo.toml", &[]), ("src/lib.rs", &[]), ("src/schemas.rs", &[]), ("src/scopes.rs", &[])];
    enums: [
        ("src/schemas/tickets_list.rs", &["open_enum!"]),
        ("src/schemas/common.rs", &["pub enum", "open_enum!"]),
        ("src/tickets/calls.rs", &["pub struct", "impl List"]),
    ];
    hostile: [("Cargo.toml", &[]), ("src/texts.rs", &[]), ("src/schemas/texts.rs", &["pub struct", "pub enum"])];
    inline: [("src/schemas/words_teach.rs", &["pub struct", "pub enum"]), ("src/words/calls.rs", &["impl Call for"])];
    media: [("src/files.rs", &["impl Files"]), ("src/files/calls.rs", &[])];
    minimal: [
        ("Cargo.toml", &[]),
        ("src/lib.rs", &[]),
        ("src/books.rs", &[]),
        ("src/books/calls.rs", &[]),
        ("src/schemas/books.rs", &[]),
        ("src/scopes.rs", &[]),
    ];
    names: [
        ("src/lib.rs", &["mod ", "impl Client"]),
        ("src/schemas.rs", &[]),
        ("src/nodes.rs", &["impl Nodes"]),
        ("src/nodes/calls.rs", &["Parameters"]),
        ("src/schemas/methods.rs", &["Option"]),
        ("src/scopes.rs", &[]),
    ];
    paging: [("src/files/calls.rs", &["Paged", "paged!"])];
    parameters: [("src/things/calls.rs", &["pub struct", "impl Call for"])];
    patch: [("src/notes/calls.rs", &["impl Call for", "UpdateMask"]), ("src/schemas/notes.rs", &["schema!"])];
    paths: [("src/lists/calls.rs", &["impl Call for"]), ("src/lib.rs", &["impl ApiClient"])];
    recursion: [("src/schemas/filters.rs", &["pub struct", "transparent!"])];
    standard: [("src/keys/calls.rs", &["pub struct", "impl Call for"])];
    top_level: [("src/methods.rs", &[]), ("src/lib.rs", &["impl Client"])];
    types: [("src/schemas/things.rs", &["pub struct", "transparent!"]), ("src/things/calls.rs", &["impl Call for"])];
}

fn check(name: &str) {
    let files = Fixture::load(name).generate();
    let (_, parts) = FIXTURES.iter().find(|(fixture, _)| *fixture == name).expect("the fixture is in the table");
    for (path, needles) in *parts {
        let file = files.iter().find(|file| file.path.split_once('/').is_some_and(|(_, rest)| rest == *path));
        let known: Vec<&str> = files.iter().map(|file| file.path.as_str()).collect();
        let file = file.unwrap_or_else(|| panic!("{path} is not among {known:#?}"));
        let shown = excerpt(&file.text, needles);
        assert!(!shown.is_empty(), "{}: no item has {needles:?} in it", file.path);
        settings().bind(|| insta::assert_snapshot!(snapshot(name, path), shown));
    }
}

/// The items that have one of the needles outside of their documentation; the whole text where
/// there are no needles.
fn excerpt(text: &str, needles: &[&str]) -> String {
    if needles.is_empty() {
        return text.to_owned();
    }
    let is_code = |line: &&str| !line.trim_start().starts_with("//");
    let is_meant = |item: &&str| item.lines().filter(is_code).any(|line| needles.iter().any(|needle| line.contains(needle)));
    items(text).into_iter().filter(is_meant).collect::<Vec<_>>().join("\n")
}

/// The items of a file: an item begins at the margin, after an empty line.
fn items(text: &str) -> Vec<&str> {
    let mut starts: Vec<usize> = text.match_indices("\n\n").map(|(end, _)| end + 2).collect();
    starts.retain(|start| !text[*start..].starts_with([' ', '\n', '}']));
    let ends = starts.iter().skip(1).map(|start| start - 1).chain([text.len()]);
    starts.iter().zip(ends).map(|(start, end)| &text[*start..end]).collect()
}

fn snapshot(fixture: &str, path: &str) -> String {
    let file = path.trim_start_matches("src/").trim_end_matches(".rs").replace('/', "_");
    format!("{fixture}-{file}")
}

fn settings() -> insta::Settings {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings
}

#[test]
fn every_fixture_and_no_other_has_snapshots() {
    let fixtures: Vec<String> = Fixture::all().into_iter().map(|fixture| fixture.name).collect();
    let listed: Vec<&str> = FIXTURES.iter().map(|(name, _)| *name).collect();
    assert_eq!(fixtures, listed, "list the fixtures of this file in the order of their names");
    let wanted: BTreeSet<String> = FIXTURES
        .iter()
        .flat_map(|(name, parts)| parts.iter().map(|(path, _)| format!("{}.snap", snapshot(name, path))))
        .collect();
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("snapshots");
    let found: BTreeSet<String> = std::fs::read_dir(folder)
        .expect("the folder of snapshots can be read")
        .map(|entry| entry.expect("an entry can be read").file_name().to_string_lossy().into_owned())
        .filter(|file| !file.ends_with(".snap.new"))
        .collect();
    assert_eq!(found, wanted, "remove what is stale, and regenerate what is missing");
}
