//! `google.rpc.Code`.

use std::fmt;

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident = $text:literal,)+) => {
        /// The kind of an error (`google.rpc.Code`).
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Code {
            $($(#[doc = $doc])+ $name,)+
            /// A code that this version does not know, as it came.
            Unrecognized(String),
        }

        impl Code {
            /// The code as the server writes it, such as `NOT_FOUND`.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$name => $text,)+
                    Self::Unrecognized(text) => text,
                }
            }

            pub(super) fn read(text: &str) -> Self {
                match text {
                    $($text => Self::$name,)+
                    _ => Self::Unrecognized(text.to_owned()),
                }
            }
        }
    };
}

codes! {
    /// The caller gave up.
    Cancelled = "CANCELLED",
    /// Nothing else fits.
    Unknown = "UNKNOWN",
    /// A value is wrong, whatever the state of the system.
    InvalidArgument = "INVALID_ARGUMENT",
    /// The server ran out of time; the call may still have been executed.
    DeadlineExceeded = "DEADLINE_EXCEEDED",
    /// What was requested does not exist.
    NotFound = "NOT_FOUND",
    /// What was to be created exists.
    AlreadyExists = "ALREADY_EXISTS",
    /// The caller is known and may not do this.
    PermissionDenied = "PERMISSION_DENIED",
    /// The caller is not known.
    Unauthenticated = "UNAUTHENTICATED",
    /// A quota or a limit is used up.
    ResourceExhausted = "RESOURCE_EXHAUSTED",
    /// The system is not in the state that the call needs.
    FailedPrecondition = "FAILED_PRECONDITION",
    /// Something else changed the same thing at the same time.
    Aborted = "ABORTED",
    /// The call went past the end of something.
    OutOfRange = "OUT_OF_RANGE",
    /// The server does not do this.
    Unimplemented = "UNIMPLEMENTED",
    /// The server failed.
    Internal = "INTERNAL",
    /// The server can't respond right now.
    Unavailable = "UNAVAILABLE",
    /// Data is lost or damaged.
    DataLoss = "DATA_LOSS",
}

impl fmt::Display for Code {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl Code {
    /// The code with a number, as `google.rpc.Status` has it; 0 is no error.
    pub(super) fn of_number(number: i64) -> Option<Self> {
        const NUMBERED: [Code; 16] = [
            Code::Cancelled,
            Code::Unknown,
            Code::InvalidArgument,
            Code::DeadlineExceeded,
            Code::NotFound,
            Code::AlreadyExists,
            Code::PermissionDenied,
            Code::ResourceExhausted,
            Code::FailedPrecondition,
            Code::Aborted,
            Code::OutOfRange,
            Code::Unimplemented,
            Code::Internal,
            Code::Unavailable,
            Code::DataLoss,
            Code::Unauthenticated,
        ];
        let index = usize::try_from(number).ok()?.checked_sub(1)?;
        NUMBERED.get(index).cloned()
    }

    /// The code for the HTTP status of a failure: the mapping of `google/rpc/code.proto` read
    /// backwards. Where several codes have one status it is the one that says least; 412 is not in
    /// that file, and is how the JSON form of services says `FAILED_PRECONDITION`.
    pub(crate) fn of_http(status: i32) -> Option<Self> {
        Some(match status {
            ..400 => return None,
            400 => Self::InvalidArgument,
            401 => Self::Unauthenticated,
            403 => Self::PermissionDenied,
            404 => Self::NotFound,
            409 => Self::Aborted,
            416 => Self::OutOfRange,
            429 => Self::ResourceExhausted,
            499 => Self::Cancelled,
            402..500 => Self::FailedPrecondition,
            501 => Self::Unimplemented,
            503 => Self::Unavailable,
            504 => Self::DeadlineExceeded,
            500..600 => Self::Internal,
            600.. => Self::Unknown,
        })
    }
}
