//! Items out of uploaded bytes: which are requested next, and what their results mean.

use std::time::Duration;

use super::{Run, TaskResult};
use crate::limits;
use crate::upload::create::{BatchResult, ItemRequest, create};
use crate::upload::journal::{Line, State};
use crate::upload::plan::{FileUpload, Phase, UploadedBytes};
use crate::upload::results::ItemResult;
use crate::upload::{Outcome, Rejection};

/// Codes of `google.rpc` that are transient: a retry can succeed.
const TRANSIENT: [i32; 6] = [1, 4, 8, 10, 13, 14];

/// How much before its end a token is not relied on any more.
const MARGIN: Duration = Duration::from_secs(10 * 60);

impl Run {
    /// Creates the next items: 50, or all that are left. They go in the order of the files: what is
    /// ready waits for what comes before it.
    pub(super) async fn start_creating(&mut self) {
        if self.is_creating {
            return;
        }
        let mut batch = Vec::new();
        for &index in self.open.iter().take(limits::BATCH) {
            match self.uploads.get_mut(index) {
                Some(FileUpload {
                    phase: Phase::Uploaded(bytes),
                    ..
                }) => batch.push((index, bytes.clone())),
                _ => break,
            }
        }
        let is_all = batch.len() == self.open.len();
        if batch.is_empty() || !(is_all || batch.len() == limits::BATCH) {
            return;
        }
        let old = |bytes: &UploadedBytes| {
            self.shared.age(bytes.token.at) + MARGIN >= limits::UPLOAD_TOKEN
        };
        let stale: Vec<usize> = batch
            .iter()
            .filter(|(_, bytes)| old(bytes))
            .map(|(index, _)| *index)
            .collect();
        if !stale.is_empty() {
            stale
                .into_iter()
                .rev()
                .for_each(|index| self.upload_again(index));
            return self.start_uploads();
        }
        let lines = batch
            .iter()
            .filter_map(|(index, bytes)| {
                self.line(*index, bytes, State::Creating(bytes.token.clone()))
            })
            .collect();
        if !self.record(lines).await {
            return;
        }
        self.is_creating = true;
        let again = batch.iter().any(|(index, _)| {
            self.uploads
                .get(*index)
                .is_some_and(|upload| upload.failed_requests > 0)
        });
        let items = batch
            .iter()
            .filter_map(|(index, bytes)| self.item_request(*index, bytes))
            .collect();
        let shared = self.shared.clone();
        self.tasks
            .spawn(async move { TaskResult::Items(batch, create(shared, items, again).await) });
    }

    pub(super) async fn take_items(
        &mut self,
        batch: &[(usize, UploadedBytes)],
        created: BatchResult,
    ) {
        self.is_creating = false;
        let mut lines = Vec::new();
        let mut outcomes = Vec::new();
        let mut is_lost = true;
        for (index, result) in created.results {
            let Some((_, bytes)) = batch.iter().find(|(known, _)| *known == index) else {
                continue;
            };
            is_lost &= matches!(result, ItemResult::Unknown(_));
            let (state, outcome) = self.apply(index, bytes, result);
            lines.extend(state.and_then(|state| self.line(index, bytes, state)));
            outcomes.extend(outcome.map(|outcome| (index, outcome)));
        }
        // What is known stays known, even if it can't be noted.
        let noted = self.record(lines).await;
        for (index, outcome) in outcomes {
            self.settle(index, outcome);
        }
        match created.stop {
            Some(stop) if noted => self.end(stop),
            _ if is_lost => {
                self.lost += 1;
                self.end_if_it_fails();
            }
            _ => self.lost = 0,
        }
    }

    /// Takes in the result of an item: what the journal keeps of it, and the outcome if there is one.
    fn apply(
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

    fn line(&self, index: usize, bytes: &UploadedBytes, state: State) -> Option<Line> {
        Some(self.uploads.get(index)?.line(&bytes.version, state))
    }

    fn item_request(&self, index: usize, bytes: &UploadedBytes) -> Option<ItemRequest> {
        let file = &self.uploads.get(index)?.file;
        Some(ItemRequest {
            index,
            token: bytes.token.token.clone(),
            name: file.item_name(),
            description: file.description.clone(),
        })
    }
}
