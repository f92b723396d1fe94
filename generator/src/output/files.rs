//! The files of one crate before they are on disk, and what they were made from.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use super::manifest::{self, Manifest};
use super::{Error, name};
use crate::{File, Input};

/// The files of one crate, with names that an emitted crate may have.
#[derive(Clone, Debug)]
pub struct Crate {
    folder: String,
    files: BTreeMap<String, Arc<str>>,
    made_from: BTreeMap<String, String>,
}

impl Crate {
    /// The crate that [`generate`](crate::generate) has emitted.
    ///
    /// # Errors
    ///
    /// A path is not one that emitted crates have, differs from another only in case, or is in
    /// another folder than the first.
    pub fn new(files: Vec<File>) -> Result<Self, Error> {
        let first = files.first().map_or("", |file| file.path.as_str());
        let folder = first.split('/').next().unwrap_or_default().to_owned();
        if !name::is_part(&folder) {
            return Err(refused(first));
        }
        let mut checked = BTreeMap::new();
        let mut spellings = BTreeSet::new();
        for File { path, text } in files {
            let inside = path.strip_prefix(&folder);
            let inside = inside.and_then(|rest| rest.strip_prefix('/'));
            let Some(inside) = inside.filter(|inside| name::is_file(inside)) else {
                return Err(refused(&path));
            };
            if !spellings.insert(inside.to_ascii_lowercase()) {
                return Err(Error::new(
                    format!("`{inside}` and another are one file where case does not count"),
                    "rename one of the two in the document or its overrides",
                ));
            }
            checked.insert(inside.to_owned(), text.into());
        }
        Ok(Self {
            folder,
            files: checked,
            made_from: BTreeMap::new(),
        })
    }

    /// Has the manifest name what the crate was made from, each with the SHA-256 of its canonical
    /// form: the order of keys has no influence on what is emitted.
    pub fn record(&mut self, input: &Input) {
        let sources = [
            ("document", Some(&input.document)),
            ("prose", input.prose.as_ref()),
            ("overrides", input.overrides.as_ref()),
        ];
        for (what, source) in sources {
            let Some(source) = source else { continue };
            let name = Path::new(&source.name).file_name().unwrap_or_default();
            let name = name.to_string_lossy().into_owned();
            self.made_from.insert(what.to_owned(), name);
            if let Ok(tree) = crate::json::parse(source) {
                let digest = tree.sha256();
                self.made_from.insert(format!("{what}_sha256"), digest);
            }
        }
    }

    /// The name of its folder in the output folder, such as `photoslibrary-v1`.
    pub fn folder(&self) -> &str {
        &self.folder
    }

    /// The number of its files.
    pub fn file_count(&self) -> usize {
        self.files.len()
    }

    /// The text of each file by its path in the output folder, the manifest among them.
    pub(super) fn with_manifest(&self) -> BTreeMap<String, Arc<str>> {
        let manifest = Manifest::new(&self.made_from, &self.files).text();
        let files = self.files.iter();
        let files = files.map(|(path, text)| (path.as_str(), Arc::clone(text)));
        files
            .chain([(manifest::NAME, manifest.into())])
            .map(|(path, text)| (format!("{}/{path}", self.folder), text))
            .collect()
    }
}

fn refused(path: &str) -> Error {
    let shown = crate::text::printable(path, 100);
    Error::new(
        format!("`{shown}` is not a file of an emitted crate"),
        "a crate `<name>-<version>` holds `Cargo.toml`, `API.txt`, `README.md`, `CHANGELOG.md`, \
         `LICENSE-*`, and `.rs` files under `src`, `examples`, `tests` and `benches`",
    )
}
