//! Operations that are done: which of them failed, whichever way the service says it.

use discovery_runtime::rpc::Code;
use discovery_runtime::{Error, QuotaKind};
use google_operations_v1::Client;

use crate::server::{Server, start};

pub async fn operations() {
    let (server, client) = &start();
    machines(server, client).await;
    clusters(server, client).await;
    databases(server, client).await;
    flags(server, client).await;
}

/// Compute Engine: "If the operation fails, this field contains the HTTP error status code that was
/// returned", and `error` need not be there.
/// <https://cloud.google.com/compute/docs/reference/rest/v1/globalOperations>
async fn machines(server: &Server, client: &Client) {
    let insert = || client.machines().insert().wait().done();

    server.respond(
        r#"{"name":"o","status":"DONE","httpErrorStatusCode":403,"httpErrorMessage":"FORBIDDEN"}"#,
    );
    let error = insert().await.unwrap_err();
    assert!(error.is_operation_failed() && error.is_permission_denied(), "{error:?}");
    assert!(!error.is_outcome_unknown() && !error.is_retryable(), "{error:?}");
    assert_eq!(error.rpc_status().unwrap().code, Some(Code::PermissionDenied));
    assert_eq!(error.to_string(), "operations.machines.insert: the operation failed: 403 FORBIDDEN");
    server.expect("POST /v1/machines", "");

    let cases: [(&str, fn(&Error) -> bool); 4] = [
        (r#""httpErrorStatusCode":404,"httpErrorMessage":"NOT FOUND""#, Error::is_not_found),
        (r#""httpErrorStatusCode":409,"httpErrorMessage":"CONFLICT""#, Error::is_conflict),
        (r#""httpErrorStatusCode":412,"httpErrorMessage":"PRECONDITION FAILED""#, Error::is_precondition_failed),
        (r#""httpErrorStatusCode":400,"error":{"errors":[{"code":"RESOURCE_NOT_READY","message":"Wait."}]}"#, Error::is_invalid_argument),
    ];
    for (fields, is) in cases {
        server.respond(&format!(r#"{{"name":"o","status":"DONE",{fields}}}"#));
        let error = insert().await.unwrap_err();
        assert!(error.is_operation_failed() && is(&error), "{error:?}");
        server.expect("POST /v1/machines", "");
    }

    server.respond(
        r#"{"name":"o","status":"DONE","httpErrorStatusCode":403,"httpErrorMessage":"FORBIDDEN",
            "error":{"errors":[{"code":"QUOTA_EXCEEDED","message":"Quota 'CPUS' exceeded."}]}}"#,
    );
    let error = insert().await.unwrap_err();
    assert!(error.is_quota_exceeded() && !error.is_permission_denied(), "{error:?}");
    assert_eq!(error.quota_kind(), Some(QuotaKind::Other));
    assert!(error.rpc_status().unwrap().has_reason("QUOTA_EXCEEDED"));
    server.expect("POST /v1/machines", "");

    // Here the message tells of the status, not of a failure, and an empty list is no error.
    for done in [
        r#"{"name":"o","status":"DONE"}"#,
        r#"{"name":"o","status":"DONE","statusMessage":"All is well.","httpErrorStatusCode":0}"#,
        r#"{"name":"o","status":"DONE","httpErrorStatusCode":200,"httpErrorMessage":"OK","error":{"errors":[]}}"#,
    ] {
        server.respond(done);
        insert().await.unwrap();
        server.expect("POST /v1/machines", "");
    }
}

/// Kubernetes Engine: `error` is "the error result of the operation in case of failure"; before it
/// there was `statusMessage`: "If an error has occurred, a textual description of the error".
/// <https://cloud.google.com/kubernetes-engine/docs/reference/rest/v1/projects.locations.operations>
async fn clusters(server: &Server, client: &Client) {
    let create = || client.clusters().create().wait().done();

    server.respond(r#"{"name":"o","status":"DONE","error":{"code":5,"message":"No such network."}}"#);
    let error = create().await.unwrap_err();
    assert!(error.is_operation_failed() && error.is_not_found(), "{error:?}");
    server.expect("POST /v1/clusters", "");

    server.respond(r#"{"name":"o","status":"DONE","statusMessage":"No room in the zone."}"#);
    let error = create().await.unwrap_err();
    assert!(error.is_operation_failed(), "{error:?}");
    assert!(error.to_string().ends_with("the operation failed: No room in the zone."), "{error}");
    server.expect("POST /v1/clusters", "");

    // It is aborted when it says DONE, and not before.
    let wait = client.clusters().create().wait();
    server.respond(r#"{"name":"o","status":"ABORTING","statusMessage":"Going back."}"#);
    server.respond(r#"{"name":"o","status":"DONE","error":{"code":1,"message":"Cancelled."}}"#);
    let short = std::time::Duration::from_millis(1);
    let error = wait.with_delays(short, short).done().await.unwrap_err();
    assert_eq!(error.rpc_status().unwrap().code, Some(Code::Cancelled));
    server.expect("POST /v1/clusters", "");
    server.expect("GET /v1/clusterOperations/o", "");

    for done in [
        r#"{"name":"o","status":"DONE"}"#,
        r#"{"name":"o","status":"DONE","statusMessage":"","error":{"code":0}}"#,
    ] {
        server.respond(done);
        create().await.unwrap();
        server.expect("POST /v1/clusters", "");
    }
}

/// Cloud SQL: `error.errors[]` with text codes, and no HTTP status.
/// <https://cloud.google.com/sql/docs/mysql/admin-api/rest/v1/operations>
async fn databases(server: &Server, client: &Client) {
    let insert = || client.databases().insert().wait().done();
    server.respond(
        r#"{"name":"o","status":"DONE","error":{"kind":"sql#operationErrors",
            "errors":[{"kind":"sql#operationError","code":"INTERNAL_ERROR","message":"Broken."}]}}"#,
    );
    let error = insert().await.unwrap_err();
    assert!(error.is_operation_failed(), "{error:?}");
    assert!(error.rpc_status().unwrap().has_reason("INTERNAL_ERROR"), "{error:?}");
    server.expect("POST /v1/databases", "");
    server.respond(r#"{"name":"o","status":"DONE"}"#);
    insert().await.unwrap();
    server.expect("POST /v1/databases", "");
}

/// `google.longrunning.Operation`: done with neither an error nor a response is a success, as of
/// methods that delete.
/// <https://github.com/googleapis/googleapis/blob/master/google/longrunning/operations.proto>
async fn flags(server: &Server, client: &Client) {
    let create = || client.flags().create().wait().done();
    server.respond(r#"{"name":"o","done":true,"error":{"code":7,"message":"Not yours."}}"#);
    let error = create().await.unwrap_err();
    assert!(error.is_operation_failed() && error.is_permission_denied(), "{error:?}");
    server.expect("POST /v1/flags", "");
    server.respond(r#"{"name":"o","done":true}"#);
    assert!(create().await.unwrap().response.is_empty());
    server.expect("POST /v1/flags", "");
}
