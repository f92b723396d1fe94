//! What is shown while files go up: bars on a terminal, a line now and then elsewhere.

use std::collections::HashMap;
use std::io::{self, IsTerminal as _};
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use google_photos::{UploadEvent, WaitReason};
use indicatif::{MultiProgress, ProgressBar, ProgressStyle};

use crate::output::{Output, shown};

/// Files below this size have no bar of their own, in bytes.
const LARGE: u64 = 5_000_000;

/// The time between two lines where there is no terminal.
const PAUSE: Duration = Duration::from_secs(10);

pub(super) struct Progress {
    screen: MultiProgress,
    all: ProgressBar,
    files: Mutex<HashMap<usize, ProgressBar>>,
    /// When the last plain line was written; `None` on a terminal.
    said: Option<Mutex<Instant>>,
}

impl Progress {
    pub(super) fn new(output: Output) -> Self {
        // indicatif draws nothing where standard error is no terminal.
        let screen = MultiProgress::new();
        let all = screen.add(ProgressBar::new_spinner());
        all.set_style(style("{spinner} {pos} files done {msg}"));
        let is_plain = !io::stderr().is_terminal() && !output.is_json();
        Self {
            screen,
            all,
            files: Mutex::default(),
            said: is_plain.then(|| Mutex::new(Instant::now())),
        }
    }

    pub(super) fn show(&self, event: UploadEvent<'_>) {
        match event {
            UploadEvent::Uploading {
                index,
                path,
                acknowledged,
                total,
            } if total >= LARGE => {
                self.file(index, path, total).set_position(acknowledged);
            }
            UploadEvent::Uploaded { index, .. } => self.end(index),
            UploadEvent::Finished { index, .. } => {
                self.end(index);
                self.all.set_message("");
                self.all.inc(1);
                self.say_now_and_then();
            }
            UploadEvent::Waiting { delay, reason } => {
                let why = match reason {
                    WaitReason::Outage => "no connection",
                    _ => "rate limit",
                };
                let line = format!("({why}: waiting for {} s)", delay.as_secs());
                if self.said.is_some() {
                    self.say(&line);
                }
                self.all.set_message(line);
            }
            _ => {}
        }
    }

    /// Writes a line above the bars.
    pub(super) fn say(&self, line: &str) {
        self.paused(|| eprintln!("{line}"));
    }

    /// Does something that writes to the terminal.
    pub(super) fn paused<T>(&self, write: impl FnOnce() -> T) -> T {
        self.screen.suspend(write)
    }

    pub(super) fn clear(&self) {
        self.all.finish_and_clear();
        // There is nothing to do about a terminal that is gone.
        let _ = self.screen.clear();
    }

    fn say_now_and_then(&self) {
        let Some(said) = &self.said else { return };
        let mut said = said.lock().unwrap_or_else(PoisonError::into_inner);
        if said.elapsed() >= PAUSE {
            *said = Instant::now();
            eprintln!("{} files done", self.all.position());
        }
    }

    fn file(&self, index: usize, path: &Path, total: u64) -> ProgressBar {
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        let bar = files.entry(index).or_insert_with(|| {
            let bar = self.screen.add(ProgressBar::new(total));
            bar.set_style(style(
                "{bar:30} {bytes} of {total_bytes}, {bytes_per_sec} {msg}",
            ));
            bar.set_message(shown(Path::new(path.file_name().unwrap_or_default())));
            bar
        });
        bar.clone()
    }

    fn end(&self, index: usize) {
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(bar) = files.remove(&index) {
            bar.finish_and_clear();
        }
    }
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}
