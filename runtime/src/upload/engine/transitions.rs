//! The transitions of the state machine: what each signal means in each state.

use super::session::SessionState;
use super::{Chunk, Engine, FailureReason, QueryReason, Signal, State, Then};

/// How many sessions take the place of one that is lost.
pub(super) const MAX_RESTARTS: u32 = 1;

/// A response that fits no request that was sent.
const UNEXPECTED: FailureReason =
    FailureReason::Protocol("the response does not belong to the request");

impl Engine {
    pub(super) fn failed(&mut self) -> State {
        self.failures = self.failures.saturating_add(1);
        if self.failures >= self.max_failures {
            return State::Failed(FailureReason::LastError);
        }
        State::Waiting(match self.state {
            State::Starting => Then::Start,
            State::Querying(cause) => Then::Query(cause),
            _ => Then::Query(QueryReason::Continue),
        })
    }

    pub(super) fn unauthorized(&mut self) -> State {
        if std::mem::replace(&mut self.refreshed, true) {
            return State::Failed(FailureReason::LastError);
        }
        match self.state {
            State::Sending(_) => State::Querying(QueryReason::Continue),
            state => state,
        }
    }

    pub(super) fn started(&mut self, signal: Signal) -> State {
        match signal {
            Signal::Started { granularity } => {
                self.session = Some(SessionState::new());
                self.chunking.set_granularity(granularity);
                self.refreshed = false;
                self.next_chunk()
            }
            Signal::Malformed(what) => State::Failed(FailureReason::Protocol(what)),
            Signal::Active { .. } | Signal::Final { .. } => {
                State::Failed(FailureReason::Protocol("the server opened no session"))
            }
            _ => State::Failed(FailureReason::LastError),
        }
    }

    pub(super) fn queried(&mut self, cause: QueryReason, signal: Signal) -> State {
        match signal {
            Signal::Active { received: None, .. } => State::Failed(FailureReason::Protocol(
                "the server does not say how much it has",
            )),
            Signal::Active {
                received: Some(received),
                granularity,
            } => {
                self.update_granularity(granularity);
                match (self.advance(received), cause) {
                    (Ok(false), QueryReason::Malformed(what)) => {
                        State::Failed(FailureReason::Protocol(what))
                    }
                    (Ok(_), _) => self.next_chunk(),
                    (Err(state), _) => state,
                }
            }
            Signal::Final { result, received } => self.finished(result, received),
            Signal::Lost | Signal::StateMismatch => self.restart(FailureReason::LastError),
            Signal::Malformed(what) => State::Failed(FailureReason::Protocol(what)),
            _ => State::Failed(UNEXPECTED),
        }
    }

    pub(super) fn sent(&mut self, chunk: Chunk, signal: Signal) -> State {
        match signal {
            Signal::Active {
                received,
                granularity,
            } => {
                self.update_granularity(granularity);
                match self.advance(received.unwrap_or(chunk.end())) {
                    Ok(true) => self.next_chunk(),
                    // A success that took nothing counts as a failure.
                    Ok(false) => match self.failed() {
                        State::Failed(_) => {
                            State::Failed(FailureReason::Protocol("the server takes no more bytes"))
                        }
                        state => state,
                    },
                    Err(state) => state,
                }
            }
            // The result that was lost with the response may come again.
            Signal::Final { result: false, .. } => State::Querying(QueryReason::Continue),
            Signal::Final {
                result: true,
                received,
            } => self.finished(true, received),
            Signal::Lost => self.restart(FailureReason::LastError),
            Signal::StateMismatch => {
                self.mismatches = self.mismatches.saturating_add(1);
                if self.mismatches > 1 {
                    State::Failed(FailureReason::LastError)
                } else {
                    State::Querying(QueryReason::Continue)
                }
            }
            Signal::Malformed(what) => State::Querying(QueryReason::Malformed(what)),
            _ => State::Failed(UNEXPECTED),
        }
    }

    /// The session is closed, as the server says.
    fn finished(&mut self, result: bool, received: Option<u64>) -> State {
        let all_sent = self
            .session
            .as_ref()
            .is_some_and(|session| session.all_sent);
        if !all_sent || received.is_some_and(|received| received != self.total) {
            return State::Failed(FailureReason::DataLoss(
                "the server closed the upload with other bytes than all",
            ));
        }
        if result {
            return State::Done;
        }
        self.restart(FailureReason::Protocol(
            "the server closed the upload and gave no result",
        ))
    }

    /// Takes a new offset; whether it is a progress, or what it means if it is none that can be.
    fn advance(&mut self, received: u64) -> Result<bool, State> {
        let Some(session) = &mut self.session else {
            return Err(State::Failed(UNEXPECTED));
        };
        if received > session.sent {
            return Err(State::Failed(FailureReason::DataLoss(
                "the server has more bytes than it was sent",
            )));
        }
        if received < session.acknowledged {
            let why = FailureReason::DataLoss("the server lost bytes that it had");
            return Err(self.restart(why));
        }
        let progress = received > session.acknowledged;
        session.accept(received);
        if progress {
            (self.failures, self.mismatches, self.refreshed) = (0, 0, false);
        }
        Ok(progress)
    }

    /// A new session from the first byte, if there may be one more.
    fn restart(&mut self, why: FailureReason) -> State {
        if self.is_outcome_unknown() {
            return State::Failed(FailureReason::OutcomeUnknown);
        }
        if self.restarts >= MAX_RESTARTS {
            return State::Failed(why);
        }
        self.restarts += 1;
        self.mismatches = 0;
        self.session = None;
        State::Starting
    }

    fn next_chunk(&self) -> State {
        State::Sending(self.chunking.next(self.acknowledged(), self.total))
    }

    fn update_granularity(&mut self, granularity: Option<u64>) {
        if let Some(granularity) = granularity {
            self.chunking.set_granularity(granularity);
        }
    }
}
