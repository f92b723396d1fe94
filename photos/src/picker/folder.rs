//! A pick from its start to the files in a folder.

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use discovery_runtime::{BoxFuture, blocking};

use super::cleanup::Cleanup;
use super::event::Listener;
use super::fetch::{self, Settings};
use super::report::{PickReport, PickedFile};
use super::stop::Stop;
use super::{Pick, PickEnd, PickError, PickEvent, PickSession};

/// A pick into a folder; nothing happens until it is [sent](Self::send).
///
/// It makes a session, hands out its address with [`PickEvent::Started`], waits for the user, lists
/// what was picked, downloads it, and deletes the session, whatever happened: also if it fails, is
/// stopped, or is dropped.
///
/// # Files
///
/// A file has the name that the item has, and the time at which it was taken. Items of one name get
/// a part of their identifier added, and so does an item whose name another file of the folder has.
/// A file of the same name and time is taken for the one of the item and left alone: with a session
/// that was [kept](Self::keep_unfinished) another run continues. Photos come without the place where
/// they were taken.
#[must_use = "nothing happens until it is sent"]
pub struct PickIntoFolder {
    plan: Plan,
    stop: Option<BoxFuture<'static, ()>>,
}

/// What is done, whatever stops it.
struct Plan {
    from: From,
    folder: PathBuf,
    settings: Settings,
    limit: Option<Duration>,
    keep_unfinished: bool,
    on_event: Listener,
}

enum From {
    New(Pick),
    Kept(Box<PickSession>),
}

impl Pick {
    /// All of it in one call: start, wait, download what was picked into a folder, and delete the
    /// session.
    pub fn into_folder(self, folder: impl Into<PathBuf>) -> PickIntoFolder {
        PickIntoFolder::new(From::New(self), folder.into())
    }
}

impl PickSession {
    /// Waits, downloads what was picked into a folder, and deletes the session, as
    /// [`Pick::into_folder`] does with a new one.
    pub fn into_folder(self, folder: impl Into<PathBuf>) -> PickIntoFolder {
        PickIntoFolder::new(From::Kept(Box::new(self)), folder.into())
    }
}

impl PickIntoFolder {
    fn new(from: From, folder: PathBuf) -> Self {
        let plan = Plan {
            from,
            folder,
            settings: Settings {
                parallel: 4,
                video_wait: Duration::ZERO,
                clips: true,
            },
            limit: None,
            keep_unfinished: false,
            on_event: Listener::default(),
        };
        Self { plan, stop: None }
    }

    /// Calls `listener` with what happens; open the address of [`PickEvent::Started`] in a browser, or
    /// show it to the user. It must not wait.
    pub fn on_event(mut self, listener: impl Fn(PickEvent<'_>) + Send + Sync + 'static) -> Self {
        self.plan.on_event = Listener::new(listener);
        self
    }

    /// Stops in good order when `signal` ends, such as when the user presses Ctrl-C: no download goes
    /// on, no file is left half, and the report says what is left.
    pub fn stop_when(mut self, signal: impl Future<Output = ()> + Send + 'static) -> Self {
        self.stop = Some(Box::pin(signal));
        self
    }

    /// How long the user is waited for at most, if the service would wait longer.
    pub fn wait_at_most(mut self, limit: Duration) -> Self {
        self.plan.limit = Some(limit);
        self
    }

    /// How many items are downloaded at the same time: 4 without it, and at least 1.
    pub fn parallel(mut self, items: usize) -> Self {
        self.plan.settings.parallel = items.max(1);
        self
    }

    /// How long a video is waited for that is not ready: not at all without it.
    pub fn wait_for_video(mut self, limit: Duration) -> Self {
        self.plan.settings.video_wait = limit;
        self
    }

    /// Whether the moving part of motion photos is downloaded as well, as `NAME.clip.mp4`: it is,
    /// without a choice. Only asking tells which photos have one: a request more for each photo.
    pub fn clips(mut self, clips: bool) -> Self {
        self.plan.settings.clips = clips;
        self
    }

    /// Whether the session is left if items are left, so that
    /// [another run](crate::Photos::resume_pick) can continue until it expires. Without it the
    /// session is deleted, whatever happened.
    pub fn keep_unfinished(mut self, keep: bool) -> Self {
        self.plan.keep_unfinished = keep;
        self
    }

    /// Does it. It needs tokio.
    ///
    /// What goes wrong with an item is in the report.
    ///
    /// # Errors
    ///
    /// What stops all of it: the session can't be made, polled or listed, or the folder can't be made.
    pub async fn send(self) -> Result<PickReport, PickError> {
        let stop = Stop::new(self.stop);
        self.plan.carry_out(stop).await
    }
}

impl Plan {
    async fn carry_out(self, stop: Stop) -> Result<PickReport, PickError> {
        let folder = self.folder.clone();
        let made = blocking(move || std::fs::create_dir_all(folder)).await;
        made.map_err(|error| PickError::Folder(self.folder.clone(), error))?;
        let session = match &self.from {
            From::New(pick) => pick.clone().start().await?,
            From::Kept(session) => (**session).clone(),
        };
        let id = session.id().to_owned();
        let cleanup = Cleanup::new(session.client().clone(), id.clone());
        let (end, files) = match self.run(session, stop).await {
            Ok(done) => done,
            Err(error) => {
                // What failed before says more than what fails now.
                let _ = cleanup.finish().await;
                return Err(error);
            }
        };
        let mut report = PickReport {
            end,
            files,
            kept: None,
            deleted: Ok(()),
        };
        let unfinished = end != PickEnd::Done || report.left().next().is_some();
        if self.keep_unfinished && unfinished {
            cleanup.keep();
            report.kept = Some(id);
        } else {
            report.deleted = cleanup.finish().await;
        }
        Ok(report)
    }

    async fn run(
        &self,
        mut session: PickSession,
        stop: Stop,
    ) -> Result<(PickEnd, Vec<PickedFile>), PickError> {
        match session.address() {
            Some(address) => self.on_event.call(PickEvent::Started {
                id: session.id(),
                address: &address,
            }),
            None if session.session().media_items_set.unwrap_or_default() => {}
            // Nobody could pick.
            None => return Err(PickError::Incomplete("address")),
        }
        let mut wait = session.wait().stop_when(stop.clone().wait());
        if let Some(limit) = self.limit {
            wait = wait.at_most(limit);
        }
        let end = wait.send().await?;
        self.on_event.call(PickEvent::Waited { end });
        if end != PickEnd::Done {
            return Ok((end, Vec::new()));
        }
        let items = tokio::select! {
            items = session.items() => items?,
            () = stop.clone().wait() => return Ok((PickEnd::Stopped, Vec::new())),
        };
        self.on_event.call(PickEvent::Listed { items: items.len() });
        let files = fetch::fetch(
            &session,
            items,
            &self.folder,
            self.settings,
            &stop,
            |file| {
                self.on_event.call(PickEvent::Finished { file });
            },
        );
        let files = files.await;
        let end = if stop.is_over() {
            PickEnd::Stopped
        } else {
            end
        };
        Ok((end, files))
    }
}

impl fmt::Debug for PickIntoFolder {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("PickIntoFolder")
            .field("folder", &self.plan.folder)
            .field("limit", &self.plan.limit)
            .field("keep_unfinished", &self.plan.keep_unfinished)
            .finish_non_exhaustive()
    }
}
