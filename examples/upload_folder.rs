//! Uploads a folder of photos and videos into an album, and resumes where it was interrupted.
//!
//! `cargo run -p examples --example upload_folder` uploads pictures that it makes itself to an
//! emulator of its own. To interrupt it with Ctrl-C and run it again, start an emulator that stays:
//!
//! ```sh
//! cargo run -p photos-emulator &
//! cargo run -p examples --example upload_folder -- --server http://127.0.0.1:8085
//! ```

#[path = "upload_folder/bars.rs"]
mod bars;
#[path = "upload_folder/pictures.rs"]
mod pictures;

use std::error::Error as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context as _, bail};
use clap::Parser;
use examples::{Server, find_album, table};
use google_photos::{Photos, Report};
use google_photoslibrary_v1::Client;
use google_photoslibrary_v1::schemas::{Album, CreateAlbumRequest};

use bars::Bars;

/// The name of the journal in the folder.
const JOURNAL: &str = ".google-photos-upload";

#[derive(Parser)]
#[command(about = "Uploads a folder of photos and videos into an album of Google Photos")]
struct Arguments {
    /// The folder, with all folders in it; without it some pictures are made
    folder: Option<PathBuf>,
    /// The title of the album, which is made if there is none; without it that of the folder
    #[arg(long, value_name = "TITLE")]
    album: Option<String>,
    /// How many files go up at the same time
    #[arg(long, value_name = "N", default_value_t = 4)]
    parallel: usize,
    #[command(flatten)]
    server: Server,
}

#[tokio::main]
async fn main() -> anyhow::Result<ExitCode> {
    let arguments = Arguments::parse();
    let folder = arguments.folder.clone().map_or_else(pictures::make, Ok)?;
    let files =
        pictures::find(&folder).with_context(|| format!("{} can't be read", folder.display()))?;
    if files.is_empty() {
        bail!("there are no photos and videos in {}", folder.display());
    }
    let (client, _emulator) = arguments.server.connect().await?;
    let title = arguments.album.clone().unwrap_or_else(|| name_of(&folder));
    let album = find_or_create(&client, &title).await?;

    let bars = Arc::new(Bars::new(&files));
    let (listener, terminal) = (bars.clone(), bars.clone());
    let mut upload = Photos::new(client)
        .upload_files(&files)
        .album(album.id.context("the album has no id")?)
        .parallel(arguments.parallel)
        .on_event(move |event| listener.show(event))
        .stop_when(async move { interrupted(&terminal).await });
    if !arguments.server.is_of_its_own() {
        // What an emulator forgets when this ends, the next run must not take for done.
        upload = upload.journal(folder.join(JOURNAL));
    }
    let report = upload.send().await?;
    bars.clear();

    print(&report, &folder);
    println!("album {title:?}: {}", album.product_url.unwrap_or_default());
    Ok(if report.is_complete() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Waits for Ctrl-C. Another one ends the program at once, which the journal is made for.
async fn interrupted(bars: &Bars) {
    if tokio::signal::ctrl_c().await.is_err() {
        return std::future::pending().await;
    }
    bars.say("stopping when what is on its way is done; Ctrl-C again stops now");
    tokio::spawn(async {
        if tokio::signal::ctrl_c().await.is_ok() {
            std::process::exit(130);
        }
    });
}

/// The album of this app with a title.
async fn find_or_create(client: &Client, title: &str) -> anyhow::Result<Album> {
    if let Some(album) = find_album(client, Some(title)).await? {
        return Ok(album);
    }
    let request = CreateAlbumRequest::default().with_album(Album::default().with_title(title));
    Ok(client.albums().create(request).send().await?)
}

fn name_of(folder: &Path) -> String {
    let full = folder
        .canonicalize()
        .unwrap_or_else(|_| folder.to_path_buf());
    full.file_name().map_or_else(
        || "Upload".to_owned(),
        |name| name.to_string_lossy().into_owned(),
    )
}

fn print(report: &Report, folder: &Path) {
    let rows = report.files().iter().map(|file| {
        let name = file.path().strip_prefix(folder).unwrap_or(file.path());
        let when = if file.is_from_earlier_run() {
            " by an earlier run"
        } else {
            ""
        };
        (
            name.display().to_string(),
            format!("{}{when}", file.outcome()),
        )
    });
    table::print(&rows.collect::<Vec<_>>());
    if let Some(stop) = report.stopped() {
        println!(
            "stopped: {stop}; run it again for the {} files that are left",
            report.left().count()
        );
        let mut source = stop.source();
        while let Some(error) = source {
            println!("  {error}");
            source = error.source();
        }
    }
}
