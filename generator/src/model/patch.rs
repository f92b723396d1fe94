//! Changes of a part of something: which fields a PATCH names.

/// How a PATCH says which parts of something it changes.
#[derive(Debug)]
pub(crate) enum Patch {
    /// By a mask in the query.
    Mask(UpdateMask),
    /// By what the body has and lacks (RFC 7396): the body is merged, `null` removes a field.
    Merge,
}

/// The mask that says which fields of the body to change.
#[derive(Debug)]
pub(crate) struct UpdateMask {
    /// The query parameter, by its wire name.
    pub(crate) param: String,
    /// The paths that the service accepts; empty where the document doesn't say.
    pub(crate) paths: Vec<String>,
    /// Whether the service knows only the fields of the body, and none inside of these.
    pub(crate) top_level: bool,
}
