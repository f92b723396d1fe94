//! How much memory a response may take once it is decoded.
//!
//! A body of some kilobytes can be gzip of millions of empty objects, each of which becomes a value
//! of hundreds of bytes. Whatever holds parts counts what it takes: a list when it grows, a map
//! when it gets another node, a box. Texts and bytes are not counted: they take no more than the
//! body has, beside what the allocator adds. So an ordinary response is counted some ten times.
//!
//! Decoding never waits, so what is left is kept by the thread.

use std::cell::Cell;
use std::collections::BTreeMap;

use serde::de::Error;

/// What a response may decode to without a choice of the user's, in bytes.
pub(crate) const DEFAULT_LIMIT: u64 = 256 << 20;

/// The entries of a node of a `BTreeMap`, and how many of them it has at least when it is full.
const NODE: usize = 11;
const HALF_NODE: usize = 6;

thread_local! {
    /// The bytes that are left; `None` once there were not enough.
    static LEFT: Cell<Option<u64>> = const { Cell::new(Some(u64::MAX)) };
}

/// What was decoded took more than the limit, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Exceeded(pub(crate) u64);

/// Decodes something that may take so many bytes.
pub(crate) fn within<T>(limit: u64, decode: impl FnOnce() -> T) -> Result<T, Exceeded> {
    /// Gives the thread back what was left before, also after a panic.
    struct Restore(Option<u64>);

    impl Drop for Restore {
        fn drop(&mut self) {
            LEFT.set(self.0);
        }
    }

    let _restore = Restore(LEFT.replace(Some(limit)));
    let decoded = decode();
    if is_exceeded() {
        Err(Exceeded(limit))
    } else {
        Ok(decoded)
    }
}

/// Whether the limit was exceeded; nothing more is decoded then.
pub(crate) fn is_exceeded() -> bool {
    LEFT.get().is_none()
}

/// The error of a decoder, if the limit was exceeded.
pub(crate) fn check<E: Error>() -> Result<(), E> {
    if is_exceeded() {
        Err(E::custom("it takes more memory than the limit"))
    } else {
        Ok(())
    }
}

/// Counts some bytes; false if they are more than what is left.
pub(crate) fn take(bytes: usize) -> bool {
    let left = LEFT.get();
    let left = left.and_then(|left| left.checked_sub(u64::try_from(bytes).ok()?));
    LEFT.set(left);
    left.is_some()
}

/// Counts what a list with `length` entries takes for one more, given that it doubles.
pub(crate) fn take_element<T>(length: usize, capacity: usize) -> bool {
    length < capacity || take(length.max(4).saturating_mul(size_of::<T>()))
}

/// Counts what a map with `length` entries takes for one more.
pub(crate) fn take_entry<T>(length: usize) -> bool {
    !length.is_multiple_of(HALF_NODE) || take(NODE * size_of::<(String, T)>())
}

/// Adds an entry to a list; false if there is no memory for it.
pub(crate) fn push<T>(list: &mut Vec<T>, entry: T) -> bool {
    let fits = take_element::<T>(list.len(), list.capacity());
    if fits {
        list.push(entry);
    }
    fits
}

/// Adds an entry to a map; false if there is no memory for it.
pub(crate) fn insert<T>(map: &mut BTreeMap<String, T>, key: String, entry: T) -> bool {
    let fits = take_entry::<T>(map.len());
    if fits {
        map.insert(key, entry);
    }
    fits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn list_is_counted_as_it_grows() {
        let mut list = Vec::new();
        let outcome = within(1000, || while push(&mut list, 0_u64) {});
        assert_eq!(outcome, Err(Exceeded(1000)));
        // 4, 8, 16, 32 and 64 entries are 512 bytes; 128 would be 1024.
        assert_eq!(list.len(), 64);
        assert!(list.capacity() * 8 <= 1000);
    }

    #[test]
    fn limit_is_that_of_the_innermost() {
        let outcome = within(100, || {
            assert!(within(10, || take(11)).is_err());
            assert!(!is_exceeded());
            take(100)
        });
        assert_eq!(outcome, Ok(true));
        assert!(take(usize::MAX / 2) && !is_exceeded());
    }
}
