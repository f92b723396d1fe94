//! Functions of the app that may wait for a person: each on a thread of its own, which the end of
//! the program does not wait for.

use std::thread;

use tokio::sync::oneshot;

use super::OAuthError;

/// Runs `work`; the receiver fails if it panics.
pub(super) fn run<T: Send + 'static>(
    name: &str,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<oneshot::Receiver<T>, OAuthError> {
    let (sender, receiver) = oneshot::channel();
    let work = move || {
        // Nobody listens any more if the sign-in is over.
        let _ = sender.send(work());
    };
    thread::Builder::new()
        .name(name.to_owned())
        .spawn(work)
        .map_err(|error| OAuthError::io("no thread can be started", error))?;
    Ok(receiver)
}
