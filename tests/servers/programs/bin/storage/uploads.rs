//! Uploads in one request and in several.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use google_storage_v1::Client;
use google_storage_v1::schemas::Object;
use programs::{Outcome, Report, content, equal, failure, holds};

use crate::{BUCKET, Lacks, stored};

/// What a step of a resumable upload sends at least.
const STEP: u64 = 256 * 1024;

pub async fn run(report: &mut Report, client: &Client, lacks: &Lacks) {
    let objects = client.objects();
    let several = content(4 * STEP as usize + 17);

    report
        .case("an upload in one request", async {
            let object = objects.insert(BUCKET, Object::default().with_name("one"));
            object.upload(b"a,b".to_vec()).content_type("text/csv").send().await?;
            stored(client, "one", "text/csv", b"a,b").await
        })
        .await;

    // The documentation of the method: the type of the part and that of the metadata have to be equal.
    report
        .case("an upload in one request with the type in its metadata", async {
            let object = Object::default().with_name("metadata").with_content_type("text/csv");
            objects.insert(BUCKET, object).upload(b"a,b".to_vec()).resumable(false).send().await?;
            stored(client, "metadata", "text/csv", b"a,b").await
        })
        .await;

    report
        .case("a resumable upload with the type in its metadata", async {
            let object = Object::default().with_name("metadata-resumable").with_content_type("text/csv");
            objects.insert(BUCKET, object).upload(b"a,b".to_vec()).resumable(true).send().await?;
            stored(client, "metadata-resumable", "text/csv", b"a,b").await
        })
        .await;

    report
        .case("the name as a parameter", async {
            let upload = objects.insert(BUCKET, Object::default()).name("par/ame ter").upload(b"x".to_vec());
            upload.content_type("text/plain").send().await?;
            stored(client, "par/ame ter", "text/plain", b"x").await
        })
        .await;

    report
        .case("a resumable upload of several chunks", async { resumable(client, "chunks", &several).await })
        .await;

    report
        .case("a resumable upload whose last chunk is full", async {
            resumable(client, "full", &content(2 * STEP as usize)).await
        })
        .await;

    report
        .case("an empty object in a resumable upload", async {
            resumable(client, "empty-resumable", b"").await
        })
        .await;

    report
        .case("an empty object in one request", async {
            let upload = objects.insert(BUCKET, Object::default().with_name("empty")).upload(Vec::new());
            upload.content_type("text/plain").resumable(false).send().await?;
            stored(client, "empty", "text/plain", b"").await
        })
        .await;

    if !lacks.upload_types {
        report
            .case("a resumable upload with the type in its headers", async {
                let upload =
                    objects.insert(BUCKET, Object::default().with_name("headers")).upload(b"a,b".to_vec());
                upload.content_type("text/csv").resumable(true).send().await?;
                stored(client, "headers", "text/csv", b"a,b").await
            })
            .await;
    }

    report
        .case("metadata of a resumable upload", async {
            let object = Object::default().with_name("described").with_metadata([("k", "ü".to_owned())]);
            let upload = objects.insert(BUCKET, object).upload(b"bytes".to_vec()).content_type("text/plain");
            upload.resumable(true).send().await?;
            let object = objects.get(BUCKET, "described").send().await?;
            // The storage testbench adds to it.
            equal("what the owner added", &serde_json::to_value(&object)?["metadata"]["k"], &"ü".into())
        })
        .await;

    let upload = |name: &str| {
        let upload = objects.insert(BUCKET, Object::default().with_name(name)).upload(several.clone());
        upload.content_type("image/png").chunk_size(STEP)
    };
    if !lacks.new_sessions {
        report
            .case("a session without bytes that another process continues", async {
                let saved = upload("begun").start().await?.save().ok_or("there is nothing to save")?;
                upload("begun").resume(&saved).await?.send().await?;
                stored(client, "begun", "image/png", &several).await
            })
            .await;
    }

    if !lacks.sessions {
        report
            .case("a session with bytes that another process continues", async {
                let sent = Arc::new(AtomicBool::new(false));
                let noted = sent.clone();
                let begun = upload("continued").on_progress(move |_| noted.store(true, Ordering::Relaxed));
                let mut session = begun.start().await?;
                sent.store(false, Ordering::Relaxed);
                tokio::select! {
                    result = session.send() => {
                        return Err(format!("it was not interrupted: {result:?}").into());
                    }
                    () = first(&sent) => {}
                }
                let saved = session.save().ok_or("there is nothing to save")?;
                upload("continued").resume(&saved).await?.send().await?;
                stored(client, "continued", "image/png", &several).await
            })
            .await;
    }

    report
        .case("an upload into a bucket that does not exist", async {
            let upload =
                objects.insert("no-such-bucket", Object::default().with_name("x")).upload(b"x".to_vec());
            let error = failure(upload.content_type("text/plain").send().await)?;
            holds("the error says that it is not found", error.is_not_found())
        })
        .await;
}

/// An upload in steps that says the type in both places.
async fn resumable(client: &Client, name: &str, bytes: &[u8]) -> Outcome {
    let object = Object::default().with_name(name).with_content_type("image/png");
    let upload = client.objects().insert(BUCKET, object).upload(bytes.to_vec());
    upload.content_type("image/png").resumable(true).chunk_size(STEP).send().await?;
    stored(client, name, "image/png", bytes).await
}

/// Waits for the first chunk that a server took.
async fn first(sent: &AtomicBool) {
    while !sent.load(Ordering::Relaxed) {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}
