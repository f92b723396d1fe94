//! What goes into the state machine, and what comes out of it.

use super::Chunk;

/// What to do next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// Open a session.
    Start,
    /// Query the session for how much it has.
    Query,
    /// Send bytes.
    Send(Chunk),
    /// Wait, because so many failures came since the last progress.
    Wait { failures: u32 },
    /// Nothing: the server has everything and gave the result.
    Done,
    /// Nothing: the upload failed.
    Fail(FailureReason),
}

/// What came of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Signal {
    /// A session is open.
    Started { granularity: u64 },
    /// The session wants more. `received` is how much it has, if it says so.
    Active {
        received: Option<u64>,
        granularity: Option<u64>,
    },
    /// The session is closed. `result` is whether the result came with it, `received` how much the
    /// session has, if it says so.
    Final { result: bool, received: Option<u64> },
    /// There is no such session.
    Lost,
    /// The request does not fit the state of the session.
    StateMismatch,
    /// The access token was rejected, and there is another one.
    Unauthorized,
    /// No response, or one that says to try later.
    Transient,
    /// A success that makes no sense in the protocol.
    Malformed(&'static str),
    /// A failure that no retry helps.
    Permanent,
    /// The wait is over.
    Waited,
}

/// Why an upload failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FailureReason {
    /// The last request says it.
    LastError,
    /// The server does not follow the protocol.
    Protocol(&'static str),
    /// The server has something else than what was sent.
    DataLoss(&'static str),
    /// The server has everything, and doing it again to get a result could do it twice.
    OutcomeUnknown,
}
