//! What an error keeps of a response.

use super::redact::{mask, redact};
use super::{Error, ErrorKind, QuotaKind, Remedy};
use crate::Secret;
use crate::rpc::{Detail, Status, read_error_body, status_of};
use crate::transport::Headers;

/// The most that an error keeps of a body, in bytes.
const KEPT: usize = 4096;

/// The status code that says that nothing changed since.
const NOT_MODIFIED: u16 = 304;

/// A response without the body that it had.
pub(crate) struct Received {
    pub(crate) status: u16,
    pub(crate) headers: Headers,
    /// The beginning of the body.
    pub(crate) text: String,
}

impl Received {
    /// Keeps what `body` may show.
    pub(crate) fn new(status: u16, headers: Headers, body: &[u8], sent: Option<&Secret>) -> Self {
        // Longer than what is kept, so that a secret across the end is seen whole.
        let start = body.get(..body.len().min(4 * KEPT)).unwrap_or(body);
        let mut text = redact(&String::from_utf8_lossy(start), sent);
        text.truncate(text.floor_char_boundary_stable(KEPT));
        Self {
            status,
            headers,
            text,
        }
    }

    pub(super) fn request_id<'a>(&'a self, status: Option<&'a Status>) -> Option<&'a str> {
        let details = status
            .map(|status| status.details.as_slice())
            .unwrap_or_default();
        let detail = details.iter().find_map(|detail| match detail {
            Detail::RequestInfo(info) => Some(info.request_id.as_str()),
            _ => None,
        });
        let header = || self.headers.request_id();
        detail.filter(|id| !id.is_empty()).or_else(header)
    }
}

impl Error {
    /// The error of a response that is none of success.
    ///
    /// What it means is read from what came; secrets are masked in what is kept of it to be shown.
    pub(crate) fn from_response(
        status: u16,
        headers: Headers,
        body: &[u8],
        sent: Option<&Secret>,
    ) -> Self {
        let received = Received::new(status, headers, body, sent);
        // 304 sends nobody anywhere: what the caller has is still right.
        if (300..400).contains(&status) && status != NOT_MODIFIED {
            let host = received.headers.get("location").and_then(host_of);
            return Self::new(ErrorKind::Redirected { host }).with_received(received);
        }
        let mut body = read_error_body(body);
        let raw = body.as_ref().and_then(status_of);
        let quota = QuotaKind::of(status, raw.as_ref());
        let remedy = raw.as_ref().and_then(Remedy::of);
        if let Some(body) = &mut body {
            mask(body, sent);
        }
        let kind = ErrorKind::Api {
            status: body.as_ref().and_then(status_of),
            quota,
            remedy,
        };
        Self::new(kind).with_received(received)
    }
}

/// The host that an address leads to; nothing else of it is safe to show.
pub(crate) fn host_of(location: &str) -> Option<String> {
    let rest = location.split_once("//")?.1;
    let authority = rest.split(['/', '?', '#', '\\']).next()?;
    let host = authority.rsplit('@').next()?;
    let shown = host.len() <= 253 && host.bytes().all(|byte| byte.is_ascii_graphic());
    (shown && !host.is_empty()).then(|| host.to_owned())
}

/// `str::floor_char_boundary`, which is younger than the oldest compiler that is supported.
trait FloorCharBoundary {
    fn floor_char_boundary_stable(&self, index: usize) -> usize;
}

impl FloorCharBoundary for str {
    fn floor_char_boundary_stable(&self, index: usize) -> usize {
        let mut index = index.min(self.len());
        while !self.is_char_boundary(index) {
            index -= 1;
        }
        index
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_is_kept_in_part() {
        let body = "é".repeat(3 * KEPT);
        let received = Received::new(502, Headers::new(), body.as_bytes(), None);
        assert_eq!(received.text.len(), KEPT);
        let received = Received::new(502, Headers::new(), b"\xff\xfe", None);
        assert_eq!(received.text, "\u{fffd}\u{fffd}");
    }

    #[test]
    fn a_secret_across_the_end_is_not_kept_in_part() {
        let secret = Secret::from("CANARY-CANARY-CANARY");
        let body = format!("{}{}", "x".repeat(KEPT - 5), secret.expose());
        let received = Received::new(500, Headers::new(), body.as_bytes(), Some(&secret));
        assert!(!received.text.contains("CANA"), "{}", received.text.len());
    }

    #[test]
    fn of_a_redirect_only_the_host_is_kept() {
        let locations = [
            ("https://evil.example/p?code=CANARY", Some("evil.example")),
            (
                "https://user:CANARY@evil.example:8443/",
                Some("evil.example:8443"),
            ),
            ("//evil.example?CANARY", Some("evil.example")),
            ("/CANARY", None),
        ];
        for (location, host) in locations {
            assert_eq!(host_of(location).as_deref(), host, "{location}");
        }
    }

    #[test]
    fn the_request_is_named_by_the_detail_or_a_header() {
        let headers = Headers::from_iter([("x-request-id", "header")]);
        let body =
            br#"{"error": {"details": [{"@type": "type.googleapis.com/google.rpc.RequestInfo",
            "requestId": "detail"}]}}"#;
        let error = Error::from_response(500, headers.clone(), body, None);
        assert_eq!(error.request_id(), Some("detail"));
        let error = Error::from_response(500, headers, b"", None);
        assert_eq!(error.request_id(), Some("header"));
    }
}
