//! When an upload is one that can be continued.

/// When an upload is sent in chunks to a session, where it goes on after a failure, instead of one
/// request that begins again from the first byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Resumable {
    /// Always.
    Always,
    /// Never: one request, whatever the size.
    Never,
    /// If there are more bytes than this. Without a choice of yours it is 5 MB.
    Above(u64),
}

impl Resumable {
    pub(super) fn applies_to(self, total: u64) -> bool {
        match self {
            Self::Always => true,
            Self::Never => false,
            Self::Above(limit) => total > limit,
        }
    }
}

impl Default for Resumable {
    fn default() -> Self {
        Self::Above(5_000_000)
    }
}

/// `true` is [`Always`](Self::Always), `false` is [`Never`](Self::Never).
impl From<bool> for Resumable {
    fn from(resumable: bool) -> Self {
        if resumable { Self::Always } else { Self::Never }
    }
}
