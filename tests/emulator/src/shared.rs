//! What every connection shares: the state behind its lock.

use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::state::State;

/// What every connection shares.
#[derive(Debug)]
pub(crate) struct Shared {
    state: Mutex<State>,
    /// Port on 127.0.0.1.
    pub(crate) port: u16,
}

impl Shared {
    pub(crate) fn new(state: State, port: u16) -> Self {
        Self {
            state: Mutex::new(state),
            port,
        }
    }

    /// The state. A handler that panicked leaves it usable: each change is complete in itself.
    pub(crate) fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
