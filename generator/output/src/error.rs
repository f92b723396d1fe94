//! What went wrong, on which path, and what to do about it.

use std::fmt;
use std::io;
use std::path::Path;

/// Why a folder could not be written or compared.
///
/// The text names the path and ends with a line that says what to do.
#[derive(Debug)]
pub struct Error {
    kind: ErrorKind,
    message: String,
    help: String,
    source: Option<io::Error>,
}

/// The reasons that callers may want to tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// Another run is writing to the output folder.
    Locked,
    /// Files were edited by hand, or stand where a generated file belongs.
    Edited,
    /// A link, a folder or a device is where a file or a folder belongs.
    InTheWay,
    /// The folder is one that nobody should generate into.
    Refused,
    /// A name that no emitted crate may have, or too much of something.
    Name,
    /// A killed run left something that this run must not repair by itself.
    Leftover,
    /// The operating system said no.
    Io,
}

impl Error {
    pub(crate) fn new(
        kind: ErrorKind,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Self {
            kind,
            message: message.into(),
            help: help.into(),
            source: None,
        }
    }

    pub(crate) fn io(operation: &str, path: &Path, source: io::Error) -> Self {
        let help = match source.kind() {
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                "make it accessible to you, or choose another output folder"
            }
            io::ErrorKind::StorageFull
            | io::ErrorKind::QuotaExceeded
            | io::ErrorKind::FileTooLarge => "make room, then run again",
            _ => "solve this, then run again",
        };
        Self {
            kind: ErrorKind::Io,
            message: format!("cannot {operation} `{}`", shown(path)),
            help: help.to_owned(),
            source: Some(source),
        }
    }

    /// Why, in a form to match on.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// What is wrong, without the advice.
    pub(crate) fn message(&self) -> &str {
        &self.message
    }

    /// Adds to what there is to do; the earlier advice stays first.
    pub(crate) fn and_help(mut self, help: &str) -> Self {
        self.help = format!("{}; {help}", self.help);
        self
    }
}

/// A path as a message may show it: whatever names others have chosen, no control characters.
pub(crate) fn shown(path: &Path) -> String {
    let path = if path == Path::new("") {
        Path::new(".")
    } else {
        path
    };
    path.to_string_lossy()
        .chars()
        .flat_map(|c| {
            let escaped = c.is_control().then(|| c.escape_default());
            let plain = escaped.is_none().then_some(c);
            escaped.into_iter().flatten().chain(plain)
        })
        .collect()
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        if let Some(source) = &self.source {
            write!(f, ": {source}")?;
        }
        write!(f, "\n  help: {}", self.help)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_ref().map(|source| source as _)
    }
}
