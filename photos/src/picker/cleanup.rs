//! Deleting a session at the end, whatever the end is.

use discovery_runtime::Error;
use google_photospicker_v1::Client;

/// Deletes a session. One that is not there any more is deleted.
pub(super) async fn delete(client: &Client, id: &str) -> Result<(), Error> {
    match client.sessions().delete(id).send().await {
        Err(error) if !error.is_not_found() => Err(error),
        _ => Ok(()),
    }
}

/// Deletes a session when it is dropped, such as with a future that nobody waits for any more.
///
/// Nothing can be waited for then, so a task does it, if a runtime of tokio is there.
pub(super) struct Cleanup(Option<(Client, String)>);

impl Cleanup {
    pub(super) fn new(client: Client, id: String) -> Self {
        Self(Some((client, id)))
    }

    /// Deletes the session now.
    pub(super) async fn finish(mut self) -> Result<(), Error> {
        let Some((client, id)) = self.0.clone() else {
            return Ok(());
        };
        let deleted = delete(&client, &id).await;
        // Only now: if this future is dropped before, the task tries it once more.
        self.0 = None;
        deleted
    }

    /// Leaves the session alone.
    pub(super) fn keep(mut self) {
        self.0 = None;
    }
}

impl Drop for Cleanup {
    fn drop(&mut self) {
        let Some((client, id)) = self.0.take() else {
            return;
        };
        if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            runtime.spawn(async move {
                // Nobody is left to hear of it; the session expires by itself.
                let _ = delete(&client, &id).await;
            });
        }
    }
}
