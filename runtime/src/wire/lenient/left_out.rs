//! What the second reading left out, and the events that tell of it.

use tracing::warn;

use super::Unreadable;
use crate::wire::locate::path_to;

/// The most events for one response: a list of thousands may have the same fault in each entry.
const MAX_EVENTS: usize = 20;

/// What the second reading of a response left out.
#[derive(Debug, Default)]
pub struct LeftOut {
    /// Where the first ones begin, and why each cannot be read.
    places: Vec<(usize, Unreadable)>,
    count: usize,
}

impl LeftOut {
    pub(super) fn add(&mut self, start: usize, cause: Unreadable) {
        self.count += 1;
        if self.places.len() < MAX_EVENTS {
            self.places.push((start, cause));
        }
    }

    /// How many fields, entries and members were left out.
    pub fn count(&self) -> usize {
        self.count
    }

    /// Traces an event for each of the first 20, and one with the number of the others.
    ///
    /// An event has the path of what was left out and, if that is another one, the path of what
    /// could not be read in it; never a value.
    pub(crate) fn trace(&self, body: &[u8]) {
        for (
            start,
            Unreadable {
                at,
                found,
                expected,
            },
        ) in &self.places
        {
            let path = path_to(body, *start);
            let within = (at != start).then(|| path_to(body, *at));
            warn!(
                path,
                within, found, expected, "a value of the response cannot be read and is left out"
            );
        }
        let others = self.count.saturating_sub(self.places.len());
        if others > 0 {
            warn!(others, "more values of the response are left out");
        }
    }
}
