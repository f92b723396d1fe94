//! A run from its plan to its report: one loop that starts tasks and takes what comes of them.

mod batch;
mod ending;
mod items;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::future::pending;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use discovery_runtime::BoxFuture;
use tokio::task::{AbortHandle, JoinSet};

use self::items::Batch;
use super::bytes::BytesUpload;
use super::create::BatchResult;
use super::failure::UploadFailure;
use super::plan::{FileUpload, Phase, UploadedBytes};
use super::shared::Shared;
use super::stop::{Stop, StopReason};
use super::{Outcome, Report, UploadEvent};

/// So many failures in a row, without a success in between, end a run: they have one cause.
const FAILURES: u32 = 3;

/// How often a run sends the bytes of a file: once more if the connection broke, or if the token is
/// of no use.
const UPLOADS: u32 = 2;

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
    /// Whether items can still be created, which goes on for what is uploaded when a run is to end.
    can_create: bool,
    /// When the bytes were there, by a clock that nobody sets.
    ready_since: BTreeMap<usize, Duration>,
    /// The identifiers of the items of this run.
    items: BTreeSet<String>,
    /// The uploads that failed since one succeeded, and the calls whose response was lost.
    failed: u32,
    lost: u32,
    stop: Option<Stop>,
}

/// What comes of a task.
enum TaskResult {
    Bytes(usize, Result<UploadedBytes, UploadFailure>),
    /// Without a result if the journal could not note that items are created: none were.
    Items(Vec<(usize, UploadedBytes)>, io::Result<BatchResult>),
    /// The results of items, and whether the journal has them.
    Noted(Batch, io::Result<()>),
}

impl Run {
    pub(super) fn new(shared: Arc<Shared>, mut uploads: Vec<FileUpload>) -> Self {
        uploads
            .iter_mut()
            .filter(|upload| upload.phase.is_tried_again(shared.settings.retry_rejected))
            .for_each(|upload| {
                upload.phase = Phase::Pending(None);
                upload.from_earlier_run = false;
            });
        let indices = |matches: fn(&Phase) -> bool| {
            let found = uploads
                .iter()
                .enumerate()
                .filter(move |(_, upload)| matches(&upload.phase));
            found.map(|(index, _)| index)
        };
        let now = shared.photos.clock().now();
        let ready_since = indices(|phase| matches!(phase, Phase::Uploaded(_)))
            .map(|index| (index, now))
            .collect();
        let pending = indices(|phase| matches!(phase, Phase::Pending(_))).collect();
        let open =
            indices(|phase| matches!(phase, Phase::Pending(_) | Phase::Uploaded(_))).collect();
        Self {
            shared,
            uploads,
            pending,
            open,
            tasks: JoinSet::new(),
            upload_tasks: Vec::new(),
            is_creating: false,
            can_create: true,
            ready_since,
            items: BTreeSet::new(),
            failed: 0,
            lost: 0,
            stop: None,
        }
    }

    /// Runs until nothing is left to do, or nothing can be done.
    pub(super) async fn finish(mut self, signal: Option<BoxFuture<'static, ()>>) -> Report {
        self.tell_what_is_done();
        let mut signal = signal.unwrap_or_else(|| Box::pin(pending()));
        loop {
            self.start_uploads();
            self.start_creating();
            // Tokens that were of no use any more.
            self.start_uploads();
            let due = self.until_due();
            let alarm = self.shared.photos.clock().sleep(due.unwrap_or_default());
            tokio::select! {
                biased;
                () = &mut signal, if self.stop.is_none() => self.end(Stop::new(StopReason::Requested)),
                done = self.tasks.join_next() => match done {
                    // A task that was ended has nothing to tell.
                    Some(done) => if let Ok(done) = done { self.take(done) },
                    None => return self.report(),
                },
                () = alarm, if due.is_some() => {}
            }
        }
    }

    fn start_uploads(&mut self) {
        if self.stop.is_some() {
            return;
        }
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
            upload.uploads += 1;
            let bytes = BytesUpload::new(self.shared.clone(), index, upload, session);
            let task = async move { TaskResult::Bytes(index, bytes.run().await) };
            self.upload_tasks.push(self.tasks.spawn(task));
        }
    }

    fn take(&mut self, done: TaskResult) {
        match done {
            TaskResult::Bytes(index, Ok(bytes)) => {
                self.failed = 0;
                let now = self.shared.photos.clock().now();
                self.ready_since.insert(index, now);
                if let Some(upload) = self.uploads.get_mut(index) {
                    upload.phase = Phase::Uploaded(bytes);
                    let path = upload.path();
                    self.shared
                        .tell(UploadEvent::Uploaded { index, path: &path });
                }
            }
            TaskResult::Bytes(index, Err(failure)) => self.take_failure(index, failure),
            TaskResult::Items(batch, Ok(created)) => self.take_items(&batch, created),
            TaskResult::Items(_, Err(error)) => {
                self.is_creating = false;
                self.end(Stop::because(StopReason::Journal, error));
            }
            TaskResult::Noted(batch, noted) => self.take_noted(batch, noted),
        }
    }

    fn take_failure(&mut self, index: usize, failure: UploadFailure) {
        match failure {
            UploadFailure::Known(outcome) => {
                if let Some(upload) = self.uploads.get_mut(index) {
                    upload.from_earlier_run = true;
                }
                self.settle(index, *outcome);
            }
            UploadFailure::Rejected(rejection) => self.settle(index, Outcome::Rejected(rejection)),
            UploadFailure::Stop(stop) => self.end(stop),
            UploadFailure::Interrupted(message, session) => {
                if !self.upload_again(index, session.map(|session| *session)) {
                    self.take_failure(index, UploadFailure::Failed(message));
                }
            }
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

    fn set_phase(&mut self, index: usize, phase: Phase) {
        if let Some(upload) = self.uploads.get_mut(index) {
            upload.phase = phase;
        }
    }

    fn settle(&mut self, index: usize, outcome: Outcome) {
        self.open.remove(&index);
        self.ready_since.remove(&index);
        if let Some(upload) = self.uploads.get_mut(index) {
            let path = upload.path();
            self.shared.tell(UploadEvent::Finished {
                index,
                path: &path,
                outcome: &outcome,
            });
            upload.phase = Phase::Done(outcome);
        }
    }

    fn end_if_it_fails(&mut self) {
        self.can_create &= self.lost < FAILURES;
        if self.failed.max(self.lost) >= FAILURES {
            self.end(Stop::new(StopReason::Failing));
        }
    }

    /// Ends the run: uploads are dropped; a call that creates items comes to its end, and items of
    /// what is uploaded are created if that can be.
    fn end(&mut self, stop: Stop) {
        self.can_create &= matches!(stop.reason(), StopReason::Requested | StopReason::Failing);
        self.stop.get_or_insert(stop);
        self.shared.stopping.send_replace(true);
        self.upload_tasks.drain(..).for_each(|task| task.abort());
    }
}
