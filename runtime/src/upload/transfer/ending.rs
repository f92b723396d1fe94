//! How a resumable upload ends that fails or is cancelled.

use super::Transfer;
use crate::error::TransferProblem;
use crate::retry::NoRetry;
use crate::upload::engine::FailureReason;
use crate::upload::protocol::cancel;
use crate::{Error, Result};

impl Transfer {
    pub(super) async fn give_up(&mut self, why: FailureReason) -> Error {
        let error = match (why, self.last_error.take()) {
            (FailureReason::LastError | FailureReason::OutcomeUnknown, Some(error)) => error,
            (FailureReason::LastError | FailureReason::OutcomeUnknown, None) => {
                TransferProblem::Protocol("the server lost the upload").into()
            }
            (FailureReason::Protocol(_), Some(error)) if error.is_invalid_head() => error,
            (FailureReason::Protocol(what), _) => TransferProblem::Protocol(what).into(),
            (FailureReason::DataLoss(what), _) => TransferProblem::DataLoss(what).into(),
        };
        if error.is_source() || error.is_data_loss() {
            // What is there will never become something; the server need not keep it.
            let _ = self.cancel().await;
        }
        self.finish(error)
    }

    pub(super) fn cannot_wait(&mut self, reason: NoRetry) -> Error {
        let error = self.last_error.take();
        let error = error
            .unwrap_or_else(|| TransferProblem::Protocol("the server takes no more bytes").into());
        self.finish(reason.add_to(error))
    }

    fn finish(&self, error: Error) -> Error {
        self.client
            .retry
            .finish(error)
            .with_outcome_unknown(self.engine.is_outcome_unknown())
    }

    /// Tells the server that the session is not needed any more.
    pub(in crate::upload) async fn cancel(&mut self) -> Result<()> {
        if self.url.is_none() {
            return Ok(());
        }
        let to = self.session();
        self.url = None;
        let reply = self.exchange(cancel(self.terms.protocol), to).await;
        let response = reply
            .map_err(|error| self.client.retry.finish(error))?
            .response;
        match response.status {
            // 499 is how some servers call what the client closed; the others say that it is gone.
            200..=299 | 404 | 410 | 499 => Ok(()),
            _ => Err(self.client.retry.finish(self.client.failure(&response))),
        }
    }
}
