//! Error bodies, in all forms that Google's servers use, as a [`Status`].

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::json;

use super::details::{
    BadRequest, DebugInfo, ErrorInfo, Help, LocalizedMessage, PreconditionFailure, QuotaFailure,
    Read as _, RequestInfo, ResourceInfo,
};
use super::{Code, Detail, Status};
use crate::codegen::FromBody as _;
use crate::wire::Value;
use crate::wire::lenient::LeftOut;

/// Reads the body of an error as JSON; `None` if it is none.
///
/// A value in it that cannot be read, such as `1e400`, is left out by the rule of `wire::lenient`:
/// it is no reason to know less of the error, and neither are bytes that are no UTF-8.
pub(crate) fn read_error_body(body: &[u8]) -> Option<Value> {
    let text = String::from_utf8_lossy(body);
    let text = text.as_bytes();
    let strict = Value::from_body(text).ok();
    strict.or_else(|| Value::from_body_leniently(text, &mut LeftOut::default())?.ok())
}

/// Reads the body of an error; `None` if it is not one of Google's JSON forms.
#[cfg(test)]
pub(crate) fn read_status(body: &[u8]) -> Option<Status> {
    status_of(&read_error_body(body)?)
}

/// What the body of an error says; `None` if it is not one of Google's JSON forms.
///
/// Nothing is required: what has another form than expected is left out or kept as it is.
pub(crate) fn status_of(body: &Value) -> Option<Status> {
    // A streaming method responds with a list, even if all there is is an error.
    let body = body.get(0).unwrap_or(body);
    match body.get("error")? {
        Value::String(error) => Some(oauth_status(error, body)),
        Value::Object(_) => Some(rpc_status(body.get("error")?)),
        _ => None,
    }
}

/// Reads the error of a long-running operation, which has no envelope: a `google.rpc.Status` with a
/// number as its code, or a list `errors` whose entries have their reason in `code`. `None` if it
/// tells of no failure: it is empty, or its code is 0, which is `OK`.
pub(crate) fn read_operation_error(error: &Value) -> Option<Status> {
    let errors = list(error, "errors");
    let number = error.get("code").and_then(Value::as_i64);
    let mut status = rpc_status(error);
    if errors.is_empty() {
        let is_empty = status == Status::default() && number.is_none();
        if number == Some(0) || is_empty {
            return None;
        }
    } else {
        let texts = errors.iter().filter_map(|error| text(error, "message"));
        let texts: Vec<String> = texts.filter(|text| !text.is_empty()).collect();
        if text(error, "message").is_none() {
            status.message = texts.join("; ");
        }
        let reasons = errors.iter().filter_map(|error| text(error, "code"));
        status.reasons.extend(reasons);
        let details = errors.iter().flat_map(|error| list(error, "errorDetails"));
        status.details.extend(details.flat_map(named_details));
    }
    status.code = status.code.or_else(|| number.and_then(Code::of_number));
    if status.message.is_empty() {
        let named = status.code.as_ref().map(Code::as_str);
        let named = named.or_else(|| status.reasons.first().map(String::as_str));
        status.message = named.unwrap_or_default().to_owned();
    }
    Some(status)
}

fn rpc_status(error: &Value) -> Status {
    let legacy = list(error, "errors");
    let mut details: Vec<_> = list(error, "details").iter().map(read_detail).collect();
    details.shrink_to_fit();
    Status {
        code: error.get("status").and_then(Value::as_str).map(Code::read),
        message: text(error, "message")
            .or_else(|| legacy.first().and_then(|error| text(error, "message")))
            .unwrap_or_default(),
        details,
        reasons: legacy
            .iter()
            .filter_map(|error| text(error, "reason"))
            .collect(),
    }
}

/// The form of OAuth 2.0 (RFC 6749, section 5.2).
fn oauth_status(error: &str, body: &Value) -> Status {
    Status {
        message: text(body, "error_description").unwrap_or_else(|| error.to_owned()),
        reasons: vec![error.to_owned()],
        ..Status::default()
    }
}

fn read_detail(value: &Value) -> Detail {
    let full = value
        .get("@type")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let name = full.rsplit('/').next().unwrap_or_default();
    let known = match name.strip_prefix("google.rpc.").unwrap_or_default() {
        "ErrorInfo" => ErrorInfo::read(value).map(Detail::ErrorInfo),
        "Help" => Help::read(value).map(Detail::Help),
        "QuotaFailure" => QuotaFailure::read(value).map(Detail::QuotaFailure),
        "RetryInfo" => retry_delay(value).map(|delay| Detail::RetryInfo { delay }),
        "BadRequest" => BadRequest::read(value).map(Detail::BadRequest),
        "PreconditionFailure" => PreconditionFailure::read(value).map(Detail::PreconditionFailure),
        "RequestInfo" => RequestInfo::read(value).map(Detail::RequestInfo),
        "ResourceInfo" => ResourceInfo::read(value).map(Detail::ResourceInfo),
        "LocalizedMessage" => LocalizedMessage::read(value).map(Detail::LocalizedMessage),
        "DebugInfo" => DebugInfo::read(value).map(Detail::DebugInfo),
        _ => None,
    };
    known.unwrap_or_else(|| Detail::Other(value.clone()))
}

/// The details of an operation of Compute Engine: an object has each by name, not by type
/// (`Operation.error.errors.errorDetails` in its Discovery document).
fn named_details(value: &Value) -> Vec<Detail> {
    let details = value.as_object().into_iter().flatten();
    let details = details.map(|(name, value)| {
        let known = match name.as_str() {
            "errorInfo" => error_info(value).map(Detail::ErrorInfo),
            "help" => Help::read(value).map(Detail::Help),
            "localizedMessage" => LocalizedMessage::read(value).map(Detail::LocalizedMessage),
            _ => None,
        };
        known.unwrap_or_else(|| Detail::Other(json!({ name: value })))
    });
    details.collect()
}

/// An `ErrorInfo`, whose metadata Compute Engine calls `metadatas`.
fn error_info(value: &Value) -> Option<ErrorInfo> {
    let mut info = ErrorInfo::read(value)?;
    if let Some(metadata) = value.get("metadatas").and_then(BTreeMap::read) {
        info.metadata = metadata;
    }
    Some(info)
}

/// A `google.protobuf.Duration` as text: seconds with up to nine decimals and an `s`.
fn retry_delay(value: &Value) -> Option<Duration> {
    let text = value.get("retryDelay")?.as_str()?.strip_suffix('s')?;
    let (seconds, decimals) = text.split_once('.').unwrap_or((text, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if seconds.is_empty() || !digits(seconds) || !digits(decimals) || decimals.len() > 9 {
        return None;
    }
    let nanoseconds = format!("{decimals:0<9}").parse().ok()?;
    Some(Duration::new(
        seconds.parse().unwrap_or(u64::MAX),
        nanoseconds,
    ))
}

fn text(value: &Value, key: &str) -> Option<String> {
    value.get(key).and_then(Value::as_str).map(str::to_owned)
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value
        .get(key)
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(body: &str) -> Option<Status> {
        read_status(body.as_bytes())
    }

    #[test]
    fn current_form_with_details() {
        let status = read(
            r#"{"error": {"code": 403, "status": "PERMISSION_DENIED", "message": "Disabled.",
            "details": [
                {"@type": "type.googleapis.com/google.rpc.Help",
                 "links": [{"description": "Console", "url": "https://c.example"}]},
                {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "SERVICE_DISABLED",
                 "domain": "googleapis.com", "metadata": {"service": "photoslibrary.googleapis.com"}},
                {"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "1.5s"},
                {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "metadata": 1},
                {"@type": "type.googleapis.com/other.Kind", "x": 1}, null]}}"#,
        );
        let status = status.unwrap();
        assert_eq!(status.code, Some(Code::PermissionDenied));
        assert_eq!(status.message, "Disabled.");
        assert!(status.has_reason("SERVICE_DISABLED"));
        assert_eq!(status.retry_delay(), Some(Duration::from_millis(1500)));
        assert!(
            matches!(&status.details[0], Detail::Help(help) if help.links[0].description == "Console")
        );
        let others = &status.details[3..];
        assert_eq!(others.len(), 3);
        assert!(
            others
                .iter()
                .all(|detail| matches!(detail, Detail::Other(_)))
        );
    }

    #[test]
    fn older_forms() {
        let legacy = r#"{"error": {"code": 403, "errors": [
            {"domain": "usageLimits", "reason": "userRateLimitExceeded", "message": "Slow down."}]}}"#;
        let status = read(legacy).unwrap();
        assert_eq!(status.message, "Slow down.");
        assert!(status.has_reason("userRateLimitExceeded"));

        let oauth = read(r#"{"error": "invalid_grant", "error_description": "Expired."}"#).unwrap();
        assert_eq!(oauth.message, "Expired.");
        assert!(oauth.has_reason("invalid_grant"));

        let list = read(r#"[{"error": {"status": "NEW_CODE"}}]"#).unwrap();
        assert_eq!(list.code, Some(Code::Unrecognized("NEW_CODE".to_owned())));
    }

    #[test]
    fn details_of_operations_have_names() {
        // A stockout as Compute Engine reports it: its document has `errorDetails`.
        let error = json!({ "errors": [{
            "code": "ZONE_RESOURCE_POOL_EXHAUSTED_WITH_DETAILS",
            "message": "The zone is full.",
            "errorDetails": [
                { "errorInfo": { "reason": "resource_availability", "domain": "compute.googleapis.com",
                                 "metadatas": { "zonesAvailable": "us-east1-d" } } },
                { "help": { "links": [{ "description": "Troubleshooting", "url": "https://t.example" }] } },
                { "localizedMessage": { "locale": "en-US", "message": "Full." } },
                { "quotaInfo": { "limitName": "CPUS-per-project-region", "limit": 8.0 } },
                null
            ]
        }]});
        let status = read_operation_error(&error).unwrap();
        assert!(status.has_reason("ZONE_RESOURCE_POOL_EXHAUSTED_WITH_DETAILS"));
        assert!(status.has_reason("resource_availability"));
        let [
            Detail::ErrorInfo(info),
            Detail::Help(help),
            Detail::LocalizedMessage(message),
            Detail::Other(quota),
        ] = status.details.as_slice()
        else {
            panic!("{status:?}");
        };
        assert_eq!(info.metadata["zonesAvailable"], "us-east1-d");
        assert_eq!(help.links[0].url, "https://t.example");
        assert_eq!(message.message, "Full.");
        assert_eq!(quota["quotaInfo"]["limitName"], "CPUS-per-project-region");
    }

    #[test]
    fn a_value_that_cannot_be_read_is_left_out() {
        // JSON has no largest number; half of a surrogate pair is a string of JSON, but no text.
        for unreadable in ["1e400", r#""\ud800""#, "[1e400]", r#"{"x": [1e400]}"#] {
            let body = format!(
                r#"{{"error": {{"code": 404, "status": "NOT_FOUND", "message": "Gone.", "details": [
                    {{"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "DELETED"}},
                    {{"@type": "type.googleapis.com/other.Kind", "odd": {unreadable}}}]}}}}"#
            );
            let status = read(&body).unwrap();
            assert_eq!(status.code, Some(Code::NotFound), "{unreadable}");
            assert_eq!(status.message, "Gone.");
            assert!(status.has_reason("DELETED"));
            assert_eq!(status.details.len(), 2);
            let list = read(&format!("[{body}]")).unwrap();
            assert_eq!(list, status);
        }
    }

    #[test]
    fn other_json_is_no_error() {
        for body in [
            "",
            "<html>",
            "{}",
            "[]",
            "null",
            r#"{"error": 1}"#,
            r#"{"error": {"mess"#,
        ] {
            assert_eq!(read(body), None, "{body}");
        }
        let odd = r#"{"error": {"status": 5, "message": [], "details": {}, "errors": [1]}}"#;
        assert_eq!(read(odd), Some(Status::default()));
    }

    #[test]
    fn delays_are_bounded_and_strict() {
        let delay = |text: &str| retry_delay(&serde_json::json!({ "retryDelay": text }));
        assert_eq!(delay("30s"), Some(Duration::from_secs(30)));
        assert_eq!(delay("0.000000001s"), Some(Duration::from_nanos(1)));
        assert_eq!(
            delay("99999999999999999999s"),
            Some(Duration::from_secs(u64::MAX))
        );
        for text in ["", "s", "-1s", "1", "1e3s", ".5s", "1.0000000001s", "+1s"] {
            assert_eq!(delay(text), None, "{text}");
        }
    }
}
