//! Files that are not complete yet, beside the place where they will be.

mod create;
mod place;

use std::fs;
use std::io::{self, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use self::create::{create_kept, create_own};
use self::place::{move_to_new, sync_folder};
use crate::blocking::Work;
use crate::wire::Bytes;

/// A file that is not complete yet. It is removed when it goes, unless it was published, and work
/// that is still under way then makes nothing any more.
pub(super) struct Part {
    shared: Arc<Shared>,
    work: Work,
    /// The bytes that are surely in it.
    pub(super) written: u64,
    keep: bool,
}

/// What the work on a file has in common with its owner, which may be gone before the work ends.
#[derive(Default)]
struct Shared {
    /// It is locked while a name appears, moves or disappears, and for nothing that takes longer.
    place: Mutex<Place>,
    file: Mutex<Option<fs::File>>,
}

/// Where the file is.
#[derive(Default)]
enum Place {
    /// Nowhere yet.
    #[default]
    New,
    /// Under a name of its own.
    Beside(PathBuf),
    /// At its place.
    Published,
    /// Nobody wants it any more.
    Dropped,
}

impl Part {
    /// Makes a file with a new name in the folder of `target`. What is there already, a link
    /// included, is never written to.
    pub(super) async fn create(target: &Path, keep: bool) -> io::Result<Self> {
        let mut part = Self {
            shared: Arc::default(),
            work: Work::default(),
            written: 0,
            keep,
        };
        let (shared, target) = (part.shared.clone(), target.to_path_buf());
        part.work.run(move || shared.create(&target, keep)).await?;
        Ok(part)
    }

    /// Writes after what is surely there. Nothing is lost if the future is dropped.
    pub(super) async fn write(&mut self, pieces: Vec<Bytes>) -> io::Result<()> {
        let length: usize = pieces.iter().map(|piece| piece.len()).sum();
        let (shared, start) = (self.shared.clone(), self.written);
        let work = move || {
            shared.with_file(|file| {
                file.seek(SeekFrom::Start(start))?;
                pieces.iter().try_for_each(|piece| file.write_all(piece))
            })
        };
        self.work.run(work).await?;
        self.written += length as u64;
        Ok(())
    }

    /// Moves the file to its place when everything is on the disk. Without `overwrite` nothing may
    /// be there. If it is at its place already, that is all.
    pub(super) async fn publish(&mut self, target: &Path, overwrite: bool) -> io::Result<()> {
        let (shared, length) = (self.shared.clone(), self.written);
        let target = target.to_path_buf();
        let work = move || shared.publish(length, &target, overwrite);
        self.work.run(work).await
    }

    /// Whether the file came to its place although nobody waited for that any more.
    pub(super) async fn is_published(&mut self) -> bool {
        let _ = self.work.wait().await;
        matches!(*self.shared.place(), Place::Published)
    }
}

impl Shared {
    fn place(&self) -> MutexGuard<'_, Place> {
        self.place.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn create(&self, target: &Path, keep: bool) -> io::Result<()> {
        let mut place = self.place();
        if !matches!(*place, Place::New) {
            return Err(io::ErrorKind::Interrupted.into());
        }
        let create = if keep { create_kept } else { create_own };
        let (path, file) = create(target)?;
        *place = Place::Beside(path);
        *self.file.lock().unwrap_or_else(PoisonError::into_inner) = Some(file);
        Ok(())
    }

    fn with_file(&self, work: impl FnOnce(&mut fs::File) -> io::Result<()>) -> io::Result<()> {
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.as_mut().map_or(Ok(()), work)
    }

    fn publish(&self, length: u64, target: &Path, overwrite: bool) -> io::Result<()> {
        if matches!(*self.place(), Place::Published) {
            return sync_folder(target);
        }
        self.with_file(|file| {
            file.set_len(length)?;
            file.sync_all()
        })?;
        let mut place = self.place();
        let Place::Beside(path) = &*place else {
            return Err(io::ErrorKind::Interrupted.into());
        };
        if overwrite {
            fs::rename(path, target)?;
        } else {
            move_to_new(path, target, |path, target| fs::hard_link(path, target))?;
        }
        *place = Place::Published;
        drop(place);
        sync_folder(target)
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        let place = std::mem::replace(&mut *self.shared.place(), Place::Dropped);
        if let Place::Beside(path) = place
            && !self.keep
        {
            let _ = fs::remove_file(path);
        }
    }
}
