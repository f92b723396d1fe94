//! What every connection shares: the state behind its lock.

use std::net::SocketAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::state::State;

/// What every connection shares.
#[derive(Debug)]
pub(crate) struct Shared {
    state: Mutex<State>,
    /// Where it listens.
    pub(crate) address: SocketAddr,
}

impl Shared {
    pub(crate) fn new(state: State, address: SocketAddr) -> Self {
        Self {
            state: Mutex::new(state),
            address,
        }
    }

    /// Ends when a write has been in flight as long as the configuration says.
    pub(crate) async fn write_latency(&self) {
        let latency = self.lock().config.write_latency;
        if !latency.is_zero() {
            tokio::time::sleep(latency).await;
        }
    }

    /// The state. A handler that panicked leaves it usable: each change is complete in itself.
    pub(crate) fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
