//! What a new revision of a document changes for users of its crate: item by item, with the version
//! that it takes.
//!
//! Two crates are compared by their public items (those of `API.txt`), so that a change is
//! what a compiler sees of it, not what a diff of the documents shows: an `int32` that becomes an
//! `int64` breaks users, and a schema that moves to another file does not. What no compiler sees
//! (requests, scopes, retry safety, texts) is compared as facts of the items.

mod classify;
mod report;

use std::collections::BTreeMap;

use semver::Version;

use crate::listing::Item;
use crate::model::Api;

/// The least step of a version, as Semantic Versioning has it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Nothing has changed.
    #[default]
    None,
    /// Code compiles as before, against either version.
    Patch,
    /// There is more to use, or a warning; code compiles as before.
    Minor,
    /// Code may not compile any more, or mean something else.
    Major,
}

impl Step {
    /// The least version after `version` that takes this step. Below 1.0.0 the second number says
    /// what is incompatible, as cargo reads it.
    pub fn after(self, version: &Version) -> Version {
        let Version {
            major,
            minor,
            patch,
            ..
        } = *version;
        match (self, major) {
            (Self::None, _) => version.clone(),
            (Self::Major, 1..) => Version::new(major + 1, 0, 0),
            (Self::Major, 0) => Version::new(0, minor + 1, 0),
            (Self::Minor, 1..) => Version::new(major, minor + 1, 0),
            (Self::Minor | Self::Patch, _) => Version::new(major, minor, patch + 1),
        }
    }
}

/// One change of an item.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Change {
    /// The path of the item in the crate, such as `schemas::Album.title`.
    pub item: String,
    /// What has changed.
    pub kind: ChangeKind,
    /// The least step of the version.
    pub step: Step,
}

/// The ways in which an item can change.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ChangeKind {
    /// It is gone, and so are its members.
    Removed {
        /// What it was.
        signature: String,
        /// How many fields, variants, setters or functions are gone with it.
        members: usize,
    },
    /// It is new, and so are its members.
    Added {
        /// What it is.
        signature: String,
        /// How many fields, variants, setters or functions came with it.
        members: usize,
    },
    /// Its type, its arguments or what it gives have changed.
    Signature {
        /// What it was.
        before: String,
        /// What it is.
        after: String,
        /// What that means for users.
        effect: &'static str,
    },
    /// Something can no longer be done with it, such as `with_title()`.
    Lost(String),
    /// Something more can be done with it.
    Gained(String),
    /// Users get a warning from now on.
    Deprecated {
        /// Since when, and what to do instead; empty if that is not known.
        note: String,
    },
    /// Users get no warning any more.
    Undeprecated,
    /// What no compiler sees: the request, the scopes, retry safety, a limit.
    Behavior {
        /// What it is about.
        fact: &'static str,
        /// How it was; empty if nothing was said.
        before: String,
        /// How it is; empty if nothing is said.
        after: String,
    },
    /// A text has changed.
    Documentation,
}

/// What has changed between two crates.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Changes {
    /// What is compared: `photoslibrary:v1, revision 20251221 → 20260115`.
    pub title: String,
    /// The changes, in the order of their items.
    pub changes: Vec<Change>,
    /// Messages about texts and overrides that do not fit the new revision yet; it is compared
    /// without them.
    pub stale: Vec<String>,
}

impl Changes {
    /// The least step of the version that all of this takes.
    pub fn step(&self) -> Step {
        self.changes
            .iter()
            .map(|change| change.step)
            .max()
            .unwrap_or_default()
    }

    /// The changes that break users.
    pub fn incompatible(&self) -> impl Iterator<Item = &Change> {
        self.changes
            .iter()
            .filter(|change| change.step == Step::Major)
    }

    /// Compares the crates of two models.
    pub(crate) fn between(old: &Api, new: &Api) -> Self {
        let arrow = |old: &str, new: &str| {
            if old == new {
                old.to_owned()
            } else {
                format!("{old} → {new}")
            }
        };
        let id = arrow(&old.id, &new.id);
        let revision = arrow(&old.revision, &new.revision);
        Self {
            title: format!("{id}, revision {revision}"),
            changes: between(&crate::emit::items(old), &crate::emit::items(new)),
            stale: Vec::new(),
        }
    }

    /// Compares two texts of `API.txt`, and gives the version of the first with what has changed.
    /// They have no facts, so that only what a compiler sees is compared. `None` if one of them is
    /// something else.
    pub fn between_listings(old: &str, new: &str) -> Option<(Version, Self)> {
        let (version, old) = crate::listing::read(old)?;
        let (_, new) = crate::listing::read(new)?;
        let changes = Self {
            changes: between(&old, &new),
            ..Self::default()
        };
        Some((version, changes))
    }
}

fn between(old: &[Item], new: &[Item]) -> Vec<Change> {
    let by_path = |items: &[Item]| -> BTreeMap<String, Item> {
        let items = items.iter();
        items
            .map(|item| (item.path.clone(), item.clone()))
            .collect()
    };
    let (old, new) = (by_path(old), by_path(new));
    let mut changes = Vec::new();
    for item in old.values() {
        match new.get(&item.path) {
            Some(after) => classify::changed(item, after, &mut changes),
            None if has_parent(item, &old, &new) => {}
            None => changes.push(Change {
                item: item.path.clone(),
                step: Step::Major,
                kind: ChangeKind::Removed {
                    signature: item.signature.clone(),
                    members: members(item, &old),
                },
            }),
        }
    }
    for item in new.values() {
        if old.contains_key(&item.path) || has_parent(item, &new, &old) {
            continue;
        }
        changes.push(Change {
            item: item.path.clone(),
            step: Step::Minor,
            kind: ChangeKind::Added {
                signature: item.signature.clone(),
                members: members(item, &new),
            },
        });
    }
    changes.sort_by(|a, b| a.item.cmp(&b.item));
    changes
}

/// Whether an item is a member of another one that is here and not there.
fn has_parent(item: &Item, here: &BTreeMap<String, Item>, there: &BTreeMap<String, Item>) -> bool {
    let parent = item.path.rsplit_once('.').or(item.path.rsplit_once("::"));
    parent.is_some_and(|(parent, _)| here.contains_key(parent) && !there.contains_key(parent))
}

fn members(item: &Item, items: &BTreeMap<String, Item>) -> usize {
    let inside = |path: &str| {
        let rest = path.strip_prefix(&item.path);
        rest.is_some_and(|rest| rest.starts_with('.') || rest.starts_with("::"))
    };
    items.keys().filter(|path| inside(path)).count()
}

#[cfg(test)]
mod tests {
    use super::{Changes, Step};

    #[test]
    fn version_after_a_step_is_as_cargo_reads_it() {
        let after = |step: Step, version: &str| step.after(&version.parse().unwrap()).to_string();
        assert_eq!(after(Step::Major, "0.1.3"), "0.2.0");
        assert_eq!(after(Step::Minor, "0.1.3"), "0.1.4");
        assert_eq!(after(Step::Patch, "0.1.3"), "0.1.4");
        assert_eq!(after(Step::Major, "1.2.3"), "2.0.0");
        assert_eq!(after(Step::Minor, "1.2.3"), "1.3.0");
        assert_eq!(after(Step::Patch, "1.2.3"), "1.2.4");
        assert_eq!(after(Step::None, "1.2.3"), "1.2.3");
    }

    #[test]
    fn listings_are_compared_by_item() {
        let listing = |lines: &str| format!("# google-x-v1 0.1.0: every\n\n{lines}");
        let step = |old: &str, new: &str| {
            let compared = Changes::between_listings(&listing(old), &listing(new));
            compared.unwrap().1.step()
        };
        for (old, new, expected) in [
            ("a: struct\n", "a: struct\n", Step::None),
            ("a: struct\n", "a: struct\na.b: String\n", Step::Minor),
            ("a: struct\na.b: String\n", "a: struct\n", Step::Major),
            ("a.b: String; with_b()\n", "a.b: String\n", Step::Major),
            ("a.b: String\n", "a.b: String; with_b()\n", Step::Minor),
            ("a.b: String\n", "a.b: i32\n", Step::Major),
            ("a.b: String\n", "a.b: String; deprecated\n", Step::Minor),
            ("a: fn(x: i32) -> A\n", "a: fn(y: i32) -> A\n", Step::Patch),
            ("a: fn(x: i32) -> A\n", "a: fn(x: i64) -> A\n", Step::Major),
            ("a: fn(x: i32) -> A\n", "a: fn(x: i32) -> B\n", Step::Major),
            // No compiler sees it, and a program does something else.
            (
                "a: fn(x: S, y: S) -> A\n",
                "a: fn(y: S, x: S) -> A\n",
                Step::Major,
            ),
            ("a: struct; feature x\n", "a: struct\n", Step::Minor),
            ("a: struct\n", "a: struct; feature x\n", Step::Major),
            (
                "a: struct; feature x\n",
                "a: struct; feature x; feature y\n",
                Step::Minor,
            ),
        ] {
            assert_eq!(step(old, new), expected, "{old}{new}");
        }
    }
}
