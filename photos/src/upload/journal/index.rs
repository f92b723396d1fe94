//! Where the lines of a journal are. What is in them stays in the file: an index of 100,000 lines
//! takes 5 MB.

use sha2::{Digest as _, Sha256};

use super::line::{Key, Line};
use crate::upload::content::Content;

/// The first bytes of the SHA-256 of a text. Lines that are found by it are compared all the same.
pub(super) type Digest = [u8; 12];

/// The place of a line, in bytes behind the header.
pub(super) type Place = u32;

/// Where the lines of a journal are.
#[derive(Default)]
pub(super) struct Index {
    files: Table,
    bytes: Table,
    items: Table,
}

/// What is known of a line without reading it.
pub(super) struct Entry {
    pub(super) place: Place,
    file: Digest,
    /// That of the bytes and the album that they go to.
    pub(super) bytes: Digest,
    item: Option<Digest>,
    pub(super) is_done: bool,
}

/// Sorted, so that there is nothing in it but its content.
#[derive(Default)]
struct Table(Vec<(Digest, Place)>);

impl Index {
    /// Entries in the order of their places.
    pub(super) fn new(entries: &[Entry]) -> Self {
        let table = |digest: fn(&Entry) -> Option<Digest>| {
            let found = entries.iter();
            Table::new(found.filter_map(|entry| Some((digest(entry)?, entry.place))))
        };
        let mut bytes = table(|entry| Some(entry.bytes));
        // Either all of them are done, or none is: see `compact`.
        bytes.0.dedup_by_key(|(digest, _)| *digest);
        Self {
            files: table(|entry| Some(entry.file)),
            bytes,
            items: table(|entry| entry.item),
        }
    }

    /// The lines of a file, one for each album.
    pub(super) fn of_file(&self, file: &str) -> impl Iterator<Item = Place> {
        self.files.places(digest(&[file]))
    }

    /// The line of some file with these bytes for this album: one that is done, if there is one.
    pub(super) fn of_bytes(&self, content: Content, album: Option<&str>) -> Option<Place> {
        self.bytes.places(of_bytes(content, album)).next()
    }

    /// Whether there is a line with this item.
    pub(super) fn has_item(&self, id: &str) -> bool {
        self.items.places(digest(&[id])).next().is_some()
    }

    /// Up to so many lines with items: half of them the last ones, the others from all of the journal.
    pub(super) fn some_items(&self, limit: usize) -> Vec<Place> {
        let mut places: Vec<Place> = self.items.0.iter().map(|(_, place)| *place).collect();
        places.sort_unstable();
        if places.len() <= limit {
            return places;
        }
        let last = places.split_off(places.len() - limit / 2);
        let step = places.len().div_ceil(limit - limit / 2);
        places.into_iter().step_by(step).chain(last).collect()
    }
}

impl Entry {
    pub(super) fn new(place: Place, line: &Line) -> Self {
        let item = line.state.item().and_then(|item| item.id.as_deref());
        Self {
            place,
            file: digest(&[&line.key.file]),
            bytes: of_bytes(line.identity.content, line.key.album.as_deref()),
            item: item.map(|id| digest(&[id])),
            is_done: line.state.is_done(),
        }
    }
}

impl Table {
    fn new(places: impl Iterator<Item = (Digest, Place)>) -> Self {
        let mut table: Vec<_> = places.collect();
        table.sort_unstable();
        table.shrink_to_fit();
        Self(table)
    }

    fn places(&self, digest: Digest) -> impl Iterator<Item = Place> {
        let first = self.0.partition_point(|(other, _)| *other < digest);
        let from = self.0.get(first..).unwrap_or_default();
        let same = from.iter().take_while(move |(other, _)| *other == digest);
        same.map(|(_, place)| *place)
    }
}

/// That of a file and an album.
pub(super) fn of_key(key: &Key) -> Digest {
    digest(&with_album(&key.file, key.album.as_deref()))
}

fn of_bytes(content: Content, album: Option<&str>) -> Digest {
    digest(&with_album(&content.to_string(), album))
}

/// No album is not the one without a name.
fn with_album<'a>(text: &'a str, album: Option<&'a str>) -> Vec<&'a str> {
    [text].into_iter().chain(album).collect()
}

/// That of a list of texts: where one ends and the next begins counts.
fn digest(texts: &[&str]) -> Digest {
    let mut hash = Sha256::new();
    for text in texts {
        hash.update((text.len() as u64).to_le_bytes());
        hash.update(text);
    }
    let hash = hash.finalize();
    std::array::from_fn(|at| hash.get(at).copied().unwrap_or_default())
}
