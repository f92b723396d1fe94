//! `google-photos upload`.
//!
//! `walk` looks for files a step ahead of the upload, `left_out` and `media` decide which of them are
//! photos and videos, `progress` shows what happens meanwhile, and `summary` counts. Files go up in
//! runs of the library of up to [`RUN`] files, so that a folder of any size takes the same memory.

mod left_out;
mod media;
mod progress;
mod summary;
mod walk;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use clap::ValueEnum;
use google_photos::{NewFile, OpenJournal, Photos, Report, limits};
use tokio::sync::mpsc::{Receiver, channel};
use tokio::time::Instant;

use crate::account::Shared;
use crate::albums;
use crate::end::End;
use crate::interrupt::Interrupt;
use crate::output::Output;

use progress::Progress;
use summary::Summary;
use walk::Found;

/// How many files one run of the library has.
const RUN: usize = 1000;

/// How long a run waits for more files than one call creates items of.
const LOOKING: Duration = Duration::from_secs(2);

/// Upload photos, videos and whole folders of them
///
/// Folders are read with all folders in them. What a file is, its bytes say, and its name where they
/// don't. What is no photo or video is skipped, and each file that is skipped is listed with the
/// reason; so are hidden files, what file servers and other programs keep beside photos (@eaDir,
/// .@__thumb, Thumbs.db, .DS_Store, ._*, *.lrdata ...), and files that describe others (.json, .xmp,
/// .aae, .thm, .lrv, .pp3, .dop).
///
/// What was done is kept in a journal: run the same command again after whatever interrupted it, and
/// it goes on where it was.
#[derive(clap::Args)]
#[allow(clippy::doc_markdown, reason = "it is the help, which is no Markdown")]
pub(crate) struct Upload {
    /// Files and folders
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
    /// The album for them, by its title or id; it is made if there is none
    #[arg(long, value_name = "TITLE")]
    album: Option<String>,
    /// The file that remembers what is done; without it one in your folder for settings, and with
    /// --server none
    #[arg(long, value_name = "FILE")]
    journal: Option<PathBuf>,
    /// A name of the account, such as its mail address, that the journal keeps: with another name it
    /// is not used
    #[arg(long, value_name = "NAME")]
    account: Option<String>,
    /// Use the journal for this account although none of the items in it is in the library: they were
    /// deleted, and are not to go up again
    #[arg(long, requires = "account")]
    adopt_journal: bool,
    /// What to do with links in folders
    #[arg(long, value_enum, default_value_t = Links::Skip)]
    links: Links,
    /// Say what would be uploaded and what not, and upload nothing
    #[arg(long)]
    dry_run: bool,
    /// How many files go up at the same time
    #[arg(long, value_name = "N", default_value_t = 4)]
    parallel: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Links {
    /// Upload what they lead to
    Follow,
    /// Leave them out, and list them
    Skip,
}

impl Upload {
    pub(crate) async fn run(self, shared: &Shared) -> anyhow::Result<End> {
        let output = Output::new(shared);
        let (sender, found) = channel(RUN);
        let (paths, follow) = (self.paths.clone(), self.links == Links::Follow);
        let look = move || {
            for found in walk::walk(paths, follow) {
                if sender.blocking_send(found).is_err() {
                    return;
                }
            }
        };
        if self.dry_run {
            std::thread::spawn(look);
            return dry_run(found, output).await;
        }
        // Who is not signed in hears of it before a long look at a folder.
        let photos = shared.photos().await?;
        let journal = match self.journal(shared)? {
            Some(path) => Some(photos.open_journal(path).await?),
            None => None,
        };
        // A thread of its own: it waits most of the time, for files to go up.
        std::thread::spawn(look);
        let progress = Arc::new(Progress::new(output));
        let teller = progress.clone();
        let mut session = Session {
            interrupt: Interrupt::listen(move |line| teller.say(line)),
            command: self,
            photos,
            journal,
            album: None,
            progress,
            summary: Summary::new(output),
        };
        session.upload(found).await
    }

    /// A server of a test or an emulator forgets what a journal would take for done.
    fn journal(&self, shared: &Shared) -> anyhow::Result<Option<PathBuf>> {
        if self.journal.is_some() || shared.server.is_some() {
            return Ok(self.journal.clone());
        }
        let folder = shared.folder()?;
        std::fs::create_dir_all(&folder)?;
        Ok(Some(folder.join("upload.journal")))
    }
}

async fn dry_run(mut found: Receiver<Found>, output: Output) -> anyhow::Result<End> {
    let mut summary = Summary::new(output);
    while let Some(found) = found.recv().await {
        summary.note(&found)?;
        if let Found::File { path, kind } = found {
            summary.would_upload(&path, &kind)?;
        }
    }
    summary.end(None)
}

/// An upload under way.
struct Session {
    command: Upload,
    photos: Photos,
    journal: Option<OpenJournal>,
    /// The identifier of the album, once it is needed.
    album: Option<String>,
    interrupt: Interrupt,
    progress: Arc<Progress>,
    summary: Summary,
}

impl Session {
    async fn upload(&mut self, found: Receiver<Found>) -> anyhow::Result<End> {
        let ended = self.upload_all(found).await;
        self.progress.clear();
        match ended {
            Ok(stop) => self.summary.end(stop),
            Err(error) => {
                // What was done before is said all the same.
                self.summary.end(Some(End::Failed))?;
                Err(error)
            }
        }
    }

    /// How it ended, if that was before the end.
    async fn upload_all(&mut self, mut found: Receiver<Found>) -> anyhow::Result<Option<End>> {
        loop {
            let files = self.next_files(&mut found).await?;
            if self.interrupt.is_pressed() {
                self.summary.not_attempted(files.len());
                return Ok(Some(End::Interrupted));
            }
            if files.is_empty() {
                return Ok(None);
            }
            let count = files.len();
            let report = match self.upload_run(files).await {
                Ok(report) => report,
                Err(error) => {
                    self.summary.not_attempted(count);
                    return Err(error);
                }
            };
            self.progress.paused(|| self.summary.take(&report))?;
            if let Some(stop) = report.stopped() {
                self.progress.say(&summary::why(stop));
                return Ok(Some(End::of_stop(stop.reason())));
            }
        }
    }

    /// The files of the next run; none when all are found.
    async fn next_files(&mut self, found: &mut Receiver<Found>) -> anyhow::Result<Vec<NewFile>> {
        let mut files = Vec::new();
        let enough = Instant::now() + LOOKING;
        while files.len() < RUN {
            let next = tokio::select! {
                next = found.recv() => next,
                () = self.interrupt.clone().wait() => None,
                // There is enough to do until the next ones are found.
                () = tokio::time::sleep_until(enough), if files.len() >= limits::BATCH => None,
            };
            let Some(next) = next else { break };
            self.progress.paused(|| self.summary.note(&next))?;
            if let Found::File { path, kind } = next {
                files.push(NewFile::new(path).content_type(kind));
            }
        }
        Ok(files)
    }

    async fn upload_run(&mut self, files: Vec<NewFile>) -> anyhow::Result<Report> {
        if let (Some(title), None) = (&self.command.album, &self.album) {
            let album = albums::find_or_create(self.photos.client(), title).await?;
            self.album = album.id;
        }
        let progress = self.progress.clone();
        let mut upload = self
            .photos
            .upload_files(files)
            .parallel(self.command.parallel)
            .on_event(move |event| progress.show(event))
            .stop_when(self.interrupt.clone().wait());
        if let Some(album) = &self.album {
            upload = upload.album(album);
        }
        if let Some(journal) = &self.journal {
            upload = upload.open_journal(journal);
        }
        if let Some(name) = &self.command.account {
            upload = upload.account(name);
        }
        if self.command.adopt_journal {
            upload = upload.adopt_journal();
        }
        Ok(upload.send().await?)
    }
}
