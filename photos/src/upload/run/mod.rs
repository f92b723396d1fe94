//! A run from its plan to its report: one loop that starts tasks and takes what comes of them.

mod ending;
mod judge;

use std::collections::{BTreeSet, VecDeque};
use std::future::pending;
use std::sync::Arc;
use std::time::Duration;

use discovery_runtime::BoxFuture;
use tokio::task::{AbortHandle, JoinSet};

use super::bytes::{Cargo, Trouble, upload};
use super::create::{Created, Wanted, create};
use super::journal::{Line, SavedToken, State};
use super::plan::{Job, Phase, Token};
use super::results::Verdict;
use super::shared::Shared;
use super::stop::{Stop, StopReason};
use super::{Outcome, Report, UploadEvent};
use crate::limits;

/// So many failures in a row, without a success in between, end a run: they have one cause.
const FAILURES: u32 = 3;

/// How much before its end a token is not relied on any more.
const MARGIN: Duration = Duration::from_secs(10 * 60);

/// A run under way. It is the only one that writes to the jobs.
pub(super) struct Run {
    shared: Arc<Shared>,
    jobs: Vec<Job>,
    /// The files whose bytes are to go up, in order.
    waiting: VecDeque<usize>,
    /// The files that have no outcome, in order.
    open: BTreeSet<usize>,
    tasks: JoinSet<Done>,
    uploads: Vec<AbortHandle>,
    is_creating: bool,
    /// The identifiers of items that there are.
    known: BTreeSet<String>,
    /// The uploads that failed since one succeeded, and the calls without an answer.
    failed: u32,
    lost: u32,
    stop: Option<Stop>,
}

/// What comes of a task.
enum Done {
    Bytes(usize, Result<Token, Trouble>),
    Items(Vec<(usize, Token)>, Created),
}

impl Run {
    pub(super) fn new(shared: Arc<Shared>, jobs: Vec<Job>) -> Self {
        let indices = |wanted: fn(&Phase) -> bool| {
            let found = jobs
                .iter()
                .enumerate()
                .filter(move |(_, job)| wanted(&job.phase));
            found.map(|(index, _)| index)
        };
        let waiting = indices(|phase| matches!(phase, Phase::Waiting(_))).collect();
        let open = indices(|phase| matches!(phase, Phase::Waiting(_) | Phase::Ready(_))).collect();
        let known = shared.journal.item_ids();
        Self {
            shared,
            jobs,
            waiting,
            open,
            tasks: JoinSet::new(),
            uploads: Vec::new(),
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
        self.uploads.retain(|task| !task.is_finished());
        while self.uploads.len() < self.shared.settings.parallel {
            let Some(index) = self.waiting.pop_front() else {
                return;
            };
            let Some(job) = self.jobs.get_mut(index) else {
                return;
            };
            let Phase::Waiting(session) = std::mem::replace(&mut job.phase, Phase::Busy) else {
                continue;
            };
            let cargo = Cargo {
                index,
                file: job.file.clone(),
                key: job.key.clone(),
                session,
            };
            let shared = self.shared.clone();
            let task = async move { Done::Bytes(index, upload(shared, cargo).await) };
            self.uploads.push(self.tasks.spawn(task));
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
            match self.jobs.get_mut(index) {
                Some(Job {
                    phase: Phase::Ready(token),
                    ..
                }) => batch.push((index, token.clone())),
                _ => break,
            }
        }
        let is_all = batch.len() == self.open.len();
        if batch.is_empty() || !(is_all || batch.len() == limits::BATCH) {
            return;
        }
        let old = |token: &Token| self.shared.age(token.at) + MARGIN >= limits::UPLOAD_TOKEN;
        let stale: Vec<usize> = batch
            .iter()
            .filter(|(_, token)| old(token))
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
            .filter_map(|(index, token)| self.line(*index, token, State::Creating))
            .collect();
        if !self.record(lines).await {
            return;
        }
        self.is_creating = true;
        let again = batch
            .iter()
            .any(|(index, _)| self.jobs.get(*index).is_some_and(|job| job.tries > 0));
        let items = batch
            .iter()
            .filter_map(|(index, token)| self.wanted(*index, token))
            .collect();
        let shared = self.shared.clone();
        self.tasks
            .spawn(async move { Done::Items(batch, create(shared, items, again).await) });
    }

    async fn take(&mut self, done: Done) {
        match done {
            Done::Bytes(index, Ok(token)) => {
                self.failed = 0;
                if let Some(job) = self.jobs.get_mut(index) {
                    job.phase = Phase::Ready(token);
                    let path = job.path();
                    self.shared
                        .settings
                        .on_event
                        .call(UploadEvent::Uploaded { index, path: &path });
                }
            }
            Done::Bytes(index, Err(trouble)) => self.take_trouble(index, trouble),
            Done::Items(batch, created) => self.take_items(&batch, created).await,
        }
    }

    fn take_trouble(&mut self, index: usize, trouble: Trouble) {
        match trouble {
            Trouble::Rejected(rejection) => self.settle(index, Outcome::Rejected(rejection)),
            Trouble::Stop(stop) => self.end(stop),
            Trouble::Failed(message) => {
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

    async fn take_items(&mut self, batch: &[(usize, Token)], created: Created) {
        self.is_creating = false;
        let mut lines = Vec::new();
        let mut outcomes = Vec::new();
        let mut is_lost = true;
        for (index, verdict) in created.verdicts {
            let Some((_, token)) = batch.iter().find(|(known, _)| *known == index) else {
                continue;
            };
            is_lost &= matches!(verdict, Verdict::Unknown(_));
            let (state, outcome) = self.judge(index, token, verdict);
            lines.extend(state.and_then(|state| self.line(index, token, |_| state)));
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
        if let Some(job) = self.jobs.get_mut(index) {
            job.phase = Phase::Waiting(None);
            self.waiting.push_front(index);
        }
    }

    fn settle(&mut self, index: usize, outcome: Outcome) {
        self.open.remove(&index);
        if let Some(job) = self.jobs.get_mut(index) {
            let path = job.path();
            self.shared.settings.on_event.call(UploadEvent::Finished {
                index,
                path: &path,
                outcome: &outcome,
            });
            job.phase = Phase::Done(outcome);
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
        self.uploads.drain(..).for_each(|task| task.abort());
    }

    /// Notes states; `false` if that can't be done, and then the run ends.
    async fn record(&mut self, lines: Vec<Line>) -> bool {
        let noted = self.shared.journal.record(lines).await;
        let Err(error) = noted else { return true };
        self.end(Stop::because(StopReason::Journal, error));
        false
    }

    fn line(
        &self,
        index: usize,
        token: &Token,
        state: impl FnOnce(SavedToken) -> State,
    ) -> Option<Line> {
        let saved = SavedToken {
            token: token.text.clone(),
            at: token.at,
        };
        Some(self.jobs.get(index)?.line(&token.version, state(saved)))
    }

    fn wanted(&self, index: usize, token: &Token) -> Option<Wanted> {
        let file = &self.jobs.get(index)?.file;
        let (token, name) = (token.text.clone(), file.item_name());
        Some(Wanted {
            index,
            token,
            name,
            description: file.description.clone(),
        })
    }
}
