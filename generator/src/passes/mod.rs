//! What the model does not say by itself: one question a file. After `validate` it is read-only.

mod features;
mod grouping;
mod limits;
mod nesting;
mod operations;
mod page_tokens;
mod pagination;
mod patch;
mod recursion;
mod spoken_names;
mod strict;
mod usage;
mod validate;

use crate::diagnostic::Sink;
use crate::model::Api;
use crate::overrides::Facts;

/// Runs all passes.
pub(crate) fn run(api: &mut Api, facts: &Facts, sink: &mut Sink) {
    recursion::run(api);
    nesting::run(api, sink);
    page_tokens::run(api);
    pagination::run(api, facts, sink);
    operations::run(api);
    strict::run(api);
    patch::run(api, facts, sink);
    limits::run(api, sink);
    usage::run(api);
    features::run(api);
    grouping::run(api);
    spoken_names::run(api);
    validate::run(api, sink);
}
