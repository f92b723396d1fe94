//! How far an upload is.

/// How far an upload is: what the server says that it has, not what was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress {
    /// The bytes that the server has. It falls back to 0 if the server lost the upload and it
    /// begins again.
    pub acknowledged: u64,
    /// All bytes.
    pub total: u64,
}
