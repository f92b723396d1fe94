//! A resumable upload as a state machine: what the server said goes in, what to do next comes out.
//!
//! It does no input and output and knows no header: the same machine serves both protocols. Where
//! to continue is what the server says that it has, never what was sent.

mod chunk;
mod session;
mod signal;
#[cfg(test)]
mod tests;
mod transitions;

pub(crate) use self::chunk::{Chunk, Chunking};
use self::session::SessionState;
pub(crate) use self::signal::{FailureReason, Signal, Step};

/// A resumable upload.
#[derive(Debug)]
pub(crate) struct Engine {
    total: u64,
    chunking: Chunking,
    /// The failures in a row, without progress between them, that end the upload.
    max_failures: u32,
    /// Whether uploading everything again is harmless once everything was sent.
    idempotent: bool,
    state: State,
    session: Option<SessionState>,
    failures: u32,
    /// The state mismatches since the last progress.
    mismatches: u32,
    /// Whether the access token was replaced since the last progress.
    refreshed: bool,
    /// Whether the request under way was surely not carried out.
    rejected: bool,
    restarts: u32,
}

#[derive(Clone, Copy, Debug)]
enum State {
    Starting,
    Querying(QueryReason),
    Sending(Chunk),
    Waiting(Then),
    Done,
    Failed(FailureReason),
}

/// Why the session is queried.
#[derive(Clone, Copy, Debug)]
enum QueryReason {
    /// To see where to continue.
    Continue,
    /// A response made no sense: it is a mistake of the server unless there is progress.
    Malformed(&'static str),
}

#[derive(Clone, Copy, Debug)]
enum Then {
    Start,
    Query(QueryReason),
}

impl Engine {
    /// An upload of `total` bytes that has no session yet.
    pub(crate) fn new(total: u64, chunk_size: u64, max_failures: u32, idempotent: bool) -> Self {
        Self {
            total,
            chunking: Chunking::new(chunk_size),
            max_failures: max_failures.max(1),
            idempotent,
            state: State::Starting,
            session: None,
            failures: 0,
            mismatches: 0,
            refreshed: false,
            rejected: false,
            restarts: 0,
        }
    }

    /// The same with a session that an earlier process opened.
    pub(crate) fn resume(mut self, granularity: u64) -> Self {
        self.session = Some(SessionState::resumed(self.total));
        self.chunking.set_granularity(granularity);
        self.state = State::Querying(QueryReason::Continue);
        self
    }

    /// What to do next; the same until a signal comes.
    pub(crate) fn step(&self) -> Step {
        match self.state {
            State::Starting => Step::Start,
            State::Querying(_) => Step::Query,
            State::Sending(chunk) => Step::Send(chunk),
            State::Waiting(_) => Step::Wait {
                failures: self.failures,
            },
            State::Done => Step::Done,
            State::Failed(why) => Step::Fail(why),
        }
    }

    /// The bytes that the server said it has.
    pub(crate) fn acknowledged(&self) -> u64 {
        match (self.state, &self.session) {
            (State::Done, _) => self.total,
            (_, Some(session)) => session.acknowledged,
            (_, None) => 0,
        }
    }

    /// The unit of chunks, in bytes, that the session has.
    pub(crate) fn granularity(&self) -> u64 {
        self.chunking.granularity()
    }

    /// How many sessions were lost and replaced.
    pub(crate) fn restarts(&self) -> u32 {
        self.restarts
    }

    /// Whether the access token was replaced since the last progress.
    pub(crate) fn is_refreshed(&self) -> bool {
        self.refreshed
    }

    /// Whether the server may have made something of the bytes that it must not make twice.
    pub(crate) fn is_outcome_unknown(&self) -> bool {
        let in_doubt = self
            .session
            .as_ref()
            .is_some_and(|session| session.in_doubt);
        in_doubt && !self.idempotent
    }

    /// The request whose signal comes next was surely not carried out: it was not sent, or the
    /// server definitely rejected it.
    pub(crate) fn reject(&mut self) {
        self.rejected = true;
    }

    /// Lets an upload continue that gave up or was left in the middle of something, as if nothing had
    /// failed so far.
    pub(crate) fn revive(&mut self) {
        if let State::Done
        | State::Failed(
            FailureReason::Protocol(_) | FailureReason::DataLoss(_) | FailureReason::OutcomeUnknown,
        ) = self.state
        {
            return;
        }
        if let (State::Sending(chunk), Some(session)) = (self.state, &mut self.session) {
            session.note_sent(chunk, false);
        }
        self.state = match self.session {
            Some(_) => State::Querying(QueryReason::Continue),
            None => State::Starting,
        };
        (self.failures, self.mismatches, self.refreshed) = (0, 0, false);
    }

    /// Takes in what came of the last step.
    pub(crate) fn on(&mut self, signal: Signal) {
        let rejected = std::mem::take(&mut self.rejected);
        if let (State::Sending(chunk), Some(session)) = (self.state, &mut self.session) {
            // Whatever came of it: the bytes may be at the server.
            session.note_sent(chunk, rejected);
        }
        if let (State::Querying(_), Some(session), 0) = (self.state, &mut self.session, self.total)
        {
            // `bytes */0` asks what there is, and is the last request of an upload without bytes.
            let chunk = self.chunking.next(0, 0);
            session.note_sent(chunk, rejected || matches!(signal, Signal::Lost));
        }
        self.state = match (self.state, signal) {
            (State::Done | State::Failed(_), _) => self.state,
            (_, Signal::Permanent) => State::Failed(FailureReason::LastError),
            (State::Waiting(Then::Start), _) => State::Starting,
            (State::Waiting(Then::Query(cause)), _) => State::Querying(cause),
            (_, Signal::Transient | Signal::Waited) => self.failed(),
            (_, Signal::Unauthorized) => self.unauthorized(),
            (State::Starting, signal) => self.started(signal),
            (State::Querying(cause), signal) => self.queried(cause, signal),
            (State::Sending(chunk), signal) => self.sent(chunk, signal),
        };
    }
}
