//! The process that transfers with the facade, the generated crate and the runtime.

use benches::transfer::{self, Arguments, CHUNK, Job, PARALLEL};
use discovery_runtime::Credentials;
use discovery_runtime::download::Download;
use discovery_runtime::upload::Resumable;
use google_photos::Photos;
use google_photoslibrary_v1::Client;

fn main() -> anyhow::Result<()> {
    transfer::run(job)
}

async fn job(arguments: Arguments) -> anyhow::Result<u64> {
    let client = Client::builder()
        .credentials(Credentials::token(arguments.token.as_str()))
        .endpoint_on_loopback(&arguments.server)
        .build()?;
    match arguments.job {
        Job::Folder => folder(client, arguments).await,
        Job::Upload => {
            let upload = client.media_items().upload(arguments.path.clone());
            let upload = upload.resumable(Resumable::Always).chunk_size(CHUNK);
            upload.content_type("image/png").send().await?;
            Ok(std::fs::metadata(&arguments.path)?.len())
        }
        Job::Download => {
            let url = format!("{}/bytes?bytes={}", arguments.server, arguments.bytes);
            let download = Download::from_url(client.core(), url).trust_host("127.0.0.1");
            let mut body = download.max_size(arguments.bytes).send().await?;
            let mut received = 0;
            while let Some(piece) = body.next_chunk().await {
                received += piece?.len() as u64;
            }
            Ok(received)
        }
        Job::Pages => {
            let mut albums = client.albums().list().page_size(50).items();
            let mut count = 0;
            while let Some(album) = albums.next().await {
                album?;
                count += 1;
            }
            Ok(count)
        }
        Job::Nothing => Ok(0),
    }
}

/// With a journal, as the command does it.
async fn folder(client: Client, arguments: Arguments) -> anyhow::Result<u64> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(&arguments.path)? {
        files.push(entry?.path());
    }
    let journal = tempfile::tempdir()?;
    let upload = Photos::new(client)
        .upload_files(&files)
        .parallel(PARALLEL)
        .journal(journal.path().join("upload.journal"));
    let report = upload.send().await?;
    Ok(report.done().count() as u64)
}
