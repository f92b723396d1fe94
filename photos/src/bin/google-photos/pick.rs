//! `google-photos pick`.

use std::path::PathBuf;

use discovery_runtime::OneLine;
use google_photos::{DownloadError, PickEnd, PickEvent, PickReport, PickedFile, PickedOutcome};
use serde_json::json;

use crate::account::Shared;
use crate::end::{End, causes};
use crate::interrupt::Interrupt;
use crate::output::{Output, shown};

/// Pick photos and videos of your library in the browser, and download them
#[derive(clap::Args)]
pub(crate) struct Pick {
    /// The folder for what is picked; it is made if it is not there
    #[arg(long, value_name = "DIR")]
    into: PathBuf,
    /// Continue with a session of an earlier run
    #[arg(long, value_name = "ID", conflicts_with = "max_items")]
    session: Option<String>,
    /// How many can be picked at most, up to 2,000
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=2000))]
    max_items: Option<u32>,
    /// Print the address to open in place of opening it
    #[arg(long)]
    no_browser: bool,
}

impl Pick {
    pub(crate) async fn run(self, shared: &Shared) -> anyhow::Result<End> {
        let (photos, output) = (shared.photos().await?, Output::new(shared));
        let interrupt = Interrupt::listen(|line| eprintln!("{line}"));
        let pick = if let Some(id) = &self.session {
            photos.resume_pick(id).await?.into_folder(&self.into)
        } else {
            let mut pick = photos.pick();
            if let Some(count) = self.max_items {
                pick = pick.max_items(count);
            }
            pick.into_folder(&self.into)
        };
        let browser = !self.no_browser;
        let report = pick
            .keep_unfinished(true)
            .stop_when(interrupt.wait())
            .on_event(move |event| tell(event, output, browser))
            .send()
            .await?;
        self.end(&report, output)
    }

    fn end(&self, report: &PickReport, output: Output) -> anyhow::Result<End> {
        let files = report.files();
        let left = report.left().count();
        let text = format!(
            "{} picked: {} downloaded, {left} left",
            files.len(),
            files.len() - left
        );
        let session = report.kept_session();
        let end = match report.end() {
            PickEnd::Stopped => End::Interrupted,
            PickEnd::TimedOut => End::Stopped,
            _ if left > 0 => End::Partly,
            _ => End::Done,
        };
        let json = json!({"summary": {
            "picked": files.len(),
            "left": left,
            "session": session,
            "stopped": matches!(end, End::Interrupted | End::Stopped),
        }});
        output.print(&text, &json)?;
        if let Some(session) = session {
            eprintln!(
                "continue with: google-photos pick --session {} --into {}",
                OneLine(session),
                shown(&self.into)
            );
        }
        if let Some(error) = report.delete_error() {
            eprintln!(
                "note: the session could not be deleted, and ends by itself: {}",
                causes(error)
            );
        }
        if files.iter().any(is_downloaded) {
            eprintln!(
                "note: these are not the originals: Google leaves out where photos were taken"
            );
        }
        Ok(end)
    }
}

fn tell(event: PickEvent<'_>, output: Output, browser: bool) {
    let written = match event {
        PickEvent::Started { id, address } => {
            eprintln!("pick at {address}");
            if browser && open::that_detached(address).is_err() {
                eprintln!("no browser could be opened; open the address yourself");
            }
            if output.is_json() {
                output.print("", &json!({"session": id, "address": address}))
            } else {
                Ok(())
            }
        }
        PickEvent::Finished { file } => say(file, output),
        _ => Ok(()),
    };
    // Whoever does not read any more gets the files all the same.
    drop(written);
}

fn say(file: &PickedFile, output: Output) -> std::io::Result<()> {
    let (what, reason) = match file.outcome() {
        PickedOutcome::Downloaded { .. } => ("downloaded", None),
        PickedOutcome::AlreadyThere => ("already there", None),
        PickedOutcome::Failed(error @ DownloadError::NotReady) => {
            ("not ready", Some(causes(error)))
        }
        PickedOutcome::Failed(error) => ("failed", Some(causes(error))),
        _ => ("left", None),
    };
    let said = reason.as_deref().map(|reason| format!(": {reason}"));
    let text = format!(
        "{what:13} {}{}",
        shown(file.path()),
        said.unwrap_or_default()
    );
    let json = json!({
        "id": file.id(),
        "path": file.path().to_string_lossy(),
        "clip": file.clip().map(|path| path.to_string_lossy()),
        "outcome": what,
        "reason": reason,
    });
    output.print(&text, &json)
}

fn is_downloaded(file: &PickedFile) -> bool {
    matches!(file.outcome(), PickedOutcome::Downloaded { .. })
}
