//! What the caller of a run may choose.

use std::fmt;
use std::io;
use std::path::Path;
use std::sync::Arc;

/// How a run treats what it finds; the default is the careful choice everywhere.
#[derive(Clone, Debug, Default)]
pub struct Options {
    pub(crate) force: bool,
    pub(crate) follow_symlinks: bool,
    pub(crate) probe: Probe,
}

impl Options {
    /// Whether files that were edited by hand, or that others have put where a generated file
    /// belongs, are overwritten. Off, they are an error.
    #[must_use]
    pub fn force(mut self, force: bool) -> Self {
        self.force = force;
        self
    }

    /// Whether the output folder may be reached through symbolic links. Links inside a crate's
    /// folder are never followed.
    #[must_use]
    pub fn follow_symlinks(mut self, follow: bool) -> Self {
        self.follow_symlinks = follow;
        self
    }

    /// Has `probe` called before each operation that changes the disk.
    #[doc(hidden)]
    #[must_use]
    pub fn probe(mut self, probe: Probe) -> Self {
        self.probe = probe;
        self
    }
}

type Before = dyn Fn(&'static str, &Path) -> io::Result<()> + Send + Sync;

/// The seam of the tests: sees the name and path of each operation that changes the disk just
/// before it happens, and can make it fail.
#[derive(Clone, Default)]
pub struct Probe(Option<Arc<Before>>);

impl Probe {
    /// A probe that asks `before`.
    pub fn new(
        before: impl Fn(&'static str, &Path) -> io::Result<()> + Send + Sync + 'static,
    ) -> Self {
        Self(Some(Arc::new(before)))
    }

    pub(crate) fn before(&self, operation: &'static str, path: &Path) -> io::Result<()> {
        self.0
            .as_ref()
            .map_or(Ok(()), |before| before(operation, path))
    }
}

impl fmt::Debug for Probe {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() {
            "Probe(set)"
        } else {
            "Probe(none)"
        })
    }
}
