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

/// A file below the folder of a fixture's crate, and what of it is shown.
type Part = (&'static str, Show);

/// What a snapshot shows of a file.
enum Show {
    /// The whole file.
    All,
    /// The items that have one of these texts in them.
    Items(&'static [&'static str]),
    /// The lines that begin with one of these texts.
    Lines(&'static [&'static str]),
}

use Show::{All, Items, Lines};

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
    addresses: [
        ("src/lib.rs", Lines(&["//!"])),
        ("src/documents.rs", Items(&["impl Documents"])),
        ("src/replays/calls.rs", Lines(&["const ", "\"v1/"])),
    ];
    corrected: [
        ("src/scopes.rs", All),
        ("src/plants.rs", Items(&["impl Plants"])),
        ("src/plants/calls.rs", Items(&["impl Call for", "pub struct List"])),
        ("src/schemas/plants.rs", Items(&["pub struct", "pub enum"])),
        ("src/lib.rs", Items(&["impl ApiClient"])),
    ];
    deprecated: [("src/old.rs", All), ("src/schemas/old.rs", Items(&["pub struct", "pub enum", "impl Old"]))];
    empty: [("src/lib.rs", All), ("src/schemas.rs", All), ("src/scopes.rs", All)];
    enums: [
        ("src/schemas/tickets_list.rs", Items(&["open_enum!", "pub enum TicketListType"])),
        ("src/schemas/common.rs", Items(&["pub enum", "open_enum!"])),
        ("src/tickets/calls.rs", Items(&["pub struct", "impl List"])),
    ];
    hostile: [("Cargo.toml", All), ("src/texts.rs", All), ("src/schemas/texts.rs", Items(&["pub struct", "pub enum"]))];
    inline: [
        ("src/schemas/words_teach.rs", Items(&["pub struct", "pub enum"])),
        ("src/words/calls.rs", Items(&["impl Call for"])),
    ];
    media: [("src/files.rs", Lines(&["pub fn", "/// * Takes bytes", "/// * Gives bytes", "/// let "])), ("src/files/calls.rs", Items(&["impl"]))];
    minimal: [
        ("Cargo.toml", All),
        ("src/lib.rs", All),
        ("src/books.rs", All),
        ("src/books/calls.rs", All),
        ("src/schemas/books.rs", All),
        ("src/scopes.rs", All),
    ];
    names: [
        ("src/lib.rs", Lines(&["pub mod", "pub fn"])),
        ("src/schemas.rs", All),
        ("src/nodes.rs", Lines(&["pub mod", "pub fn"])),
        ("src/nodes/calls.rs", Items(&["Parameters"])),
        ("src/schemas/common.rs", Items(&["pub struct Option", "Option {", "impl Option", "pub struct Box"])),
        ("src/scopes.rs", Lines(&["pub const"])),
    ];
    operations: [
        ("src/machines.rs", Items(&["impl Machines"])),
        ("src/schemas/common.rs", Items(&["operation::Operation for"])),
    ];
    paging: [("src/files/calls.rs", Items(&["Paged", "paged!"]))];
    parameters: [("src/things/calls.rs", Items(&["pub struct", "impl Call for"]))];
    partial: [
        ("src/events/calls.rs", Items(&["merge_patch"])),
        ("src/sites/calls.rs", Items(&["impl Call for", "update_mask!"])),
        ("src/sites.rs", Lines(&["update_mask:"])),
    ];
    patch: [("src/notes.rs", Items(&["impl Notes"])), ("src/notes/calls.rs", Items(&["impl Call for", "UpdateMask"])), ("src/schemas/notes.rs", Items(&["schema!"]))];
    paths: [("src/lists/calls.rs", Items(&["impl Call for"])), ("src/lib.rs", Items(&["impl ApiClient"]))];
    recursion: [("src/schemas/filters.rs", Items(&["pub struct", "transparent!"]))];
    responses: [
        ("src/rows/calls.rs", Items(&["impl Paged", "impl Call for Query"])),
        ("src/documents/calls.rs", Items(&["impl Call for"])),
        ("src/documents.rs", Lines(&["/// * Response", "pub fn"])),
        ("src/schemas/rows.rs", Items(&["pub struct QueryRequest"])),
    ];
    standard: [("src/keys/calls.rs", Items(&["pub struct", "impl Call for"]))];
    top_level: [("src/methods.rs", All), ("src/lib.rs", Lines(&["pub mod", "pub fn"]))];
    types: [
        ("src/schemas/things.rs", Items(&["pub struct", "transparent!"])),
        ("src/things/calls.rs", Items(&["impl Call for"])),
    ];
    uploads: [("src/reports/calls.rs", Items(&["_MEDIA"])), ("src/objects/calls.rs", Items(&["_MEDIA"]))];
    values: [
        ("src/schemas/documents.rs", Items(&["pub struct", "schema!", "transparent!"])),
        ("src/schemas/events.rs", Items(&["pub struct", "impl EventTime"])),
        ("src/schemas/common.rs", Items(&["pub struct", "schema!", "transparent!"])),
    ];
    wire: [];
}

fn check(name: &str) {
    let files = Fixture::load(name).generate();
    let (_, parts) = FIXTURES
        .iter()
        .find(|(fixture, _)| *fixture == name)
        .expect("the fixture is in the table");
    for (path, show) in *parts {
        let file = files.iter().find(|file| {
            file.path
                .split_once('/')
                .is_some_and(|(_, rest)| rest == *path)
        });
        let known: Vec<&str> = files.iter().map(|file| file.path.as_str()).collect();
        let file = file.unwrap_or_else(|| panic!("{path} is not among {known:#?}"));
        let shown = show.excerpt(&file.text);
        assert!(
            !shown.trim().is_empty(),
            "{}: nothing of it is shown",
            file.path
        );
        settings().bind(|| insta::assert_snapshot!(snapshot(name, path), shown));
    }
}

impl Show {
    /// What is shown of a text; documentation is not searched.
    fn excerpt(&self, text: &str) -> String {
        let is_code = |line: &&str| !line.trim_start().starts_with("//");
        match self {
            All => text.to_owned(),
            Items(needles) => {
                let has = |line: &str| needles.iter().any(|needle| line.contains(needle));
                let is_meant = |item: &&str| item.lines().filter(is_code).any(has);
                items(text)
                    .into_iter()
                    .filter(is_meant)
                    .collect::<Vec<_>>()
                    .join("\n")
            }
            Lines(starts) => {
                let is_meant = |line: &&str| {
                    starts
                        .iter()
                        .any(|start| line.trim_start().starts_with(start))
                };
                text.lines().filter(is_meant).collect::<Vec<_>>().join("\n")
            }
        }
    }
}

/// The items of a file: an item begins at the margin, after an empty line.
fn items(text: &str) -> Vec<&str> {
    let mut starts: Vec<usize> = text.match_indices("\n\n").map(|(end, _)| end + 2).collect();
    starts.retain(|start| !text[*start..].starts_with([' ', '\n', '}']));
    let ends = starts
        .iter()
        .skip(1)
        .map(|start| start - 1)
        .chain([text.len()]);
    starts
        .iter()
        .zip(ends)
        .map(|(start, end)| &text[*start..end])
        .collect()
}

fn snapshot(fixture: &str, path: &str) -> String {
    let file = path
        .trim_start_matches("src/")
        .trim_end_matches(".rs")
        .replace('/', "_");
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
    let fixtures: Vec<String> = Fixture::all()
        .into_iter()
        .map(|fixture| fixture.name)
        .collect();
    let listed: Vec<&str> = FIXTURES.iter().map(|(name, _)| *name).collect();
    assert_eq!(
        fixtures, listed,
        "list the fixtures of this file in the order of their names"
    );
    let wanted: BTreeSet<String> = FIXTURES
        .iter()
        .flat_map(|(name, parts)| {
            parts
                .iter()
                .map(|(path, _)| format!("{}.snap", snapshot(name, path)))
        })
        .collect();
    let folder = tests::fixtures::repository().join("tests/snapshots");
    let found: BTreeSet<String> = std::fs::read_dir(folder)
        .expect("the folder of snapshots can be read")
        .map(|entry| {
            entry
                .expect("an entry can be read")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .filter(|file| !file.ends_with(".snap.new"))
        .collect();
    assert_eq!(
        found, wanted,
        "remove what is stale, and regenerate what is missing"
    );
}
