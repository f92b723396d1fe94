//! What the verdict of the service on an item means for its file.

use super::Run;
use crate::upload::journal::{SavedToken, State};
use crate::upload::plan::{Phase, Token};
use crate::upload::results::Verdict;
use crate::upload::{Outcome, Rejection};

/// Codes of `google.rpc` with which another try can go better.
const PASSING: [i32; 6] = [1, 4, 8, 10, 13, 14];

impl Run {
    /// What a verdict means: what the journal keeps of it, and the outcome if there is one.
    pub(super) fn judge(
        &mut self,
        index: usize,
        token: &Token,
        verdict: Verdict,
    ) -> (Option<State>, Option<Outcome>) {
        let uploaded = State::Uploaded(SavedToken {
            token: token.text.clone(),
            at: token.at,
        });
        match verdict {
            Verdict::Item(item) => {
                let already = !self.known.insert(item.id.clone().unwrap_or_default());
                let state = State::Created {
                    item: item.clone(),
                    already,
                };
                let outcome = if already {
                    Outcome::AlreadyThere { media_item: item }
                } else {
                    Outcome::Created { media_item: item }
                };
                (Some(state), Some(outcome))
            }
            // The call may have been made before, or the token may be too old: with new bytes it is
            // known whether the file is at fault.
            Verdict::Code(..) if !token.fresh => {
                self.upload_again(index);
                (None, None)
            }
            Verdict::Code(code, message) if PASSING.contains(&code) => {
                let Some(job) = self.jobs.get_mut(index) else {
                    return (None, None);
                };
                job.tries += 1;
                let outcome = (job.tries > 1).then_some(Outcome::Failed {
                    message,
                    code: Some(code),
                });
                job.phase = Phase::Ready(token.clone());
                (Some(uploaded), outcome)
            }
            Verdict::Code(code, message) => {
                let rejection = Rejection::by_service(code, &message);
                (
                    Some(State::Rejected { code, message }),
                    Some(Outcome::Rejected(rejection)),
                )
            }
            // The journal says that it is being created, which is the truth.
            Verdict::Unknown(message) => (None, Some(Outcome::OutcomeUnknown { message })),
            Verdict::Untouched => {
                if let Some(job) = self.jobs.get_mut(index) {
                    job.phase = Phase::Ready(token.clone());
                }
                (Some(uploaded), None)
            }
        }
    }
}
