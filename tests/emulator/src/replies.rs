//! The error replies recorded from the service, ready to send or to plan as a fault.

use serde_json::{Value, json};

use crate::reply::Reply;

const PROJECT: &str = "100000000001";
const SERVICE: &str = "photoslibrary.googleapis.com";

/// An error in the usual envelope: `{"error":{"code","message","status"}}`.
pub fn error(http: u16, status: &str, message: &str) -> Reply {
    Reply::json(
        http,
        json!({"error": {"code": http, "message": message, "status": status}}),
    )
}

/// 400 with the unspecific message; the text of most refusals is not recorded.
pub fn invalid_argument() -> Reply {
    invalid("Request contains an invalid argument.")
}

/// 400 `INVALID_ARGUMENT` with a given message.
pub fn invalid(message: &str) -> Reply {
    error(400, "INVALID_ARGUMENT", message)
}

/// 400: an item is unknown or was not created by this application.
pub fn invalid_media_item_id() -> Reply {
    invalid("Request contains an invalid media item id.")
}

/// 400: the album was not created by this application.
pub fn foreign_album() -> Reply {
    invalid("No permission to add media items to this album.")
}

/// 400: the user's storage is full. The service does not reply 429 or 507.
pub fn storage_full() -> Reply {
    invalid("The remaining storage in the user's account is not enough to perform this operation.")
}

/// 400: a file name is longer than 255 characters; nothing of the batch was created.
pub fn file_name_too_long() -> Reply {
    invalid("File name must not have more than 255 characters.")
}

/// 400: the bytes that arrived are not those of the `X-Goog-Hash` header.
pub fn checksum_mismatch() -> Reply {
    invalid("User-provided checksum does not match received payload content.")
}

/// 400 `FAILED_PRECONDITION`, as the Picker API replies.
pub fn precondition(message: &str) -> Reply {
    error(400, "FAILED_PRECONDITION", message)
}

/// 429: there are too many picking sessions; its text is not recorded.
pub fn too_many_sessions() -> Reply {
    error(
        429,
        "RESOURCE_EXHAUSTED",
        "Too many picking sessions. Delete those that are done.",
    )
}

/// 401: the access token is missing, unknown, expired or revoked.
pub fn unauthenticated() -> Reply {
    error(
        401,
        "UNAUTHENTICATED",
        "Request had invalid authentication credentials.",
    )
    .header(
        "www-authenticate",
        "Bearer realm=\"https://accounts.google.com/\", error=\"invalid_token\"",
    )
}

/// 403: the token lacks the scopes, or the method is closed to everyone.
pub fn insufficient_scopes() -> Reply {
    error(
        403,
        "PERMISSION_DENIED",
        "Request had insufficient authentication scopes.",
    )
}

/// 403: the album belongs to someone else.
pub fn permission_denied() -> Reply {
    error(
        403,
        "PERMISSION_DENIED",
        "The caller does not have permission",
    )
}

/// 403: the project has not enabled the API.
pub fn api_not_enabled() -> Reply {
    let url = format!(
        "https://console.developers.google.com/apis/api/{SERVICE}/overview?project={PROJECT}"
    );
    let message = format!(
        "Photos Library API has not been used in project {PROJECT} before or it is disabled. Enable it by visiting {url} then retry."
    );
    let help = json!({
        "@type": "type.googleapis.com/google.rpc.Help",
        "links": [{"description": "Google developers console API activation", "url": url}],
    });
    with_details(error(403, "PERMISSION_DENIED", &message), vec![help])
}

/// 404: no album has this id.
pub fn album_not_found() -> Reply {
    error(
        404,
        "NOT_FOUND",
        "The provided ID does not match any albums.",
    )
}

/// 404 as the front end replies for a path that is no method: an HTML page.
pub fn no_such_path() -> Reply {
    Reply::html(
        404,
        "<!DOCTYPE html><html><title>Error 404 (Not Found)!!1</title></html>",
    )
}

/// 409 `ABORTED`, seen on writes.
pub fn aborted() -> Reply {
    error(409, "ABORTED", "The operation was aborted.")
}

/// 429: the project's requests of the day are used up.
pub fn daily_quota_exceeded(limit: u64) -> Reply {
    let message = format!(
        "Quota exceeded for quota metric 'All requests' and limit 'All requests per day' of service '{SERVICE}' for consumer 'project_number:{PROJECT}'."
    );
    quota(
        &message,
        &limit_info(limit, "all_requests", "ApiCallsPerProjectPerDay"),
    )
}

/// 429: too many writes of one user in a minute.
pub fn write_quota_exceeded(limit: u64) -> Reply {
    let message = format!(
        "Quota exceeded for quota metric 'Write requests' and limit 'Write requests per minute per user' of service '{SERVICE}' for consumer 'project_number:{PROJECT}'."
    );
    quota(
        &message,
        &limit_info(limit, "write_requests", "WritesPerMinutePerUser"),
    )
}

/// 429: another write of this user is in flight. It names no metric and carries no details.
pub fn concurrent_write() -> Reply {
    error(
        429,
        "RESOURCE_EXHAUSTED",
        &format!("Quota exceeded for quota 'concurrent write request' of service '{SERVICE}'."),
    )
}

/// 500 with the legacy `errors` list beside the status.
pub fn internal() -> Reply {
    let message = "Internal error encountered.";
    Reply::json(
        500,
        json!({"error": {
            "code": 500,
            "message": message,
            "errors": [{"message": message, "domain": "global", "reason": "backendError"}],
            "status": "INTERNAL",
        }}),
    )
}

/// 502 as a front end replies: an HTML page.
pub fn bad_gateway() -> Reply {
    Reply::html(
        502,
        "<!DOCTYPE html><html><title>Error 502 (Server Error)!!1</title></html>",
    )
}

/// 503 without a body.
pub fn unavailable() -> Reply {
    Reply::new(503)
}

/// 504 as a front end replies: an HTML page.
pub fn gateway_timeout() -> Reply {
    Reply::html(
        504,
        "<!DOCTYPE html><html><title>Error 504 (Server Error)!!1</title></html>",
    )
}

/// The recorded reply for an HTTP status, or an empty one where none is recorded.
pub fn for_status(status: u16) -> Reply {
    match status {
        400 => invalid_argument(),
        401 => unauthenticated(),
        403 => insufficient_scopes(),
        404 => album_not_found(),
        409 => aborted(),
        412 => error(412, "FAILED_PRECONDITION", "Precondition check failed."),
        413 => error(413, "OUT_OF_RANGE", "The request is too large."),
        429 => write_quota_exceeded(30),
        500 => internal(),
        502 => bad_gateway(),
        503 => unavailable(),
        504 => gateway_timeout(),
        _ => Reply::new(status),
    }
}

/// Adds typed details to an error reply.
pub(crate) fn with_details(mut reply: Reply, details: Vec<Value>) -> Reply {
    if let crate::reply::Body::Json(body) = &mut reply.body
        && let Some(error) = body.get_mut("error").and_then(Value::as_object_mut)
    {
        error.insert("details".to_owned(), Value::Array(details));
    }
    reply
}

fn quota(message: &str, info: &Value) -> Reply {
    Reply::json(
        429,
        json!({"error": {
            "code": 429,
            "message": message,
            "errors": [{"message": message, "domain": "global", "reason": "rateLimitExceeded"}],
            "status": "RESOURCE_EXHAUSTED",
            "details": [
                info,
                {
                    "@type": "type.googleapis.com/google.rpc.Help",
                    "links": [{
                        "description": "Request a higher quota limit.",
                        "url": "https://cloud.google.com/docs/quota#requesting_higher_quota",
                    }],
                },
            ],
        }}),
    )
}

fn limit_info(limit: u64, metric: &str, name: &str) -> Value {
    json!({
        "@type": "type.googleapis.com/google.rpc.ErrorInfo",
        "reason": "RATE_LIMIT_EXCEEDED",
        "domain": "googleapis.com",
        "metadata": {
            "quota_limit_value": limit.to_string(),
            "consumer": format!("projects/{PROJECT}"),
            "service": SERVICE,
            "quota_limit": name,
            "quota_location": "global",
            "quota_metric": format!("{SERVICE}/{metric}"),
        },
    })
}
