//! Faults on demand, which the storage testbench has: it breaks a connection in the middle of a
//! call that says so, once for each instruction of its test.

use discovery_runtime::{CallOptions, HttpMethod};
use google_storage_v1::schemas::Object;
use google_storage_v1::{Client, Credentials};
use programs::{Outcome, Report, content, failure, holds};
use serde_json::{Value, json};

use crate::{BUCKET, put, stored};

const STEP: u64 = 256 * 1024;

pub async fn run(report: &mut Report, address: &str) {
    let client: Client = Client::builder()
        .credentials(Credentials::token("token"))
        .endpoint_on_loopback(address)
        .build()
        .unwrap();

    for fault in ["return-503", "return-429", "return-broken-stream", "return-broken-stream-after-256K"] {
        report.case(format!("a download with the fault {fault}"), download(&client, fault)).await;
    }
    for fault in ["return-503", "return-503-after-256K", "return-503-after-512K", "return-reset-connection"] {
        report.case(format!("a resumable upload with the fault {fault}"), upload(&client, fault)).await;
    }
    report
        .case("a list with the fault return-503", async {
            let options = faulty(&client, "storage.objects.list", "return-503").await?;
            client.objects().list(BUCKET).options(options).send().await?;
            Ok(())
        })
        .await;
    report.case("a download whose bytes are not those of its hash", corrupted(&client)).await;
}

/// Options of a call that has one fault.
async fn faulty(client: &Client, method: &str, fault: &str) -> Outcome<CallOptions> {
    let test = json!({"instructions": {method: [fault]}});
    let response = client.core().request(HttpMethod::Post, "retry_test").json(&test).send().await?;
    let id = response.json::<Value>()?["id"].as_str().ok_or("the test has no id")?.to_owned();
    Ok(CallOptions::default().with_header("x-retry-test-id", id))
}

async fn download(client: &Client, fault: &str) -> Outcome {
    let bytes = content(3 * STEP as usize);
    put(client, "faults", bytes.clone()).await?;
    let options = faulty(client, "storage.objects.get", fault).await?;
    let found = client.objects().get(BUCKET, "faults").download().options(options).bytes().await?;
    holds("all bytes came", found.as_ref() == bytes)
}

async fn upload(client: &Client, fault: &str) -> Outcome {
    let bytes = content(4 * STEP as usize + 17);
    let options = faulty(client, "storage.objects.insert", fault).await?;
    let name = format!("upload/{fault}");
    let object = Object::default().with_name(&name).with_content_type("image/png");
    let upload = client.objects().insert(BUCKET, object).upload(bytes.clone()).content_type("image/png");
    upload.resumable(true).chunk_size(2 * STEP).options(options).send().await?;
    stored(client, &name, "image/png", &bytes).await
}

/// The testbench sends the hashes of the object in `x-goog-hash`, and other bytes.
async fn corrupted(client: &Client) -> Outcome {
    put(client, "corrupted", content(1000)).await?;
    let options = CallOptions::default().with_header("x-goog-emulator-instructions", "return-corrupted-data");
    let error = failure(client.objects().get(BUCKET, "corrupted").download().options(options).bytes().await)?;
    holds("it is no error of the server", !error.is_server_error())
}
