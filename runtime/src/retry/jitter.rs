//! Chance in waiting, so that those who failed together do not come back together.

use std::collections::hash_map::RandomState;
use std::fmt;
use std::hash::{BuildHasher as _, Hasher as _};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// Which part of a wait is waited.
#[derive(Clone)]
pub struct Jitter(Arc<dyn Fn() -> f64 + Send + Sync>);

impl Jitter {
    /// Any part, each as likely as the other: what takes most load off a server.
    pub fn full() -> Self {
        let random = Random::new();
        Self::from_fn(move || random.next())
    }

    /// The whole wait, for tests.
    pub fn none() -> Self {
        Self::from_fn(|| 1.0)
    }

    /// The part that a function says, from 0 to 1.
    pub fn from_fn(part: impl Fn() -> f64 + Send + Sync + 'static) -> Self {
        Self(Arc::new(part))
    }

    /// The part of a delay that is waited this time.
    pub fn part_of(&self, delay: Duration) -> Duration {
        let part = (self.0)();
        let part = if part.is_nan() {
            1.0
        } else {
            part.clamp(0.0, 1.0)
        };
        // The product can be rounded up to more than a duration holds.
        Duration::try_from_secs_f64(delay.as_secs_f64() * part)
            .map_or(delay, |part| part.min(delay))
    }
}

impl fmt::Debug for Jitter {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Jitter")
    }
}

/// Numbers that are different in each process, by `SplitMix64`. Good enough to spread load, and for
/// nothing else.
struct Random(AtomicU64);

impl Random {
    fn new() -> Self {
        // The standard library seeds its hash maps with what the system has for randomness.
        Self(AtomicU64::new(RandomState::new().build_hasher().finish()))
    }

    fn next(&self) -> f64 {
        const STEP: u64 = 0x9e37_79b9_7f4a_7c15;
        let mut bits = self.0.fetch_add(STEP, Ordering::Relaxed).wrapping_add(STEP);
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^= bits >> 31;
        f64::from(u32::try_from(bits >> 32).unwrap_or_default()) / f64::from(u32::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_jitter_spreads_evenly() {
        // As many clients as fail at once, each with its own chance.
        let mut bins = [0_u32; 10];
        for _ in 0..100_000 {
            let part = Jitter::full().part_of(Duration::from_secs(10));
            bins[usize::try_from(part.as_secs().min(9)).unwrap()] += 1;
        }
        assert!(
            bins.iter().all(|&count| (9_000..11_000).contains(&count)),
            "{bins:?}"
        );
    }

    #[test]
    fn no_function_makes_a_wait_longer() {
        let delay = Duration::from_secs(8);
        for (part, seconds) in [
            (0.5, 4),
            (-1.0, 0),
            (7.0, 8),
            (f64::NAN, 8),
            (f64::INFINITY, 8),
        ] {
            let jitter = Jitter::from_fn(move || part);
            assert_eq!(
                jitter.part_of(delay),
                Duration::from_secs(seconds),
                "{part}"
            );
        }
        assert_eq!(Jitter::none().part_of(Duration::MAX), Duration::MAX);
    }
}
