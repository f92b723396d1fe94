//! What is known of an upload that may not be made twice when the server rejects its last bytes.

use crate::google::World;
use crate::google_server::Fault::{InvalidHead, Lost, None, Reset, ResetAfterAll, Status};

/// Two chunks; the second has the last byte.
const TOTAL: u64 = 300_000;

/// RFC 9110, section 15.5: 4xx says that the server does not carry the request out. A session that
/// is not complete makes no file.
#[tokio::test]
async fn rejection_after_the_last_byte_is_definite() {
    for status in [400, 403, 412, 413, 422, 499] {
        let faults = [None, None, Status(status), Status(status), Status(status)];
        let world = World::new(TOTAL, faults);
        let error = world.steps(TOTAL).send().await.unwrap_err();
        assert_eq!(error.http_status(), Some(status), "{error:?}");
        assert!(!error.is_outcome_unknown(), "{error:?}");
        assert_eq!(world.server.files(), 0, "{status}");
    }
}

/// A daily quota and a token that was revoked are as definite.
#[tokio::test]
async fn rejected_token_with_the_last_byte_is_definite() {
    let world = World::new(TOTAL, [None, None, Status(401), Status(401), Status(401)]);
    let error = world.steps(TOTAL).send().await.unwrap_err();
    assert!(
        error.is_unauthenticated() && !error.is_outcome_unknown(),
        "{error:?}"
    );
    assert_eq!(world.server.files(), 0);
}

/// Nothing was heard of the last bytes: the response to a later query says nothing about them.
#[tokio::test]
async fn rejected_query_leaves_the_outcome_unknown() {
    for status in [403, 404, 410] {
        let world = World::new(TOTAL, [None, None, ResetAfterAll, Status(status)]);
        let error = world.steps(TOTAL).send().await.unwrap_err();
        assert!(error.is_outcome_unknown(), "{status}: {error:?}");
        assert_eq!(world.server.files(), 1, "the file was made");
    }
}

/// A session that takes more bytes is not complete, and what rejects them then settles it.
#[tokio::test]
async fn active_session_has_created_nothing() {
    let broken = Reset {
        after: 30_000,
        keeps: 30_000,
    };
    let world = World::new(TOTAL, [None, None, broken, None, Status(403)]);
    let error = world.steps(TOTAL).send().await.unwrap_err();
    assert!(
        error.is_permission_denied() && !error.is_outcome_unknown(),
        "{error:?}"
    );
    assert_eq!(world.server.files(), 0);
}

/// The session can say what a response did not that nobody can read; it is queried once.
#[tokio::test]
async fn malformed_response_head_is_recovered_by_a_query() {
    let world = World::new(TOTAL, [None, None, InvalidHead]);
    world.steps(TOTAL).send().await.unwrap();
    assert_eq!(world.server.files(), 1);
    let world = World::new(TOTAL, [None, None, InvalidHead, InvalidHead]);
    let error = world.steps(TOTAL).send().await.unwrap_err();
    assert!(
        error.is_invalid_head() && error.is_outcome_unknown(),
        "{error:?}"
    );
    assert_eq!(world.server.log().len(), 4, "{error:?}");
    // Nothing was sent yet that could have done anything.
    let world = World::new(TOTAL, [InvalidHead]);
    let error = world.steps(TOTAL).send().await.unwrap_err();
    assert!(
        error.is_invalid_head() && !error.is_outcome_unknown(),
        "{error:?}"
    );
}

/// A server error and a session that is gone leave open what became of the bytes: Cloud Storage
/// documents that a 410 can stand for a session that ended well.
/// <https://cloud.google.com/storage/docs/json_api/v1/status-codes#410-gone>
#[tokio::test]
async fn other_failures_leave_the_outcome_unknown() {
    let world = World::new(TOTAL, [None, None, Lost(410)]);
    assert!(
        world
            .steps(TOTAL)
            .send()
            .await
            .unwrap_err()
            .is_outcome_unknown()
    );
    let world = World::new(TOTAL, [None, None].into_iter().chain([Status(503); 5]));
    assert!(
        world
            .steps(TOTAL)
            .send()
            .await
            .unwrap_err()
            .is_outcome_unknown()
    );
}
