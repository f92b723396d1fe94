//! Downloads into files.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::Download;
use super::content::{Checkpoint, Content};
use super::fetch::Event;
use super::part::Part;
use crate::blocking::blocking;
use crate::error::TransferProblem;
use crate::wire::Bytes;
use crate::{Error, Result};

/// How much is written at once.
const BUFFER: usize = 256 * 1024;

/// A download into a file that is not complete yet.
pub(super) struct Unfinished {
    content: Content,
    /// How far everything is in the file.
    safe: Checkpoint,
    part: Part,
    target: PathBuf,
}

impl Download {
    /// Downloads into a file and returns how many bytes it has.
    ///
    /// The file is there when it is complete and on the disk, and not before; until then it is
    /// written under another name that ends with `.part` in the same folder. If something is at
    /// `path` already, even a link that leads nowhere, this fails with
    /// [`is_file`](Error::is_file); see [`overwrite`](Self::overwrite). Use
    /// [`file_name`](super::file_name) to make a path of a name that somebody else chose. The message
    /// of an error about the file says which one and why: no such folder, no permission, a full disk.
    ///
    /// After an error that may pass, or if the future was dropped, calling it again with the same
    /// path goes on where it was. When the download is dropped, what is not complete is removed.
    ///
    /// It needs a runtime of tokio, as files are written on its threads.
    pub async fn to_file(&mut self, path: impl AsRef<Path>) -> Result<u64> {
        Box::pin(self.write_to(path.as_ref())).await
    }

    /// Whether [`to_file`](Self::to_file) replaces a file that is there. A link is replaced, not
    /// what it leads to.
    pub fn overwrite(mut self, overwrite: bool) -> Self {
        self.settings.overwrite = overwrite;
        self
    }

    /// Whether what is not complete stays on the disk when the download is dropped.
    pub fn keep_partial(mut self, keep: bool) -> Self {
        self.settings.keep_partial = keep;
        self
    }

    async fn write_to(&mut self, target: &Path) -> Result<u64> {
        check_target(target, self.settings.overwrite).await?;
        let unfinished = match self.unfinished.take() {
            Some(mut unfinished) if unfinished.target == target => {
                unfinished.content.rewind(unfinished.safe.clone());
                unfinished.content.revive();
                unfinished
            }
            _ => Unfinished {
                content: Content::new(&self.origin, self.settings.clone())?,
                safe: Checkpoint::default(),
                part: Part::create(target, self.settings.keep_partial)
                    .await
                    .map_err(failed("made", target))?,
                target: target.to_path_buf(),
            },
        };
        // It stays here, so that the next call finds it whatever becomes of this one.
        let unfinished = self.unfinished.insert(unfinished);
        let written = unfinished.run().await?;
        unfinished
            .part
            .publish(target, self.settings.overwrite)
            .await
            .map_err(failed("moved to its place", target))?;
        self.unfinished = None;
        Ok(written)
    }
}

impl Unfinished {
    async fn run(&mut self) -> Result<u64> {
        let mut buffer = Vec::new();
        let result = self.fill(&mut buffer).await;
        // Also after a failure: what is here need not come again.
        let written = self.write(buffer).await;
        result.and(written)?;
        Ok(self.part.written)
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

/// Checks that a file can be put at a place, before anything is asked for.
async fn check_target(target: &Path, overwrite: bool) -> Result<()> {
    let failed = failed("made", target);
    if target.file_name().is_none() {
        return Err(failed(io::Error::other("the path has no file name")));
    }
    let target = target.to_path_buf();
    let found = blocking(move || match fs::symlink_metadata(target) {
        Ok(metadata) => Ok(Some(metadata)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    });
    match found.await {
        Ok(None) => Ok(()),
        Ok(Some(metadata)) if metadata.is_dir() => Err(failed(io::ErrorKind::IsADirectory.into())),
        Ok(Some(_)) if overwrite => Ok(()),
        Ok(Some(_)) => Err(failed(io::ErrorKind::AlreadyExists.into())),
        Err(error) => Err(failed(error)),
    }
}

fn failed(what: &'static str, path: &Path) -> impl Fn(io::Error) -> Error {
    let path = path.to_path_buf();
    move |source| {
        let path = path.clone();
        TransferProblem::File { what, path, source }.into()
    }
}
