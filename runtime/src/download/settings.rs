//! What a caller can choose about a download.

use std::fmt;
use std::sync::Arc;

use super::range::ByteRange;
use crate::{BoxFuture, Result};

/// What a caller can choose about a download.
#[derive(Clone, Debug)]
pub(super) struct Settings {
    /// Types of content; with none, all are accepted.
    pub(super) accept: Vec<String>,
    pub(super) range: ByteRange,
    /// Whether what comes as gzip is handed on decoded.
    pub(super) decode: bool,
    /// In bytes.
    pub(super) expected: Option<u64>,
    pub(super) max_size: Option<u64>,
    /// Whether no bytes are a result.
    pub(super) accept_empty: bool,
    /// Whether an address gets the credentials of the client.
    pub(super) authorize: bool,
    /// Hosts where media may be.
    pub(super) hosts: Vec<String>,
    pub(super) renew: Renew,
    #[cfg(feature = "fs")]
    pub(super) overwrite: bool,
    #[cfg(feature = "fs")]
    pub(super) keep_partial: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            accept: Vec::new(),
            range: ByteRange::default(),
            decode: true,
            expected: None,
            max_size: None,
            accept_empty: false,
            authorize: false,
            hosts: Vec::new(),
            renew: Renew::default(),
            #[cfg(feature = "fs")]
            overwrite: false,
            #[cfg(feature = "fs")]
            keep_partial: false,
        }
    }
}

/// Who knows a new address when one has expired.
#[derive(Clone, Default)]
pub(super) struct Renew(
    pub(super) Option<Arc<dyn Fn() -> BoxFuture<'static, Result<String>> + Send + Sync>>,
);

impl fmt::Debug for Renew {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(if self.0.is_some() { "set" } else { "none" })
    }
}
