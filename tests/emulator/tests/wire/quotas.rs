//! Limits.

use std::time::Duration;

use photos_emulator::{Fault, Gate, Quotas, scopes};
use serde_json::{Value, json};

use crate::media::jpeg;
use crate::session::{RAW, Session};

/// The recorded reply to a used-up quota.
fn exceeded(metric: &str, limit: &str, info: &Value) -> Value {
    let message = format!(
        "Quota exceeded for quota metric '{metric}' and limit '{limit}' of service 'photoslibrary.googleapis.com' for consumer 'project_number:100000000001'."
    );
    json!({"error": {
        "code": 429,
        "message": message,
        "errors": [{"message": message, "domain": "global", "reason": "rateLimitExceeded"}],
        "status": "RESOURCE_EXHAUSTED",
        "details": [
            {
                "@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "RATE_LIMIT_EXCEEDED",
                "domain": "googleapis.com", "metadata": info,
            },
            {
                "@type": "type.googleapis.com/google.rpc.Help",
                "links": [{
                    "description": "Request a higher quota limit.",
                    "url": "https://cloud.google.com/docs/quota#requesting_higher_quota",
                }],
            },
        ],
    }})
}

#[tokio::test]
async fn the_requests_of_a_day_run_out() {
    let mut session = Session::start_with(|config| config.quotas.requests_per_day = Some(3)).await;
    session.get("/v1/albums").await.expect(200);
    session.get("/v1/albums/unknown").await.expect(404);
    session.send("POST", "/v1/uploads", RAW, b"x").await;
    let info = json!({
        "quota_limit_value": "3", "consumer": "projects/100000000001", "service": "photoslibrary.googleapis.com",
        "quota_limit": "ApiCallsPerProjectPerDay", "quota_location": "global",
        "quota_metric": "photoslibrary.googleapis.com/all_requests",
    });
    let response = session.get("/v1/albums").await;
    assert_eq!(response.header("retry-after"), None);
    assert_eq!(
        response.expect(429),
        exceeded("All requests", "All requests per day", &info)
    );
    assert_eq!(
        session.send("POST", "/v1/uploads", RAW, b"x").await.status,
        429,
        "uploads count"
    );
    session
        .emulator
        .configure(|config| config.quotas.uploads_count = false);
    assert_eq!(
        session.send("POST", "/v1/uploads", RAW, b"x").await.status,
        200
    );

    session.emulator.advance(Duration::from_secs(24 * 3600));
    session.token = session.emulator.token(&scopes::LIVE);
    session.get("/v1/albums").await.expect(200);
}

#[tokio::test]
async fn the_writes_of_a_minute_run_out_for_one_user() {
    let mut session = Session::start_with(|config| config.quotas = Quotas::service()).await;
    for _ in 0..30 {
        session.album("A").await;
    }
    let info = json!({
        "service": "photoslibrary.googleapis.com", "quota_limit_value": "30", "quota_location": "global",
        "consumer": "projects/100000000001", "quota_metric": "photoslibrary.googleapis.com/write_requests",
        "quota_limit": "WritesPerMinutePerUser",
    });
    let body = json!({"album": {"title": "A"}});
    let response = session.post("/v1/albums", &body).await;
    assert_eq!(
        response.expect(429),
        exceeded(
            "Write requests",
            "Write requests per minute per user",
            &info
        )
    );
    session.get("/v1/albums").await.expect(200);
    session
        .post("/v1/mediaItems:search", &json!({}))
        .await
        .expect(200);
    let other = session.emulator.token_for(
        "other@example.com",
        photos_emulator::DEFAULT_CLIENT,
        &scopes::LIVE,
    );
    let own = std::mem::replace(&mut session.token, other);
    session.post("/v1/albums", &body).await.expect(200);
    session.token = own;
    session.emulator.advance(Duration::from_secs(60));
    session.post("/v1/albums", &body).await.expect(200);
}

#[tokio::test]
async fn a_second_write_in_flight_is_refused() {
    let session = Session::start().await;
    let tokens = [
        session.upload(&jpeg(1, 1, 1)).await,
        session.upload(&jpeg(1, 1, 2)).await,
    ];
    let [first, second] =
        tokens.map(|token| json!({"newMediaItems": [{"simpleMediaItem": {"uploadToken": token}}]}));
    let gate = Gate::new();
    session
        .emulator
        .plan("mediaItems.batchCreate", Fault::hold(&gate));
    let both = async {
        gate.arrived(1).await;
        let response = session.post("/v1/mediaItems:batchCreate", &second).await;
        assert_eq!(
            response.expect(429),
            json!({"error": {
                "code": 429,
                "message": "Quota exceeded for quota 'concurrent write request' of service 'photoslibrary.googleapis.com'.",
                "status": "RESOURCE_EXHAUSTED",
            }})
        );
        session.get("/v1/albums").await.expect(200);
        assert_eq!(
            session.emulator.items().len(),
            0,
            "the first one is still waiting"
        );
        session.upload(b"bytes may be uploaded meanwhile").await;
        gate.open();
    };
    let (response, ()) = tokio::join!(session.post("/v1/mediaItems:batchCreate", &first), both);
    response.expect(200);
    session
        .post("/v1/mediaItems:batchCreate", &second)
        .await
        .expect(200);
    assert_eq!(session.emulator.items().len(), 2);
    session.emulator.assert_faults_consumed();
}

#[tokio::test]
async fn base_urls_have_a_limit_of_their_own() {
    let session =
        Session::start_with(|config| config.quotas.base_url_requests_per_day = Some(1)).await;
    let id = session.create("a.jpg", &jpeg(1, 1, 1)).await;
    let item = session
        .get(&format!("/v1/mediaItems/{id}"))
        .await
        .expect(200);
    let url = item["baseUrl"]
        .as_str()
        .unwrap()
        .strip_prefix(&session.emulator.url())
        .unwrap()
        .to_owned();
    assert_eq!(session.get(&format!("{url}=d")).await.status, 200);
    assert_eq!(session.get(&format!("{url}=d")).await.status, 429);
    session.get("/v1/albums").await.expect(200);
}
