//! The manifest: the list of what a run has made in a crate's folder, and of what it was made from.

use std::collections::BTreeMap;
use std::ops::Bound;

use serde::{Deserialize, Serialize};

use crate::digest::{is_digest, sha256_hex};
use crate::dir::Dir;
use crate::error::Error;
use crate::name::FilePath;

/// The manifest's name in the crate's folder.
pub const MANIFEST: &str = ".discovery-manifest.json";

const ABOUT: &str =
    "Written by the generator, which changes and removes only the files listed here.";
const FORMAT: u32 = 1;

/// What a run has made: each file with the SHA-256 of its text.
#[derive(Clone, Debug, Default)]
pub(crate) struct Manifest {
    entries: BTreeMap<String, String>,
    files: BTreeMap<FilePath, String>,
}

/// The manifest as it is written.
#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Stored {
    about: String,
    format: u32,
    made_from: BTreeMap<String, String>,
    files: BTreeMap<String, String>,
}

impl Manifest {
    pub(crate) fn of<'a>(
        files: impl Iterator<Item = (&'a FilePath, &'a str)>,
        entries: BTreeMap<String, String>,
    ) -> Self {
        let files = files
            .map(|(path, text)| (path.clone(), sha256_hex(text.as_bytes())))
            .collect();
        Self { entries, files }
    }

    /// Reads a manifest; what it lists could have been written by anybody, so its paths go
    /// through the same gate as the generator's own.
    pub(crate) fn parse(bytes: &[u8]) -> Result<Self, String> {
        let stored: Stored = serde_json::from_slice(bytes).map_err(|error| error.to_string())?;
        if stored.format != FORMAT {
            return Err(format!("format {} is not known here", stored.format));
        }
        let mut files = BTreeMap::new();
        for (path, digest) in stored.files {
            let parsed = FilePath::parse(&path)
                .map_err(|_| format!("it lists `{}`", path.escape_default()))?;
            if !is_digest(&digest) {
                return Err(format!("`{path}` has no SHA-256"));
            }
            files.insert(parsed, digest);
        }
        Ok(Self {
            entries: stored.made_from,
            files,
        })
    }

    pub(crate) fn text(&self) -> String {
        let stored = Stored {
            about: ABOUT.to_owned(),
            format: FORMAT,
            made_from: self.entries.clone(),
            files: self
                .files
                .iter()
                .map(|(path, d)| (path.as_str().to_owned(), d.clone()))
                .collect(),
        };
        // Maps of strings always serialize.
        let mut text = serde_json::to_string_pretty(&stored).unwrap_or_default();
        text.push('\n');
        text
    }

    /// The SHA-256 that a run has recorded for a file it made.
    pub(crate) fn digest(&self, path: &FilePath) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }

    /// Whether a run has made the file at `path`, the manifest included.
    pub(crate) fn lists_file(&self, path: &str) -> bool {
        path == MANIFEST || self.files.contains_key(path)
    }

    /// Whether a run has made a file somewhere in the folder at `path`.
    pub(crate) fn lists_folder(&self, path: &str) -> bool {
        let inside = format!("{path}/");
        let from = (Bound::Included(inside.as_str()), Bound::Unbounded);
        let mut files = self.files.range::<str, _>(from);
        files
            .next()
            .is_some_and(|(file, _)| file.as_str().starts_with(&inside))
    }

    pub(crate) fn paths(&self) -> impl Iterator<Item = &FilePath> {
        self.files.keys()
    }
}

/// The folders in `out` that hold a manifest; leftovers of killed runs start with a dot and are not meant.
pub(crate) fn folders_with_manifest(out: &Dir) -> Result<Vec<String>, Error> {
    let mut found = Vec::new();
    for name in out.names()? {
        if name.starts_with('.') || !out.is_folder(&name)? {
            continue;
        }
        if let Some(folder) = out.open(&name)?
            && folder.entry(MANIFEST)?.is_some()
        {
            found.push(name);
        }
    }
    found.sort();
    Ok(found)
}
