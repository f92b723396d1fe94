//! The details that an error can carry (`google/rpc/error_details.proto`).

use std::collections::BTreeMap;
use std::time::Duration;

use crate::wire::Value;

/// One detail of an error.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Detail {
    /// Why, in a form that programs can compare.
    ErrorInfo(ErrorInfo),
    /// Where to read on.
    Help(Help),
    /// Which quotas are used up.
    QuotaFailure(QuotaFailure),
    /// How long to wait before the next try.
    RetryInfo {
        /// At least this long.
        delay: Duration,
    },
    /// Which fields of the request are wrong.
    BadRequest(BadRequest),
    /// What must be the case before the call can succeed.
    PreconditionFailure(PreconditionFailure),
    /// How the server names this request.
    RequestInfo(RequestInfo),
    /// What the call was about.
    ResourceInfo(ResourceInfo),
    /// The message in the user's language.
    LocalizedMessage(LocalizedMessage),
    /// What the server's developers wanted to see.
    DebugInfo(DebugInfo),
    /// A detail that this version does not know, or in another form than it knows.
    Other(Value),
}

/// What reads a part of a detail. A field that is missing is as empty as in protobuf; one of another
/// form than expected fails, so that the detail is kept as it is.
pub(super) trait Read: Sized {
    fn read(value: &Value) -> Option<Self>;
}

impl Read for String {
    fn read(value: &Value) -> Option<Self> {
        value.as_str().map(str::to_owned)
    }
}

impl<T: Read> Read for Vec<T> {
    fn read(value: &Value) -> Option<Self> {
        let values = value.as_array()?;
        let mut read = Self::with_capacity(values.len());
        for value in values {
            read.push(T::read(value)?);
        }
        Some(read)
    }
}

impl Read for BTreeMap<String, String> {
    fn read(value: &Value) -> Option<Self> {
        let mut read = Self::new();
        for (key, value) in value.as_object()? {
            read.insert(key.clone(), String::read(value)?);
        }
        Some(read)
    }
}

/// A field of an object, which is empty if it is missing.
fn field<T: Read + Default>(object: &Value, key: &str) -> Option<T> {
    match object.get(key) {
        Some(value) => T::read(value),
        None => Some(T::default()),
    }
}

// Not by serde's derive: calls need it for nothing else, and it takes two seconds to build.
macro_rules! details {
    ($(
        $(#[doc = $doc:literal])+
        $name:ident { $( $(#[doc = $field_doc:literal])+ $key:literal => $field:ident: $type:ty, )+ }
    )+) => { $(
        $(#[doc = $doc])+
        #[derive(Clone, Debug, Default, PartialEq, Eq)]
        #[non_exhaustive]
        pub struct $name { $( $(#[doc = $field_doc])+ pub $field: $type, )+ }

        impl Read for $name {
            fn read(value: &Value) -> Option<Self> {
                value.as_object()?;
                Some(Self { $( $field: field(value, $key)?, )+ })
            }
        }
    )+ };
}

details! {
    /// Why, in a form that programs can compare.
    ErrorInfo {
        /// The reason, unique in its domain, such as `SERVICE_DISABLED`.
        "reason" => reason: String,
        /// The domain of the reason, such as `googleapis.com`.
        "domain" => domain: String,
        /// More about it, such as `quota_limit`.
        "metadata" => metadata: BTreeMap<String, String>,
    }
    /// Where to read on.
    Help {
        /// The pages.
        "links" => links: Vec<Link>,
    }
    /// A page to read.
    Link {
        /// What it is about.
        "description" => description: String,
        /// Its address.
        "url" => url: String,
    }
    /// Which quotas are used up.
    QuotaFailure {
        /// The quotas.
        "violations" => violations: Vec<QuotaViolation>,
    }
    /// A quota that is used up.
    QuotaViolation {
        /// Whose quota, such as `project:123`.
        "subject" => subject: String,
        /// Which quota, and what to do.
        "description" => description: String,
        /// The metric that the quota counts.
        "quotaMetric" => quota_metric: String,
        /// The name of the quota, such as `WritesPerMinutePerUser`.
        "quotaId" => quota_id: String,
    }
    /// Which fields of the request are wrong.
    BadRequest {
        /// The fields.
        "fieldViolations" => field_violations: Vec<FieldViolation>,
    }
    /// A field of the request that is wrong.
    FieldViolation {
        /// The path of the field.
        "field" => field: String,
        /// What is wrong with it.
        "description" => description: String,
        /// The same for programs.
        "reason" => reason: String,
    }
    /// What must be the case before the call can succeed.
    PreconditionFailure {
        /// The conditions that do not hold.
        "violations" => violations: Vec<PreconditionViolation>,
    }
    /// A condition that does not hold.
    PreconditionViolation {
        /// The kind of the condition.
        "type" => r#type: String,
        /// What it is about.
        "subject" => subject: String,
        /// What is wrong, and what to do.
        "description" => description: String,
    }
    /// How the server names this request.
    RequestInfo {
        /// The name, for Google's support.
        "requestId" => request_id: String,
        /// Data for Google's developers.
        "servingData" => serving_data: String,
    }
    /// What the call was about.
    ResourceInfo {
        /// The type of the resource.
        "resourceType" => resource_type: String,
        /// The name of the resource.
        "resourceName" => resource_name: String,
        /// Whose it is.
        "owner" => owner: String,
        /// What happened to it.
        "description" => description: String,
    }
    /// The message in the user's language.
    LocalizedMessage {
        /// The language, such as `en-US`.
        "locale" => locale: String,
        /// The message.
        "message" => message: String,
    }
    /// What the server's developers wanted to see.
    DebugInfo {
        /// Lines of a stack trace.
        "stackEntries" => stack_entries: Vec<String>,
        /// More about it.
        "detail" => detail: String,
    }
}
