//! The files of one crate, as the generator hands them over.

use std::collections::BTreeMap;

use crate::error::{Error, ErrorKind};
use crate::manifest::Manifest;
use crate::name::{FilePath, check_folder};

/// The most files of one crate; the largest Google API needs far fewer.
const MOST_FILES: usize = 20_000;
/// The largest file, in bytes.
pub(crate) const LARGEST_FILE: usize = 64 << 20;

/// All files of one crate, checked: they have names that emitted crates may have, and no two of
/// them would be one file on a disk that ignores case.
#[derive(Clone, Debug)]
pub struct CrateFiles {
    folder: String,
    files: BTreeMap<FilePath, String>,
    entries: BTreeMap<String, String>,
    /// The spelling of each path and each folder of a path, by its lower-case form.
    spellings: BTreeMap<String, String>,
}

impl CrateFiles {
    /// A crate without files; `folder` is its folder's name in the output folder, such as
    /// `photoslibrary-v1`.
    ///
    /// # Errors
    ///
    /// Where the name is not a single plain name.
    pub fn new(folder: &str) -> Result<Self, Error> {
        check_folder(folder)?;
        Ok(Self {
            folder: folder.to_owned(),
            files: BTreeMap::new(),
            entries: BTreeMap::new(),
            spellings: BTreeMap::new(),
        })
    }

    /// Sorts files into crates by the first part of their paths, as in `photoslibrary-v1/src/lib.rs`.
    ///
    /// # Errors
    ///
    /// As for [`CrateFiles::add`], and where a path has no first part.
    pub fn group<P: AsRef<str>, T: Into<String>>(
        files: impl IntoIterator<Item = (P, T)>,
    ) -> Result<Vec<Self>, Error> {
        let mut crates: BTreeMap<String, Self> = BTreeMap::new();
        for (path, text) in files {
            let (folder, path) = path.as_ref().split_once('/').unwrap_or((path.as_ref(), ""));
            if !crates.contains_key(folder) {
                crates.insert(folder.to_owned(), Self::new(folder)?);
            }
            if let Some(files) = crates.get_mut(folder) {
                files.add(path, text)?;
            }
        }
        Ok(crates.into_values().collect())
    }

    /// Adds a file; `path` is relative to the crate's folder and `/`-separated.
    ///
    /// # Errors
    ///
    /// Where the path is not one that emitted crates have, occurs twice, or differs from another
    /// only in case; where the text is larger than 64 MiB; and after 20,000 files.
    pub fn add(&mut self, path: &str, text: impl Into<String>) -> Result<(), Error> {
        let text = text.into();
        let path = FilePath::parse(path)?;
        for folder in path.folders() {
            self.spell(folder)?;
        }
        self.spell(path.as_str())?;
        if text.len() > LARGEST_FILE {
            return Err(self.refuse(&format!(
                "`{}` has more than {LARGEST_FILE} bytes",
                path.as_str()
            )));
        }
        if self.files.len() == MOST_FILES {
            return Err(self.refuse(&format!("the crate has more than {MOST_FILES} files")));
        }
        if self.files.contains_key(&path) {
            return Err(self.refuse(&format!("the file `{}` occurs twice", path.as_str())));
        }
        self.files.insert(path, text);
        Ok(())
    }

    /// Has the manifest say `name`: `value`, for example the SHA-256 of the document.
    pub fn record(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.entries.insert(name.into(), value.into());
    }

    /// The name of the crate's folder.
    pub fn folder(&self) -> &str {
        &self.folder
    }

    /// How many files the crate has, the manifest not counted.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether the crate has no files.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    pub(crate) fn get(&self, path: &FilePath) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&FilePath, &str)> {
        self.files.iter().map(|(path, text)| (path, text.as_str()))
    }

    /// The manifest that belongs to these files.
    pub(crate) fn manifest(&self) -> Manifest {
        Manifest::of(self.iter(), self.entries.clone())
    }

    fn spell(&mut self, path: &str) -> Result<(), Error> {
        let known = self
            .spellings
            .entry(path.to_ascii_lowercase())
            .or_insert_with(|| path.to_owned());
        if known == path {
            return Ok(());
        }
        let message = format!("`{known}` and `{path}` are one file on a disk that ignores case");
        Err(self.refuse(&message))
    }

    fn refuse(&self, message: &str) -> Error {
        Error::new(
            ErrorKind::Name,
            format!("{}: {message}", self.folder),
            "this is a fault of the generator; report it with the document",
        )
    }
}
