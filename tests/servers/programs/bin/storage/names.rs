//! Objects whose names have characters that paths and queries have another use for.

use google_storage_v1::Client;
use google_storage_v1::schemas::Object;
use programs::{Outcome, Report, equal, failure, holds};

use crate::{BUCKET, Lacks, bytes_of, put};

/// Names that are all legal in Cloud Storage: any characters but line ends, up to 1,024 bytes, not
/// `.` or `..` alone (<https://cloud.google.com/storage/docs/objects#naming>).
const NAMES: &[&str] = &[
    "plain.txt",
    "folder/file.txt",
    "a/../b",
    "../up",
    "a/./b",
    "//double",
    "with space",
    "übung/日本語/🦀",
    "#hash",
    "what?",
    "100%",
    "a%2Fb",
    "%",
    "a+b&c=d",
    "semi;colon,comma",
    "quote'\"()!*",
    "star~tilde",
    "colon:verb",
    "back\\slash",
    "o/x/o/y",
    "tab\there",
    "...",
];

pub async fn run(report: &mut Report, client: &Client, lacks: &Lacks) {
    for name in NAMES.iter().filter(|name| !lacks.names.contains(name)) {
        report.case(format!("the name {name:?}"), named(client, name)).await;
    }
}

/// An object of this name is made, described, read, listed, copied and deleted, and no other one.
async fn named(client: &Client, name: &str) -> Outcome {
    let objects = client.objects();
    let made = put(client, name, name.as_bytes().to_vec()).await?;
    equal("its name when made", made.name.as_deref(), Some(name))?;
    let found = objects.get(BUCKET, name).send().await?;
    equal("its name when found", found.name.as_deref(), Some(name))?;
    equal("its content", bytes_of(client, name).await?, name.as_bytes().to_vec())?;
    let mut listed = objects.list(BUCKET).prefix(name).items();
    let first = listed.next().await.ok_or("it is not listed")??;
    equal("its name when listed", first.name.as_deref(), Some(name))?;
    let copy = format!("copies/{name}");
    objects.copy(BUCKET, name, BUCKET, &copy, Object::default()).send().await?;
    equal("the content of its copy", bytes_of(client, &copy).await?, name.as_bytes().to_vec())?;
    objects.delete(BUCKET, name).send().await?;
    let error = failure(objects.get(BUCKET, name).send().await)?;
    holds("it is not found when it is deleted", error.is_not_found())
}
