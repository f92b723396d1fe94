//! Items out of uploaded bytes: what their results mean for the files.

use std::io;

use discovery_runtime::upload::SavedSession;
use google_photoslibrary_v1::schemas::MediaItem;

use super::{Run, TaskResult, UPLOADS};
use crate::upload::codes::{CodeMeaning, classify_code};
use crate::upload::create::{BatchResult, ItemRequest, create};
use crate::upload::journal::{Line, State};
use crate::upload::plan::{Phase, UploadedBytes};
use crate::upload::results::ItemResult;
use crate::upload::stop::{Stop, StopReason};
use crate::upload::{Outcome, Rejection};

/// What came of the items of a batch.
pub(super) struct Batch {
    outcomes: Vec<(usize, Outcome)>,
    /// Why no more items can be created.
    stop: Option<Stop>,
}

impl Run {
    /// Creates the next items, if there are some to create. The journal has them before that.
    pub(super) fn start_creating(&mut self) {
        if self.is_creating || !self.can_create {
            return;
        }
        let batch = self.next_batch();
        if batch.is_empty() {
            return;
        }
        let lines = batch
            .iter()
            .filter_map(|(index, bytes)| {
                self.line(*index, bytes, State::Creating(bytes.token.clone()))
            })
            .collect();
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
        self.tasks.spawn(async move {
            let created = match shared.journal.record(lines).await {
                Ok(()) => Ok(create(shared, items, again).await),
                Err(error) => Err(error),
            };
            TaskResult::Items(batch, created)
        });
    }

    /// Takes the results of items, which the journal has before anybody is told. Other files go up
    /// meanwhile.
    pub(super) fn take_items(&mut self, batch: &[(usize, UploadedBytes)], created: BatchResult) {
        let mut lines = Vec::new();
        let mut outcomes = Vec::new();
        for (index, result) in created.results {
            let Some((_, bytes)) = batch.iter().find(|(known, _)| *known == index) else {
                continue;
            };
            // What ends the run, or its wait, ends the creating of items.
            self.can_create &= !matches!(result, ItemResult::NotRequested);
            let (state, outcome) = self.apply(index, bytes, result);
            lines.extend(state.and_then(|state| self.line(index, bytes, state)));
            outcomes.extend(outcome.map(|outcome| (index, outcome)));
        }
        let (journal, stop) = (self.shared.journal.clone(), created.stop);
        self.tasks.spawn(async move {
            let noted = journal.record(lines).await;
            TaskResult::Noted(Batch { outcomes, stop }, noted)
        });
    }

    /// What is known stays known, even if it can't be noted.
    pub(super) fn take_noted(&mut self, batch: Batch, noted: io::Result<()>) {
        self.is_creating = false;
        let Batch { outcomes, stop } = batch;
        let is_noted = noted.is_ok();
        if let Err(error) = noted {
            self.end(Stop::because(StopReason::Journal, error));
        }
        let failed = !outcomes.is_empty() && outcomes.iter().all(|(_, outcome)| outcome.is_open());
        let known = outcomes.iter().any(|(_, outcome)| !outcome.is_open());
        for (index, outcome) in outcomes {
            self.settle(index, outcome);
        }
        match stop {
            Some(stop) if is_noted => {
                self.can_create = false;
                self.end(stop);
            }
            _ if failed => {
                self.lost += 1;
                self.end_if_it_fails();
            }
            _ if known => self.lost = 0,
            _ => {}
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
        let (code, message) = match result {
            ItemResult::Created(item) => return self.created(item),
            // The journal says that it is being created, which is the truth.
            ItemResult::Unknown(message) => {
                return (None, Some(Outcome::OutcomeUnknown { message }));
            }
            ItemResult::NotRequested => {
                self.set_phase(index, Phase::Uploaded(bytes.clone()));
                return (Some(uploaded), None);
            }
            ItemResult::Error(code, message) => (Some(code), message),
            ItemResult::CallRejected(message) => (None, message),
        };
        let meaning = code.map_or(CodeMeaning::Left, classify_code);
        let failed = Outcome::Failed { message, code };
        if meaning == CodeMeaning::Transient {
            return (Some(uploaded), self.request_again(index, bytes, failed));
        }
        // The item may have been requested before, or the token may be too old: with new bytes it is
        // known whether the file is at fault.
        let is_fresh = bytes.is_fresh && !self.is_stale(index, bytes);
        if !is_fresh && self.upload_again(index, None) {
            return (None, None);
        }
        match (meaning, code, failed) {
            (CodeMeaning::Final, Some(code), Outcome::Failed { message, .. }) if is_fresh => {
                let rejection = Rejection::by_service(code, &message);
                let state = State::Rejected { code, message };
                (Some(state), Some(Outcome::Rejected(rejection)))
            }
            (_, _, failed) => (Some(uploaded), Some(failed)),
        }
    }

    fn created(&mut self, item: Box<MediaItem>) -> (Option<State>, Option<Outcome>) {
        let id = item.id.clone().unwrap_or_default();
        let already = self.shared.journal.has_item(&id) || !self.items.insert(id);
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

    /// Lets an item be requested once more in this run, and not twice.
    fn request_again(
        &mut self,
        index: usize,
        bytes: &UploadedBytes,
        failed: Outcome,
    ) -> Option<Outcome> {
        let upload = self.uploads.get_mut(index)?;
        upload.failed_requests += 1;
        if upload.failed_requests > 1 {
            return Some(failed);
        }
        upload.phase = Phase::Uploaded(bytes.clone());
        None
    }

    /// Lets the bytes be sent once more, from where a session is; `false` if they were sent as often as
    /// a run does.
    pub(super) fn upload_again(&mut self, index: usize, session: Option<SavedSession>) -> bool {
        let Some(upload) = self.uploads.get_mut(index) else {
            return false;
        };
        if upload.uploads >= UPLOADS || self.stop.is_some() {
            return false;
        }
        upload.phase = Phase::Pending(session);
        self.ready_since.remove(&index);
        self.pending.push_front(index);
        true
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
