//! What can be said about any one call.

mod own;
#[cfg(test)]
mod tests;

use std::time::Duration;

use self::own::{is_header_name, is_own_header, is_own_parameter};
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
    max_decoded_size: Option<u64>,
    /// The first thing that can't be sent; the call fails with it.
    error: Option<String>,
}

/// A limit of time; `None` is no limit.
#[derive(Clone, Copy, Debug)]
struct Limit(Option<Duration>);

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

    /// Whether the server sends JSON with line breaks. Google's servers do if nothing is said, so
    /// calls say `prettyPrint=false` by default: there is a fifth less to decode.
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
        if !is_header_name(&name) {
            self.fail("a header has a name that is none".to_owned());
        } else if is_own_header(&name) {
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
        if name.is_empty() || is_own_parameter(&name) {
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

    /// The most memory that the decoded response may take, in bytes, instead of
    /// [that of the client](crate::ClientBuilder::max_decoded_size).
    #[must_use]
    pub fn with_max_decoded_size(mut self, bytes: u64) -> Self {
        self.max_decoded_size = Some(bytes);
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
            max_decoded_size: self.max_decoded_size.or(defaults.max_decoded_size),
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

    pub(crate) fn is_strict(&self) -> Option<bool> {
        self.strict_decoding
    }

    pub(crate) fn max_decoded_size(&self) -> Option<u64> {
        self.max_decoded_size
    }

    pub(crate) fn timeouts(&self, client: Timeouts) -> Timeouts {
        Timeouts {
            attempt: self.attempt_timeout.map_or(client.attempt, |limit| limit.0),
            total: self.total_timeout.map_or(client.total, |limit| limit.0),
            ..client
        }
    }

    /// Adds what the options say; JSON is asked for without line breaks where `compact` says so and
    /// they do not.
    pub(crate) fn add_to_query(&self, query: &mut Query, compact: bool) {
        let own = self.query.iter().any(|(name, _)| name == "prettyPrint");
        let default = (compact && !own).then_some(false);
        let pretty = self.pretty_print.or(default);
        let known = [
            ("fields", self.fields.as_deref()),
            ("quotaUser", self.quota_user.as_deref()),
            (
                "prettyPrint",
                pretty.map(|pretty| if pretty { "true" } else { "false" }),
            ),
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
    pub(crate) fn headers(&self) -> impl Iterator<Item = (&str, &str)> {
        let project = self.user_project.as_deref();
        let project = project.map(|project| ("x-goog-user-project", project));
        let others = self.headers.iter();
        project
            .into_iter()
            .chain(others.map(|(name, value)| (name.as_str(), value.as_str())))
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
            .field("max_decoded_size", &self.max_decoded_size)
            .finish_non_exhaustive()
    }
}
