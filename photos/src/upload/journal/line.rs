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

/// A journal as it was found.
pub(super) struct Found {
    pub(super) lines: Vec<Line>,
    /// How much of it is whole: what is behind that was torn by a kill.
    pub(super) whole: usize,
}

/// Reads the lines behind the header.
///
/// A line that makes no sense is left out: what it said is done once more, and that does no harm.
pub(super) fn read(bytes: &[u8]) -> Found {
    let whole = bytes
        .iter()
        .rposition(|&byte| byte == b'\n')
        .map_or(0, |at| at + 1);
    let lines = bytes.get(..whole).unwrap_or_default();
    let lines = lines
        .split(|&byte| byte == b'\n')
        .skip(1)
        .filter_map(|line| serde_json::from_slice(line).ok());
    Found {
        lines: lines.collect(),
        whole,
    }
}

#[cfg(test)]
mod tests {
    use super::super::header::{Header, read_header};
    use super::*;

    fn lines() -> Vec<Line> {
        let token = || SavedToken {
            token: "CAIS\u{fffd}".to_owned(),
            at: 1,
        };
        let item =
            || Box::new(serde_json::from_str(r#"{"id": "1", "filename": "ä.jpg"}"#).unwrap());
        let states = [
            State::Uploaded(token()),
            State::Creating(token()),
            State::Created {
                item: item(),
                already: false,
            },
            State::Rejected {
                code: 3,
                message: "no\nmedia".to_owned(),
            },
        ];
        let line = |(index, state)| Line {
            key: Key {
                file: format!("/a/{index}\n.jpg"),
                album: (index > 1).then(|| "A".to_owned()),
            },
            identity: Identity {
                content: Content::of(b"bytes"),
                fingerprint: (index > 0).then(|| "1:2".to_owned()),
            },
            state,
        };
        states.into_iter().enumerate().map(line).collect()
    }

    fn header() -> Header {
        Header::new(
            "https://photoslibrary.googleapis.com",
            Some("ä@example.com"),
        )
    }

    fn read_all(bytes: &[u8]) -> Option<Found> {
        read_header(bytes).unwrap().map(|_| read(bytes))
    }

    #[test]
    fn what_is_whole_is_read_wherever_it_is_torn() {
        let lines = lines();
        let first = header().text().unwrap();
        let text = format!("{first}{}", write(&lines).unwrap());
        for length in 0..=text.len() {
            let torn = &text.as_bytes()[..length];
            let Some(found) = read_all(torn) else {
                assert!(length < first.len());
                continue;
            };
            let whole = torn.split(|&byte| byte == b'\n').count().saturating_sub(2);
            assert_eq!(read_header(torn).unwrap(), Some(header()));
            assert_eq!(
                write(&found.lines).unwrap(),
                write(&lines[..whole]).unwrap(),
                "{length} bytes"
            );
            assert!(found.whole <= length && torn[found.whole - 1] == b'\n');
        }
    }

    #[test]
    fn a_line_that_makes_no_sense_is_left_out() {
        let text = write(&lines()).unwrap();
        let first = header().text().unwrap();
        let text = format!("{first}{{\"file\": \0\n{{}}\n{text}");
        assert_eq!(read_all(text.as_bytes()).unwrap().lines.len(), 4);
    }

    #[test]
    fn nothing_shows_a_token() {
        assert!(!format!("{:?}", lines()).contains("CAIS"));
    }
}
