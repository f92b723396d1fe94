//! Addresses, built by hand: no value can change the host or the route of a request.
//!
//! Libraries that parse addresses also normalise them, `..` included. Here an address is the
//! endpoint, the template with its values escaped, and the query, joined as text.

mod endpoint;
mod escape;
mod given;
mod template;

pub(crate) use self::endpoint::Endpoint;
pub(crate) use self::escape::push_escaped;
#[cfg(feature = "default-transport")]
pub(crate) use self::escape::unescape;
pub(crate) use self::given::Given;
pub(crate) use self::template::{check_raw_path, expand};

/// The longest address that can be sent, in bytes. HTTP libraries and Google's servers stop
/// there or earlier.
pub(crate) const MAX_LENGTH: usize = 65_000;

/// A query as it is sent, without the question mark.
#[derive(Clone, Default)]
pub(crate) struct Query(String);

impl Query {
    /// Adds a parameter. Order and repeated names are kept.
    pub(crate) fn push(&mut self, name: &str, value: &str) {
        if self.0.is_empty() {
            // Most queries are no longer.
            self.0.reserve(64);
        } else {
            self.0.push('&');
        }
        push_escaped(&mut self.0, name, false);
        self.0.push('=');
        push_escaped(&mut self.0, value, false);
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}
