//! Downloads into memory, into files and piece by piece, and objects that are stored as gzip.

use std::io::Write;

use google_storage_v1::Client;
use google_storage_v1::schemas::Object;
use programs::{Outcome, Report, content, equal, failure, holds};

use crate::{BUCKET, Lacks, bytes_of, put};

pub async fn run(report: &mut Report, client: &Client, lacks: &Lacks) {
    let objects = client.objects();
    let whole = content(300_000);
    report
        .case("an object for downloads", async {
            put(client, "down/load.bin", whole.clone()).await?;
            Ok(())
        })
        .await;

    report
        .case("a download into memory", async {
            holds("all bytes came", bytes_of(client, "down/load.bin").await? == whole)
        })
        .await;

    report
        .case("a download piece by piece", async {
            let mut body = objects.get(BUCKET, "down/load.bin").download().send().await?;
            equal("its length", body.len(), Some(whole.len() as u64))?;
            let mut bytes = Vec::new();
            while let Some(piece) = body.next_chunk().await {
                bytes.extend_from_slice(&piece?);
            }
            holds("all bytes came", bytes == whole)
        })
        .await;

    report
        .case("a download into a file", async {
            let path = std::env::temp_dir().join(format!("servers-{}.bin", std::process::id()));
            let mut download = objects.get(BUCKET, "down/load.bin").download();
            let length = download.to_file(&path).await;
            let bytes = std::fs::read(&path);
            let _ = std::fs::remove_file(&path);
            equal("the length", length?, whole.len() as u64)?;
            holds("all bytes came", bytes? == whole)
        })
        .await;

    report
        .case("a part of an object", async {
            let part = objects.get(BUCKET, "down/load.bin").download().range(1_000..5_000);
            holds("the bytes are those", part.bytes().await?.as_ref() == &whole[1_000..5_000])
        })
        .await;

    report
        .case("a download that is larger than allowed", async {
            let download = objects.get(BUCKET, "down/load.bin").download().max_size(1000);
            let error = failure(download.bytes().await)?;
            holds("the error says that it is too large", error.is_too_large())
        })
        .await;

    report
        .case("a download of an object that does not exist", async {
            let error = failure(objects.get(BUCKET, "no/such").download().bytes().await)?;
            holds("the error says that it is not found", error.is_not_found())
        })
        .await;

    if !lacks.gzip {
        report.case("an object that is stored as gzip", gzip(client)).await;
    }
}

/// Cloud Storage decodes such an object for a client that does not accept gzip, and sends it as it
/// is stored to one that does (<https://cloud.google.com/storage/docs/transcoding>). Either is right.
async fn gzip(client: &Client) -> Outcome {
    let text = "compressible ".repeat(1000);
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(text.as_bytes())?;
    let stored = encoder.finish()?;
    let object = Object::default().with_name("text.gz").with_content_encoding("gzip");
    let upload = client.objects().insert(BUCKET, object).upload(stored.clone());
    upload.content_type("text/plain").send().await?;
    let bytes = bytes_of(client, "text.gz").await?;
    let what = format!("the {} bytes are the decoded or the stored ones", bytes.len());
    holds(&what, bytes == text.as_bytes() || bytes == stored)
}
