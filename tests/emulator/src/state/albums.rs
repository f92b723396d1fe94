//! Albums: an ordered list of items and enrichments.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::access::Identity;

/// The most items that an album holds.
pub(crate) const CAPACITY: usize = 20_000;

/// One album, as the emulator keeps it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Album {
    /// Resource id.
    pub id: String,
    /// Whose album it is.
    pub user: String,
    /// The OAuth client that created it; `None` for albums made by the user in the app.
    pub client: Option<String>,
    /// Title; empty when there is none.
    pub title: String,
    /// Items and enrichments in the order that a user sees.
    pub entries: Vec<Entry>,
    /// The cover that was chosen; without one the first item is the cover.
    pub cover: Option<String>,
    /// Set while the album is shared (legacy sharing only).
    pub share: Option<Share>,
    /// Later albums have larger numbers.
    pub(crate) serial: u64,
}

/// One place in an album.
#[derive(Clone, Debug, PartialEq)]
pub enum Entry {
    /// A media item, by id.
    Item(String),
    /// A text, a location or a map.
    Enrichment {
        /// Id given to the enrichment.
        id: String,
        /// The enrichment as it was sent.
        content: Value,
    },
}

/// How an album is shared.
#[derive(Clone, Debug, PartialEq)]
pub struct Share {
    /// Token with which others join.
    pub token: String,
    /// Others can add items.
    pub collaborative: bool,
    /// Others can comment.
    pub commentable: bool,
    /// Users who joined, the owner not among them.
    pub joined: BTreeSet<String>,
}

/// Where new entries go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    First,
    Last,
    AfterItem(String),
    AfterEnrichment(String),
}

impl Album {
    /// Ids of the items, in album order.
    pub fn item_ids(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().filter_map(|entry| match entry {
            Entry::Item(id) => Some(id.as_str()),
            Entry::Enrichment { .. } => None,
        })
    }

    /// Whether the item is in the album.
    pub fn contains(&self, item: &str) -> bool {
        self.item_ids().any(|id| id == item)
    }

    /// The cover: the chosen item, or else the first one.
    pub fn cover_item(&self) -> Option<&str> {
        self.cover.as_deref().or_else(|| self.item_ids().next())
    }

    pub(crate) fn was_created_by(&self, who: &Identity) -> bool {
        self.user == who.user && self.client.as_ref() == Some(&who.client)
    }

    /// The index at which new entries go, or nothing when the relative entry is not in the album.
    pub(crate) fn index_of(&self, place: &Place) -> Option<usize> {
        let after = |found: &dyn Fn(&Entry) -> bool| {
            self.entries.iter().position(found).map(|index| index + 1)
        };
        match place {
            Place::First => Some(0),
            Place::Last => Some(self.entries.len()),
            Place::AfterItem(wanted) => {
                after(&|entry| matches!(entry, Entry::Item(id) if id == wanted))
            }
            Place::AfterEnrichment(wanted) => {
                after(&|entry| matches!(entry, Entry::Enrichment { id, .. } if id == wanted))
            }
        }
    }

    /// Puts entries at a place, in the order given. Items that are in the album already stay where they are.
    pub(crate) fn insert(&mut self, place: &Place, entries: impl IntoIterator<Item = Entry>) {
        let mut index = self.index_of(place).unwrap_or(self.entries.len());
        for entry in entries {
            if !self.entries.contains(&entry) {
                self.entries.insert(index, entry);
                index += 1;
            }
        }
    }

    /// Takes items out; a chosen cover goes with its item.
    pub(crate) fn remove_items(&mut self, items: &[String]) {
        self.entries
            .retain(|entry| !matches!(entry, Entry::Item(id) if items.contains(id)));
        self.cover.take_if(|cover| items.contains(cover));
    }
}

/// Every album, by id.
pub(crate) type Albums = BTreeMap<String, Album>;
