//! The details that an error can carry (`google/rpc/error_details.proto`).

use std::collections::BTreeMap;
use std::time::Duration;

use serde::Deserialize;

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

macro_rules! details {
    ($(
        $(#[doc = $doc:literal])+
        $name:ident { $( $(#[doc = $field_doc:literal])+ $field:ident: $type:ty, )+ }
    )+) => { $(
        $(#[doc = $doc])+
        #[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
        #[serde(default, rename_all = "camelCase")]
        #[non_exhaustive]
        pub struct $name { $( $(#[doc = $field_doc])+ pub $field: $type, )+ }
    )+ };
}

details! {
    /// Why, in a form that programs can compare.
    ErrorInfo {
        /// The reason, unique in its domain, such as `SERVICE_DISABLED`.
        reason: String,
        /// The domain of the reason, such as `googleapis.com`.
        domain: String,
        /// More about it, such as `quota_limit`.
        metadata: BTreeMap<String, String>,
    }
    /// Where to read on.
    Help {
        /// The pages.
        links: Vec<Link>,
    }
    /// A page to read.
    Link {
        /// What it is about.
        description: String,
        /// Its address.
        url: String,
    }
    /// Which quotas are used up.
    QuotaFailure {
        /// The quotas.
        violations: Vec<QuotaViolation>,
    }
    /// A quota that is used up.
    QuotaViolation {
        /// Whose quota, such as `project:123`.
        subject: String,
        /// Which quota, and what to do.
        description: String,
        /// The metric that the quota counts.
        quota_metric: String,
        /// The name of the quota, such as `WritesPerMinutePerUser`.
        quota_id: String,
    }
    /// Which fields of the request are wrong.
    BadRequest {
        /// The fields.
        field_violations: Vec<FieldViolation>,
    }
    /// A field of the request that is wrong.
    FieldViolation {
        /// The path of the field.
        field: String,
        /// What is wrong with it.
        description: String,
        /// The same for programs.
        reason: String,
    }
    /// What must be the case before the call can succeed.
    PreconditionFailure {
        /// The conditions that do not hold.
        violations: Vec<PreconditionViolation>,
    }
    /// A condition that does not hold.
    PreconditionViolation {
        /// The kind of the condition.
        r#type: String,
        /// What it is about.
        subject: String,
        /// What is wrong, and what to do.
        description: String,
    }
    /// How the server names this request.
    RequestInfo {
        /// The name, for Google's support.
        request_id: String,
        /// Data for Google's developers.
        serving_data: String,
    }
    /// What the call was about.
    ResourceInfo {
        /// The type of the resource.
        resource_type: String,
        /// The name of the resource.
        resource_name: String,
        /// Whose it is.
        owner: String,
        /// What happened to it.
        description: String,
    }
    /// The message in the user's language.
    LocalizedMessage {
        /// The language, such as `en-US`.
        locale: String,
        /// The message.
        message: String,
    }
    /// What the server's developers wanted to see.
    DebugInfo {
        /// Lines of a stack trace.
        stack_entries: Vec<String>,
        /// More about it.
        detail: String,
    }
}
