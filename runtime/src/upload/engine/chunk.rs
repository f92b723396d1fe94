//! How an upload is cut into requests.

/// The bytes of one request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Chunk {
    /// Where it starts.
    pub(crate) offset: u64,
    /// How long it is, in bytes. Only the last one can be empty.
    pub(crate) length: u64,
    /// Whether nothing comes after it.
    pub(crate) last: bool,
}

impl Chunk {
    pub(crate) fn end(self) -> u64 {
        self.offset.saturating_add(self.length)
    }
}

/// How long chunks are: what the caller chose, rounded up to what the session accepts.
#[derive(Debug)]
pub(crate) struct Chunking {
    preferred: u64,
    granularity: u64,
}

impl Chunking {
    pub(super) fn new(preferred: u64) -> Self {
        Self {
            preferred: preferred.max(1),
            granularity: 1,
        }
    }

    pub(super) fn set_granularity(&mut self, granularity: u64) {
        self.granularity = granularity.max(1);
    }

    pub(super) fn granularity(&self) -> u64 {
        self.granularity
    }

    /// The chunk at `offset`.
    pub(super) fn next(&self, offset: u64, total: u64) -> Chunk {
        let rest = total.saturating_sub(offset);
        let size = self
            .preferred
            .checked_next_multiple_of(self.granularity)
            .unwrap_or(u64::MAX);
        Chunk {
            offset,
            length: rest.min(size),
            last: rest <= size,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn chunks(preferred: u64, granularity: u64, total: u64) -> Vec<(u64, bool)> {
        let mut chunking = Chunking::new(preferred);
        chunking.set_granularity(granularity);
        let mut found = Vec::new();
        let mut offset = 0;
        loop {
            let chunk = chunking.next(offset, total);
            found.push((chunk.length, chunk.last));
            offset = chunk.end();
            if chunk.last {
                assert_eq!(offset, total);
                return found;
            }
        }
    }

    #[test]
    fn edges() {
        assert_eq!(chunks(4, 4, 0), [(0, true)]);
        assert_eq!(chunks(4, 4, 1), [(1, true)]);
        assert_eq!(chunks(4, 4, 3), [(3, true)]);
        assert_eq!(chunks(4, 4, 4), [(4, true)]);
        assert_eq!(chunks(4, 4, 5), [(4, false), (1, true)]);
        assert_eq!(chunks(4, 4, 8), [(4, false), (4, true)]);
        assert_eq!(chunks(5, 4, 17), [(8, false), (8, false), (1, true)]);
        assert_eq!(chunks(0, 0, 2), [(1, false), (1, true)]);
        assert_eq!(chunks(u64::MAX, 262_144, 1 << 40), [(1 << 40, true)]);
        assert_eq!(chunks(1, 1 << 40, 5), [(5, true)]);
    }

    proptest! {
        #[test]
        fn every_chunk_but_the_last_is_a_multiple(preferred in 0_u64..5000, granularity in 1_u64..700, total in 0_u64..20_000) {
            let chunks = chunks(preferred, granularity, total);
            let (last, others) = chunks.split_last().expect("there is always one");
            prop_assert!(last.1);
            for (length, is_last) in others {
                prop_assert!(!is_last && *length > 0 && length % granularity == 0);
            }
        }
    }
}
