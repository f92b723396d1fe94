//! What no document can say: facts about a service that `lower` reads, and the passes where they
//! must see the model. Only overrides make them, so that no document of a service can.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Pointer, Sink};
use crate::model::{Deprecation, LengthLimit, RetrySafety};

/// All facts about a service.
#[derive(Debug, Default)]
pub(crate) struct Facts {
    /// The least wait after a 429, in seconds.
    pub(crate) rate_limit_delay: Option<u64>,
    /// Hosts of the service that are not below `googleapis.com`: tokens of users go there.
    pub(crate) hosts: BTreeSet<String>,
    /// Scopes that the service grants no longer, by their URL.
    pub(crate) ended_scopes: BTreeMap<String, Deprecation>,
    /// The names of enums that the document leaves without one, by their place; enums with the same
    /// name are one type.
    pub(crate) enum_names: BTreeMap<String, String>,
    /// By the place of the property or parameter.
    pub(crate) lengths: BTreeMap<String, Fact<LengthLimit>>,
    /// Times that may lack an offset, by their place.
    pub(crate) local_times: BTreeMap<String, Fact<()>>,
    /// Texts that must not be printed, by the place of the property or parameter.
    pub(crate) secrets: BTreeMap<String, Fact<()>>,
    /// Groups of properties of which a request may have one, by the place of their schema.
    pub(crate) exclusive: BTreeMap<String, Vec<Vec<String>>>,
    /// By resource and name: `albums.list`.
    methods: BTreeMap<String, MethodFacts>,
}

/// A fact that may turn out not to fit, with the entry that gives it.
#[derive(Debug)]
pub(crate) struct Fact<T> {
    pub(crate) pointer: Pointer,
    pub(crate) value: T,
}

/// Facts about one method.
#[derive(Debug)]
pub(crate) struct MethodFacts {
    pub(crate) deprecated: Option<Deprecation>,
    /// No scope is accepted any more.
    pub(crate) unusable: bool,
    pub(crate) retry: Option<Fact<RetrySafety>>,
    pub(crate) streamed: Option<Fact<bool>>,
    pub(crate) pages: Option<Fact<Pages>>,
    pub(crate) mask: Option<Fact<Mask>>,
    /// The method takes bytes alone and gives a token for them.
    pub(crate) upload_tokens: Option<UploadTokens>,
}

impl MethodFacts {
    /// About most methods nothing is known but what the document says.
    pub(crate) const NONE: Self = Self {
        deprecated: None,
        unusable: false,
        retry: None,
        streamed: None,
        pages: None,
        mask: None,
        upload_tokens: None,
    };
}

/// What the update mask of a method may name.
#[derive(Clone, Debug)]
pub(crate) enum Mask {
    /// These paths.
    Paths(Vec<String>),
    /// Fields of the body, and none inside of these.
    TopLevel,
}

/// How a method is cut into pages, by names on the wire.
#[derive(Clone, Debug)]
pub(crate) struct Pages {
    /// The parameter or the property of the body that takes the token.
    pub(crate) token: String,
    /// The path to the next token in the response, such as `queryResult.nextPageToken`.
    pub(crate) next: String,
    /// The path to the items, unless it is clear which they are.
    pub(crate) items: Option<String>,
}

/// What is known about the tokens of an upload.
#[derive(Debug)]
pub(crate) struct UploadTokens {
    pub(crate) lifetime_seconds: Option<u64>,
    pub(crate) refuses_empty: bool,
}

impl Facts {
    /// What is known about a method, named by resource and name.
    pub(crate) fn method(&self, path: &str) -> &MethodFacts {
        static NONE: MethodFacts = MethodFacts::NONE;
        self.methods.get(path).unwrap_or(&NONE)
    }

    pub(super) fn method_mut(&mut self, path: &str) -> &mut MethodFacts {
        self.methods
            .entry(path.to_owned())
            .or_insert(MethodFacts::NONE)
    }
}

/// Why an entry does not apply.
pub(crate) enum Stale {
    /// What it corrects is not in the document.
    Missing(String),
    /// The document already says so.
    Said(String),
    /// It does not fit what it corrects.
    Unfit(String),
}

impl Stale {
    /// Reports the entry at `pointer`.
    pub(crate) fn report(self, pointer: &Pointer, sink: &mut Sink) {
        match self {
            Self::Missing(what) => sink.error(
                pointer,
                format!("the override no longer applies: the document has no {what}"),
                "remove the entry, or correct the name",
            ),
            Self::Said(what) => sink.error(
                pointer,
                format!("the override no longer applies: {what} already"),
                "remove the entry",
            ),
            Self::Unfit(what) => sink.error(pointer, what, "correct the entry"),
        }
    }
}
