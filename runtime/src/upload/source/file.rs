//! Files.

use std::fs::{self, Metadata};
use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::path::PathBuf;
use std::time::UNIX_EPOCH;

use super::{Fingerprint, SourceStream, UploadSource};
use crate::BoxFuture;
use crate::blocking::blocking;
use crate::stream::unfold;
use crate::wire::Bytes;

/// How much of a file is read at once.
const PIECE: usize = 256 * 1024;

/// A file, which is opened anew for each request: no handle is held while an upload waits.
pub(super) struct File {
    path: PathBuf,
}

impl File {
    pub(super) fn new(path: PathBuf) -> Self {
        Self { path }
    }

    fn metadata(&self) -> impl Future<Output = io::Result<Metadata>> + Send + use<> {
        let path = self.path.clone();
        blocking(move || {
            let metadata = fs::metadata(path)?;
            if metadata.is_file() {
                Ok(metadata)
            } else {
                Err(io::Error::other("it is no file"))
            }
        })
    }
}

impl UploadSource for File {
    fn len(&self) -> BoxFuture<'_, io::Result<u64>> {
        Box::pin(async { Ok(self.metadata().await?.len()) })
    }

    fn open(&self, offset: u64) -> BoxFuture<'_, io::Result<SourceStream>> {
        let path = self.path.clone();
        Box::pin(async move {
            let first = blocking(move || {
                let mut file = fs::File::open(path)?;
                file.seek(SeekFrom::Start(offset))?;
                read(file)
            });
            let next = Next::Is(first.await?);
            let stream: SourceStream = Box::pin(unfold(next, |next| Box::pin(step(next))));
            Ok(stream)
        })
    }

    fn fingerprint(&self) -> BoxFuture<'_, io::Result<Fingerprint>> {
        Box::pin(async { Ok(fingerprint(&self.metadata().await?)) })
    }

    fn name(&self) -> Option<String> {
        Some(self.path.file_name()?.to_string_lossy().into_owned())
    }
}

/// A piece, and the file if there can be another one.
type Read = (Bytes, Option<fs::File>);

/// What comes next of a file.
enum Next {
    /// It was read when the file was opened: small files take one change of threads in all.
    Is(Read),
    In(fs::File),
}

async fn step(next: Next) -> Option<(io::Result<Bytes>, Option<Next>)> {
    let read = match next {
        Next::Is(read) => Ok(read),
        Next::In(file) => blocking(move || read(file)).await,
    };
    match read {
        Ok((piece, _)) if piece.is_empty() => None,
        Ok((piece, file)) => Some((Ok(piece), file.map(Next::In))),
        Err(error) => Some((Err(error), None)),
    }
}

/// Reads the next piece.
fn read(file: fs::File) -> io::Result<Read> {
    // A small file takes no more room than it has, and a byte in which its end is looked for.
    let length = usize::try_from(file.metadata()?.len()).unwrap_or(PIECE);
    let mut piece = Vec::with_capacity(length.saturating_add(1).min(PIECE));
    (&file).take(PIECE as u64).read_to_end(&mut piece)?;
    let is_last = piece.len() < PIECE;
    Ok((Bytes::from(piece), (!is_last).then_some(file)))
}

/// Length and time of the last change; on Unix also when anything of the file was changed, which no
/// tool sets back, and its number: one that is put in the place of another has other bytes even if
/// both are equally long and old.
fn fingerprint(metadata: &Metadata) -> Fingerprint {
    let changed = metadata
        .modified()
        .ok()
        .and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    let changed = changed.unwrap_or_default().as_nanos();
    #[cfg(unix)]
    let identity = {
        use std::os::unix::fs::MetadataExt as _;
        format!(
            "{}.{:09}:{}",
            metadata.ctime(),
            metadata.ctime_nsec(),
            metadata.ino()
        )
    };
    #[cfg(not(unix))]
    let identity = 0;
    Fingerprint::new(format!("file:{}:{changed}:{identity}", metadata.len()))
}
