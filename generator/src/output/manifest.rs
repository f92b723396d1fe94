//! The manifest: which files a run has made, with the digest of each, and what they were made from.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::name;

/// The name of the manifest in the crate's folder.
pub const NAME: &str = ".discovery-manifest.json";

const ABOUT: &str =
    "Written by the generator, which changes and removes only the files listed here.";
const FORMAT: u32 = 1;

/// The manifest as it is written.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Manifest {
    about: String,
    format: u32,
    made_from: BTreeMap<String, String>,
    /// The SHA-256 of each file.
    pub(super) files: BTreeMap<String, String>,
}

impl Manifest {
    pub(super) fn new(
        made_from: &BTreeMap<String, String>,
        files: &BTreeMap<String, Arc<str>>,
    ) -> Self {
        let digest =
            |(path, text): (&String, &Arc<str>)| (path.clone(), crate::sha256(text.as_bytes()));
        Self {
            about: ABOUT.to_owned(),
            format: FORMAT,
            made_from: made_from.clone(),
            files: files.iter().map(digest).collect(),
        }
    }

    /// Reads a manifest. Anybody could have written it, so its paths pass the same check as those
    /// of the generator.
    pub(super) fn parse(bytes: &[u8]) -> Result<Self, String> {
        let manifest: Self = serde_json::from_slice(bytes).map_err(|error| error.to_string())?;
        if manifest.format != FORMAT {
            return Err(format!("format {} is not known here", manifest.format));
        }
        let mut paths = manifest.files.keys();
        match paths.find(|path| !name::is_file(path)) {
            Some(path) => Err(format!("it lists `{}`", path.escape_default())),
            None => Ok(manifest),
        }
    }

    pub(super) fn text(&self) -> String {
        // Maps of strings always serialize.
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }
}
