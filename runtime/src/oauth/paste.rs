//! The address where the browser ended, when a person brings it and not the browser itself.

use std::sync::Arc;

use super::loopback::{Callback, Expected};
use super::{OAuthError, thread};
use crate::BoxError;

/// How the address gets from the person to the app.
#[derive(Clone)]
pub(super) struct Paste(Arc<Read>);

type Read = dyn Fn() -> Result<String, BoxError> + Send + Sync;

impl Paste {
    pub(super) fn new(read: impl Fn() -> Result<String, BoxError> + Send + Sync + 'static) -> Self {
        Self(Arc::new(read))
    }

    /// Waits for the address. One that is not of this sign-in ends it: nobody can know which
    /// account it is about.
    pub(super) async fn callback(&self, expected: &Expected) -> Result<Callback, OAuthError> {
        let read = self.0.clone();
        let pasted = match thread::run("oauth-paste", move || read())?.await {
            Ok(pasted) => pasted.map_err(|error| {
                let message = "the address where the browser ended could not be read";
                OAuthError::permanent(message).with_source(error)
            })?,
            Err(_) => {
                return Err(OAuthError::permanent(
                    "what was to read the address panicked",
                ));
            }
        };
        expected.read_address(&pasted).ok_or_else(|| {
            OAuthError::permanent(
                "what was pasted is not the address where the browser ended in this sign-in: sign \
                 in again, and paste all of the address, from http:// on",
            )
        })
    }
}
