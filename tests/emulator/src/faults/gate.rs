//! A gate that holds calls in flight until a test opens it.

use std::sync::Arc;

use tokio::sync::watch;

/// Holds calls planned with [`Fault::hold`](crate::Fault::hold). Clones are the same gate.
#[derive(Clone, Debug)]
pub struct Gate(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    open: watch::Sender<bool>,
    arrived: watch::Sender<usize>,
}

impl Gate {
    /// A closed gate.
    pub fn new() -> Self {
        Self(Arc::new(Inner {
            open: watch::Sender::new(false),
            arrived: watch::Sender::new(0),
        }))
    }

    /// Lets every waiting and every later call pass.
    pub fn open(&self) {
        self.0.open.send_replace(true);
    }

    /// Waits until this many calls have come to the gate.
    pub async fn arrived(&self, calls: usize) {
        let mut arrived = self.0.arrived.subscribe();
        // The sender lives as long as this gate, so that waiting cannot fail.
        let _ = arrived.wait_for(|count| *count >= calls).await;
    }

    pub(crate) async fn pass(&self) {
        self.0.arrived.send_modify(|count| *count += 1);
        let mut open = self.0.open.subscribe();
        let _ = open.wait_for(|open| *open).await;
    }
}

impl Default for Gate {
    fn default() -> Self {
        Self::new()
    }
}
