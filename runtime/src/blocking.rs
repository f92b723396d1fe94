//! Files are read and written on threads that may wait.

use std::io;

/// Runs `work` on a thread of tokio's that may wait; it fails outside of a runtime of tokio. The
/// work continues if the future is dropped.
pub async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> io::Result<T> {
    let runtime = tokio::runtime::Handle::try_current().map_err(io::Error::other)?;
    let done = runtime.spawn_blocking(work).await;
    done.unwrap_or_else(|error| Err(io::Error::other(error)))
}
