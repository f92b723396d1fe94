//! Cloud Pub/Sub: names of several segments in paths, bytes in JSON, empty responses.

use std::process::ExitCode;

use discovery_runtime::{CallOptions, RetryPolicy};
use google_pubsub_v1::schemas::{
    AcknowledgeRequest, PublishRequest, PubsubMessage, PullRequest, Subscription, Topic,
};
use google_pubsub_v1::{Client, Credentials};
use programs::{Outcome, Report, equal, failure, holds};

/// Ids that are all legal: letters, digits and `-_.~+%`, at least three, a letter first
/// (<https://cloud.google.com/pubsub/docs/pubsub-basics#resource_names>). `a%25b` is missing since the
/// emulator 0.8.20 takes it for `a%b`.
const IDS: &[&str] = &["topic", "with-dash_and.dot~tilde", "a+b", "a%b", "a%20b", "a%2Fb"];

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let (mut report, address) = Report::from_arguments();
    let client = Client::builder()
        .credentials(Credentials::token("token"))
        .endpoint_on_loopback(&address)
        .retry(RetryPolicy::none())
        .build()
        .unwrap();
    for id in IDS {
        report.case(format!("the topic {id:?}"), topic(&client, id)).await;
    }
    report.case("messages there and back", messages(&client)).await;
    report.case("what does not exist is not found", missing(&client)).await;
    report.case("what exists is not made again", conflict(&client)).await;
    for fields in [None, Some("topics(name)"), Some("topics/name")] {
        report.case(format!("a list of three pages with fields {fields:?}"), pages(&client, fields)).await;
    }
    report.finish()
}

async fn topic(client: &Client, id: &str) -> Outcome {
    let topics = client.projects().topics();
    let name = format!("projects/names/topics/{id}");
    let made = topics.create(&name, Topic::default()).send().await?;
    equal("its name when made", made.name.as_deref(), Some(name.as_str()))?;
    let found = topics.get(&name).send().await?;
    equal("its name when found", found.name.as_deref(), Some(name.as_str()))?;
    topics.delete(&name).send().await?;
    let error = failure(topics.get(&name).send().await)?;
    holds("it is not found when it is deleted", error.is_not_found())
}

async fn messages(client: &Client) -> Outcome {
    let (topic, name) = ("projects/p/topics/messages", "projects/p/subscriptions/messages");
    let subscriptions = client.projects().subscriptions();
    client.projects().topics().create(topic, Topic::default()).send().await?;
    let wanted = Subscription::default().with_topic(topic).with_ack_deadline_seconds(60);
    subscriptions.create(name, wanted).send().await?;
    // In base64 these bytes have both characters in which its alphabets differ.
    let data = vec![0xfb, 0xff, 0xfe, 0x00];
    let message = PubsubMessage::default().with_data(data.clone()).with_attributes([("k", "ü".to_owned())]);
    let request = PublishRequest::default().with_messages([message]);
    client.projects().topics().publish(topic, request).send().await?;
    let pulled = subscriptions.pull(name, PullRequest::default().with_max_messages(10)).send().await?;
    let received = serde_json::to_value(&pulled)?["receivedMessages"].take();
    equal("the data", &received[0]["message"]["data"], &"-__-AA==".into())?;
    equal("the attribute", &received[0]["message"]["attributes"]["k"], &"ü".into())?;
    let id = received[0]["ackId"].as_str().ok_or("it has no id")?.to_owned();
    subscriptions.acknowledge(name, AcknowledgeRequest::default().with_ack_ids([id])).send().await?;
    Ok(())
}

async fn missing(client: &Client) -> Outcome {
    let error = failure(client.projects().topics().get("projects/p/topics/missing").send().await)?;
    equal("the status", error.http_status(), Some(404))?;
    holds("the error says that it is not found", error.is_not_found())
}

async fn conflict(client: &Client) -> Outcome {
    let topics = client.projects().topics();
    topics.create("projects/p/topics/twice", Topic::default()).send().await?;
    let error = failure(topics.create("projects/p/topics/twice", Topic::default()).send().await)?;
    equal("the status", error.http_status(), Some(409))?;
    holds("the error says that it exists", error.is_conflict())
}

async fn pages(client: &Client, fields: Option<&str>) -> Outcome {
    let topics = client.projects().topics();
    let project = format!("projects/pages-{}", fields.map_or(0, str::len));
    let names: Vec<String> = (1..=7).map(|index| format!("{project}/topics/topic-{index}")).collect();
    for name in &names {
        topics.create(name, Topic::default()).send().await?;
    }
    let mut call = topics.list(&project).page_size(3);
    if let Some(fields) = fields {
        call = call.options(CallOptions::default().with_fields(fields));
    }
    let mut items = call.items();
    let mut found = Vec::new();
    while let Some(topic) = items.next().await {
        found.extend(topic?.name);
    }
    found.sort();
    equal("the names", found, names)
}
