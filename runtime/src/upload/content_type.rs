//! Which type of content the bytes of an upload are sent with.
//!
//! What the caller says for the upload comes first, then what the body of the call says about the
//! bytes, then what the source tells by its first bytes and its name, and at last what the method
//! accepts.

use std::future::poll_fn;

use super::settings::Settings;
use super::{Source, UploadMethod, mime};
use crate::codegen::decode_body;
use crate::error::TransferProblem;
use crate::wire::{Bytes, Map, Value};
use crate::{Error, Result, transport};

/// Chooses the type. `metadata` is the body of the call, in the member `data` if `wraps_data`.
pub(super) async fn choose(
    settings: &Settings,
    method: &UploadMethod,
    metadata: Option<&Bytes>,
    wraps_data: bool,
    source: &Source,
) -> Result<String> {
    let said = settings.content_type.clone();
    let said = said.or_else(|| of_body(method.content_type?, metadata?, wraps_data));
    if let Some(kind) = said {
        return check(&kind, method).map(|()| kind);
    }
    let name = settings.file_name.clone().or_else(|| source.inner().name());
    let told = mime::told(name.as_deref(), &start_of(source).await?);
    if let Some(kind) = told.iter().find(|kind| is_accepted(kind, method)) {
        return Ok(kind.clone());
    }
    let left = left(method.accept).ok_or_else(|| {
        let problem = match told.first() {
            Some(kind) => format!("the bytes look like {kind}"),
            None => "nothing tells the type of the bytes".to_owned(),
        };
        let accept = method.accept.join(" and ");
        format!("{problem}; {accept} are accepted: say the type with `content_type`")
    });
    left.map(str::to_owned).map_err(Error::invalid_argument)
}

fn check(kind: &str, method: &UploadMethod) -> Result<()> {
    let problem = if !mime::is_type(kind) {
        "the content type of the upload is none".to_owned()
    } else if !is_accepted(kind, method) {
        let accept = method.accept.join(" and ");
        format!("the content type is {kind}; {accept} are accepted")
    } else {
        return Ok(());
    };
    Err(Error::invalid_argument(problem))
}

fn is_accepted(kind: &str, method: &UploadMethod) -> bool {
    method.accept.is_empty() || transport::is_accepted(kind, method.accept)
}

/// What the body of the call says about the bytes. Services reject bytes of another type: the
/// response of Cloud Storage is a 400 or a 412
/// (<https://github.com/googleapis/google-cloud-go/issues/306>).
fn of_body(property: &str, metadata: &[u8], wraps_data: bool) -> Option<String> {
    let mut body: Map<Value> = decode_body(metadata).ok()?;
    if wraps_data {
        body = match body.remove("data")? {
            Value::Object(data) => data.into_iter().collect(),
            _ => return None,
        };
    }
    match body.remove(property)? {
        Value::String(kind) if !kind.is_empty() && !is_target(&kind) => Some(kind),
        _ => None,
    }
}

/// Whether a type is what the service is to make of the bytes, and not what they are. Documents of
/// Google's own types have no bytes: they are made by converting an upload, whose media part has the
/// type of the file (<https://developers.google.com/workspace/drive/api/guides/manage-uploads>,
/// "Import to Google Docs types"). What has a suffix, such as
/// `application/vnd.google-apps.script+json`, is a file.
fn is_target(kind: &str) -> bool {
    let kind = kind.to_ascii_lowercase();
    let own = kind.strip_prefix("application/vnd.google-apps.");
    own.is_some_and(|own| !own.contains('+'))
}

/// The type for bytes of which nobody knows one.
fn left(accept: &[&'static str]) -> Option<&'static str> {
    match accept {
        [only] if !only.contains('*') => Some(only),
        // Of the types `message/*`, this is the one for a message that is whole (RFC 2046, 5.2).
        ["message/*"] => Some("message/rfc822"),
        [] => Some(mime::UNKNOWN),
        _ => transport::is_accepted(mime::UNKNOWN, accept).then_some(mime::UNKNOWN),
    }
}

/// The first bytes of a source.
async fn start_of(source: &Source) -> Result<Bytes> {
    let failed = |error: std::io::Error| TransferProblem::Source(error.into());
    let mut stream = source.inner().open(0).await.map_err(failed)?;
    let mut start = Vec::new();
    while start.len() < mime::LOOKED_AT {
        let Some(piece) = poll_fn(|context| stream.as_mut().poll_next(context)).await else {
            break;
        };
        let piece = piece.map_err(failed)?;
        let wanted = piece.len().min(mime::LOOKED_AT - start.len());
        start.extend_from_slice(&piece[..wanted]);
    }
    Ok(start.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_accept_leaves() {
        let cases: [(&[&str], Option<&str>); 9] = [
            (&[], Some("application/octet-stream")),
            (&["*/*"], Some("application/octet-stream")),
            (&["message/*"], Some("message/rfc822")),
            (&["message/rfc822"], Some("message/rfc822")),
            (
                &["video/*", "application/octet-stream"],
                Some("application/octet-stream"),
            ),
            (&["application/pdf"], Some("application/pdf")),
            (&["application/pdf", "image/png"], None),
            (&["image/*"], None),
            (&["image/*", "video/*"], None),
        ];
        for (accept, expected) in cases {
            assert_eq!(left(accept), expected, "{accept:?}");
        }
    }

    #[test]
    fn what_the_body_says() {
        let said = |body: &str, wraps| of_body("mimeType", body.as_bytes(), wraps);
        assert_eq!(
            said(r#"{"mimeType":"text/csv"}"#, false).as_deref(),
            Some("text/csv")
        );
        assert_eq!(
            said(r#"{"data":{"mimeType":"text/csv"}}"#, true).as_deref(),
            Some("text/csv")
        );
        for body in [
            "{}",
            r#"{"mimeType":""}"#,
            r#"{"mimeType":null}"#,
            r#"{"file":{"mimeType":"text/csv"}}"#,
            r#"{"mimeType":"application/vnd.google-apps.spreadsheet"}"#,
        ] {
            assert_eq!(said(body, false), None, "{body}");
        }
        let file = "application/vnd.google-apps.script+json";
        assert_eq!(
            said(&format!(r#"{{"mimeType":"{file}"}}"#), false).as_deref(),
            Some(file)
        );
    }
}
