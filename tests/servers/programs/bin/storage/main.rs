//! Cloud Storage: uploads and downloads of each kind, lists, names, conditions.

mod changes;
mod downloads;
mod faults;
mod lacks;
mod lists;
mod names;
mod uploads;

use std::process::ExitCode;

use discovery_runtime::RetryPolicy;
use google_storage_v1::schemas::{Bucket, Object};
use google_storage_v1::{Client, Credentials, Error};
use programs::{Outcome, Report, equal, holds};

use self::lacks::Lacks;

const BUCKET: &str = "servers-bucket";

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let (mut report, address) = Report::from_arguments();
    let lacks = Lacks::of(report.server());
    let client = Client::builder()
        .credentials(Credentials::token("token"))
        .endpoint_on_loopback(&address)
        // A server that does not understand a request does not understand it a minute later.
        .retry(RetryPolicy::none())
        .build()
        .unwrap();
    report.case("a bucket is made and found", bucket(&client)).await;
    uploads::run(&mut report, &client, &lacks).await;
    downloads::run(&mut report, &client, &lacks).await;
    lists::run(&mut report, &client, &lacks).await;
    names::run(&mut report, &client, &lacks).await;
    changes::run(&mut report, &client, &lacks).await;
    if report.server() == "storage-testbench" {
        faults::run(&mut report, &address).await;
    }
    report.finish()
}

async fn bucket(client: &Client) -> Outcome {
    let made = client.buckets().insert("project", Bucket::default().with_name(BUCKET)).send().await;
    // A server that ran before has it already.
    made.map(drop).or_else(|error| if error.is_conflict() { Ok(()) } else { Err(error) })?;
    let bucket = client.buckets().get(BUCKET).send().await?;
    equal("its name", bucket.name.as_deref(), Some(BUCKET))
}

async fn put(client: &Client, name: &str, bytes: Vec<u8>) -> Result<Object, Error> {
    client
        .objects()
        .insert(BUCKET, Object::default().with_name(name))
        .upload(bytes)
        .content_type("application/octet-stream")
        .send()
        .await
}

async fn bytes_of(client: &Client, name: &str) -> Outcome<Vec<u8>> {
    Ok(client.objects().get(BUCKET, name).download().bytes().await?.to_vec())
}

/// The object has these bytes and this type.
async fn stored(client: &Client, name: &str, content_type: &str, bytes: &[u8]) -> Outcome {
    let object = client.objects().get(BUCKET, name).send().await?;
    // The storage testbench leaves a size of 0 out.
    equal("its size", object.size.unwrap_or(0), bytes.len() as u64)?;
    equal("its type", object.content_type.as_deref(), Some(content_type))?;
    holds("the bytes are those that went up", bytes_of(client, name).await? == bytes)
}
