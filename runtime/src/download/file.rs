//! Downloads into files.

use std::fs;
use std::io;
use std::path::Path;

use super::Download;
use super::content::{Checkpoint, Content};
use super::part::Part;
use super::unfinished::{Unfinished, failed};
use crate::Result;
use crate::blocking::blocking;

impl Download {
    /// Downloads into a file and returns how many bytes it has.
    ///
    /// The file is there when it is complete and on the disk, and not before; until then it is
    /// written under another name that ends with `.part` in the same folder. If something is at
    /// `path` already, even a link that leads nowhere, this fails with
    /// [`is_file`](crate::Error::is_file); see [`overwrite`](Self::overwrite). Use
    /// [`file_name`](super::file_name) to make a path of a name that somebody else chose. The message
    /// of an error about the file says which one and why: no such folder, no permission, a full disk.
    ///
    /// After an error that may pass, or if the future was dropped, calling it again with the same
    /// path goes on where it was. When the download is dropped, what is not complete is removed
    /// before the drop returns, and nothing appears later. What a killed process left is removed by
    /// the next download to the same path, on Unix and where the disk has locks.
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

    /// Whether what is not complete stays on the disk when the download is dropped, under a name
    /// with a random number that no later download removes.
    pub fn keep_partial(mut self, keep: bool) -> Self {
        self.settings.keep_partial = keep;
        self
    }

    async fn write_to(&mut self, target: &Path) -> Result<u64> {
        let overwrite = self.settings.overwrite;
        if let Some(unfinished) = &mut self.unfinished
            && unfinished.target == target
            && unfinished.part.is_published().await
        {
            return self.publish().await;
        }
        check_target(target, overwrite).await?;
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
        self.unfinished.insert(unfinished).run().await?;
        self.publish().await
    }

    /// Moves what is complete to its place; the result is how many bytes it has.
    async fn publish(&mut self) -> Result<u64> {
        let Some(Unfinished { part, target, .. }) = &mut self.unfinished else {
            return Ok(0);
        };
        let published = part.publish(target, self.settings.overwrite).await;
        published.map_err(failed("moved to its place", target))?;
        let written = part.written;
        self.unfinished = None;
        Ok(written)
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
