//! The lines behind the header: one of JSON for each state that a file came to.

use std::fmt;

use discovery_runtime::upload::SavedSession;
use google_photoslibrary_v1::schemas::MediaItem;
use serde::{Deserialize, Serialize};

use crate::upload::content::Content;

/// A file and the album that it goes to: each album has an account of its own.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(in crate::upload) struct Key {
    /// From the folder of the journal on if it is in there, else from the root.
    pub(in crate::upload) file: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(in crate::upload) album: Option<String>,
}

/// The state that the bytes of a file came to.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::upload) struct Line {
    #[serde(flatten)]
    pub(in crate::upload) key: Key,
    #[serde(flatten)]
    pub(in crate::upload) identity: Identity,
    pub(in crate::upload) state: State,
}

/// Up to so many bytes are soon sent again.
const SMALL: u64 = 5_000_000;

impl Line {
    /// Whether it can wait for the next line on its way to the disk: if the power fails before, the
    /// bytes of a small file are sent again, and nothing else is lost.
    pub(super) fn can_wait(&self) -> bool {
        matches!(self.state, State::Uploaded(_)) && self.identity.content.size <= SMALL
    }
}

/// What a file is: its bytes, and what tells without reading them that they are still the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::upload) struct Identity {
    pub(in crate::upload) content: Content,
    /// `None` if the file was changed a moment before: another change would look the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(in crate::upload) fingerprint: Option<String>,
}

/// How far a file is. Each state replaces the one before.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::upload) enum State {
    /// Bytes go up in a session.
    Session(SavedSession),
    /// The bytes are there, and a token stands for them.
    Uploaded(SavedToken),
    /// The item was requested with that token. If nothing follows, it is not known whether it is
    /// there.
    Creating(SavedToken),
    /// There is an item, which may be that of other bytes.
    Created { item: Box<MediaItem>, already: bool },
    /// The service rejected it for good.
    Rejected { code: i32, message: String },
}

/// An upload token and when it was received.
#[derive(Clone, Serialize, Deserialize)]
pub(in crate::upload) struct SavedToken {
    pub(in crate::upload) token: String,
    /// In seconds since 1970.
    pub(in crate::upload) at: u64,
}

impl State {
    /// Whether nothing is left to do.
    pub(super) fn is_done(&self) -> bool {
        matches!(self, Self::Created { .. } | Self::Rejected { .. })
    }

    pub(super) fn item(&self) -> Option<&MediaItem> {
        match self {
            Self::Created { item, .. } => Some(item),
            _ => None,
        }
    }
}

/// What a state holds could be secret.
impl fmt::Debug for State {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Session(_) => "Session",
            Self::Uploaded(_) => "Uploaded",
            Self::Creating(_) => "Creating",
            Self::Created { .. } => "Created",
            Self::Rejected { .. } => "Rejected",
        })
    }
}

/// Lines as they are written.
pub(super) fn write(lines: &[Line]) -> serde_json::Result<String> {
    let mut text = String::new();
    for line in lines {
        text.push_str(&serde_json::to_string(line)?);
        text.push('\n');
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_shows_a_token() {
        let token = SavedToken {
            token: "CAIS".to_owned(),
            at: 1,
        };
        let line = Line {
            key: Key {
                file: "a.jpg".to_owned(),
                album: None,
            },
            identity: Identity {
                content: Content::of(b"bytes"),
                fingerprint: None,
            },
            state: State::Creating(token),
        };
        assert!(!format!("{line:?}").contains("CAIS"));
    }
}
