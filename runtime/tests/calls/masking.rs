//! Secrets are masked in what is shown. What an error means is read from what came.

use discovery_runtime::transport::FakeResponse;
use discovery_runtime::{Credentials, QuotaKind};

use crate::support::*;

const RATE: &str = r#"{"error": {"errors": [{"domain": "usageLimits",
    "reason": "userRateLimitExceeded", "message": "User Rate Limit Exceeded"}],
    "code": 403, "message": "User Rate Limit Exceeded"}}"#;

/// Tokens of tests are words. `userRateLimitExceeded` is what the handling of errors of Google's
/// APIs says to retry: <https://developers.google.com/workspace/drive/api/guides/handle-errors>.
#[tokio::test]
async fn short_secret_is_not_masked() {
    for token in [
        "user",
        "t",
        "x",
        "test",
        "code",
        "error",
        "reason",
        "ya29.abcdef",
    ] {
        let setup = setup_with(|builder| builder.credentials(Credentials::token(token)));
        setup.respond([FakeResponse::json(403, RATE), album()]);
        setup
            .client
            .get("a")
            .send()
            .await
            .unwrap_or_else(|error| panic!("{token}: {error:?}"));
        assert_eq!(setup.server.request_count(), 2, "{token}");
    }
}

/// Even a secret that is the word which decides.
#[tokio::test]
async fn classification_reads_the_unmasked_error() {
    let reasons = [
        "userRateLimitExceeded",
        "RESOURCE_EXHAUSTED",
        "accessNotConfigured",
        "errors",
    ];
    for token in reasons {
        let setup = setup_with(|builder| {
            let credentials = Credentials::token(token);
            builder
                .credentials(credentials)
                .retry(discovery_runtime::RetryPolicy::none())
        });
        setup.respond([
            FakeResponse::json(403, RATE),
            FakeResponse::json(
                403,
                RATE.replace("userRateLimitExceeded", "accessNotConfigured"),
            ),
        ]);
        let error = setup.client.get("a").send().await.unwrap_err();
        assert_eq!(
            error.quota_kind(),
            Some(QuotaKind::PerMinute),
            "{token}: {error:?}"
        );
        let error = setup.client.get("a").send().await.unwrap_err();
        assert!(error.is_api_disabled(), "{token}: {error:?}");
    }
}

#[tokio::test]
async fn masking_hides_secrets_and_keeps_text() {
    let message = "The user of the test must test it; your token {} was bad";
    let shown = |token: &'static str| async move {
        let setup = setup_with(|builder| builder.credentials(Credentials::token(token)));
        let text = message.replace("{}", token);
        setup.respond([FakeResponse::error(400, "INVALID_ARGUMENT", &text)]);
        let error = setup.client.get("a").send().await.unwrap_err();
        let status = error.rpc_status().unwrap().message.clone();
        (
            format!("{error} {error:?} {}", error.body().unwrap()),
            status,
        )
    };
    for token in ["user", "test", "t"] {
        let (text, status) = shown(token).await;
        assert!(!text.contains("[secret]"), "{text}");
        assert_eq!(status, message.replace("{}", token));
    }
    let (text, status) = shown("CANARY-CANARY").await;
    assert!(!text.contains("CANARY"), "{text}");
    assert_eq!(status, message.replace("{}", "[secret]"));
}

/// JSON can write each character of a secret as an escape; what is shown has them as they are.
#[tokio::test]
async fn masking_finds_escaped_secrets() {
    let setup = setup_with(|builder| builder.credentials(Credentials::token("1//0-CANARY/x")));
    let body = r#"{"error": {"code": 400, "message": "bad: 1\/\/0-\u0043ANARY\/x",
        "details": [{"refresh_token": 5, "list": ["\u0031\/\/0-CANARY/x"]}]}}"#;
    setup.respond([FakeResponse::json(400, body)]);
    let error = setup.client.get("a").send().await.unwrap_err();
    let status = error.rpc_status().unwrap();
    assert_eq!(status.message, "bad: [secret]");
    assert!(
        !format!("{error} {status:?}").contains("CANARY"),
        "{status:?}"
    );
}
