//! Progress bars: one for all files, and one for each large file that goes up.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use google_photos::{UploadEvent, WaitReason};
use indicatif::{MultiProgress, ProgressBar, ProgressStyle};

/// Files below this size have no bar of their own, in bytes.
const LARGE: u64 = 1_000_000;

pub(crate) struct Bars {
    screen: MultiProgress,
    all: ProgressBar,
    files: Mutex<HashMap<usize, ProgressBar>>,
}

impl Bars {
    pub(crate) fn new(files: &[PathBuf]) -> Self {
        let screen = MultiProgress::new();
        let size = |path: &PathBuf| fs::metadata(path).map_or(0, |metadata| metadata.len());
        let total: u64 = files.iter().map(size).sum();
        let all = screen.add(ProgressBar::new(files.len() as u64));
        all.set_style(style("{bar:30} {pos} of {len} files {msg}"));
        let this = Self {
            screen,
            all,
            files: Mutex::default(),
        };
        this.say(&format!("{} files, {} MB", files.len(), total / 1_000_000));
        this
    }

    pub(crate) fn show(&self, event: UploadEvent<'_>) {
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
            }
            UploadEvent::Waiting { delay, reason } => {
                let why = match reason {
                    WaitReason::Outage => "no connection",
                    _ => "rate limit",
                };
                let seconds = delay.as_secs();
                self.all
                    .set_message(format!("({why}: waiting for {seconds} s)"));
            }
            _ => {}
        }
    }

    /// Writes a line above the bars.
    pub(crate) fn say(&self, line: &str) {
        self.screen.suspend(|| eprintln!("{line}"));
    }

    pub(crate) fn clear(&self) {
        self.all.finish_and_clear();
        // There is nothing to do about a terminal that is gone.
        let _ = self.screen.clear();
    }

    fn file(&self, index: usize, path: &Path, total: u64) -> ProgressBar {
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        let bar = files.entry(index).or_insert_with(|| {
            let bar = self.screen.add(ProgressBar::new(total));
            bar.set_style(style(
                "{bar:30} {bytes} of {total_bytes}, {bytes_per_sec} {msg}",
            ));
            bar.set_message(
                path.file_name()
                    .unwrap_or_default()
                    .to_string_lossy()
                    .into_owned(),
            );
            bar
        });
        bar.clone()
    }

    fn end(&self, index: usize) {
        let bar = self
            .files
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(&index);
        if let Some(bar) = bar {
            bar.finish_and_clear();
        }
    }
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}
