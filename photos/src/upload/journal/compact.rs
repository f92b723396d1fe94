//! Forgets what was replaced, secrets of finished uploads first of all.

use std::collections::{HashMap, HashSet};
use std::io::{self, Read};

use super::index::{Digest, Entry, Place, of_key};
use super::line::Line;
use super::lines::Lines;

/// What a journal has behind its header.
pub(super) struct Found {
    /// In the order in which they were written.
    pub(super) kept: Vec<Entry>,
    /// Whether other lines are there as well, which later ones replaced.
    pub(super) has_more: bool,
    /// How many bytes of it are whole lines: what is behind that was torn by a kill.
    pub(super) whole: u64,
}

/// Finds the last line of each file, without those of uploads that another file with the same bytes
/// finished.
///
/// A line that makes no sense is left out: what it said is done once more, and that does no harm.
pub(super) fn find(source: impl Read) -> io::Result<Found> {
    let mut lines = Lines::new(source);
    let mut last: HashMap<Digest, Entry> = HashMap::new();
    let mut count = 0;
    while let Some((place, text)) = lines.next()? {
        let Ok(line) = serde_json::from_slice::<Line>(text) else {
            continue;
        };
        let place = Place::try_from(place).map_err(io::Error::other)?;
        last.insert(of_key(&line.key), Entry::new(place, &line));
        count += 1;
    }
    let done: HashSet<Digest> = last
        .values()
        .filter(|entry| entry.is_done)
        .map(|entry| entry.bytes)
        .collect();
    let last = last.into_values();
    let mut kept: Vec<Entry> = last
        .filter(|entry| entry.is_done || !done.contains(&entry.bytes))
        .collect();
    kept.sort_unstable_by_key(|entry| entry.place);
    Ok(Found {
        has_more: kept.len() < count,
        kept,
        whole: lines.whole(),
    })
}

/// Copies the lines of these entries, which get their new places.
pub(super) fn copy(
    source: impl Read,
    kept: &mut [Entry],
    mut target: impl io::Write,
) -> io::Result<()> {
    let mut lines = Lines::new(source);
    let mut length: usize = 0;
    for entry in kept {
        let line = loop {
            match lines.next()? {
                Some((place, line)) if place == u64::from(entry.place) => break line,
                Some(_) => {}
                None => return Err(io::ErrorKind::UnexpectedEof.into()),
            }
        };
        target.write_all(line)?;
        target.write_all(b"\n")?;
        entry.place = Place::try_from(length).map_err(io::Error::other)?;
        length += line.len() + 1;
    }
    target.flush()
}

#[cfg(test)]
mod tests {
    use super::super::line::{Identity, Key, SavedToken, State, write};
    use super::*;
    use crate::upload::content::Content;

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

    fn places(found: &Found) -> Vec<usize> {
        let places = found.kept.iter().map(|entry| entry.place);
        places
            .map(|place| usize::try_from(place).unwrap())
            .collect()
    }

    #[test]
    fn what_is_whole_is_found_wherever_it_is_torn() {
        let lines = lines();
        let text = write(&lines).unwrap();
        for length in 0..=text.len() {
            let torn = &text.as_bytes()[..length];
            let found = find(torn).unwrap();
            let ends = torn.iter().enumerate().filter(|(_, byte)| **byte == b'\n');
            let mut begins: Vec<_> = [0].into_iter().chain(ends.map(|(at, _)| at + 1)).collect();
            assert_eq!(Some(found.whole), begins.pop().map(|whole| whole as u64));
            assert_eq!(places(&found), begins, "{length} bytes");
            assert!(!found.has_more);
        }
    }

    #[test]
    fn a_line_that_makes_no_sense_is_left_out() {
        let text = write(&lines()).unwrap();
        let text = format!("{{\"file\": \0\n{{}}\n{text}");
        assert_eq!(find(text.as_bytes()).unwrap().kept.len(), 4);
    }

    #[test]
    fn copied_lines_are_those_that_were_kept() {
        let text = write(&lines()).unwrap();
        let twice = format!("{text}no line\n{text}torn");
        let mut found = find(twice.as_bytes()).unwrap();
        assert!(found.has_more && found.kept.len() == 4);
        let mut copied = Vec::new();
        copy(twice.as_bytes(), &mut found.kept, &mut copied).unwrap();
        assert_eq!(String::from_utf8(copied).unwrap(), text);
        assert_eq!(places(&found), places(&find(text.as_bytes()).unwrap()));
    }
}
