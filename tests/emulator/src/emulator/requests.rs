//! What came in, and the faults that are planned for what comes next.

use super::Emulator;
use crate::faults::Fault;
use crate::recorder::{RecordedRequest, Recorder};

/// Requests and faults.
impl Emulator {
    /// How often a method was called, for instance `albums.list`, `uploads.query` or `oauth.token`. `uploads` counts
    /// every step.
    pub fn calls(&self, method_id: &str) -> u64 {
        let state = self.shared.lock();
        let wanted = |id: &str| {
            id.strip_prefix(method_id)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        state
            .recorder
            .calls
            .iter()
            .filter(|(id, _)| wanted(id))
            .map(|(_, count)| count)
            .sum()
    }

    /// The last requests, oldest first.
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.shared
            .lock()
            .recorder
            .requests
            .iter()
            .cloned()
            .collect()
    }

    /// The last requests of one method, oldest first.
    pub fn requests_of(&self, method_id: &str) -> Vec<RecordedRequest> {
        self.requests()
            .into_iter()
            .filter(|request| request.method_id == method_id)
            .collect()
    }

    /// Forgets the recorded requests and sets every count to 0.
    pub fn forget_requests(&self) {
        self.shared.lock().recorder = Recorder::default();
    }

    /// Plans a fault for the next calls that match. A target is a method id (`mediaItems.list`), the first words of
    /// one (`uploads`), a path (`/v1/albums`, or `/v1/albums/*`), or `*`. Plans apply in the order they were made.
    pub fn plan(&self, target: &str, fault: Fault) {
        self.shared.lock().faults.plan(target, fault);
    }

    /// Plans the outcome of one item: batchCreate gives this `google.rpc` code and message for the upload token,
    /// once.
    pub fn plan_item_failure(&self, upload_token: &str, code: i32, message: &str) {
        let failure = (code, message.to_owned());
        self.shared
            .lock()
            .uploads
            .planned_failures
            .insert(upload_token.to_owned(), failure);
    }

    /// What was planned and did not happen yet, one line each.
    pub fn faults_left(&self) -> Vec<String> {
        let state = self.shared.lock();
        let items = state.uploads.planned_failures.iter();
        let items = items
            .map(|(_, (code, message))| format!("an item failure with code {code}: {message}"));
        state.faults.left().into_iter().chain(items).collect()
    }

    /// Forgets every planned fault.
    pub fn clear_faults(&self) {
        let mut state = self.shared.lock();
        state.faults.clear();
        state.uploads.planned_failures.clear();
    }

    /// Checks that every planned fault happened: a test whose fault was never met tested nothing.
    ///
    /// # Panics
    /// A planned fault is left.
    pub fn assert_faults_consumed(&self) {
        let left = self.faults_left();
        assert!(
            left.is_empty(),
            "planned faults did not happen:\n{}",
            left.join("\n")
        );
    }
}
