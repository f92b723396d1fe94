//! Everything the emulated service remembers, behind one lock.

pub(crate) mod access;
pub(crate) mod albums;
mod creation;
pub(crate) mod grants;
pub(crate) mod items;
pub(crate) mod pages;
pub(crate) mod picking;
pub(crate) mod uploads;

use std::collections::BTreeMap;

use jiff::Timestamp;

pub use creation::NewItem;

use crate::clock::Clock;
use crate::config::Config;
use crate::faults::queue::FaultQueue;
use crate::ids::Ids;
use crate::quota::Usage;
use crate::recorder::Recorder;

/// The whole service. Handlers get it one at a time.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) config: Config,
    pub(crate) clock: Clock,
    pub(crate) ids: Ids,
    pub(crate) access: access::AccessTokens,
    pub(crate) grants: grants::Grants,
    pub(crate) items: items::Items,
    pub(crate) albums: albums::Albums,
    pub(crate) uploads: uploads::Uploads,
    /// Bytes of originals that a user may store; users without an entry have no limit.
    pub(crate) storage_limits: BTreeMap<String, u64>,
    pub(crate) pages: pages::PageTokens,
    pub(crate) picking: picking::PickingSessions,
    pub(crate) usage: Usage,
    pub(crate) faults: FaultQueue,
    pub(crate) recorder: Recorder,
}

impl State {
    pub(crate) fn new(config: Config) -> Self {
        let ids = Ids::new(config.seed);
        Self {
            config,
            clock: Clock::default(),
            ids,
            access: access::AccessTokens::default(),
            grants: grants::Grants::default(),
            items: items::Items::default(),
            albums: albums::Albums::default(),
            uploads: uploads::Uploads::default(),
            storage_limits: BTreeMap::new(),
            pages: pages::PageTokens::default(),
            picking: picking::PickingSessions::default(),
            usage: Usage::default(),
            faults: FaultQueue::default(),
            recorder: Recorder::default(),
        }
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }
}
