//! `google-photos download`.

mod fetch;
mod session;

use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context as _, bail};
use discovery_runtime::blocking;
use google_photos::{Photos, stable_file_name};

use crate::account::Shared;
use crate::albums;
use crate::end::End;
use crate::interrupt::Interrupt;
use crate::output::Output;

use session::{Session, Source};

/// Download albums and single items that this app uploaded
///
/// An album gets a folder of its own. Each file has the name of its item with a part that follows
/// from the item's id, so that two photos of one name are two files, and each run finds what the
/// runs before it downloaded. A file is there when it is whole, with the time at which the photo was
/// taken.
#[derive(clap::Args)]
pub(crate) struct Download {
    /// Titles or ids of albums, and ids of items
    #[arg(value_name = "ALBUM or ID", required = true)]
    what: Vec<String>,
    /// The folder for what is downloaded; it is made if it is not there
    #[arg(long, value_name = "DIR")]
    into: PathBuf,
    /// How many seconds to wait for a video that Google still prepares
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    video_wait: u64,
    /// How many items are downloaded at the same time
    #[arg(long, value_name = "N", default_value_t = 4)]
    parallel: usize,
}

impl Download {
    pub(crate) async fn run(self, shared: &Shared) -> anyhow::Result<End> {
        let photos = shared.photos().await?;
        let mut sources = Vec::new();
        for name in &self.what {
            sources.push(self.find(&photos, name).await?);
        }
        let folder = self.into.clone();
        let made = blocking(move || std::fs::create_dir_all(folder)).await;
        made.with_context(|| format!("{} can't be made", self.into.display()))?;
        let mut session = Session::new(
            photos,
            Output::new(shared),
            Interrupt::listen(|line| eprintln!("{line}")),
            Duration::from_secs(self.video_wait),
            self.parallel.max(1),
        );
        let mut downloaded = Ok(());
        for source in sources {
            downloaded = session.download(source).await;
            if downloaded.is_err() || session.is_over() {
                break;
            }
        }
        // What is under way comes to its end, and is said, whatever failed.
        let end = session.end().await?;
        downloaded.map(|()| end)
    }

    /// Finds an album or an item by what the user calls it.
    async fn find(&self, photos: &Photos, name: &str) -> anyhow::Result<Source> {
        if let Some(album) = albums::find(photos.client(), name).await? {
            let id = album.id.as_deref().unwrap_or_default();
            // "2019/Beach" is no folder in a folder, nor the same as "Beach".
            let title = album.title.as_deref().unwrap_or_default();
            let title = title.replace(['/', '\\'], "_");
            let folder = self.into.join(stable_folder_name(&title, id));
            return Ok(Source::Album(Box::new(album), folder));
        }
        match photos.client().media_items().get(name).send().await {
            Ok(item) => Ok(Source::Item(Box::new(item), self.into.clone())),
            Err(error) if error.is_not_found() || error.is_invalid_argument() => {
                bail!(
                    "no album and no item of this app is {name:?}; `google-photos albums list` has the albums"
                )
            }
            Err(error) => Err(error.into()),
        }
    }
}

/// A title may have a dot in it that begins no ending.
fn stable_folder_name(title: &str, id: &str) -> String {
    stable_file_name(&title.replace('.', "_"), id)
}
