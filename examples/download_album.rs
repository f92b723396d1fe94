//! Downloads the photos and videos of an album into a folder; what is there already stays.
//!
//! `cargo run -p examples --example download_album` downloads an album of an emulator of its own.

use std::collections::HashSet;
use std::error::Error as _;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::Context as _;
use clap::Parser;
use discovery_runtime::download::file_name;
use examples::{Server, find_album, table};
use google_photos::Photos;
use google_photoslibrary_v1::schemas::{MediaItem, SearchMediaItemsRequest};
use indicatif::{ProgressBar, ProgressStyle};
use tokio::task::JoinSet;

/// How many items are downloaded at the same time.
const PARALLEL: usize = 4;

/// How long a video is waited for that the service still prepares.
const VIDEO_WAIT: Duration = Duration::from_secs(120);

#[derive(Parser)]
#[command(about = "Downloads an album of Google Photos that this app made")]
struct Arguments {
    /// The title of the album; without it the first one that has items
    album: Option<String>,
    /// The folder for the files; without it one with the title of the album, where temporary files
    /// are
    #[arg(long, value_name = "FOLDER")]
    to: Option<PathBuf>,
    #[command(flatten)]
    server: Server,
}

#[tokio::main]
async fn main() -> anyhow::Result<ExitCode> {
    let arguments = Arguments::parse();
    let (client, _emulator) = arguments.server.connect().await?;
    let album = find_album(&client, arguments.album.as_deref()).await?;
    let album = album.context("there is no such album that this app made")?;
    let title = album.title.unwrap_or_default();
    let folder = arguments.to.unwrap_or_else(|| {
        std::env::temp_dir()
            .join("photos-examples")
            .join(file_name(&title))
    });
    tokio::fs::create_dir_all(&folder).await?;

    let photos = Photos::new(client);
    let request = SearchMediaItemsRequest::default()
        .with_album_id(album.id.context("the album has no id")?)
        .with_page_size(100);
    let mut items = photos.client().media_items().search(request).items();
    let bar = ProgressBar::new(u64::try_from(album.media_items_count.unwrap_or(0)).unwrap_or(0));
    bar.set_style(ProgressStyle::with_template(
        "{bar:30} {pos} of {len} items {msg}",
    )?);
    let (mut names, mut rows, mut tasks) = (HashSet::new(), Vec::new(), JoinSet::new());
    let everything = async {
        while let Some(item) = items.next().await {
            let item = item?;
            let name = unused_name(&mut names, &item);
            bar.set_message(name.clone());
            tasks.spawn(download(photos.clone(), item, folder.join(&name), name));
            while tasks.len() >= PARALLEL {
                rows.extend(tasks.join_next().await.transpose()?);
                bar.inc(1);
            }
        }
        while let Some(row) = tasks.join_next().await {
            rows.push(row?);
            bar.inc(1);
        }
        anyhow::Ok(())
    };
    let stopped = tokio::select! {
        done = everything => {
            done?;
            false
        }
        _ = tokio::signal::ctrl_c() => true,
    };
    // Downloads that are given up take what is not complete with them.
    tasks.shutdown().await;
    bar.finish_and_clear();

    rows.sort();
    table::print(&rows);
    println!("album {title:?} in {}", folder.display());
    if stopped {
        println!("stopped; run it again for the rest");
    }
    let failed = rows.iter().any(|(_, what)| what.starts_with("failed"));
    Ok(if failed || stopped {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}

/// The name of the file and what happened.
async fn download(
    photos: Photos,
    item: MediaItem,
    path: PathBuf,
    name: String,
) -> (String, String) {
    if path.exists() {
        return (name, "there already".to_owned());
    }
    let what = match photos
        .download_item(&item)
        .wait_for_video(VIDEO_WAIT)
        .to_file(&path)
        .await
    {
        Ok(_) => "downloaded".to_owned(),
        Err(error) => {
            let source = error.source().map(|source| format!(": {source}"));
            format!("failed: {error}{}", source.unwrap_or_default())
        }
    };
    (name, what)
}

/// A name for the file of an item that no other item has. An album can have several of one name.
fn unused_name(names: &mut HashSet<String>, item: &MediaItem) -> String {
    let name = file_name(item.filename.as_deref().unwrap_or("unnamed"));
    let (stem, ending) = name
        .rsplit_once('.')
        .map_or((name.as_str(), String::new()), |(stem, ending)| {
            (stem, format!(".{ending}"))
        });
    let numbered = (2..).map(|number| format!("{stem} ({number}){ending}"));
    let mut candidates = std::iter::once(name.clone()).chain(numbered);
    // Some systems take upper and lower case for the same.
    let unused = candidates.find(|name| names.insert(name.to_lowercase()));
    unused.unwrap_or(name)
}
