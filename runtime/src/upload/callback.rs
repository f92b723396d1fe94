//! The functions of a caller that an upload calls.

use std::fmt;

/// A function of the caller that is told of values, if there is one.
pub(super) struct Callback<T>(Option<Box<Function<T>>>);

type Function<T> = dyn Fn(&T) + Send + Sync;

impl<T> Callback<T> {
    pub(super) fn new(function: impl Fn(&T) + Send + Sync + 'static) -> Self {
        Self(Some(Box::new(function)))
    }

    pub(super) fn call(&self, value: &T) {
        if let Some(function) = &self.0 {
            function(value);
        }
    }
}

impl<T> Default for Callback<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T> fmt::Debug for Callback<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(if self.0.is_some() { "set" } else { "none" })
    }
}
