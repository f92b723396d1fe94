//! Names for enums that the document leaves without one; they must be known before types are named.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::{Change, Overrides};
use crate::diagnostic::{Pointer, Sink};

/// Which place has which enum name, with an account of the places that were met.
#[derive(Debug, Default)]
pub(crate) struct EnumNames {
    names: BTreeMap<String, (String, Pointer)>,
    unused: RefCell<BTreeMap<String, Pointer>>,
    /// Places that were given a name before.
    repeated: Vec<(String, Pointer)>,
}

impl EnumNames {
    /// Collects the names that the corrections give.
    pub(crate) fn new(overrides: &Overrides) -> Self {
        let mut names = BTreeMap::new();
        let mut repeated = Vec::new();
        for entry in &overrides.entries {
            let (name, places): (&String, Vec<&String>) = match &entry.change {
                Change::MergeEnums { name, places } => (name, places.iter().collect()),
                Change::NameEnum { name, place } => (name, vec![place]),
                _ => continue,
            };
            for place in places {
                if names.contains_key(place) {
                    repeated.push((place.clone(), entry.pointer.clone()));
                } else {
                    names.insert(place.clone(), (name.clone(), entry.pointer.clone()));
                }
            }
        }
        let unused = names
            .iter()
            .map(|(place, (_, at))| (place.clone(), at.clone()))
            .collect();
        Self {
            names,
            unused: RefCell::new(unused),
            repeated,
        }
    }

    /// The name for the enum at `place`.
    pub(crate) fn name_at(&self, place: &str) -> Option<String> {
        let (name, _) = self.names.get(place)?;
        self.unused.borrow_mut().remove(place);
        Some(name.clone())
    }

    /// Reports entries whose place the document does not have, or that another entry names.
    pub(crate) fn report_unused(&self, sink: &mut Sink) {
        for (place, at) in self.unused.borrow().iter() {
            sink.error(
                at,
                format!("the override no longer applies: the document has no enum at `{place}`"),
                "remove the entry, or correct the place",
            );
        }
        for (place, at) in &self.repeated {
            sink.error(
                at,
                format!("an earlier entry names the enum at `{place}`"),
                "remove one of the two",
            );
        }
    }
}
