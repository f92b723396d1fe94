//! A resumable upload as a state machine: what the server said goes in, what to do next comes out.
//!
//! It does no input and output and knows no header: the same machine serves both protocols. Where
//! to go on is what the server says that it has, never what was sent.

mod chunk;
mod session;
#[cfg(test)]
mod tests;
mod words;

pub(crate) use self::chunk::{Chunk, Chunking};
use self::session::Session;
pub(crate) use self::words::{Signal, Step, Why};

/// How many sessions take the place of one that is lost.
const MAX_RESTARTS: u32 = 1;

/// A resumable upload.
#[derive(Debug)]
pub(crate) struct Engine {
    total: u64,
    chunking: Chunking,
    /// The failures in a row, without progress between them, that end the upload.
    max_failures: u32,
    /// Whether uploading everything again is harmless once everything was sent.
    repeatable: bool,
    state: State,
    session: Option<Session>,
    failures: u32,
    /// The bytes that were refused since the last progress.
    refusals: u32,
    /// Whether the access token was replaced since the last progress.
    refreshed: bool,
    /// Whether the request under way was surely not carried out.
    rejected: bool,
    restarts: u32,
}

#[derive(Clone, Copy, Debug)]
enum State {
    Starting,
    Querying(Cause),
    Sending(Chunk),
    Waiting(Then),
    Done,
    Failed(Why),
}

/// Why the session is asked.
#[derive(Clone, Copy, Debug)]
enum Cause {
    /// To see where to go on.
    Continue,
    /// An answer made no sense: it is a mistake of the server unless there is progress.
    Garbled(&'static str),
}

#[derive(Clone, Copy, Debug)]
enum Then {
    Start,
    Query(Cause),
}

impl Engine {
    /// An upload of `total` bytes that has no session yet.
    pub(crate) fn new(total: u64, chunk_size: u64, max_failures: u32, repeatable: bool) -> Self {
        Self {
            total,
            chunking: Chunking::new(chunk_size),
            max_failures: max_failures.max(1),
            repeatable,
            state: State::Starting,
            session: None,
            failures: 0,
            refusals: 0,
            refreshed: false,
            rejected: false,
            restarts: 0,
        }
    }

    /// The same with a session that an earlier process opened.
    pub(crate) fn resume(mut self, granularity: u64) -> Self {
        self.session = Some(Session::resumed(self.total));
        self.chunking.set_granularity(granularity);
        self.state = State::Querying(Cause::Continue);
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
        in_doubt && !self.repeatable
    }

    /// The request whose signal comes next was surely not carried out: it was not sent, or the
    /// server definitely rejected it.
    pub(crate) fn reject(&mut self) {
        self.rejected = true;
    }

    /// Lets an upload go on that gave up or was left in the middle of something, as if nothing had
    /// failed so far.
    pub(crate) fn revive(&mut self) {
        if let State::Done
        | State::Failed(Why::Protocol(_) | Why::DataLoss(_) | Why::OutcomeUnknown) = self.state
        {
            return;
        }
        if let (State::Sending(chunk), Some(session)) = (self.state, &mut self.session) {
            session.note_sent(chunk, false);
        }
        self.state = match self.session {
            Some(_) => State::Querying(Cause::Continue),
            None => State::Starting,
        };
        (self.failures, self.refusals, self.refreshed) = (0, 0, false);
    }

    /// Takes in what came of the last step.
    pub(crate) fn on(&mut self, signal: Signal) {
        let rejected = std::mem::take(&mut self.rejected);
        if let (State::Sending(chunk), Some(session)) = (self.state, &mut self.session) {
            // Whatever came of it: the bytes may be at the server.
            session.note_sent(chunk, rejected);
        }
        self.state = match (self.state, signal) {
            (State::Done | State::Failed(_), _) => self.state,
            (_, Signal::Fatal) => State::Failed(Why::LastError),
            (State::Waiting(Then::Start), _) => State::Starting,
            (State::Waiting(Then::Query(cause)), _) => State::Querying(cause),
            (_, Signal::Failed | Signal::Waited) => self.failed(),
            (_, Signal::Unauthorized) => self.unauthorized(),
            (State::Starting, signal) => self.started(signal),
            (State::Querying(cause), signal) => self.queried(cause, signal),
            (State::Sending(chunk), signal) => self.sent(chunk, signal),
        };
    }

    fn failed(&mut self) -> State {
        self.failures = self.failures.saturating_add(1);
        if self.failures >= self.max_failures {
            return State::Failed(Why::LastError);
        }
        State::Waiting(match self.state {
            State::Starting => Then::Start,
            State::Querying(cause) => Then::Query(cause),
            _ => Then::Query(Cause::Continue),
        })
    }

    fn unauthorized(&mut self) -> State {
        if std::mem::replace(&mut self.refreshed, true) {
            return State::Failed(Why::LastError);
        }
        match self.state {
            State::Sending(_) => State::Querying(Cause::Continue),
            state => state,
        }
    }

    fn started(&mut self, signal: Signal) -> State {
        match signal {
            Signal::Started { granularity } => {
                self.session = Some(Session::new());
                self.chunking.set_granularity(granularity);
                self.refreshed = false;
                self.next_chunk()
            }
            Signal::Garbled(what) => State::Failed(Why::Protocol(what)),
            Signal::Active { .. } | Signal::Final { .. } => {
                State::Failed(Why::Protocol("the server opened no session"))
            }
            _ => State::Failed(Why::LastError),
        }
    }

    fn queried(&mut self, cause: Cause, signal: Signal) -> State {
        match signal {
            Signal::Active { received: None, .. } => {
                State::Failed(Why::Protocol("the server does not say how much it has"))
            }
            Signal::Active {
                received: Some(received),
                granularity,
            } => {
                self.regrain(granularity);
                match (self.advance(received), cause) {
                    (Ok(false), Cause::Garbled(what)) => State::Failed(Why::Protocol(what)),
                    (Ok(_), _) => self.next_chunk(),
                    (Err(state), _) => state,
                }
            }
            Signal::Final { result, received } => self.finished(result, received),
            Signal::Lost | Signal::Refused => self.restart(Why::LastError),
            Signal::Garbled(what) => State::Failed(Why::Protocol(what)),
            _ => State::Failed(Why::Protocol("the server answered what was not asked")),
        }
    }

    fn sent(&mut self, chunk: Chunk, signal: Signal) -> State {
        match signal {
            Signal::Active {
                received,
                granularity,
            } => {
                self.regrain(granularity);
                match self.advance(received.unwrap_or(chunk.end())) {
                    Ok(true) => self.next_chunk(),
                    // It answered and took nothing: a failure, though a polite one.
                    Ok(false) => match self.failed() {
                        State::Failed(_) => {
                            State::Failed(Why::Protocol("the server takes no more bytes"))
                        }
                        state => state,
                    },
                    Err(state) => state,
                }
            }
            // What got lost with the answer may come again.
            Signal::Final { result: false, .. } => State::Querying(Cause::Continue),
            Signal::Final {
                result: true,
                received,
            } => self.finished(true, received),
            Signal::Lost => self.restart(Why::LastError),
            Signal::Refused => {
                self.refusals = self.refusals.saturating_add(1);
                if self.refusals > 1 {
                    State::Failed(Why::LastError)
                } else {
                    State::Querying(Cause::Continue)
                }
            }
            Signal::Garbled(what) => State::Querying(Cause::Garbled(what)),
            _ => State::Failed(Why::Protocol("the server answered what was not asked")),
        }
    }

    /// The session is closed, as the server says.
    fn finished(&mut self, result: bool, received: Option<u64>) -> State {
        let all_sent = self
            .session
            .as_ref()
            .is_some_and(|session| session.all_sent);
        if !all_sent || received.is_some_and(|received| received != self.total) {
            return State::Failed(Why::DataLoss(
                "the server closed the upload with other bytes than all",
            ));
        }
        if result {
            return State::Done;
        }
        self.restart(Why::Protocol(
            "the server closed the upload and gave no result",
        ))
    }

    /// Takes a new offset; whether it is a progress, or what it means if it is none that can be.
    fn advance(&mut self, received: u64) -> Result<bool, State> {
        let Some(session) = &mut self.session else {
            return Err(State::Failed(Why::Protocol(
                "the server answered what was not asked",
            )));
        };
        if received > session.sent {
            return Err(State::Failed(Why::DataLoss(
                "the server has more bytes than it was sent",
            )));
        }
        if received < session.acknowledged {
            let why = Why::DataLoss("the server lost bytes that it had");
            return Err(self.restart(why));
        }
        let progress = received > session.acknowledged;
        session.accept(received);
        if progress {
            (self.failures, self.refusals, self.refreshed) = (0, 0, false);
        }
        Ok(progress)
    }

    /// A new session from the first byte, if there may be one more.
    fn restart(&mut self, why: Why) -> State {
        if self.is_outcome_unknown() {
            return State::Failed(Why::OutcomeUnknown);
        }
        if self.restarts >= MAX_RESTARTS {
            return State::Failed(why);
        }
        self.restarts += 1;
        self.refusals = 0;
        self.session = None;
        State::Starting
    }

    fn next_chunk(&self) -> State {
        State::Sending(self.chunking.next(self.acknowledged(), self.total))
    }

    fn regrain(&mut self, granularity: Option<u64>) {
        if let Some(granularity) = granularity {
            self.chunking.set_granularity(granularity);
        }
    }
}
