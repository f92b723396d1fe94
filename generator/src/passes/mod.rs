//! What the model does not say by itself: one question a file. After `validate` it is read-only.

mod features;
mod grouping;
mod limits;
mod operations;
pub(crate) mod pagination;
pub(crate) mod patch;
mod recursion;
mod spoken_names;
mod strict;
mod usage;
mod validate;

use crate::diagnostic::Sink;
use crate::model::Api;

/// Runs all passes.
pub(crate) fn run(api: &mut Api, sink: &mut Sink) {
    recursion::run(api);
    pagination::run(api);
    operations::run(api);
    strict::run(api);
    patch::run(api);
    limits::run(api);
    usage::run(api);
    features::run(api);
    grouping::run(api);
    spoken_names::run(api);
    validate::run(api, sink);
}
