//! Reads a Google API Discovery document and emits a Rust client crate.
//!
//! # Phases
//!
//! ```text
//! text ──json──▶ tree ──discovery──▶ Document ──lower──▶ Api ──passes──▶ Api ──emit──▶ tokens ──print──▶ files
//!             text ──overrides──▶ patches ─┘    facts ─┴──────────────┘
//! ```
//!
//! 1. `json`: the text becomes a tree; syntax errors and repeated members end here.
//! 2. `discovery`: the tree becomes a `Document`, as Google writes it. Each key is used, ignored for
//!    a reason that stands in the code, or reported.
//! 3. `overrides`: what the document says wrongly becomes a patch of the `Document`; what it cannot
//!    say, a table of facts. An entry that changes nothing is an error.
//! 4. `lower`: the document becomes an `Api`: all names, types, paths and prose are decided.
//! 5. `passes`: what the model does not say by itself, such as which methods have pages.
//! 6. `emit`: the `Api` becomes tokens; `print`: tokens become formatted text.
//! 7. [`output`]: the files are compared with what is on disk, and written.
//!
//! Beside the sources, `emit` lists the public items of the crate in `API.txt`; [`changes`] compares
//! two revisions by these items.
//!
//! All errors of a phase are found before it ends, and reported together.
//!
//! # What never happens
//!
//! 1. [`generate`] does no I/O: strings in, [`File`]s out. Only [`output`] touches a disk.
//! 2. After `passes::validate` the `Api` is never changed, and `emit` never looks at the document.
//! 3. `model` knows neither JSON nor tokens; `discovery` knows no Rust names.
//! 4. Nothing in `emit` can fail. Whatever can be wrong was found earlier.
//! 5. Same input, same bytes, on any machine: no hash maps, no clock, no environment, no absolute
//!    path. The order of keys in the document has no influence.
//! 6. Every diagnostic says file, line and column, the JSON pointer, what is wrong and what to do.
//! 7. What the document says and we don't understand is reported, never dropped and never turned
//!    into a plain `String`.
//! 8. No text of a document reaches the output except through a string literal, a doc attribute or
//!    an identifier made in `lower::names`; no text of a document makes a path unchecked.
//! 9. Hand-written code is never in an emitted crate; emitted code is nowhere else.

pub mod changes;
mod diagnostic;
mod discovery;
mod emit;
mod json;
mod listing;
mod locate;
mod lower;
mod model;
pub mod output;
mod overrides;
#[doc(hidden)]
pub mod parallel;
mod passes;
mod print;
mod prose;
mod reader;
mod release;
#[cfg(test)]
mod testing;
mod text;

pub use diagnostic::{Diagnostic, Diagnostics, Pointer};
pub use release::{Origin, Release};

use diagnostic::Sink;
use sha2::{Digest, Sha256};

/// Text with the name under which messages speak of it.
#[derive(Clone, Debug)]
pub struct Source {
    /// The name as messages show it, such as `discovery/photoslibrary-v1.json`.
    pub name: String,
    /// The whole text.
    pub text: String,
}

/// A file to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// The path below the output folder, with `/` between its parts; the first part is the folder
    /// of the crate.
    pub path: String,
    /// The whole text.
    pub text: String,
}

/// How the emitted crate depends on the runtime.
#[derive(Clone, Debug)]
pub enum RuntimeDependency {
    /// A path, as it is written in the manifest of the emitted crate. The version of this generator
    /// stands beside it, so that the crate can be published.
    Path(String),
    /// A version requirement, such as `0.1`.
    Version(String),
}

/// Choices that are not in the document.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Options {
    /// How the emitted crate depends on `discovery-runtime`.
    pub runtime: RuntimeDependency,
    /// The command that made the files, for the comment at the top of each.
    pub command: String,
    /// How many bytes all files of a crate may have: 256 MiB by default; a document of 278 methods and
    /// 1,001 schemas needs 4 MiB. More is an error, and ends the work there.
    pub most_output: usize,
    /// The version of the emitted crate; 0.1.0 unless it is set.
    pub version: semver::Version,
    /// The text of its `CHANGELOG.md`; without one there is no such file.
    pub changelog: Option<String>,
}

impl Options {
    /// Options with a runtime, and the command that header comments name.
    pub fn new(runtime: RuntimeDependency, command: impl Into<String>) -> Self {
        Self {
            runtime,
            command: command.into(),
            most_output: 256 << 20,
            version: semver::Version::new(0, 1, 0),
            changelog: None,
        }
    }
}

/// What a crate is made from.
#[derive(Clone, Debug)]
pub struct Input {
    /// The Discovery document.
    pub document: Source,
    /// The texts of the document, if it holds its structure only: `NAME.prose.json`.
    pub prose: Option<Source>,
    /// What the document says wrongly or not at all: `NAME.overrides.json`.
    pub overrides: Option<Source>,
}

impl Input {
    /// A document by itself.
    pub fn new(document: Source) -> Self {
        Self {
            document,
            prose: None,
            overrides: None,
        }
    }
}

/// Emits the crate for a document: its files, in the order of their paths.
///
/// # Errors
///
/// Everything that the first failing phase finds wrong with the document, its texts or the
/// overrides.
pub fn generate(input: &Input, options: &Options) -> Result<Vec<File>, Diagnostics> {
    let mut stale = Vec::new();
    let api = model(input, &mut stale);
    // What does not fit was found in an earlier phase than what is wrong with the document.
    if let Some(first) = stale.into_iter().next() {
        return Err(first);
    }
    let Some(mut files) = emit::emit(&api?, options) else {
        let too_large = Diagnostic::new(
            &Pointer::default(),
            format!(
                "the crate would have more than {} bytes",
                options.most_output
            ),
            "check that this is the document of one API; `Options::most_output` allows more",
        );
        return Err(Diagnostics::render(&input.document, vec![too_large]));
    };
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

/// Compares the crates that two revisions of a document make: what has changed for users, and the
/// least step of the version. Texts and overrides that do not fit the new revision yet are left out,
/// and told in [`Changes::stale`](changes::Changes::stale).
///
/// # Errors
///
/// Everything that the first failing phase finds wrong with either document.
pub fn compare(old: &Input, new: &Input) -> Result<changes::Changes, Diagnostics> {
    let mut stale = Vec::new();
    let old = model(old, &mut Vec::new())?;
    let new = model(new, &mut stale)?;
    let mut changes = changes::Changes::between(&old, &new);
    let messages = stale.iter().flat_map(Diagnostics::messages);
    changes.stale = messages.cloned().collect();
    Ok(changes)
}

/// What a document with its texts and overrides means. Those that do not fit the document are left
/// out, and reported in `stale`, phase by phase.
fn model(input: &Input, stale: &mut Vec<Diagnostics>) -> Result<model::Api, Diagnostics> {
    let document = &input.document;
    let mut sink = Sink::default();
    let mut tree = json::parse(document)?;
    if let Some(source) = &input.prose {
        let mut sink = Sink::default();
        let prose = discovery::prose::read(&json::parse(source)?, &mut sink);
        sink.finish(source)?;
        prose.apply(&mut tree, &mut sink);
        stale.extend(sink.finish(source).err());
    }
    let (sha256, mut parsed) =
        parallel::both(|| tree.sha256(), || discovery::read(&tree, &mut sink));
    drop(tree);
    sink.finish(document)?;

    let overrides = input.overrides.as_ref();
    let mut facts = overrides::Facts::default();
    if let Some(source) = overrides {
        let corrections = overrides::read(&json::parse(source)?, &mut sink);
        sink.finish(source)?;
        facts = overrides::apply(&corrections, &mut parsed, &mut sink);
    }
    let mut api = lower::lower(&parsed, sha256, &facts, &mut sink);
    drop(parsed);
    // Facts that do not fit the model are reported together with overrides that do not fit the
    // document.
    if !sink.blames_document() {
        passes::run(&mut api, &facts, &mut sink);
    }
    let blames_document = sink.blames_document();
    match sink.finish_both(document, overrides) {
        Err(diagnostics) if blames_document => return Err(diagnostics),
        finished => stale.extend(finished.err()),
    }
    Ok(api)
}

/// The folder that [`generate`] puts the crate of a document into, such as `photoslibrary-v1`.
///
/// # Errors
///
/// The document is not JSON, or has no name and version that a folder could have.
pub fn crate_folder(document: &Source) -> Result<String, Diagnostics> {
    let mut sink = Sink::default();
    let parsed = discovery::read(&json::parse(document)?, &mut Sink::default());
    for (key, value) in [("name", &parsed.name), ("version", &parsed.version)] {
        if !lower::names::is_slug(value) {
            sink.error(
                &Pointer::default().key(key),
                format!("`{value}` cannot be part of a folder name"),
                "letters, digits, `.`, `-` and `_` are allowed, at most 64 of them",
            );
        }
    }
    sink.finish(document)?;
    Ok(lower::names::folder(&parsed.name, &parsed.version))
}

/// The canonical form of a document: sorted keys, two spaces, a newline at the end.
///
/// # Errors
///
/// The text is not JSON, or a member occurs twice.
pub fn canonicalize(document: &Source) -> Result<String, Diagnostics> {
    Ok(json::parse(document)?.canonical())
}

/// The structure of a document in canonical form: what remains without its texts, where those are
/// in a file of their own.
///
/// # Errors
///
/// As for [`canonicalize`].
pub fn structure(document: &Source) -> Result<String, Diagnostics> {
    let mut tree = json::parse(document)?;
    discovery::prose::strip(&mut tree);
    Ok(tree.canonical())
}

/// The SHA-256 of some bytes, in hex.
pub fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
