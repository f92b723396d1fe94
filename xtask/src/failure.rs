//! Why a verb has not succeeded.

use std::fmt;

/// Why a verb has not succeeded; the text has a line or more for each reason, and what to do.
#[derive(Debug)]
pub enum Failure {
    /// Something on disk is not what it should be, and a verb of ours can repair it.
    Outdated(Vec<String>),
    /// Something went wrong.
    Failed(Vec<String>),
}

impl Failure {
    pub(crate) fn failed(message: impl fmt::Display) -> Self {
        Self::Failed(vec![message.to_string()])
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Self::Outdated(reasons) | Self::Failed(reasons)) = self;
        f.write_str(&reasons.join("\n"))
    }
}

impl std::error::Error for Failure {}
