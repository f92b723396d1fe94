//! Downloads into files that are not complete yet.

use std::io;
use std::path::{Path, PathBuf};

use super::content::{Checkpoint, Content};
use super::fetch::Event;
use super::part::Part;
use crate::error::TransferProblem;
use crate::wire::Bytes;
use crate::{Error, Result};

/// How much is written at once.
const BUFFER: usize = 256 * 1024;

/// A download into a file that is not complete yet.
pub(super) struct Unfinished {
    pub(super) content: Content,
    /// How far everything is in the file.
    pub(super) safe: Checkpoint,
    pub(super) part: Part,
    pub(super) target: PathBuf,
}

impl Unfinished {
    pub(super) async fn run(&mut self) -> Result<()> {
        let mut buffer = Vec::new();
        let result = self.fill(&mut buffer).await;
        // Also after a failure: what is here need not come again.
        let written = self.write(buffer).await;
        result.and(written)
    }

    /// Writes what was handed on since the last time.
    async fn write(&mut self, buffer: Vec<Bytes>) -> Result<()> {
        let written = self.part.write(buffer).await;
        written.map_err(failed("written", &self.target))?;
        self.safe = self.content.checkpoint();
        Ok(())
    }

    async fn fill(&mut self, buffer: &mut Vec<Bytes>) -> Result<()> {
        let mut buffered = 0;
        loop {
            match self.content.next().await? {
                Event::Bytes(piece) => {
                    buffered += piece.len();
                    buffer.push(piece);
                    if buffered >= BUFFER {
                        self.write(std::mem::take(buffer)).await?;
                        buffered = 0;
                    }
                }
                Event::Restart => {
                    buffer.clear();
                    buffered = 0;
                    self.part.written = 0;
                    self.safe = self.content.checkpoint();
                }
                Event::End => return Ok(()),
            }
        }
    }
}

/// Makes an error of what the system says about a file.
pub(super) fn failed(what: &'static str, path: &Path) -> impl Fn(io::Error) -> Error {
    let path = path.to_path_buf();
    move |source| {
        let path = path.clone();
        TransferProblem::File { what, path, source }.into()
    }
}
