//! What can be said about any one call.

use std::time::Duration;

use crate::client::Decoding;
use crate::codegen::RetrySafety;
use crate::url::Query;
use crate::{RetryPolicy, Timeouts};

/// What can be said about any one call, and as defaults about all calls of a client.
///
/// ```
/// use std::time::Duration;
///
/// use discovery_runtime::CallOptions;
///
/// let options = CallOptions::default()
///     .with_fields("items(id,title),nextPageToken")
///     .with_total_timeout(Duration::from_secs(300));
/// # drop(options);
/// ```
#[derive(Clone, Default)]
pub struct CallOptions {
    fields: Option<String>,
    quota_user: Option<String>,
    pretty_print: Option<bool>,
    user_project: Option<String>,
    headers: Vec<(String, String)>,
    query: Vec<(String, String)>,
    attempt_timeout: Option<Limit>,
    total_timeout: Option<Limit>,
    pub(crate) retry: Option<RetryPolicy>,
    safety: Option<RetrySafety>,
    strict_decoding: Option<bool>,
    /// The first thing that can't be sent; the call fails with it.
    error: Option<String>,
}

/// A limit of time; `None` is no limit.
#[derive(Clone, Copy, Debug)]
struct Limit(Option<Duration>);

/// Headers that belong to the client, the connection or another option.
const OWN_HEADERS: &[&str] = &[
    "accept",
    "accept-encoding",
    "authorization",
    "connection",
    "content-encoding",
    "content-length",
    "content-type",
    "cookie",
    "expect",
    "host",
    "keep-alive",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "user-agent",
    "x-goog-api-key",
    "x-goog-api-version",
    "x-goog-fieldmask",
    "x-goog-user-project",
    "x-http-method-override",
];

/// Beginnings of such headers.
const OWN_HEADER_PREFIXES: &[&str] = &["proxy-", "x-goog-upload-", "sec-"];

/// Query parameters that carry secrets, change what comes back or belong to another option.
const OWN_PARAMETERS: &[&str] = &[
    "$alt",
    "$fields",
    "$httpmethod",
    "access_token",
    "alt",
    "bearer_token",
    "callback",
    "fields",
    "key",
    "oauth_token",
    "prettyprint",
    "quotauser",
    "uploadtype",
    "upload_protocol",
];

impl CallOptions {
    /// Which fields of the response the server sends, such as `items(id,title)`. The others are
    /// absent in the result.
    ///
    /// `pages()` and `items()` add the page token if it is missing (`nextPageToken`, or whatever
    /// the list calls it): a list would end after its first page without it. Fields that leave out
    /// the items make `items()` fail with
    /// [`is_invalid_argument`](crate::Error::is_invalid_argument). `send()` sends the fields as
    /// they are.
    #[must_use]
    pub fn with_fields(mut self, fields: impl Into<String>) -> Self {
        self.fields = Some(fields.into());
        self
    }

    /// Any text that stands for the user, up to 40 characters, so that quotas for a user count
    /// right when a server makes the calls.
    #[must_use]
    pub fn with_quota_user(mut self, user: impl Into<String>) -> Self {
        self.quota_user = Some(user.into());
        self
    }

    /// Whether the server sends JSON with line breaks. Google's servers do if nothing is said;
    /// after compression it makes no difference.
    #[must_use]
    pub fn with_pretty_print(mut self, pretty: bool) -> Self {
        self.pretty_print = Some(pretty);
        self
    }

    /// The project that pays and whose quotas count (`x-goog-user-project`).
    #[must_use]
    pub fn with_user_project(mut self, project: impl Into<String>) -> Self {
        let project = project.into();
        self.check_header_value("the user project", &project);
        self.user_project = Some(project);
        self
    }

    /// One more header. The call fails with
    /// [`is_invalid_argument`](crate::Error::is_invalid_argument) if it belongs to the client,
    /// such as `Authorization`, or is no header.
    #[must_use]
    pub fn with_header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        let (name, value) = (name.into().to_ascii_lowercase(), value.into());
        let own = OWN_HEADERS.contains(&name.as_str())
            || OWN_HEADER_PREFIXES
                .iter()
                .any(|prefix| name.starts_with(prefix));
        if name.is_empty() || !name.bytes().all(is_token_byte) {
            self.fail("a header has a name that is none".to_owned());
        } else if own {
            self.fail(format!("the header {name} belongs to the client"));
        }
        self.check_header_value(&format!("the header {name}"), &value);
        self.headers.push((name, value));
        self
    }

    /// One more query parameter. The call fails with
    /// [`is_invalid_argument`](crate::Error::is_invalid_argument) if it is one that belongs to the
    /// client or would carry a secret, such as `alt` or `access_token`.
    #[must_use]
    pub fn with_query(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        let name = name.into();
        if name.is_empty() || OWN_PARAMETERS.contains(&name.to_ascii_lowercase().as_str()) {
            self.fail(format!(
                "the query parameter {name:?} belongs to the client"
            ));
        }
        self.query.push((name, value.into()));
        self
    }

    /// Another limit for one attempt; `None` for no limit.
    #[must_use]
    pub fn with_attempt_timeout(mut self, limit: impl Into<Option<Duration>>) -> Self {
        self.attempt_timeout = Some(Limit(limit.into()));
        self
    }

    /// Another limit for the whole call; `None` for no limit.
    #[must_use]
    pub fn with_total_timeout(mut self, limit: impl Into<Option<Duration>>) -> Self {
        self.total_timeout = Some(Limit(limit.into()));
        self
    }

    /// Another retry policy; [`RetryPolicy::none`] switches it off.
    #[must_use]
    pub fn with_retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = Some(policy);
        self
    }

    /// Whether making the call twice is the same as making it once, if you know better than the
    /// method: `true` lets it be retried after any transient error, `false` only if it was surely
    /// not sent.
    #[must_use]
    pub fn with_idempotent(mut self, idempotent: bool) -> Self {
        self.safety = Some(if idempotent {
            RetrySafety::Idempotent
        } else {
            RetrySafety::IfNotSent
        });
        self
    }

    /// Whether a response with a value that has another form than its type is an error as a whole:
    /// [`is_decode`](crate::Error::is_decode). Without this option such a value is left out where
    /// it may be absent, by the [rule of the wire module](crate::wire#values-that-cannot-be-read).
    /// Ask for it where a response is changed and sent back as a whole.
    ///
    /// A [`RawResponse`](crate::RawResponse) is always decoded strictly.
    #[must_use]
    pub fn with_strict_decoding(mut self, strict: bool) -> Self {
        self.strict_decoding = Some(strict);
        self
    }

    /// These options, and those of `defaults` for what they don't say.
    pub(crate) fn or(&self, defaults: &Self) -> Self {
        let both = |ours: &[(String, String)], theirs: &[(String, String)]| {
            let missing = theirs
                .iter()
                .filter(|(name, _)| ours.iter().all(|(own, _)| own != name));
            missing.chain(ours).cloned().collect()
        };
        Self {
            fields: self.fields.clone().or_else(|| defaults.fields.clone()),
            quota_user: self
                .quota_user
                .clone()
                .or_else(|| defaults.quota_user.clone()),
            pretty_print: self.pretty_print.or(defaults.pretty_print),
            user_project: self
                .user_project
                .clone()
                .or_else(|| defaults.user_project.clone()),
            headers: both(&self.headers, &defaults.headers),
            query: both(&self.query, &defaults.query),
            attempt_timeout: self.attempt_timeout.or(defaults.attempt_timeout),
            total_timeout: self.total_timeout.or(defaults.total_timeout),
            retry: self.retry.clone().or_else(|| defaults.retry.clone()),
            safety: self.safety.or(defaults.safety),
            strict_decoding: self.strict_decoding.or(defaults.strict_decoding),
            error: self.error.clone().or_else(|| defaults.error.clone()),
        }
    }

    pub(crate) fn fields(&self) -> Option<&str> {
        self.fields.as_deref()
    }

    pub(crate) fn set_fields(&mut self, fields: String) {
        self.fields = Some(fields);
    }

    pub(crate) fn error(&self) -> Option<&str> {
        self.error.as_deref()
    }

    pub(crate) fn retry_safety(&self, method: RetrySafety) -> RetrySafety {
        self.safety.unwrap_or(method)
    }

    pub(crate) fn decoding(&self, defaults: &Self) -> Decoding {
        match self.strict_decoding.or(defaults.strict_decoding) {
            Some(true) => Decoding::Strict,
            Some(false) | None => Decoding::Lenient,
        }
    }

    pub(crate) fn timeouts(&self, client: Timeouts) -> Timeouts {
        Timeouts {
            attempt: self.attempt_timeout.map_or(client.attempt, |limit| limit.0),
            total: self.total_timeout.map_or(client.total, |limit| limit.0),
            ..client
        }
    }

    pub(crate) fn add_to_query(&self, query: &mut Query) {
        let pretty = self.pretty_print.map(|pretty| pretty.to_string());
        let known = [
            ("fields", &self.fields),
            ("quotaUser", &self.quota_user),
            ("prettyPrint", &pretty),
        ];
        for (name, value) in known {
            if let Some(value) = value {
                query.push(name, value);
            }
        }
        for (name, value) in &self.query {
            query.push(name, value);
        }
    }

    /// The headers as names in lower case and values.
    pub(crate) fn headers(&self) -> impl Iterator<Item = (String, String)> {
        let project = self.user_project.clone();
        let project = project.map(|project| ("x-goog-user-project".to_owned(), project));
        project.into_iter().chain(self.headers.iter().cloned())
    }

    /// One encoding for all: printable ASCII. Other bytes mean different things to different
    /// servers, and some end the header.
    fn check_header_value(&mut self, what: &str, value: &str) {
        if !value
            .bytes()
            .all(|byte| byte == b'\t' || (b' '..=b'~').contains(&byte))
        {
            self.fail(format!("{what} has characters that no header can carry"));
        }
    }

    /// Makes the call fail, unless it fails already for another reason.
    pub(crate) fn fail(&mut self, message: String) {
        self.error.get_or_insert(message);
    }
}

/// The values could be private: only the names are shown.
impl std::fmt::Debug for CallOptions {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let names = |pairs: &[(String, String)]| {
            pairs.iter().map(|pair| pair.0.clone()).collect::<Vec<_>>()
        };
        formatter
            .debug_struct("CallOptions")
            .field("fields", &self.fields)
            .field("headers", &names(&self.headers))
            .field("query", &names(&self.query))
            .field("attempt_timeout", &self.attempt_timeout)
            .field("total_timeout", &self.total_timeout)
            .field("retry", &self.retry)
            .field("retry_safety", &self.safety)
            .field("strict_decoding", &self.strict_decoding)
            .finish_non_exhaustive()
    }
}

/// The bytes of a header's name (RFC 9110, section 5.6.2), in lower case.
fn is_token_byte(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_belongs_to_the_client_is_refused() {
        let headers = [
            "Authorization",
            "HOST",
            "content-length",
            "X-Goog-Upload-Command",
            "X-Goog-Api-Key",
            "Proxy-Authorization",
            "x-http-method-override",
            // The same as `fields` (https://cloud.google.com/apis/docs/system-parameters).
            "X-Goog-FieldMask",
            "",
            "a b",
            "a:b",
            "é",
        ];
        for name in headers {
            let options = CallOptions::default().with_header(name, "x");
            assert!(options.error().is_some(), "{name}");
        }
        for name in [
            "access_token",
            "ACCESS_TOKEN",
            "key",
            "oauth_token",
            "callback",
            "alt",
            "$httpMethod",
            "$fields",
            "",
        ] {
            let options = CallOptions::default().with_query(name, "x");
            assert!(options.error().is_some(), "{name}");
        }
    }

    #[test]
    fn a_header_never_carries_what_could_split_it() {
        for value in ["a\r\nb", "a\nb", "a\0b", "é", "a\u{7f}"] {
            assert!(
                CallOptions::default()
                    .with_header("x-a", value)
                    .error()
                    .is_some(),
                "{value:?}"
            );
            assert!(
                CallOptions::default()
                    .with_user_project(value)
                    .error()
                    .is_some(),
                "{value:?}"
            );
        }
        assert_eq!(
            CallOptions::default().with_header("X-A", "a b\t~").error(),
            None
        );
    }

    #[test]
    fn defaults_fill_what_a_call_does_not_say() {
        let defaults = CallOptions::default()
            .with_fields("all")
            .with_quota_user("anna & co")
            .with_query("x", "default")
            .with_query("y", "default")
            .with_total_timeout(Duration::from_secs(1));
        let options = CallOptions::default()
            .with_fields("id")
            .with_pretty_print(false)
            .with_query("x", "own")
            .with_total_timeout(None)
            .or(&defaults);
        let mut query = Query::default();
        options.add_to_query(&mut query);
        assert_eq!(
            query.as_str(),
            "fields=id&quotaUser=anna%20%26%20co&prettyPrint=false&y=default&x=own"
        );
        assert_eq!(options.timeouts(Timeouts::default()).total, None);
        assert_eq!(
            options.timeouts(Timeouts::default()).attempt,
            Timeouts::default().attempt
        );
    }
}
