//! Corrections to a document: what it says wrongly, or not at all.
//!
//! Each entry says what it corrects, why, and where that is known from. An entry must change
//! something: one that no longer applies is an error, so that corrections don't outlive their cause.
//!
//! What the format of documents can say becomes a patch of the parsed document, before anything has
//! a name (`patch`). What it cannot say is a fact (`facts`), which `lower` and the passes read.

mod apply;
mod facts;
mod members;
mod patch;
mod read;

pub(crate) use apply::apply;
pub(crate) use facts::{Facts, Mask, MethodFacts, Pages, Stale};
pub(crate) use read::read;

use facts::UploadTokens;

use crate::diagnostic::Pointer;
use crate::model::{Deprecation, LengthLimit, RetrySafety};

/// The corrections to one document.
#[derive(Debug, Default)]
pub(crate) struct Overrides {
    /// The id of the document that they are for.
    pub(crate) document: String,
    pub(crate) entries: Vec<Entry>,
}

/// One correction.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) pointer: Pointer,
    pub(crate) change: Change,
}

/// What an entry changes. Methods are named by resource path and name (`albums.list`), properties
/// by schema (`Album.title`, with `[]` for items), parameters by method (`albums.list#pageSize`).
#[derive(Debug)]
pub(crate) enum Change {
    /// The type of a value, where the document has one that nobody knows.
    Type {
        place: String,
        kind: String,
        format: Option<String>,
    },
    DefaultValue {
        place: String,
        value: String,
    },
    Maximum {
        place: String,
        value: String,
    },
    OutputOnly {
        property: String,
    },
    RequiredProperty {
        property: String,
    },
    /// The service refuses a request without it.
    RequiredParameter {
        parameter: String,
    },
    /// The scopes that a method accepts today; none means that nobody may call it.
    MethodScopes {
        method: String,
        scopes: Vec<String>,
    },
    /// A method for media that the document lacks.
    UploadMethod(NewUpload),
    /// A method takes resumable uploads, though the document has only its simple path.
    ResumableUpload {
        method: String,
    },
    /// Something about a method that no document can say.
    Method {
        method: String,
        change: MethodChange,
    },
    /// The service no longer grants a scope.
    EndScope {
        scope: String,
        ended: String,
        note: String,
    },
    /// The least wait after a 429.
    RateLimitDelay {
        seconds: u64,
    },
    /// A host of the service that is not below `googleapis.com`.
    ServiceHost {
        host: String,
    },
    /// Enums with the same values that are one type.
    MergeEnums {
        name: String,
        places: Vec<String>,
    },
    /// A better name for an enum that the document leaves without one.
    NameEnum {
        name: String,
        place: String,
    },
    /// How many entries a list may have, or characters a text.
    Length {
        place: String,
        limit: LengthLimit,
    },
    /// A time that may lack an offset, because its zone is said elsewhere.
    LocalTime {
        property: String,
    },
    /// A text that is a key to something, and must not be printed.
    Secret {
        place: String,
    },
    /// Properties of which a request may have only one.
    ExclusiveProperties {
        schema: String,
        properties: Vec<String>,
    },
}

/// What no document can say about a method.
#[derive(Debug)]
pub(crate) enum MethodChange {
    Deprecate(Deprecation),
    /// When a failed call is retried.
    Retry(RetrySafety),
    /// Whether it responds with a JSON array of what the document declares.
    Streamed(bool),
    /// How it is cut into pages.
    Pages(Pages),
    /// What its update mask may name.
    Mask(Mask),
}

impl Change {
    /// What is corrected, and what of it. Enums are not here: each place is accounted for by itself.
    fn subject(&self) -> Option<(&'static str, &str)> {
        Some(match self {
            Self::Type { place, .. } => ("type", place),
            Self::DefaultValue { place, .. } => ("default", place),
            Self::Maximum { place, .. } => ("maximum", place),
            Self::OutputOnly { property } => ("output only", property),
            Self::RequiredProperty { property } => ("required", property),
            Self::RequiredParameter { parameter } => ("required", parameter),
            Self::MethodScopes { method, .. } => ("scopes", method),
            Self::ResumableUpload { method } => ("resumable", method),
            Self::Method { method, change } => (change.subject(), method),
            Self::EndScope { scope, .. } => ("ended", scope),
            Self::RateLimitDelay { .. } => ("delay", ""),
            Self::ServiceHost { host } => ("host", host),
            Self::Length { place, .. } => ("length", place),
            Self::LocalTime { property } => ("local time", property),
            Self::Secret { place } => ("secret", place),
            // A schema can have several groups of such properties.
            Self::ExclusiveProperties { .. }
            | Self::MergeEnums { .. }
            | Self::NameEnum { .. }
            | Self::UploadMethod(_) => return None,
        })
    }
}

impl MethodChange {
    fn subject(&self) -> &'static str {
        match self {
            Self::Deprecate(_) => "deprecated",
            Self::Retry(_) => "retry safety",
            Self::Streamed(_) => "streamed",
            Self::Pages(_) => "pages",
            Self::Mask(_) => "paths",
        }
    }
}

/// An upload endpoint that the document does not describe.
#[derive(Debug)]
pub(crate) struct NewUpload {
    pub(crate) resource: String,
    pub(crate) name: String,
    pub(crate) path: String,
    pub(crate) scopes: Vec<String>,
    pub(crate) description: String,
    pub(crate) max_size: Option<String>,
    pub(crate) accept: Vec<String>,
    pub(crate) token_lifetime_seconds: Option<u64>,
    pub(crate) refuses_empty: bool,
}

impl NewUpload {
    fn tokens(&self) -> UploadTokens {
        UploadTokens {
            lifetime_seconds: self.token_lifetime_seconds,
            refuses_empty: self.refuses_empty,
        }
    }

    /// The description, with what is known about the token.
    fn described(&self) -> String {
        let Some(seconds) = self.token_lifetime_seconds else {
            return self.description.clone();
        };
        let lifetime = if seconds % 3_600 == 0 {
            format!("{} hours", seconds / 3_600)
        } else {
            format!("{seconds} seconds")
        };
        format!(
            "{}\n\nThe upload token is valid for {lifetime}.",
            self.description
        )
    }
}
