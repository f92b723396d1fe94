//! Cloud Firestore: names of any number of segments, `null`, and methods whose response is a list.

use std::process::ExitCode;

use discovery_runtime::RetryPolicy;
use google_firestore_v1::schemas::{
    BatchGetDocumentsRequest, CollectionSelector, Document, RunQueryRequest, StructuredQuery,
};
use google_firestore_v1::{Client, Credentials};
use programs::{Outcome, Report, equal, failure, holds};
use serde_json::{Value, from_value, json, to_value};

/// What the service calls `{parent}` of a collection at the root. The pattern of the parameter
/// (`.../documents/[^/]+/.*$`) does not match it; the parameter's description allows it.
const ROOT: &str = "projects/p/databases/(default)/documents";

/// Ids that are all legal: no `/`, not `.` or `..`, not `__.*__`
/// (<https://firebase.google.com/docs/firestore/quotas#collections_documents_and_fields>).
const IDS: &[&str] =
    &["plain", "with space", "übung", "#hash", "what?", "100%", "a%2Fb", "a:b", "a+b", "quote'", "..."];

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let (mut report, address) = Report::from_arguments();
    let client = Client::builder()
        // The emulator's token of an administrator.
        .credentials(Credentials::token("owner"))
        .endpoint_on_loopback(&address)
        .retry(RetryPolicy::none())
        .build()
        .unwrap();
    for id in IDS {
        report.case(format!("the document {id:?}"), document(&client, id)).await;
    }
    report.case("a document below a document", nested(&client)).await;
    report.case("a null is a null, there and back", null(&client)).await;
    report.case("a change of one field", changed(&client)).await;
    report.case("a list of three pages", pages(&client)).await;
    report.case("a query at the root gives a list", query(&client)).await;
    report.case("a query without results gives a list", no_results(&client)).await;
    report.case("a query below a document gives a list", query_below(&client)).await;
    report.case("several documents are a list", batch(&client)).await;
    report.case("what does not exist is not found", missing(&client)).await;
    report.finish()
}

fn made(fields: Value) -> Outcome<Document> {
    Ok(from_value(json!({ "fields": fields }))?)
}

/// The fields of a document as the service gives them.
fn fields(document: &Document) -> Outcome<Value> {
    Ok(to_value(document)?["fields"].take())
}

async fn document(client: &Client, id: &str) -> Outcome {
    let documents = client.projects().databases().documents();
    let name = format!("{ROOT}/ids/{id}");
    let wanted = json!({"n": {"integerValue": "9007199254740993"}, "b": {"bytesValue": "-_8="}});
    let call = documents.create_document(ROOT, "ids", made(wanted.clone())?).document_id(id);
    equal("its name when made", call.send().await?.name.as_deref(), Some(name.as_str()))?;
    let found = documents.get(&name).send().await?;
    equal("its name when found", found.name.as_deref(), Some(name.as_str()))?;
    equal("its fields", fields(&found)?, wanted)?;
    documents.delete(&name).send().await?;
    let error = failure(documents.get(&name).send().await)?;
    holds("it is not found when it is deleted", error.is_not_found())
}

async fn nested(client: &Client) -> Outcome {
    let documents = client.projects().databases().documents();
    let parent = format!("{ROOT}/outer/o");
    let call = documents.create_document(&parent, "inner", made(json!({"s": {"stringValue": "x"}}))?);
    call.document_id("i").send().await?;
    let found = documents.get(format!("{parent}/inner/i")).send().await?;
    equal("its fields", fields(&found)?, json!({"s": {"stringValue": "x"}}))
}

async fn null(client: &Client) -> Outcome {
    let documents = client.projects().databases().documents();
    let wanted = json!({
        "nothing": {"nullValue": null},
        "list": {"arrayValue": {"values": [{"nullValue": null}, {"booleanValue": false}]}},
    });
    let call = documents.create_document(ROOT, "nulls", made(wanted.clone())?).document_id("first");
    call.send().await?;
    let found = documents.get(format!("{ROOT}/nulls/first")).send().await?;
    equal("the fields", fields(&found)?, wanted.clone())?;
    // What was read goes back as it came.
    let copy = documents.create_document(ROOT, "nulls", made(fields(&found)?)?).document_id("second");
    equal("the fields of the copy", fields(&copy.send().await?)?, wanted)
}

async fn changed(client: &Client) -> Outcome {
    let documents = client.projects().databases().documents();
    let name = format!("{ROOT}/changes/c");
    let first = json!({"a": {"stringValue": "1"}, "b": {"stringValue": "1"}});
    documents.create_document(ROOT, "changes", made(first)?).document_id("c").send().await?;
    let change = made(json!({"b": {"stringValue": "2"}}))?;
    documents.patch(&name, change).update_mask_field_paths(["b"]).send().await?;
    let found = documents.get(&name).send().await?;
    let wanted = json!({"a": {"stringValue": "1"}, "b": {"stringValue": "2"}});
    equal("its fields", fields(&found)?, wanted)
}

async fn pages(client: &Client) -> Outcome {
    let documents = client.projects().databases().documents();
    let names: Vec<String> = (1..=7).map(|index| format!("{ROOT}/pages/d{index}")).collect();
    for index in 1..=7 {
        let call = documents.create_document(ROOT, "pages", made(json!({}))?);
        call.document_id(format!("d{index}")).send().await?;
    }
    let mut items = documents.list(ROOT, "pages").page_size(3).items();
    let mut found = Vec::new();
    while let Some(document) = items.next().await {
        found.extend(document?.name);
    }
    equal("the names", found, names)
}

/// The list that a query gives, as JSON: its type is no concern of this program.
async fn queried(client: &Client, parent: &str, collection: &str) -> Outcome<Vec<Value>> {
    let from = [CollectionSelector::default().with_collection_id(collection)];
    let query = RunQueryRequest::default().with_structured_query(StructuredQuery::default().with_from(from));
    let documents = client.projects().databases().documents();
    let response = documents.run_query(parent, query).send().await?;
    list(to_value(&response)?)
}

fn list(response: Value) -> Outcome<Vec<Value>> {
    match response {
        Value::Array(results) => Ok(results),
        other => Err(format!("the response is no list: {other}").into()),
    }
}

async fn three(client: &Client, parent: &str, collection: &str) -> Outcome {
    let documents = client.projects().databases().documents();
    for index in 1..=3 {
        let call = documents.create_document(parent, collection, made(json!({"n": {"integerValue": "1"}}))?);
        call.document_id(format!("q{index}")).send().await?;
    }
    let results = queried(client, parent, collection).await?;
    let names: Vec<&str> = results.iter().filter_map(|result| result["document"]["name"].as_str()).collect();
    let wanted: Vec<String> = (1..=3).map(|index| format!("{parent}/{collection}/q{index}")).collect();
    equal("the names", names, wanted.iter().map(String::as_str).collect())
}

async fn query(client: &Client) -> Outcome {
    three(client, ROOT, "queries").await
}

async fn query_below(client: &Client) -> Outcome {
    three(client, &format!("{ROOT}/outer/o"), "queries").await
}

async fn no_results(client: &Client) -> Outcome {
    let results = queried(client, ROOT, "no-such-collection").await?;
    holds("there is no document", results.iter().all(|result| result.get("document").is_none()))
}

async fn batch(client: &Client) -> Outcome {
    let documents = client.projects().databases().documents();
    documents.create_document(ROOT, "batch", made(json!({}))?).document_id("there").send().await?;
    let names = ["there", "missing"].map(|id| format!("{ROOT}/batch/{id}"));
    let request = BatchGetDocumentsRequest::default().with_documents(names.clone());
    let response = documents.batch_get("projects/p/databases/(default)", request).send().await?;
    let results = list(to_value(&response)?)?;
    equal("the number of results", results.len(), 2)?;
    let has = |key: &str, name: &str| {
        results.iter().any(|result| result[key]["name"] == name || result[key] == name)
    };
    holds("one was found", has("found", &names[0]))?;
    holds("one is missing", has("missing", &names[1]))
}

async fn missing(client: &Client) -> Outcome {
    let documents = client.projects().databases().documents();
    let error = failure(documents.get(format!("{ROOT}/no/such")).send().await)?;
    equal("the status", error.http_status(), Some(404))?;
    holds("the error says that it is not found", error.is_not_found())
}
