//! What the generator emits for each fixture: one idea a snapshot, and no more of the emitted code than
//! shows it. What an idea says stands in its snapshot, so that a reviewer sees why it has changed.
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
use tests::view::{View, items, lines, members, section};

/// The name of an idea, what it says, and the part of a file of the fixture's crate that shows it.
type Idea = (&'static str, &'static str, &'static str, View);

macro_rules! snapshots {
    ($($fixture:ident: [$($idea:expr),* $(,)?];)*) => {
        const FIXTURES: &[(&str, &[Idea])] = &[$((stringify!($fixture), &[$($idea),*])),*];

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
        ("example", "An example has a resource name of the form that the path takes.",
            "src/documents.rs", members(&["fn get"])),
        ("front_page", "The front page says what the forms of resource names mean.",
            "src/lib.rs", section("//! # Resource names")),
        ("polling", "The operation of a folder is polled by the method for operations of folders.",
            "src/replays/calls.rs", items(&["const PROJECT"])),
    ];
    corrected: [
        ("ended_scope", "A scope that is no longer granted is deprecated.",
            "src/scopes.rs", items(&["const CORRECTED:"])),
        ("enum_names", "Enums have the names that overrides give them, and two equal ones are one.",
            "src/schemas/plants.rs", lines(&["pub enum", "pub struct", "pub color", "pub size"])),
        ("fields", "Docs of fields say what is required, output only, and within which limits.",
            "src/schemas/plants.rs", items(&["pub struct Plant ", "pub struct Search"])),
        ("items_of_a_body", "How many items lists of a body may have is checked by the runtime.",
            "src/plants/calls.rs", items(&["impl Call for Search"])),
        ("items_of_a_parameter", "How many items a parameter may have is checked where it is sent.",
            "src/plants/calls.rs", items(&["impl Call for List"])),
        ("mask_paths", "An update mask that is made from the body names the paths of the override.",
            "src/plants/calls.rs", items(&["impl Call for Patch"])),
        ("methods", "Docs and signatures of methods have what overrides say of them.",
            "src/plants.rs", lines(&["/// * Scope", "/// * **Retries", "/// * `", "/// * Takes", "#[deprecated", "pub fn"])),
        ("rate_limit_delay", "The client knows how long to wait after a 429.",
            "src/lib.rs", lines(&[".rate_limit_delay"])),
        ("retry_safety", "A call has the retry safety and the scopes of its overrides.",
            "src/plants/calls.rs", items(&["impl Call for Water"])),
        ("upload", "A method for uploads that the document lacks is there.",
            "src/plants.rs", members(&["fn upload"])),
    ];
    deprecated: [
        ("methods", "Resources and methods are deprecated one by one.",
            "src/old.rs", lines(&["#[deprecated", "pub struct", "pub fn"])),
        ("types", "Types, fields, their setters and values are deprecated one by one.",
            "src/schemas/old.rs", items(&["impl Old ", "pub struct", "pub enum"])
                .lines(&["#[deprecated", "pub ", "Full", "Basic", "High", "Low"])),
    ];
    empty: [
        ("front_page", "The quick start of an API without methods makes a client only.",
            "src/lib.rs", lines(&["//! let", "//!     .", "//! drop", "//! The methods"])),
        ("types", "A module without types is there all the same.", "src/schemas.rs", lines(&["//!"])),
    ];
    enums: [
        ("digits", "A value that begins with a digit, or has digits between words.",
            "src/schemas/tickets_list.rs", items(&["    TicketDigits {"])),
        ("list", "The values of a list's items are described.",
            "src/schemas/tickets_list.rs", items(&["pub enum TicketListType"])),
        ("named", "An enum with a name of its own; the prefix is that of its name.",
            "src/schemas/common.rs", items(&["open_enum!"])),
        ("parameters", "Enums stand in parameters: required, optional with a default, repeated.",
            "src/tickets/calls.rs", items(&["impl List"])),
        ("prefix", "The name of the enum is taken off its values, unless nothing would be left.",
            "src/schemas/tickets_list.rs", items(&["    TicketState {", "    TicketOnly {"])),
        ("reserved", "Values that are called like the prelude, a keyword or the catch-all.",
            "src/schemas/tickets_list.rs", items(&["    TicketReserved {"])),
        ("same_words", "Values that differ in case and underscores only.",
            "src/schemas/tickets_list.rs", items(&["    TicketSameWords {"])),
        ("signs", "Values with signs, or without a letter that a name can have.",
            "src/schemas/tickets_list.rs", items(&["    TicketSigns {"])),
    ];
    hostile: [
        ("enum", "Texts of an enum and its values leave neither their comment nor their attribute.",
            "src/schemas/texts.rs", items(&["pub enum TextKind"])),
        ("fields", "Texts of fields are text: no code runs, no markup works, no line ends a comment.",
            "src/schemas/texts.rs", items(&["pub struct Text "])),
        ("manifest", "A text in the manifest is one string.",
            "Cargo.toml", lines(&["description", "["])),
        ("media", "Texts of a method that takes bytes, and the types of these.",
            "src/texts.rs", members(&["fn put"])),
        ("methods", "Texts of a method and its arguments.",
            "src/texts.rs", members(&["fn get"])),
    ];
    inline: [
        ("bodies", "Bodies without a name have the name of their method, or are free-form.",
            "src/words/calls.rs", lines(&["pub struct", "pub(super) body", "type Response"])),
        ("types", "Objects and enums without a name are called after the place where they stand.",
            "src/schemas/words_teach.rs", items(&["pub struct", "pub enum"]).lines(&["pub "])),
    ];
    media: [
        ("docs", "Docs say which bytes a method takes and gives, and examples send and get them.",
            "src/files.rs", lines(&["pub fn", "/// * Takes bytes", "/// * Gives bytes", "/// let "])),
        ("methods", "What a call can do with bytes.", "src/files/calls.rs", lines(&["codegen::"])),
        ("protocols", "The protocols, the accepted types and the limit of an upload.",
            "src/files/calls.rs", items(&["const INSERT_MEDIA", "const REPLACE_MEDIA"])),
        ("raw_body", "A body that is bytes with a content type.",
            "src/files/calls.rs", items(&["impl Call for Convert"])),
    ];
    minimal: [
        ("call", "A call is data: its parameters, and how a request is made of them.",
            "src/books/calls.rs", items(&["pub struct Get", "for Get", "(Get"])),
        ("client", "The client has a method for each resource.", "src/lib.rs", items(&["impl Client"])),
        ("method", "A method has docs with request, scope, retries, arguments and an example.",
            "src/books.rs", members(&["fn get"])),
        ("setters", "Optional parameters are set on the call.",
            "src/books/calls.rs", items(&["impl List"])),
        ("type", "A type has public fields, setters except for output, and the names of the wire.",
            "src/schemas/books.rs", items(&[" Book {"])),
    ];
    names: [
        ("fields", "Fields that are called like keywords, have signs, or the same words.",
            "src/schemas/common.rs", items(&["    Option {"])),
        ("methods", "Methods and resources inside of one: keywords, and what the emitted code uses.",
            "src/nodes.rs", lines(&["pub mod", "pub fn"])),
        ("parameters", "Parameters that are called like what the call has of its own.",
            "src/nodes/calls.rs", items(&["impl Call for Parameters"]).code()),
        ("prelude", "A type that is called like one of the prelude does not shadow it.",
            "src/schemas/common.rs", items(&["pub struct Box", "pub struct Option", "impl Option"])
                .lines(&["pub r#box", "pub strings", "value: impl ::std"])),
        ("resources", "Resources that are called like modules, crates or the client's methods.",
            "src/lib.rs", lines(&["pub mod", "pub fn"])),
        ("scopes", "The constants of scopes that are no names of their own.",
            "src/scopes.rs", lines(&["pub const"])),
        ("setters", "Setters of such fields.", "src/schemas/common.rs",
            items(&["impl Option"]).lines(&["pub fn"])),
        ("type_modules", "Files of types that are called like what Rust has in this place.",
            "src/schemas.rs", lines(&["mod "])),
    ];
    operations: [
        ("docs", "A method that starts an operation says how to wait for it.",
            "src/machines.rs", members(&["fn insert"])),
        ("google_longrunning", "An operation with `done`, `error` and `response`.",
            "src/schemas/common.rs", items(&["for FlagOperation"])),
        ("http_error", "An operation that failed with a status of HTTP.",
            "src/schemas/common.rs", items(&["for MachineOperation"])),
        ("message", "An operation that says in a text why it failed.",
            "src/schemas/common.rs", items(&["for ClusterOperation"])),
    ];
    paging: [
        ("body", "The token is in the body.", "src/files/calls.rs", items(&["Paged for Search"])),
        ("bytes", "A token that is declared as bytes is text.",
            "src/files/calls.rs", items(&["pub struct Keywords", "Paged for Keywords"]).code()),
        ("chosen_list", "Of two lists, the one that is called like the resource has the items.",
            "src/files/calls.rs", items(&["PagedItems for Matches"])),
        ("list", "The token is in the query, and the items in a list.",
            "src/files/calls.rs", items(&["Paged for List", "PagedItems for List", "paged!(List"])),
        ("map", "The items are the values of a map, with their keys.",
            "src/files/calls.rs", items(&["PagedItems for Aggregate"])),
        ("nested_token", "The next token comes inside of an object.",
            "src/files/calls.rs", items(&["Paged for Continued"])),
        ("required_token", "The token is required.", "src/files/calls.rs", items(&["Paged for Changes"])),
        ("text", "The items are strings.", "src/files/calls.rs", items(&["PagedItems for Names"])),
        ("which", "Which methods have items, pages only, or neither.",
            "src/files/calls.rs", lines(&["codegen::paged!", "codegen::call!"])),
    ];
    parameters: [
        ("optional", "The type of each optional parameter.",
            "src/things/calls.rs", items(&["pub struct Optional"]).code()),
        ("path", "The type of each parameter of a path.",
            "src/things/calls.rs", items(&["pub struct Path"]).code()),
        ("repeated", "The type of each repeated parameter.",
            "src/things/calls.rs", items(&["pub struct Repeated"]).code()),
    ];
    partial: [
        ("merge_patch", "Without a mask, what the body sets is changed, and fields can be cleared.",
            "src/events/calls.rs", items(&["pub struct Patch", "for Patch", "(Patch"])),
        ("masks", "Masks of any name, with the paths that an override lists; a list is no mask.",
            "src/sites/calls.rs",
            lines(&["impl Call for", ".masked_body", "\"", "&[", ".query(", ".body(", "codegen::update_mask"])),
        ("no_change", "Of a body without a field that can be changed, nothing can be cleared.",
            "src/events/calls.rs", lines(&["impl Call for", ".merge_patch", ".body("])),
        ("top_level", "A mask that takes fields as a whole.",
            "src/sites.rs", lines(&["pub fn", "update_mask:"])),
    ];
    patch: [
        ("docs", "Docs say what a change takes: a mask, an etag, what clears a field.",
            "src/notes.rs",
            lines(&["/// * Changes", "///   [`", "/// * Needs", "/// * `update_mask`", "pub fn"])),
        ("in_body", "The mask is in the body, which the example sets.", "src/notes.rs", members(&["fn change"])),
        ("in_query", "The mask is in the query, and made from the body unless it is given.",
            "src/notes/calls.rs", items(&["pub struct Patch", "for Patch"])),
        ("no_mask", "There is no mask.", "src/notes/calls.rs", items(&["impl Call for Merge"])),
        ("output_only", "A field that only the service sets is not sent, an author of a note included.",
            "src/schemas/notes.rs", items(&["    Note {"])),
        ("put", "A mask of a method that is no PATCH is a parameter like others.",
            "src/notes/calls.rs", items(&["impl Call for Replace"])),
    ];
    paths: [
        ("hosts", "The client knows the host for mutual TLS.", "src/lib.rs", lines(&[".mtls_root_url"])),
        ("order", "Parameters of the path keep the order of the document, whatever their place.",
            "src/lists/calls.rs", items(&["impl Call for Move"])),
        ("templates", "Templates: a service path, expansions, custom verbs and signs; a version.",
            "src/lists/calls.rs", lines(&["impl Call for", "path: ", "api_version"])),
    ];
    recursion: [
        ("boxes", "A box stands where a type holds itself without a list or a map between, only there.",
            "src/schemas/filters.rs", items(&["pub struct", "transparent!"]).code()),
    ];
    responses: [
        ("exclusive", "Of properties that exclude each other, a request may set one.",
            "src/rows/calls.rs", items(&["impl Call for Query"])),
        ("exclusive_docs", "Docs of properties that exclude each other.",
            "src/schemas/rows.rs", items(&["pub struct QueryRequest"])),
        ("nested_items", "Token and items come inside of objects, the items by their keys.",
            "src/rows/calls.rs", items(&["Paged for Corrected", "PagedItems for Corrected"])),
        ("nested_token", "The token goes in the body, and comes inside of an object.",
            "src/rows/calls.rs", items(&["Paged for Query", "PagedItems for Query"])),
        ("streamed", "Which methods respond with an array that is streamed.",
            "src/documents/calls.rs", lines(&["impl Call for", "type Response", "streams:"])),
        ("streamed_docs", "Docs of a response that is streamed.",
            "src/documents.rs", members(&["fn run_query"])),
    ];
    standard: [
        ("calls", "What every method has is neither a field nor a setter; JSON is asked for.",
            "src/keys/calls.rs", lines(&["pub struct", "pub(super)", "alt:", "wraps_data:"])),
    ];
    top_level: [
        ("client", "A resource makes room for a method of the client.",
            "src/lib.rs", lines(&["pub mod", "pub fn"])),
        ("methods", "Methods of no resource are those of the client.",
            "src/methods.rs", lines(&["impl ", "pub fn", "/// let"])),
    ];
    types: [
        ("bodies", "Bodies and responses that are lists, maps or anything.",
            "src/things/calls.rs", lines(&["impl Call for", "type Response", "Request::new"])),
        ("items", "The type of each item of a list.",
            "src/schemas/things.rs", items(&["pub struct Items"]).code()),
        ("properties", "The type of each property.",
            "src/schemas/things.rs", items(&["pub struct Properties"]).code()),
        ("transparent", "Schemas that are no objects.",
            "src/schemas/things.rs", items(&["transparent!"]).lines(&["discovery_runtime"])),
        ("values", "The type of each value of a map.",
            "src/schemas/things.rs", items(&["pub struct MapValues"]).code()),
    ];
    uploads: [
        ("content_type", "The body names the type of the bytes.",
            "src/objects/calls.rs", items(&["const INSERT_MEDIA"])),
        ("resumable", "Only the resumable protocol.", "src/reports/calls.rs", items(&["const RESUME_MEDIA"])),
        ("simple", "Only one request.", "src/reports/calls.rs", items(&["const REPLACE_MEDIA"])),
        ("two_protocols", "Both, each with its path.", "src/reports/calls.rs", items(&["const UPLOAD_MEDIA"])),
    ];
    values: [
        ("local_times", "A time beside a date and the zone of both may lack the offset, beside a zone alone not.",
            "src/schemas/events.rs", items(&["pub struct"]).code()),
        ("null", "`null` is a value, as a property, an item and a schema.",
            "src/schemas/documents.rs", lines(&["pub struct", "pub null", "pub absent", "pub discovery"])),
        ("strict_errors", "A response that loses an error or the end of an operation is an error.",
            "src/schemas/common.rs", items(&["schema!"])),
        ("strict_lists", "A response that loses its items or its token is an error.",
            "src/schemas/documents.rs", items(&["    ListDocumentsResponse {"])),
    ];
    wire: [];
}

fn check(name: &str) {
    let files = Fixture::load(name).generate();
    let (_, ideas) = FIXTURES
        .iter()
        .find(|(fixture, _)| *fixture == name)
        .expect("the fixture is in the table");
    for (idea, says, path, view) in *ideas {
        let file = files.iter().find(|file| {
            file.path
                .split_once('/')
                .is_some_and(|(_, rest)| rest == *path)
        });
        let known: Vec<&str> = files.iter().map(|file| file.path.as_str()).collect();
        let file = file.unwrap_or_else(|| panic!("{path} is not among {known:#?}"));
        let shown = view.of(&file.text);
        assert!(!shown.trim().is_empty(), "{name}-{idea} shows nothing");
        let length = shown.lines().count();
        assert!(
            length <= LONGEST,
            "{name}-{idea} shows {length} lines: one idea needs less"
        );
        settings(says).bind(|| insta::assert_snapshot!(snapshot(name, idea), shown));
    }
}

/// The most lines of a snapshot.
const LONGEST: usize = 80;

fn snapshot(fixture: &str, idea: &str) -> String {
    format!("{fixture}-{idea}")
}

fn settings(says: &str) -> insta::Settings {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.set_description(says);
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
        .flat_map(|(name, ideas)| {
            let names = ideas.iter().map(|(idea, ..)| snapshot(name, idea));
            names.map(|name| format!("{name}.snap"))
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
