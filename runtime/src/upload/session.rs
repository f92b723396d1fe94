//! A resumable upload in the hands of its caller.

use std::fmt;

use super::decode::{Decode, whole};
use super::transfer::{Transfer, Until};
use super::{Progress, SavedSession, UploadMethod};
use crate::error::TransferProblem;
use crate::{Error, Response, Result};

/// An upload for which the server has a session: it can be left and continued.
///
/// Dropping it leaves the session to the server, which forgets it by itself; nothing is made of
/// bytes that are not complete.
#[must_use = "a session sends nothing until `send` is called"]
pub struct Session<R> {
    transfer: Transfer,
    method: &'static UploadMethod,
    decode: Decode<R>,
}

impl<R> Session<R> {
    pub(super) fn new(
        transfer: Transfer,
        method: &'static UploadMethod,
        decode: Decode<R>,
    ) -> Self {
        Self {
            transfer,
            method,
            decode,
        }
    }

    /// Sends what is missing and returns the result.
    ///
    /// After a transient error, and if the future was dropped, calling it again asks the server
    /// how much it has and goes on from there.
    pub async fn send(&mut self) -> Result<R> {
        let response = self.send_for_response().await?;
        Ok(response.body)
    }

    /// The same as [`send`](Self::send) with the whole last response: status, headers, `ETag` and the
    /// identifier of the request.
    pub async fn send_for_response(&mut self) -> Result<Response<R>> {
        self.run(Until::Done).await?;
        let client = self.transfer.client();
        match self.transfer.result() {
            Some(response) => whole(self.decode, response, self.method, client),
            None => Err(Error::from(TransferProblem::Protocol(
                "the upload is complete and has no result",
            ))),
        }
    }

    /// How far the upload is.
    pub fn progress(&self) -> Progress {
        Progress {
            acknowledged: self.transfer.acknowledged(),
            total: self.transfer.total(),
        }
    }

    /// The session as another process needs it to [resume](super::Upload::resume); `None` if the
    /// server lost it and there is no other one yet.
    pub fn save(&self) -> Option<SavedSession> {
        self.transfer.save()
    }

    /// Gives the upload up and tells the server so, once and without a retry. Bytes that are there
    /// are forgotten, by and by even if this fails.
    pub async fn cancel(mut self) -> Result<()> {
        self.transfer.cancel().await
    }

    /// Goes on until a point or a failure.
    pub(super) async fn run(&mut self, until: Until) -> Result<()> {
        Box::pin(self.transfer.run(until)).await
    }
}

impl<R> fmt::Debug for Session<R> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Session")
            .field("progress", &self.progress())
            .finish_non_exhaustive()
    }
}
