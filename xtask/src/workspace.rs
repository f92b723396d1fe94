//! Where things are in the repository.

use std::fs;
use std::path::{Path, PathBuf};

use discovery_generator::{Input, Release, Source};

use crate::Failure;

pub(crate) const OVERRIDES: &str = ".overrides.json";
pub(crate) const PROSE: &str = ".prose.json";
pub(crate) const CRATE: &str = ".crate.json";
pub(crate) const CHANGELOG: &str = ".changelog.md";
/// The endings of the files that belong to a document.
const COMPANIONS: &[&str] = &[OVERRIDES, PROSE, CRATE, CHANGELOG];

/// A folder with `discovery/` and `generated/` in it.
#[derive(Clone, Debug)]
pub struct Workspace {
    pub(crate) root: PathBuf,
}

/// A document in `discovery/`, with the texts and the overrides that belong to it.
pub(crate) struct Document {
    /// The folder that the names of its files are relative to.
    pub(crate) root: PathBuf,
    pub(crate) input: Input,
    pub(crate) release: Release,
    pub(crate) changelog: Option<String>,
}

impl Document {
    /// The name of a file that belongs to it, such as `discovery/photoslibrary-v1.crate.json`.
    pub(crate) fn companion(&self, ending: &str) -> String {
        let name = &self.input.document.name;
        format!("{}{ending}", name.trim_end_matches(".json"))
    }
}

impl Workspace {
    /// The checkout that the command is called in: the current folder, or the nearest one above
    /// it, with this package and `discovery/`. Nothing of it is compiled in: one target folder can
    /// serve several checkouts.
    ///
    /// # Errors
    ///
    /// No folder from the current one up is a checkout.
    pub fn here() -> Result<Self, Failure> {
        let current =
            std::env::current_dir().map_err(|error| cannot_read(Path::new("."), &error))?;
        let is_checkout = |folder: &&Path| {
            folder.join("xtask/Cargo.toml").is_file() && folder.join("discovery").is_dir()
        };
        match current.ancestors().find(is_checkout) {
            Some(root) => Self::at(root),
            None => Err(Failure::failed(format!(
                "`{}` is in no checkout of the repository: call `cargo xtask` in one",
                current.display()
            ))),
        }
    }

    /// The workspace at `root`.
    ///
    /// # Errors
    ///
    /// Where there is no such folder.
    pub fn at(root: &Path) -> Result<Self, Failure> {
        // The real path: whoever keeps the repository behind a link has not asked to write through it.
        let root = root
            .canonicalize()
            .map_err(|error| cannot_read(root, &error))?;
        Ok(Self { root })
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    pub(crate) fn generated(&self) -> PathBuf {
        self.root.join("generated")
    }

    pub(crate) fn benches(&self) -> PathBuf {
        self.root.join("benches")
    }

    /// Where cargo puts what it builds.
    pub(crate) fn target(&self) -> PathBuf {
        let target = std::env::var_os("CARGO_TARGET_DIR");
        self.root.join(target.unwrap_or_else(|| "target".into()))
    }

    /// The folder of the runtime, for crates that are somewhere else.
    pub(crate) fn runtime(&self) -> String {
        self.root.join("runtime").display().to_string()
    }

    /// The versions that the repository is tested with.
    pub(crate) fn lock_file(&self) -> PathBuf {
        self.root.join("Cargo.lock")
    }

    /// All documents in `discovery/`, sorted by name.
    pub(crate) fn documents(&self) -> Result<Vec<Document>, Failure> {
        let folder = self.root.join("discovery");
        let mut names = Vec::new();
        for entry in fs::read_dir(&folder).map_err(|error| cannot_read(&folder, &error))? {
            let entry = entry.map_err(|error| cannot_read(&folder, &error))?;
            names.push(entry.file_name().to_string_lossy().into_owned());
        }
        names.sort();
        let owner = |name: &str| {
            let mut endings = COMPANIONS.iter();
            let stem = endings.find_map(|ending| name.strip_suffix(ending))?;
            Some(format!("{stem}.json"))
        };
        for name in &names {
            let document = owner(name);
            if let Some(document) = document
                && !names.contains(&document)
            {
                return Err(Failure::failed(format!(
                    "discovery/{name} belongs to discovery/{document}, which does not exist"
                )));
            }
        }
        let documents = names.iter().filter(|name| owner(name).is_none());
        documents
            .filter_map(|name| Some((name, name.strip_suffix(".json")?)))
            .map(|(name, stem)| {
                let beside = |ending: &str| {
                    let name = format!("{stem}{ending}");
                    names.contains(&name).then(|| self.read(&name)).transpose()
                };
                let release = match beside(CRATE)? {
                    Some(source) => Release::read(&source).map_err(Failure::failed)?,
                    None => Release::default(),
                };
                Ok(Document {
                    root: self.root.clone(),
                    release,
                    changelog: beside(CHANGELOG)?.map(|source| source.text),
                    input: Input {
                        document: self.read(name)?,
                        prose: beside(PROSE)?,
                        overrides: beside(OVERRIDES)?,
                    },
                })
            })
            .collect()
    }

    fn read(&self, name: &str) -> Result<Source, Failure> {
        let name = format!("discovery/{name}");
        let source = source_at(&self.root.join(&name))?;
        Ok(Source { name, ..source })
    }
}

/// A document anywhere, with the texts and the overrides beside it.
pub(crate) fn input_at(path: &Path) -> Result<Input, Failure> {
    let beside = |ending: &str| {
        let mut name = path.with_extension("").into_os_string();
        name.push(ending);
        let path = PathBuf::from(name);
        path.is_file().then(|| source_at(&path)).transpose()
    };
    Ok(Input {
        document: source_at(path)?,
        prose: beside(PROSE)?,
        overrides: beside(OVERRIDES)?,
    })
}

fn source_at(path: &Path) -> Result<Source, Failure> {
    let text = fs::read_to_string(path).map_err(|error| cannot_read(path, &error))?;
    Ok(Source {
        name: path.display().to_string(),
        text,
    })
}

fn cannot_read(path: &Path, error: &std::io::Error) -> Failure {
    Failure::failed(format!("cannot read `{}`: {error}", path.display()))
}
