//! Google Drive: files with metadata and bytes, changes, lists.

use std::process::ExitCode;

use discovery_runtime::{CallOptions, RetryPolicy};
use google_drive_v3::schemas::File;
use google_drive_v3::{Client, Credentials, Error};
use programs::{Outcome, Report, equal, failure, holds};

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let (mut report, address) = Report::from_arguments();
    let client = Client::builder()
        // The mock knows this token and no other one.
        .credentials(Credentials::token("valid-token"))
        .endpoint_on_loopback(&address)
        .retry(RetryPolicy::none())
        .build()
        .unwrap();
    report.case("a file with metadata and bytes", bytes(&client)).await;
    report.case("a file without bytes", metadata(&client)).await;
    report.case("new bytes for a file", replaced(&client)).await;
    report.case("a file in a folder that moves", moved(&client)).await;
    report.case("a deleted file is not found", deleted(&client)).await;
    report.case("a resumable upload has the route of the simple one", route(&client)).await;
    // The mock does not know `files/name`.
    for fields in [None, Some("files(id,name)"), Some("kind,files(name)")] {
        report.case(format!("a list of three pages with fields {fields:?}"), pages(&client, fields)).await;
    }
    report.finish()
}

async fn created(client: &Client, name: &str) -> Result<File, Error> {
    let file = File::default().with_name(name).with_mime_type("text/plain");
    client.files().create(file).upload(b"Hello".to_vec()).content_type("text/plain").send().await
}

fn id(file: &File) -> Outcome<String> {
    Ok(file.id.clone().ok_or("it has no id")?)
}

async fn bytes(client: &Client) -> Outcome {
    let file = created(client, "übung 'a/b'.txt").await?;
    equal("its name", file.name.as_deref(), Some("übung 'a/b'.txt"))?;
    equal("its type", file.mime_type.as_deref(), Some("text/plain"))?;
    equal("its size", file.size, Some(5))?;
    let bytes = client.files().get(id(&file)?).download().bytes().await?;
    equal("its bytes", bytes.as_ref(), b"Hello")
}

async fn metadata(client: &Client) -> Outcome {
    let folder = File::default().with_name("f").with_mime_type("application/vnd.google-apps.folder");
    let file = client.files().create(folder).send().await?;
    let change = File::default().with_name("g").with_starred(true);
    client.files().update(id(&file)?, change).send().await?;
    let file = client.files().get(id(&file)?).send().await?;
    equal("its name", file.name.as_deref(), Some("g"))?;
    equal("its type", file.mime_type.as_deref(), Some("application/vnd.google-apps.folder"))
}

async fn replaced(client: &Client) -> Outcome {
    let file = created(client, "replaced").await?;
    let update = client.files().update(id(&file)?, File::default().with_description("second"));
    update.upload(b"Good day".to_vec()).content_type("text/plain").send().await?;
    let bytes = client.files().get(id(&file)?).download().bytes().await?;
    equal("its bytes", bytes.as_ref(), b"Good day")?;
    let file = client.files().get(id(&file)?).send().await?;
    equal("its name", file.name.as_deref(), Some("replaced"))
}

async fn moved(client: &Client) -> Outcome {
    let file = client.files().create(File::default().with_name("m").with_parents(["one"])).send().await?;
    let call = client.files().update(id(&file)?, File::default());
    let file = call.add_parents("two").remove_parents("one").send().await?;
    equal("its folders", &serde_json::to_value(&file)?["parents"], &serde_json::json!(["two"]))
}

async fn deleted(client: &Client) -> Outcome {
    let id = id(&created(client, "deleted").await?)?;
    client.files().delete(&id).send().await?;
    for error in [
        failure(client.files().get(&id).send().await)?,
        failure(client.files().get(&id).download().bytes().await)?,
        failure(client.files().delete(&id).send().await)?,
    ] {
        holds("the error says that it is not found", error.is_not_found())?;
    }
    Ok(())
}

/// The mock has no resumable uploads. It says so with 400 where Drive has them, and 404 elsewhere.
async fn route(client: &Client) -> Outcome {
    let upload = client.files().create(File::default().with_name("r")).upload(b"x".to_vec());
    let error = failure(upload.content_type("text/plain").resumable(true).send().await)?;
    equal("the status", error.http_status(), Some(400))
}

async fn pages(client: &Client, fields: Option<&str>) -> Outcome {
    let names: Vec<String> = (1..=7).map(|index| format!("page {fields:?} {index}")).collect();
    for name in &names {
        created(client, name).await?;
    }
    let mut call = client.files().list().page_size(3).q(format!("name contains 'page {fields:?}'"));
    if let Some(fields) = fields {
        call = call.options(CallOptions::default().with_fields(fields));
    }
    let mut items = call.items();
    let mut found = Vec::new();
    while let Some(file) = items.next().await {
        found.extend(file?.name);
    }
    equal("the names", found, names)
}
