//! Files are read and written on threads that may wait.

use std::io;

use tokio::runtime::Handle;
use tokio::task::JoinHandle;

/// Runs `work` on a thread of tokio's that may wait; it fails outside of a runtime of tokio. The
/// work continues if the future is dropped.
pub async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> io::Result<T> {
    let runtime = Handle::try_current().map_err(io::Error::other)?;
    let done = runtime.spawn_blocking(work).await;
    done.unwrap_or_else(|error| Err(io::Error::other(error)))
}

/// Work on such a thread that can be waited for again if the future that waited was dropped.
#[derive(Default)]
pub(crate) struct Work(Option<JoinHandle<io::Result<()>>>);

impl Work {
    /// Does `work` when the work before it is done, whatever came of that.
    pub(crate) async fn run(
        &mut self,
        work: impl FnOnce() -> io::Result<()> + Send + 'static,
    ) -> io::Result<()> {
        let _ = self.wait().await;
        let runtime = Handle::try_current().map_err(io::Error::other)?;
        self.0 = Some(runtime.spawn_blocking(work));
        self.wait().await
    }

    /// Waits until nothing is done any more.
    pub(crate) async fn wait(&mut self) -> io::Result<()> {
        let Some(work) = &mut self.0 else {
            return Ok(());
        };
        let done = work.await;
        self.0 = None;
        done.unwrap_or_else(|error| Err(io::Error::other(error)))
    }
}
