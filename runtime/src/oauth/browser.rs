//! The user's browser, or whatever an app has in its place.

use std::fmt;
use std::future::poll_fn;
use std::io;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll};
use std::thread;
use std::time::Duration;

use tokio::sync::oneshot;

use super::OAuthError;
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

    /// Opens the page on a thread of its own, which the end of the program does not wait for.
    pub(super) fn open(&self, address: String) -> Result<Opening, OAuthError> {
        let (sender, receiver) = oneshot::channel();
        let open = self.0.clone();
        let work = move || {
            // Nobody listens any more if the user was faster.
            let _ = sender.send(open(&address));
        };
        thread::Builder::new()
            .name("oauth-browser".to_owned())
            .spawn(work)
            .map_err(|error| OAuthError::io("no thread for the browser", error))?;
        Ok(Opening(Some(receiver)))
    }
}

impl fmt::Debug for Opener {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Opener")
    }
}

/// A page that is being opened.
pub(super) struct Opening(Option<oneshot::Receiver<Result<(), BoxError>>>);

impl Opening {
    /// What `work` comes to, unless the page can't be opened.
    pub(super) async fn unless_it_fails<T>(
        mut self,
        work: impl Future<Output = T>,
    ) -> Result<T, BoxError> {
        let mut work = pin!(work);
        // The work comes first: it is no failure to open a page that the user was at.
        poll_fn(|context| match work.as_mut().poll(context) {
            Poll::Ready(result) => Poll::Ready(Ok(result)),
            Poll::Pending => self.poll_failure(context).map(Err),
        })
        .await
    }

    fn poll_failure(&mut self, context: &mut Context<'_>) -> Poll<BoxError> {
        let Some(receiver) = &mut self.0 else {
            return Poll::Pending;
        };
        match Pin::new(receiver).poll(context) {
            Poll::Pending => Poll::Pending,
            Poll::Ready(Ok(Err(error))) => Poll::Ready(error),
            Poll::Ready(Ok(Ok(()))) => {
                self.0 = None;
                Poll::Pending
            }
            Poll::Ready(Err(_)) => Poll::Ready("what was to open the page panicked".into()),
        }
    }
}
