//! A run as callers describe and start it.

use std::fmt;
use std::future::pending;
use std::path::PathBuf;
use std::time::Duration;

use discovery_runtime::{BoxFuture, blocking};

use super::account::{self, Owner};
use super::event::{Listener, UploadEvent};
use super::file::NewFile;
use super::journal::JournalError;
use super::open_journal::OpenJournal;
use super::run::Run;
use super::shared::{Settings, Shared};
use super::stop::{Stop, StopReason};
use super::{Report, plan};
use crate::Photos;

/// Files that are to become items; nothing happens until it is [sent](Self::send).
///
/// Bytes go up side by side. Items are created up to 50 a call and one call at a time. A file that
/// can't be used is rejected by itself, so that it does not fail the call for others.
///
/// # The order in an album
///
/// The items of one call are in the order of the files. From call to call they are too, as long as no
/// file takes ten minutes longer than those after it: whatever waits ten minutes for its item, or has
/// an upload token near its end, is created without those that are not ready. Files that are tried
/// once more come where their call comes.
///
/// # What is waited for
///
/// A rate limit as often as the client's [`RetryPolicy`](discovery_runtime::RetryPolicy) has attempts,
/// with a backoff of 30 seconds that doubles up to 5 minutes, on top of the delay that the service
/// asks for. A delay of more than `max_server_delay` ends the run. Where nothing can be sent, the wait
/// ends with the [longest outage](Self::max_outage).
///
/// # What is final
///
/// A file is [rejected](super::Outcome::Rejected) for good if it can't be used, by what is found before it is
/// sent, or if the service gave its item the code 3 of `google.rpc.Code` for bytes that this run
/// sent. Every other code, and every status of a whole call, can be about something else: the file is
/// [left](Report::left), and a later run tries it again.
///
/// # When it is interrupted
///
/// With a [journal](Self::journal) the next run with the same files resumes where this one stopped,
/// whatever ended it. It sends no byte twice that the service still has, nor a file for which there
/// is an item. A file that was changed since is a new one. Dropping the future stops at once. Only a
/// loss of power can forget the last uploads of files of up to 5 MB, whose bytes are sent again.
///
/// A kill can come after an item was created and before the response was noted. The next run creates
/// it once more: the service recognises bytes that it has, and responds with the item that is there,
/// so that there is one item in the end.
#[must_use = "files are not uploaded until it is sent"]
pub struct UploadFiles {
    photos: Photos,
    files: Vec<NewFile>,
    settings: Settings,
    journal: Option<PathBuf>,
    open: Option<OpenJournal>,
    owner: Owner,
    stop: Option<BoxFuture<'static, ()>>,
}

impl Photos {
    /// Uploads files and makes items of them. Nothing happens until it is
    /// [sent](UploadFiles::send).
    pub fn upload_files<F: Into<NewFile>>(
        &self,
        files: impl IntoIterator<Item = F>,
    ) -> UploadFiles {
        UploadFiles::new(self.clone(), files.into_iter().map(Into::into).collect())
    }
}

impl UploadFiles {
    fn new(photos: Photos, files: Vec<NewFile>) -> Self {
        Self {
            photos,
            files,
            settings: Settings::default(),
            journal: None,
            open: None,
            owner: Owner::default(),
            stop: None,
        }
    }

    /// The identifier of an album that the items go to, at its end. This app must have created it.
    pub fn album(mut self, id: impl Into<String>) -> Self {
        self.settings.album = Some(id.into());
        self
    }

    /// How many files go up at the same time: 4 without it, and at least 1.
    pub fn parallel(mut self, files: usize) -> Self {
        self.settings.parallel = files.max(1);
        self
    }

    /// A file that remembers what is done; it is made if there is none. Only one run can use it at a
    /// time, on Unix and Windows: a second one fails. A hidden file beside it is the lock, and stays.
    ///
    /// Files are known by their bytes. A journal in the folder of the files knows them there even if
    /// the folder was moved, copied or mounted elsewhere, and it can be put elsewhere if the folder is
    /// read-only. A file is read again only if the file system says that something of it is new.
    ///
    /// It belongs to one account at one endpoint. Each run asks the service for up to 50 of the items
    /// that it records (one `mediaItems.batchGet`, for which the token needs the scope
    /// `photoslibrary.readonly.appcreateddata`), and fails if none of them is in the library; see also
    /// [`account`](Self::account).
    ///
    /// It has upload tokens and addresses of uploads, with which anybody can finish what was begun:
    /// only the user can read it (mode 0600), and it is to be kept like a password. Entries of files
    /// that are done have the item without its base URL. It is a regular file of the user that runs
    /// the program, of up to 1 GiB; links are not followed to it.
    pub fn journal(mut self, path: impl Into<PathBuf>) -> Self {
        self.journal = Some(path.into());
        self
    }

    /// The same with a journal that is [open](Photos::open_journal) already, in place of a path.
    pub fn open_journal(mut self, journal: &OpenJournal) -> Self {
        self.open = Some(journal.clone());
        self
    }

    /// A name of the account, such as its mail address, that a [journal](Self::journal) keeps: a new
    /// one at once, and one without a name as soon as an item of it is found in the library. If a
    /// journal has one, a run that names another account fails before anything is sent, and one that
    /// names the same account asks the service for no items. Up to 1,000 characters.
    pub fn account(mut self, name: impl Into<String>) -> Self {
        self.owner.account = Some(name.into());
        self
    }

    /// Takes the journal for one of this account without a look at the library: for a user who deleted
    /// all items that it records and does not want them back, and for a token that may not read items.
    /// With a [name](Self::account) the journal keeps it, and further runs need only that; a journal
    /// with the name of another account is an error all the same.
    ///
    /// A journal that is another user's takes that user's files for uploaded.
    pub fn adopt_journal(mut self) -> Self {
        self.owner.is_certain = true;
        self
    }

    /// How long the run waits while nothing can be sent, since there is no network, no such name or no
    /// connection: 15 minutes without it, and zero for not at all. The listener hears of each
    /// [wait](UploadEvent::Waiting). Time in which the machine sleeps does not count.
    pub fn max_outage(mut self, limit: Duration) -> Self {
        self.settings.outage = limit;
        self
    }

    /// Tries files again that the service rejected in earlier runs, such as after it learned a format.
    /// Without it the journal says what became of them, and nothing is sent.
    pub fn retry_rejected(mut self) -> Self {
        self.settings.retry_rejected = true;
        self
    }

    /// Calls `listener` with what happens. It is called from several tasks, and must not wait. If it
    /// panics it is not called again, and the run goes on; the message is that of the panic hook.
    pub fn on_event(mut self, listener: impl Fn(UploadEvent<'_>) + Send + Sync + 'static) -> Self {
        self.settings.on_event = Listener::new(listener);
        self
    }

    /// Stops in good order when `signal` ends, such as when the user presses Ctrl-C: no upload goes
    /// on, items of what is uploaded are created, and the report says what is left.
    pub fn stop_when(mut self, signal: impl Future<Output = ()> + Send + 'static) -> Self {
        self.stop = Some(Box::pin(signal));
        self
    }

    /// The size in bytes above which the upload of a file is resumable: 5 MB without it.
    pub fn resumable_above(mut self, bytes: u64) -> Self {
        self.settings.resumable_above = Some(bytes);
        self
    }

    /// The bytes of one request of a resumable upload: see
    /// [`Upload::chunk_size`](discovery_runtime::upload::Upload::chunk_size).
    pub fn chunk_size(mut self, bytes: u64) -> Self {
        self.settings.chunk_size = Some(bytes);
        self
    }

    /// Uploads the files and creates the items.
    ///
    /// What goes wrong with a file is in the report, and so is what stopped the run. It fails only
    /// if the journal can't be used; nothing was uploaded then. It needs tokio.
    pub async fn send(self) -> Result<Report, JournalError> {
        let Self {
            photos,
            files,
            settings,
            journal: path,
            open,
            owner,
            stop,
        } = self;
        let open = match open {
            Some(open) => open,
            None => OpenJournal::open(&photos, path, owner.account.as_deref()).await?,
        };
        let OpenJournal { journal, path } = open;
        let failed = |problem| JournalError::new(path.clone(), problem);
        let shared = Shared::new(photos, settings, journal);
        let mut stop = stop.unwrap_or_else(|| Box::pin(pending()));
        let early = tokio::select! {
            biased;
            verified = account::verify(&shared, owner) => verified.map_err(failed)?,
            () = &mut stop => Some(Stop::new(StopReason::Requested)),
        };
        if let Some(early) = early {
            return Ok(Report::of_none(&files, early));
        }
        let planning = shared.clone();
        let planned = blocking(move || {
            let album = planning.settings.album.as_deref();
            plan::plan(files, album, &planning.journal)
        });
        let uploads = planned.await.map_err(|error| failed(error.into()))?;
        Ok(Run::new(shared, uploads).finish(Some(stop)).await)
    }
}

impl fmt::Debug for UploadFiles {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("UploadFiles")
            .field("files", &self.files.len())
            .field("settings", &self.settings)
            .field("journal", &self.journal)
            .finish_non_exhaustive()
    }
}
