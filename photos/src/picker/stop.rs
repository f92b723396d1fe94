//! The signal of the caller that ends a pick, for all that waits at the same time.

use std::future::pending;

use discovery_runtime::BoxFuture;
use tokio::sync::watch;

/// The signal of the caller; without one it never comes.
#[derive(Clone)]
pub(super) struct Stop(Option<watch::Receiver<bool>>);

impl Stop {
    pub(super) fn new(signal: Option<BoxFuture<'static, ()>>) -> Self {
        let Some(signal) = signal else {
            return Self(None);
        };
        let (sender, receiver) = watch::channel(false);
        tokio::spawn(async move {
            tokio::select! {
                () = signal => sender.send_replace(true),
                // Nobody waits for it any more.
                () = sender.closed() => false,
            }
        });
        Self(Some(receiver))
    }

    pub(super) fn is_over(&self) -> bool {
        self.0.as_ref().is_some_and(|receiver| *receiver.borrow())
    }

    /// Ends with the signal.
    pub(super) async fn wait(self) {
        if let Some(mut receiver) = self.0
            && receiver.wait_for(|over| *over).await.is_ok()
        {
            return;
        }
        pending::<()>().await;
    }
}
