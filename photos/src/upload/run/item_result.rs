//! What the result of an item means for its file.

use super::Run;
use crate::upload::journal::State;
use crate::upload::plan::{Phase, UploadedBytes};
use crate::upload::results::ItemResult;
use crate::upload::{Outcome, Rejection};

/// Codes of `google.rpc` that are transient: a retry can succeed.
const TRANSIENT: [i32; 6] = [1, 4, 8, 10, 13, 14];

impl Run {
    /// Takes in the result of an item: what the journal keeps of it, and the outcome if there is one.
    pub(super) fn apply(
        &mut self,
        index: usize,
        bytes: &UploadedBytes,
        result: ItemResult,
    ) -> (Option<State>, Option<Outcome>) {
        let uploaded = State::Uploaded(bytes.token.clone());
        match result {
            ItemResult::Created(item) => {
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
            // The request may have been made before, or the token may be too old: with new bytes it is
            // known whether the file is at fault.
            ItemResult::Error(..) if !bytes.is_fresh => {
                self.upload_again(index);
                (None, None)
            }
            ItemResult::Error(code, message) if TRANSIENT.contains(&code) => {
                let Some(upload) = self.uploads.get_mut(index) else {
                    return (None, None);
                };
                upload.failed_requests += 1;
                let outcome = (upload.failed_requests > 1).then_some(Outcome::Failed {
                    message,
                    code: Some(code),
                });
                upload.phase = Phase::Uploaded(bytes.clone());
                (Some(uploaded), outcome)
            }
            ItemResult::Error(code, message) => {
                let rejection = Rejection::by_service(code, &message);
                (
                    Some(State::Rejected { code, message }),
                    Some(Outcome::Rejected(rejection)),
                )
            }
            // The journal says that it is being created, which is the truth.
            ItemResult::Unknown(message) => (None, Some(Outcome::OutcomeUnknown { message })),
            ItemResult::NotRequested => {
                if let Some(upload) = self.uploads.get_mut(index) {
                    upload.phase = Phase::Uploaded(bytes.clone());
                }
                (Some(uploaded), None)
            }
        }
    }
}
