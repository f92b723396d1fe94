//! The user's browser, or whatever an app has in its place.

use std::fmt;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use super::{OAuthError, thread};
use crate::BoxError;

/// How a consent page gets before the user.
#[derive(Clone)]
pub(super) struct Opener(Arc<Open>);

type Open = dyn Fn(&str) -> Result<(), BoxError> + Send + Sync;

/// How long the program that starts browsers may take to fail; one that runs longer has one open.
const START: Duration = Duration::from_secs(5);

impl Opener {
    pub(super) fn new(open: impl Fn(&str) -> Result<(), BoxError> + Send + Sync + 'static) -> Self {
        Self(Arc::new(open))
    }

    /// The browser of the system.
    ///
    /// The address becomes an argument of a process, which other users of the machine can see. It
    /// has nothing that helps them: a code is worth nothing without the verifier.
    pub(super) fn system() -> Self {
        Self::new(|address| {
            // Its error has the whole address, `state` included.
            open::that_detached_with_timeout(address, START).map_err(|error| match error.kind() {
                io::ErrorKind::NotFound => "no program that opens addresses was found".into(),
                _ => "the programs that open addresses failed".into(),
            })
        })
    }

    /// Opens the page; done when that went well or not.
    pub(super) async fn open(&self, address: String) -> Result<(), OAuthError> {
        let open = self.0.clone();
        let opened = thread::run("oauth-browser", move || open(&address))?.await;
        opened
            .unwrap_or_else(|_| Err("what was to open the page panicked".into()))
            .map_err(|error| {
                let message =
                    "no browser could be opened; without one, show the address by `open_with`";
                OAuthError::permanent(message).with_source(error)
            })
    }
}

impl fmt::Debug for Opener {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Opener")
    }
}
