//! Which file does each type go to?

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::usage::{mentioned, roots};
use crate::lower::names;
use crate::model::{Api, Resource, SchemaId};

/// Above this many types a file is cut by the first letter of their names.
const LARGEST: usize = 40;

/// Below this many types a method has no file of its own.
const SMALLEST: usize = 5;

/// The longest name of a file, without its ending.
const LONGEST: usize = 120;

/// Fills `Schema::file`: the method that alone uses a type, or the nearest resource that all its
/// users are in or below; `common` for the rest.
pub(super) fn run(api: &mut Api) {
    let mentions: Vec<Vec<SchemaId>> = api
        .schemas
        .iter()
        .map(|schema| mentioned(&schema.kind))
        .collect();
    let mut homes = Homes {
        mentions,
        of: BTreeMap::new(),
    };
    homes.visit(&api.root, &[]);
    let mut files: BTreeMap<Vec<String>, Vec<usize>> = BTreeMap::new();
    for index in 0..api.schemas.len() {
        files
            .entry(homes.of.remove(&index).unwrap_or_default())
            .or_default()
            .push(index);
    }
    for (home, members) in merge_small(files) {
        // Homes whose names begin alike may share a file; no disk takes a name without end.
        let file: String = if home.is_empty() {
            "common".to_owned()
        } else {
            home.join("_").chars().take(LONGEST).collect()
        };
        for index in &members {
            let Some(schema) = api.schemas.get_mut(*index) else {
                continue;
            };
            schema.file = if members.len() > LARGEST {
                format!("{file}_{}", tail(&schema.name).to_ascii_lowercase())
            } else {
                file.clone()
            };
        }
    }
}

/// Types of a method that has only a few join those of its resource.
fn merge_small(files: BTreeMap<Vec<String>, Vec<usize>>) -> BTreeMap<Vec<String>, Vec<usize>> {
    let mut merged: BTreeMap<Vec<String>, Vec<usize>> = BTreeMap::new();
    for (mut home, members) in files {
        if members.len() < SMALLEST && home.len() > 1 {
            home.pop();
        }
        merged.entry(home).or_default().extend(members);
    }
    merged
}

/// The letter that tells types of one API apart: that of the word after `…V1` in names such as
/// `GoogleCloudDiscoveryengineV1Answer`.
fn tail(name: &str) -> char {
    let words = names::snake(name);
    let mut rest = words
        .split('_')
        .skip_while(|word| !is_version(word))
        .skip(1);
    let word = rest.next().unwrap_or(&words);
    word.chars()
        .next()
        .filter(char::is_ascii_alphabetic)
        .unwrap_or('x')
}

fn is_version(word: &str) -> bool {
    word.strip_prefix('v')
        .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

/// Where the users of each type are: the longest path that all of them share.
struct Homes {
    mentions: Vec<Vec<SchemaId>>,
    of: BTreeMap<usize, Vec<String>>,
}

impl Homes {
    fn visit(&mut self, resource: &Resource, path: &[String]) {
        for method in &resource.methods {
            // Methods of the client itself are in a module of that name, and a method's own name
            // alone could be one that a file must not have, such as `self` or `mod`.
            let mut place = if path.is_empty() {
                vec!["methods".to_owned()]
            } else {
                path.to_vec()
            };
            place.push(method.function.trim_end_matches('_').to_owned());
            for id in roots(method) {
                self.used_at(id, &place);
            }
        }
        for child in &resource.resources {
            let mut path = path.to_vec();
            path.push(child.module.clone());
            self.visit(child, &path);
        }
    }

    /// Notes a user at a type and at what it mentions. It ends where it changes nothing: a home only
    /// ever gets shorter, so each type is passed as often as its path has parts, however many
    /// methods use it.
    fn used_at(&mut self, id: SchemaId, place: &[String]) {
        let mut open = vec![id];
        while let Some(id) = open.pop() {
            match self.of.entry(id.0) {
                Entry::Vacant(home) => {
                    home.insert(place.to_vec());
                }
                Entry::Occupied(mut home) => {
                    let pairs = home.get().iter().zip(place);
                    let shared = pairs.take_while(|(a, b)| a == b).count();
                    if shared == home.get().len() {
                        continue;
                    }
                    home.get_mut().truncate(shared);
                }
            }
            open.extend(self.mentions.get(id.0).into_iter().flatten().copied());
        }
    }
}
