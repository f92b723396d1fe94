//! What became of one file.

use std::fmt::{self, Display, Formatter};

use discovery_runtime::OneLine;
use google_photoslibrary_v1::schemas::MediaItem;

use super::stop::Stop;

/// What became of one file.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Outcome {
    /// There is an item of it.
    Created {
        /// The item, as the service returned it.
        media_item: Box<MediaItem>,
    },
    /// There was an item with the same bytes: from another file of this run, or from a run before
    /// it that the journal knows of. It keeps its name; if an album was given, it is in the album.
    ///
    /// The service does not say whether an item is new: bytes that came to the library another way
    /// are [`Created`](Self::Created), with the item that was there.
    AlreadyThere {
        /// The item that was there.
        media_item: Box<MediaItem>,
    },
    /// No item was made, for a reason that is in the file. The next run with the same journal sends
    /// nothing of what the service rejected, unless it is
    /// [told to](super::UploadFiles::retry_rejected).
    Rejected(Rejection),
    /// No item was made, for a reason that need not be in the file. The next run tries again.
    Failed {
        /// What failed, for developers.
        message: String,
        /// The number from `google.rpc.Code`, if the service gave one for this file.
        code: Option<i32>,
    },
    /// The item was to be created, and no response says whether it was. The next run with the same
    /// journal finds out: it creates the item again, which is harmless, because the service gives
    /// equal bytes the same item.
    OutcomeUnknown {
        /// What failed, for developers.
        message: String,
    },
    /// The run stopped before. The next run with the same journal does it, without sending again
    /// the bytes that are there.
    NotAttempted(Stop),
}

impl Outcome {
    /// The item, if there is one.
    pub fn media_item(&self) -> Option<&MediaItem> {
        match self {
            Self::Created { media_item } | Self::AlreadyThere { media_item } => Some(media_item),
            _ => None,
        }
    }

    /// Whether another run with the same journal can make an item of the file as it is: one that could
    /// not be read, or was being changed, is tried again as well.
    pub fn is_open(&self) -> bool {
        use RejectionReason::{Changing, Unreadable};
        match self {
            Self::Failed { .. } | Self::OutcomeUnknown { .. } | Self::NotAttempted(_) => true,
            Self::Rejected(rejection) => matches!(rejection.reason, Changing | Unreadable),
            Self::Created { .. } | Self::AlreadyThere { .. } => false,
        }
    }
}

/// One line for a user.
impl Display for Outcome {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Created { .. } => formatter.write_str("created"),
            Self::AlreadyThere { .. } => formatter.write_str("already there"),
            Self::Rejected(rejection) => write!(formatter, "rejected: {rejection}"),
            Self::Failed { message, .. } => write!(formatter, "failed: {}", OneLine(message)),
            Self::OutcomeUnknown { .. } => formatter.write_str("not known; the next run finds out"),
            Self::NotAttempted(stop) => write!(formatter, "not attempted: {stop}"),
        }
    }
}

/// Why no item is made of a file.
#[derive(Clone, Debug)]
pub struct Rejection {
    reason: RejectionReason,
    code: Option<i32>,
    message: String,
}

impl Rejection {
    pub(super) fn new(reason: RejectionReason, message: impl Into<String>) -> Self {
        Self {
            reason,
            code: None,
            message: message.into(),
        }
    }

    pub(super) fn by_service(code: i32, message: impl Into<String>) -> Self {
        Self {
            reason: RejectionReason::Service,
            code: Some(code),
            message: message.into(),
        }
    }

    /// The reason, for programs.
    pub fn reason(&self) -> RejectionReason {
        self.reason
    }

    /// The number from `google.rpc.Code` with which the service rejected it: 3 for bytes that are no
    /// photo or video that it takes. `None` if it was not requested.
    pub fn code(&self) -> Option<i32> {
        self.code
    }

    /// What is wrong, in English.
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl Display for Rejection {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        match self.reason {
            RejectionReason::Service => write!(
                formatter,
                "{} (code {})",
                OneLine(&self.message),
                self.code.unwrap_or_default()
            ),
            reason => write!(formatter, "{}: {}", reason.as_str(), OneLine(&self.message)),
        }
    }
}

/// Why no item is made of a file. All but the last two are found before anything is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RejectionReason {
    /// The file has no bytes.
    Empty,
    /// The name is longer than the service takes.
    NameTooLong,
    /// The description is longer than the service takes.
    DescriptionTooLong,
    /// There are more bytes than the service takes.
    TooLarge,
    /// The bytes are no photo and no video.
    UnsupportedType,
    /// There is no such file, or it can't be read.
    Unreadable,
    /// Somebody writes to the file.
    Changing,
    /// The service rejected it; [`Rejection::code`] says more.
    Service,
}

impl RejectionReason {
    fn as_str(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::NameTooLong => "the name is too long",
            Self::DescriptionTooLong => "the description is too long",
            Self::TooLarge => "too large",
            Self::UnsupportedType => "not accepted",
            Self::Unreadable => "not readable",
            Self::Changing => "it changes",
            Self::Service => "rejected by the service",
        }
    }
}
