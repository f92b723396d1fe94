//! How secrets in schemas and calls are shown: whether they are there, and nothing else.

use crate::Secret;

/// What stands for a secret in `Debug`: `None` for one that is absent or empty.
pub fn redacted<T: Default + PartialEq>(value: &T) -> Option<Secret> {
    (*value != T::default()).then(|| Secret::from(""))
}
