//! How many retries a client may make in all.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

/// How many retries a client may make in all, so that an outage is not made worse by those who
/// suffer from it.
///
/// Each retry takes something from the budget and each success gives a part back; when nothing is
/// left, calls fail with their first error. Clones share one budget, and so do the clones of a
/// client.
#[derive(Clone, Debug)]
pub struct RetryBudget(Arc<Tokens>);

#[derive(Debug)]
struct Tokens {
    available: AtomicU32,
    capacity: u32,
}

/// What a retry takes.
const RETRY: u32 = 5;

/// What a call gives back that succeeds at once.
const SUCCESS: u32 = 1;

impl RetryBudget {
    /// A budget of this many retries when it is full.
    pub fn new(retries: u32) -> Self {
        let capacity = retries.saturating_mul(RETRY);
        Self(Arc::new(Tokens {
            available: AtomicU32::new(capacity),
            capacity,
        }))
    }

    /// Pays for a retry; `false` if there is not enough left.
    pub(crate) fn take(&self) -> bool {
        let pay = |available: u32| available.checked_sub(RETRY);
        self.0
            .available
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, pay)
            .is_ok()
    }

    /// Gives back for a success, what its last retry took or a little for none.
    pub(crate) fn succeed(&self, retried: bool) {
        let gain = if retried { RETRY } else { SUCCESS };
        let fill = |available: u32| Some(available.saturating_add(gain).min(self.0.capacity));
        let _ = self
            .0
            .available
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, fill);
    }
}

impl Default for RetryBudget {
    /// A budget of 100 retries.
    fn default() -> Self {
        Self::new(100)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn retries_end_and_successes_bring_them_back() {
        let budget = RetryBudget::new(2);
        let clone = budget.clone();
        assert!(budget.take() && clone.take());
        assert!(!budget.take() && !clone.take());
        for _ in 0..RETRY {
            budget.succeed(false);
        }
        assert!(clone.take() && !clone.take());
        clone.succeed(true);
        assert!(budget.take() && !budget.take());
    }

    #[test]
    fn a_budget_never_holds_more_than_at_first() {
        let budget = RetryBudget::new(1);
        (0..100).for_each(|_| budget.succeed(true));
        assert!(budget.take() && !budget.take());
    }
}
