//! Files that are not complete yet, beside the place where they will be.

use std::fs::{self, OpenOptions};
use std::io::{self, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use crate::blocking::blocking;
use crate::wire::Bytes;

/// A file that is not complete yet. It is removed when it goes, unless it was published.
pub(super) struct Part {
    path: PathBuf,
    file: Arc<Mutex<fs::File>>,
    /// The bytes that are surely in it.
    pub(super) written: u64,
    pub(super) keep: bool,
}

impl Part {
    /// Makes a file with a new name in the folder of `target`. What is there already, a link
    /// included, is never opened.
    pub(super) async fn create(target: &Path, keep: bool) -> io::Result<Self> {
        let target = target.to_path_buf();
        let (path, file) = blocking(move || {
            let mut tries = 0;
            loop {
                let path = beside(&target);
                match OpenOptions::new().write(true).create_new(true).open(&path) {
                    Ok(file) => return Ok((path, file)),
                    Err(error) if error.kind() == io::ErrorKind::AlreadyExists && tries < 8 => {
                        tries += 1;
                    }
                    Err(error) => return Err(error),
                }
            }
        })
        .await?;
        let file = Arc::new(Mutex::new(file));
        Ok(Self {
            path,
            file,
            written: 0,
            keep,
        })
    }

    /// Writes after what is surely there. Nothing is lost if the future is dropped.
    pub(super) async fn write(&mut self, pieces: Vec<Bytes>) -> io::Result<()> {
        let length: usize = pieces.iter().map(|piece| piece.len()).sum();
        let start = self.written;
        self.with_file(move |file| {
            file.seek(SeekFrom::Start(start))?;
            pieces.iter().try_for_each(|piece| file.write_all(piece))
        })
        .await?;
        self.written += length as u64;
        Ok(())
    }

    /// Moves the file to its place when everything is on the disk. Without `overwrite` nothing may
    /// be there.
    pub(super) async fn publish(&mut self, target: &Path, overwrite: bool) -> io::Result<()> {
        let length = self.written;
        self.with_file(move |file| {
            file.set_len(length)?;
            file.sync_all()
        })
        .await?;
        let (path, target) = (self.path.clone(), target.to_path_buf());
        blocking(move || {
            if overwrite {
                fs::rename(&path, &target)?;
            } else {
                move_to_new(&path, &target)?;
            }
            sync_folder(&target)
        })
        .await?;
        // Its name is free for others now.
        self.keep = true;
        Ok(())
    }

    async fn with_file(
        &self,
        work: impl FnOnce(&mut fs::File) -> io::Result<()> + Send + 'static,
    ) -> io::Result<()> {
        let file = self.file.clone();
        // Work that nobody waits for any more is still done first.
        blocking(move || work(&mut file.lock().unwrap_or_else(PoisonError::into_inner))).await
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        if !self.keep {
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// Moves a file to where nothing is.
fn move_to_new(path: &Path, target: &Path) -> io::Result<()> {
    match fs::hard_link(path, target) {
        Ok(()) => fs::remove_file(path),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(error),
        // Not every file system has links: an empty file takes the place first.
        Err(_) => {
            OpenOptions::new()
                .write(true)
                .create_new(true)
                .open(target)?;
            fs::rename(path, target).inspect_err(|_| {
                let _ = fs::remove_file(target);
            })
        }
    }
}

/// Writes the entry of a file in its folder to the disk, where systems have that.
fn sync_folder(target: &Path) -> io::Result<()> {
    if cfg!(unix) {
        let folder = target
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty());
        fs::File::open(folder.unwrap_or(Path::new(".")))?.sync_all()?;
    }
    Ok(())
}

/// A new name in the folder of a file.
fn beside(target: &Path) -> PathBuf {
    use std::hash::{BuildHasher as _, Hasher as _};
    // The standard library seeds its hash maps with what the system has for randomness.
    let random = std::collections::hash_map::RandomState::new()
        .build_hasher()
        .finish();
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    // A name may have 255 bytes.
    let mut length = name.len().min(200);
    while !name.is_char_boundary(length) {
        length -= 1;
    }
    let name = name.get(..length).unwrap_or_default();
    target.with_file_name(format!("{name}.{random:016x}.part"))
}
