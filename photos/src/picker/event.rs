//! What a pick tells its caller while it is under way.

use std::fmt;
use std::sync::Arc;

use super::{PickEnd, PickedFile};

/// What happens in a pick.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub enum PickEvent<'a> {
    /// The session is there: the user has to open the address.
    Started {
        /// The identifier of the session, with which another process can
        /// [go on](crate::Photos::resume_pick).
        id: &'a str,
        /// The address to open in a browser; see [`PickSession::address`](crate::PickSession::address).
        address: &'a str,
    },
    /// Waiting for the user is over.
    Waited {
        /// How it ended.
        end: PickEnd,
    },
    /// It is known what was picked.
    Listed {
        /// How many items.
        items: usize,
    },
    /// It is known what became of an item.
    Finished {
        /// The item, its file and what became of it.
        file: &'a PickedFile,
    },
}

/// The address is left out.
impl fmt::Debug for PickEvent<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Started { id, .. } => formatter
                .debug_struct("Started")
                .field("id", id)
                .finish_non_exhaustive(),
            Self::Waited { end } => formatter.debug_struct("Waited").field("end", end).finish(),
            Self::Listed { items } => formatter
                .debug_struct("Listed")
                .field("items", items)
                .finish(),
            Self::Finished { file } => formatter
                .debug_struct("Finished")
                .field("file", file)
                .finish(),
        }
    }
}

/// The function of the caller that is told, if there is one.
#[derive(Clone, Default)]
pub(super) struct Listener(Option<Arc<Callback>>);

type Callback = dyn Fn(PickEvent<'_>) + Send + Sync;

impl Listener {
    pub(super) fn new(listener: impl Fn(PickEvent<'_>) + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(listener)))
    }

    pub(super) fn call(&self, event: PickEvent<'_>) {
        if let Some(listener) = &self.0 {
            listener(event);
        }
    }
}
