//! Cloud Spanner: operations until they are done, and rows of values of any type.

use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use discovery_runtime::RetryPolicy;
use google_spanner_v1::schemas::{
    CommitRequest, CreateDatabaseRequest, CreateInstanceRequest, CreateSessionRequest, ExecuteSqlRequest,
    Instance, Mutation, ReadWrite, TransactionOptions, UpdateDatabaseDdlRequest, Write,
};
use google_spanner_v1::{Client, Credentials};
use programs::{Outcome, Report, equal, failure, holds};
use serde_json::{Value, json, to_value};

const TABLE: &str = "CREATE TABLE t (k INT64, v STRING(MAX), b BYTES(MAX), f FLOAT64) PRIMARY KEY (k)";

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let (mut report, address) = Report::from_arguments();
    let client = Client::builder()
        .credentials(Credentials::token("token"))
        .endpoint_on_loopback(&address)
        .retry(RetryPolicy::none())
        .build()
        .unwrap();
    let time = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_millis());
    let instance = format!("projects/p/instances/i{time}");
    let database = format!("{instance}/databases/first");
    report.case("an operation makes an instance", make_instance(&client, &instance)).await;
    report.case("an operation makes a database", make_database(&client, &instance, "first")).await;
    report.case("what exists is not made again", conflict(&client, &instance)).await;
    report.case("rows there and back", rows(&client, &database)).await;
    report.case("a row that is there already", twice(&client, &database)).await;
    report.case("a statement that is wrong", wrong(&client, &database)).await;
    report.case("an operation that fails is an error", failed(&client, &database)).await;
    report.case("a list of three pages", pages(&client, &instance)).await;
    report.case("a deleted database is not listed", deleted(&client, &instance, &database)).await;
    report.finish()
}

async fn make_instance(client: &Client, name: &str) -> Outcome {
    let instances = client.projects().instances();
    let wanted = Instance::default()
        .with_config("projects/p/instanceConfigs/emulator-config")
        .with_display_name("übung")
        .with_node_count(1);
    let id = name.rsplit('/').next().unwrap_or_default();
    let request = CreateInstanceRequest::default().with_instance_id(id).with_instance(wanted);
    let done = instances.create("projects/p", request).wait().done().await?;
    equal("whether it is over", done.done, Some(true))?;
    let made = to_value(&done)?["response"].take();
    equal("the name in the response", &made["name"], &name.into())?;
    let operation = done.name.ok_or("it has no name")?;
    instances.operations().get(operation).wait().done().await?;
    let found = instances.get(name).send().await?;
    equal("its text", found.display_name.as_deref(), Some("übung"))
}

async fn make_database(client: &Client, instance: &str, id: &str) -> Outcome {
    let request = CreateDatabaseRequest::default().with_create_statement(format!("CREATE DATABASE `{id}`"));
    let databases = client.projects().instances().databases();
    databases.create(instance, request.with_extra_statements([TABLE])).wait().done().await?;
    let tables = databases.get_ddl(format!("{instance}/databases/{id}")).send().await?;
    let text = to_value(&tables)?["statements"][0].to_string();
    holds("its table is there", text.contains("CREATE TABLE t"))
}

async fn conflict(client: &Client, instance: &str) -> Outcome {
    let request = CreateDatabaseRequest::default().with_create_statement("CREATE DATABASE `first`");
    let call = client.projects().instances().databases().create(instance, request);
    let error = failure(call.wait().done().await)?;
    holds("the error says that it exists", error.is_conflict())
}

async fn session(client: &Client, database: &str) -> Outcome<String> {
    let sessions = client.projects().instances().databases().sessions();
    let session = sessions.create(database, CreateSessionRequest::default()).send().await?;
    Ok(session.name.ok_or("the session has no name")?)
}

fn insert(row: [Value; 4]) -> CommitRequest {
    let write =
        Write::default().with_table("t").with_columns(["k", "v", "b", "f"]).with_values([row.to_vec()]);
    let locks = TransactionOptions::default().with_read_write(ReadWrite::default());
    CommitRequest::default()
        .with_mutations([Mutation::default().with_insert(write)])
        .with_single_use_transaction(locks)
}

async fn rows(client: &Client, database: &str) -> Outcome {
    let sessions = client.projects().instances().databases().sessions();
    let session = session(client, database).await?;
    let first = [json!("9007199254740993"), json!("ü \u{0} \"x\""), json!("+/8="), json!(1.5)];
    let second = [json!("2"), Value::Null, Value::Null, json!("NaN")];
    for row in [&first, &second] {
        sessions.commit(&session, insert(row.clone())).send().await?;
    }
    let query = ExecuteSqlRequest::default().with_sql("SELECT k, v, b, f FROM t ORDER BY k DESC");
    let found = sessions.execute_sql(&session, query).send().await?;
    equal("the rows", to_value(&found)?["rows"].take(), json!([first, second]))?;
    let query = ExecuteSqlRequest::default().with_sql("SELECT v FROM t WHERE k = @k");
    let query = query.with_params([("k", json!("2"))]);
    let found = sessions.execute_sql(&session, query).send().await?;
    equal("the null", to_value(&found)?["rows"].take(), json!([[null]]))?;
    sessions.delete(&session).send().await?;
    Ok(())
}

async fn twice(client: &Client, database: &str) -> Outcome {
    let sessions = client.projects().instances().databases().sessions();
    let session = session(client, database).await?;
    let row = [json!("2"), Value::Null, Value::Null, Value::Null];
    let error = failure(sessions.commit(&session, insert(row)).send().await)?;
    equal("the status", error.http_status(), Some(409))?;
    holds("the error says that it exists", error.is_conflict())
}

async fn wrong(client: &Client, database: &str) -> Outcome {
    let session = session(client, database).await?;
    let query = ExecuteSqlRequest::default().with_sql("SELECT nothing FROM nowhere");
    let call = client.projects().instances().databases().sessions().execute_sql(&session, query);
    let error = failure(call.send().await)?;
    equal("the status", error.http_status(), Some(400))?;
    holds("the error says that the argument is wrong", error.is_invalid_argument())
}

/// The index demands of rows that are there what they are not: the operation begins, and fails.
async fn failed(client: &Client, database: &str) -> Outcome {
    let sessions = client.projects().instances().databases().sessions();
    let session = session(client, database).await?;
    for key in ["10", "11"] {
        let row = [json!(key), json!("same"), Value::Null, Value::Null];
        sessions.commit(&session, insert(row)).send().await?;
    }
    let request = UpdateDatabaseDdlRequest::default();
    let request = request.with_statements(["CREATE UNIQUE INDEX one ON t(v)"]).with_operation_id("fails");
    let databases = client.projects().instances().databases();
    let error = failure(databases.update_ddl(database, request).wait().done().await)?;
    holds(&format!("{error} says why"), error.to_string().contains("uniqueness"))?;
    // The operation is there afterwards, and has failed still.
    let again = databases.operations().get(format!("{database}/operations/fails"));
    let error = failure(again.wait().done().await)?;
    holds("the operation failed", error.is_operation_failed())?;
    holds("the outcome is known", !error.is_outcome_unknown())
}

async fn pages(client: &Client, instance: &str) -> Outcome {
    for id in ["second", "third", "fourth", "fifth"] {
        make_database(client, instance, id).await?;
    }
    let mut items = client.projects().instances().databases().list(instance).page_size(2).items();
    let mut found = Vec::new();
    while let Some(database) = items.next().await {
        found.extend(database?.name);
    }
    found.sort();
    let wanted =
        ["fifth", "first", "fourth", "second", "third"].map(|id| format!("{instance}/databases/{id}"));
    equal("the names", found, wanted.to_vec())
}

/// That it is not found afterwards cannot be shown: of 404 the emulator makes 500.
async fn deleted(client: &Client, instance: &str, database: &str) -> Outcome {
    let databases = client.projects().instances().databases();
    databases.drop_database(database).send().await?;
    let mut items = databases.list(instance).items();
    while let Some(found) = items.next().await {
        holds("it is not listed", found?.name.as_deref() != Some(database))?;
    }
    Ok(())
}
