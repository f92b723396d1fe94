//! The format: a header, then one line of JSON for each state that a file came to.

use std::fmt;

use discovery_runtime::upload::SavedSession;
use google_photoslibrary_v1::schemas::MediaItem;
use serde::{Deserialize, Serialize};

/// The first line. A file that begins with something else is not ours to write to.
pub(super) const HEADER: &str = "{\"google-photos-upload-journal\":1}\n";

/// A file and the album that it goes to: each album has an account of its own.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(in crate::upload) struct Key {
    pub(in crate::upload) file: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(in crate::upload) album: Option<String>,
}

/// The state that a version of a file came to.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::upload) struct Line {
    #[serde(flatten)]
    pub(in crate::upload) key: Key,
    pub(in crate::upload) version: String,
    pub(in crate::upload) state: State,
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

/// Reads a journal; `None` if it is something else.
///
/// A line that makes no sense is left out: what it said is done once more, and that does no harm.
pub(super) fn read(bytes: &[u8]) -> Option<Found> {
    let Some(rest) = bytes.strip_prefix(HEADER.as_bytes()) else {
        let torn = HEADER.as_bytes().starts_with(bytes);
        return torn.then(|| Found {
            lines: Vec::new(),
            whole: 0,
        });
    };
    let end = rest
        .iter()
        .rposition(|&byte| byte == b'\n')
        .map_or(0, |at| at + 1);
    let whole = rest.get(..end).unwrap_or_default();
    let lines = whole
        .split(|&byte| byte == b'\n')
        .filter_map(|line| serde_json::from_slice(line).ok());
    Some(Found {
        lines: lines.collect(),
        whole: HEADER.len() + end,
    })
}

#[cfg(test)]
mod tests {
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
            version: "1:2".to_owned(),
            state,
        };
        states.into_iter().enumerate().map(line).collect()
    }

    #[test]
    fn what_is_whole_is_read_wherever_it_is_torn() {
        let lines = lines();
        let text = format!("{HEADER}{}", write(&lines).unwrap());
        for length in 0..=text.len() {
            let torn = &text.as_bytes()[..length];
            let found = read(torn).unwrap();
            let whole = torn.split(|&byte| byte == b'\n').count().saturating_sub(2);
            assert_eq!(
                write(&found.lines).unwrap(),
                write(&lines[..whole]).unwrap(),
                "{length} bytes"
            );
            assert!(found.whole <= length && (found.whole == 0 || torn[found.whole - 1] == b'\n'));
        }
    }

    #[test]
    fn a_line_that_makes_no_sense_is_left_out() {
        let text = write(&lines()).unwrap();
        let text = format!("{HEADER}{{\"file\": \0\n{{}}\n{text}");
        assert_eq!(read(text.as_bytes()).unwrap().lines.len(), 4);
    }

    #[test]
    fn other_files_are_not_ours() {
        for bytes in [
            "x",
            "{\"google-photos-upload-journal\":2}\n",
            "\n",
            "\u{89}PNG",
        ] {
            assert!(read(bytes.as_bytes()).is_none(), "{bytes:?}");
        }
    }

    #[test]
    fn nothing_shows_a_token() {
        assert!(!format!("{:?}", lines()).contains("CAIS"));
    }
}
