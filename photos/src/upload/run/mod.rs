//! A run from its plan to its report: one loop that starts tasks and takes what comes of them.

mod ending;
mod item_result;

use std::collections::{BTreeSet, VecDeque};
use std::future::pending;
use std::sync::Arc;
use std::time::Duration;

use discovery_runtime::BoxFuture;
use tokio::task::{AbortHandle, JoinSet};

use super::bytes::{BytesUpload, UploadFailure};
use super::create::{BatchResult, ItemRequest, create};
use super::journal::{Line, State};
use super::plan::{FileUpload, Phase, UploadedBytes};
use super::results::ItemResult;
use super::shared::Shared;
use super::stop::{Stop, StopReason};
use super::{Outcome, Report, UploadEvent};
use crate::limits;

/// So many failures in a row, without a success in between, end a run: they have one cause.
const FAILURES: u32 = 3;

/// How much before its end a token is not relied on any more.
const MARGIN: Duration = Duration::from_secs(10 * 60);

/// A run under way. It is the only one that writes to the uploads.
pub(super) struct Run {
    shared: Arc<Shared>,
    uploads: Vec<FileUpload>,
    /// The files whose bytes are to go up, in order.
    pending: VecDeque<usize>,
    /// The files that have no outcome, in order.
    open: BTreeSet<usize>,
    tasks: JoinSet<TaskResult>,
    upload_tasks: Vec<AbortHandle>,
    is_creating: bool,
    /// The identifiers of items that there are.
    known: BTreeSet<String>,
    /// The uploads that failed since one succeeded, and the calls whose response was lost.
    failed: u32,
    lost: u32,
    stop: Option<Stop>,
}

/// What comes of a task.
enum TaskResult {
    Bytes(usize, Result<UploadedBytes, UploadFailure>),
    Items(Vec<(usize, UploadedBytes)>, BatchResult),
}

impl Run {
    pub(super) fn new(shared: Arc<Shared>, uploads: Vec<FileUpload>) -> Self {
        let indices = |matches: fn(&Phase) -> bool| {
            let found = uploads
                .iter()
                .enumerate()
                .filter(move |(_, upload)| matches(&upload.phase));
            found.map(|(index, _)| index)
        };
        let pending = indices(|phase| matches!(phase, Phase::Pending(_))).collect();
        let open =
            indices(|phase| matches!(phase, Phase::Pending(_) | Phase::Uploaded(_))).collect();
        let known = shared.journal.item_ids();
        Self {
            shared,
            uploads,
            pending,
            open,
            tasks: JoinSet::new(),
            upload_tasks: Vec::new(),
            is_creating: false,
            known,
            failed: 0,
            lost: 0,
            stop: None,
        }
    }

    /// Goes on until nothing is left to do, or nothing can be done.
    pub(super) async fn finish(mut self, signal: Option<BoxFuture<'static, ()>>) -> Report {
        self.tell_what_is_done();
        let mut signal = signal.unwrap_or_else(|| Box::pin(pending()));
        loop {
            if self.stop.is_none() {
                self.start_uploads();
                self.start_creating().await;
            }
            tokio::select! {
                biased;
                () = &mut signal, if self.stop.is_none() => self.end(Stop::new(StopReason::Requested)),
                done = self.tasks.join_next() => match done {
                    // A task that was ended has nothing to tell.
                    Some(done) => if let Ok(done) = done { self.take(done).await },
                    None => return self.report(),
                },
            }
        }
    }

    fn start_uploads(&mut self) {
        self.upload_tasks.retain(|task| !task.is_finished());
        while self.upload_tasks.len() < self.shared.settings.parallel {
            let Some(index) = self.pending.pop_front() else {
                return;
            };
            let Some(upload) = self.uploads.get_mut(index) else {
                return;
            };
            let Phase::Pending(session) = std::mem::replace(&mut upload.phase, Phase::InProgress)
            else {
                continue;
            };
            let bytes = BytesUpload::new(self.shared.clone(), index, upload, session);
            let task = async move { TaskResult::Bytes(index, bytes.run().await) };
            self.upload_tasks.push(self.tasks.spawn(task));
        }
    }

    /// Creates the next items: 50, or all that are left. They go in the order of the files: what is
    /// ready waits for what comes before it.
    async fn start_creating(&mut self) {
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

    async fn take(&mut self, done: TaskResult) {
        match done {
            TaskResult::Bytes(index, Ok(bytes)) => {
                self.failed = 0;
                if let Some(upload) = self.uploads.get_mut(index) {
                    upload.phase = Phase::Uploaded(bytes);
                    let path = upload.path();
                    self.shared
                        .settings
                        .on_event
                        .call(UploadEvent::Uploaded { index, path: &path });
                }
            }
            TaskResult::Bytes(index, Err(failure)) => self.take_failure(index, failure),
            TaskResult::Items(batch, created) => self.take_items(&batch, created).await,
        }
    }

    fn take_failure(&mut self, index: usize, failure: UploadFailure) {
        match failure {
            UploadFailure::Rejected(rejection) => self.settle(index, Outcome::Rejected(rejection)),
            UploadFailure::Stop(stop) => self.end(stop),
            UploadFailure::Failed(message) => {
                self.settle(
                    index,
                    Outcome::Failed {
                        message,
                        code: None,
                    },
                );
                self.failed += 1;
                self.end_if_it_fails();
            }
        }
    }

    async fn take_items(&mut self, batch: &[(usize, UploadedBytes)], created: BatchResult) {
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

    fn upload_again(&mut self, index: usize) {
        if let Some(upload) = self.uploads.get_mut(index) {
            upload.phase = Phase::Pending(None);
            self.pending.push_front(index);
        }
    }

    fn settle(&mut self, index: usize, outcome: Outcome) {
        self.open.remove(&index);
        if let Some(upload) = self.uploads.get_mut(index) {
            let path = upload.path();
            self.shared.settings.on_event.call(UploadEvent::Finished {
                index,
                path: &path,
                outcome: &outcome,
            });
            upload.phase = Phase::Done(outcome);
        }
    }

    fn end_if_it_fails(&mut self) {
        if self.failed.max(self.lost) >= FAILURES {
            self.end(Stop::new(StopReason::Failing));
        }
    }

    /// Ends the run: no upload goes on; a call that creates items comes to its end.
    fn end(&mut self, stop: Stop) {
        self.stop.get_or_insert(stop);
        self.shared.stopping.send_replace(true);
        self.upload_tasks.drain(..).for_each(|task| task.abort());
    }

    /// Notes states; `false` if that can't be done, and then the run ends.
    async fn record(&mut self, lines: Vec<Line>) -> bool {
        let noted = self.shared.journal.record(lines).await;
        let Err(error) = noted else { return true };
        self.end(Stop::because(StopReason::Journal, error));
        false
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
