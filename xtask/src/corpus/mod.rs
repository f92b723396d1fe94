//! `cargo xtask corpus`: runs the generator on every document of a folder, and tells how it went.

mod check;
mod cpu;
mod generate;
mod table;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::Deserialize;

use crate::{Failure, Workspace};

/// What to do with the documents.
#[derive(Clone, Debug)]
pub struct Options {
    /// The folder with the documents.
    pub folder: PathBuf,
    /// How many documents, and processes of the compiler, run at once; 0 stands for one a core.
    pub jobs: usize,
    /// Compile, lint and document what came out, and compile its examples.
    pub check: bool,
    /// Only compile what came out, and say how much processor time that took.
    pub cpu: bool,
    /// Only documents whose file name matches; `*` stands for any text.
    pub only: Option<String>,
}

/// How one document fared.
#[derive(Debug)]
pub(crate) struct Row {
    /// The file name without `.json`.
    pub(crate) name: String,
    pub(crate) methods: usize,
    pub(crate) schemas: usize,
    /// Lines of emitted Rust.
    pub(crate) lines: usize,
    pub(crate) time: Duration,
    /// The folder of the crate, if one came out.
    pub(crate) folder: Option<String>,
    /// What went wrong: the step, and what it said.
    pub(crate) failure: Option<(&'static str, String)>,
}

/// Generates every document, prints a table, and fails if any document did.
///
/// # Errors
///
/// What went wrong with each document, or with the folders.
pub fn run(workspace: &Workspace, options: &Options) -> Result<Vec<String>, Failure> {
    let mut documents = documents(options)?;
    let mut left_out = leave_out(&mut documents);
    if documents.is_empty() {
        left_out.push(format!(
            "there is no matching document in `{}`",
            options.folder.display()
        ));
        return Err(Failure::Failed(left_out));
    }
    let jobs = match options.jobs {
        0 => std::thread::available_parallelism().map_or(1, std::num::NonZero::get),
        jobs => jobs,
    };
    let out = workspace.target().join("corpus");
    let mut rows = generate::all(workspace, &documents, &out, jobs)?;
    if options.check {
        check::all(workspace, &mut rows, &out, jobs)?;
    }
    let cpu = if options.cpu {
        cpu::measure(workspace, &rows, &out, jobs)?
    } else {
        Vec::new()
    };
    rows.sort_by(|a, b| a.name.cmp(&b.name));
    let failures: Vec<String> = rows
        .iter()
        .filter_map(|row| {
            row.failure
                .as_ref()
                .map(|(step, text)| format!("{}: {step}:\n{text}", row.name))
        })
        .collect();
    let mut lines = table::lines(&rows);
    lines.extend(cpu);
    lines.extend(left_out);
    lines.push(format!("the crates are in {}", out.display()));
    if failures.is_empty() {
        return Ok(lines);
    }
    let count = failures.len();
    lines.extend(failures);
    lines.push(format!("{count} of {} documents failed", rows.len()));
    Err(Failure::Failed(lines))
}

/// The documents of the folder, sorted by name.
fn documents(options: &Options) -> Result<Vec<PathBuf>, Failure> {
    let cannot_read = |error: std::io::Error| {
        Failure::failed(format!(
            "cannot read `{}`: {error}",
            options.folder.display()
        ))
    };
    let mut found = Vec::new();
    for entry in fs::read_dir(&options.folder).map_err(cannot_read)? {
        let path = entry.map_err(cannot_read)?.path();
        let name = name_of(&path);
        let is_document = path.extension().is_some_and(|ending| ending == "json")
            && !name.ends_with(".overrides");
        if is_document
            && options
                .only
                .as_ref()
                .is_none_or(|pattern| matches(pattern, &name))
        {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// Takes out the files that are of another kind, and those that would make the same crate as another;
/// the lines say which.
fn leave_out(documents: &mut Vec<PathBuf>) -> Vec<String> {
    #[derive(Default, Deserialize)]
    struct Head {
        kind: Option<String>,
        id: Option<String>,
    }
    let (mut known, mut lines) = (BTreeMap::new(), Vec::new());
    documents.retain(|path| {
        let text = fs::read_to_string(path).unwrap_or_default();
        // What is wrong with a document is for the generator to say.
        let Head { kind, id } = serde_json::from_str(&text).unwrap_or_default();
        let name = name_of(path);
        if kind.is_some_and(|kind| kind != "discovery#restDescription") {
            lines.push(format!(
                "{name}.json is left out: its `kind` is not `discovery#restDescription`"
            ));
            return false;
        }
        let Some(id) = id else { return true };
        let first: &mut String = known.entry(id).or_insert_with(|| name.clone());
        let is_first = *first == name;
        if !is_first {
            lines.push(format!(
                "{name}.json is left out: {first}.json has the same `id`"
            ));
        }
        is_first
    });
    lines
}

fn name_of(path: &Path) -> String {
    path.file_stem()
        .map(|stem| stem.to_string_lossy().into_owned())
        .unwrap_or_default()
}

/// Whether a name matches a pattern; without a `*` the pattern may stand anywhere.
fn matches(pattern: &str, name: &str) -> bool {
    if !pattern.contains('*') {
        return name.contains(pattern);
    }
    let parts: Vec<&str> = pattern.split('*').collect();
    let (Some(first), Some(last)) = (parts.first(), parts.last()) else {
        return false;
    };
    let Some(mut rest) = name.strip_prefix(first) else {
        return false;
    };
    let middle = parts.get(1..parts.len() - 1).unwrap_or_default();
    for part in middle {
        match rest.find(part) {
            Some(at) => rest = rest.get(at + part.len()..).unwrap_or_default(),
            None => return false,
        }
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn patterns_match_as_people_expect() {
        for (pattern, name, expected) in [
            ("drive", "drive.v3", true),
            ("drive", "walletobjects.v1", false),
            ("*.v1", "walletobjects.v1", true),
            ("*.v1", "drive.v3", false),
            ("d*e*v3", "drive.v3", true),
            ("drive*", "drive.v3", true),
            ("*", "anything", true),
            ("ab*ba", "aba", false),
        ] {
            assert_eq!(matches(pattern, name), expected, "{pattern} {name}");
        }
    }
}
