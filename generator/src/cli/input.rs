//! Reads the documents that the command line names, and finds what belongs to them.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use discovery_generator::Source;

/// The largest file that is read, in bytes.
const LARGEST: u64 = 64 << 20;
/// What follows the stem of a document in the name of its overrides.
const OVERRIDES: &str = ".overrides.json";
/// What follows it in the name of its texts.
const PROSE: &str = ".prose.json";

/// What follows it in the name of the file with the version of the crate.
const CRATE: &str = ".crate.json";
/// What follows it in the name of the crate's changelog.
const CHANGELOG: &str = ".changelog.md";

/// A document to generate from, and the files that describe and correct it.
#[derive(Debug)]
pub(super) struct Job {
    pub(super) document: PathBuf,
    pub(super) prose: Option<PathBuf>,
    pub(super) overrides: Option<PathBuf>,
    pub(super) release: Option<PathBuf>,
    pub(super) changelog: Option<PathBuf>,
}

impl Job {
    /// The document at `path` with the files beside it that belong to it, if there are any.
    pub(super) fn new(path: &Path) -> Self {
        let beside = |ending: &str| {
            let mut name = path.with_extension("").into_os_string();
            name.push(ending);
            Some(PathBuf::from(name)).filter(|path| path.is_file())
        };
        Self {
            document: path.to_owned(),
            prose: beside(PROSE),
            overrides: beside(OVERRIDES),
            release: beside(CRATE),
            changelog: beside(CHANGELOG),
        }
    }
}

/// Whether a file belongs to a document and is none, going by its name.
pub(super) fn is_companion(path: &Path) -> bool {
    let name = path.to_string_lossy();
    [OVERRIDES, PROSE, CRATE, CHANGELOG]
        .iter()
        .any(|ending| name.ends_with(ending))
}

/// Reads a file of UTF-8 text of at most 64 MiB; a byte order mark is dropped.
pub(super) fn read(path: &Path) -> Result<Source, String> {
    let name = path.display().to_string();
    let bytes = bytes(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => format!("`{name}` does not exist\n  help: check the path"),
        io::ErrorKind::IsADirectory => {
            format!("`{name}` is a folder\n  help: name the documents in it")
        }
        io::ErrorKind::PermissionDenied => {
            format!("`{name}` cannot be read: {error}\n  help: make it readable to you")
        }
        _ => format!("`{name}` cannot be read: {error}\n  help: solve this, then run again"),
    })?;
    if bytes.len() as u64 > LARGEST {
        return Err(format!(
            "`{name}` is larger than 64 MiB\n  help: check that it is a Discovery document"
        ));
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        format!("`{name}` is not UTF-8: the fault is at byte {at}\n  help: save it as UTF-8")
    })?;
    let text = text
        .strip_prefix('\u{feff}')
        .map_or_else(|| text.clone(), str::to_owned);
    Ok(Source { name, text })
}

fn bytes(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?
        .take(LARGEST + 1)
        .read_to_end(&mut bytes)?;
    Ok(bytes)
}
