//! Long-running operations: calls that return before their work is done, and waiting until it is.
//!
//! # How an operation says that it failed
//!
//! An operation that is done and failed is an [error](Error::is_operation_failed) of
//! [`Wait::done`], whichever way the service says it. There are two families. Of the public
//! Discovery documents 294 have an operation with a flag and 11 have one with a status: those of
//! Compute Engine, Deployment Manager, Kubernetes Engine and Cloud SQL.
//!
//! | Field | When it means failure | Source |
//! |---|---|---|
//! | `error` beside `done` | There is one, unless its code is 0 | [`google.longrunning.Operation`][lro] |
//! | `error.errors[]` | There is one; each has a reason (`code`) and a message | [Compute Engine][compute], [Cloud SQL][sql] |
//! | `httpErrorStatusCode` | The status is `DONE`, and it is 400 or more, also without `error` | [Compute Engine][compute]; `ERROR_CODE` in [`extended_operations.proto`][extended] |
//! | `httpErrorMessage` | The status is `DONE`, and there is no status code that says otherwise | [Compute Engine][compute]; `ERROR_MESSAGE` in [`extended_operations.proto`][extended] |
//! | `error` beside `status` | There is one (`google.rpc.Status`), unless its code is 0 | [Kubernetes Engine][gke] |
//! | `statusMessage`, where `error` replaced it (`deprecated`) | The status is `DONE`, and it is not empty | [Kubernetes Engine][gke] |
//! | `status` | `ABORTED`, `CANCELLED`, `ERROR`, `FAILED`: no public document has them, and they are no state to wait in | |
//!
//! No failure are `warnings`, the `statusMessage` of Compute Engine ("description of the current
//! status"), the status `ABORTING`, which comes before `DONE`, and an operation that is done with
//! neither an error nor a response, as many that delete are. The operations of Cloud DNS have a
//! status and no failure: each "represents a successful mutation".
//!
//! The code of the error is that of `error`, or the one that [`google/rpc/code.proto`][code] maps to
//! the HTTP status: 403 is `PERMISSION_DENIED`. The predicates of [`Error`] such as
//! [`is_permission_denied`](Error::is_permission_denied) see it.
//!
//! [lro]: https://github.com/googleapis/googleapis/blob/master/google/longrunning/operations.proto
//! [compute]: https://cloud.google.com/compute/docs/reference/rest/v1/globalOperations
//! [sql]: https://cloud.google.com/sql/docs/mysql/admin-api/rest/v1/operations
//! [gke]: https://cloud.google.com/kubernetes-engine/docs/reference/rest/v1/projects.locations.operations
//! [extended]: https://github.com/googleapis/googleapis/blob/master/google/cloud/extended_operations.proto
//! [code]: https://github.com/googleapis/googleapis/blob/master/google/rpc/code.proto

mod ending;
mod wait;

use serde::de::DeserializeOwned;

#[doc(hidden)]
pub use self::ending::{Ending, failure};
pub use self::wait::Wait;
use crate::error::{BodyProblem, ErrorKind};
use crate::rpc::Status;
use crate::wire::memory::{DEFAULT_LIMIT, within};
use crate::wire::{Map, Value};
use crate::{Error, Result};

/// What the operations of all services have alike, whatever their documents call it.
///
/// Emitted crates implement it for their `Operation` types.
pub trait Operation: Send + Sync {
    /// The name under which the service knows the operation. Keep it to go on waiting later, with
    /// the method that gets an operation by its name.
    fn name(&self) -> Option<&str>;

    /// Whether it has ended, well or not.
    fn is_done(&self) -> bool;

    /// Why it failed, if it did.
    fn failure(&self) -> Option<Status>;

    /// What it gave, if it ended well and says so; `@type` names its type.
    fn response(&self) -> Option<&Map<Value>> {
        None
    }

    /// How far it is, in a form that the service documents; `@type` names its type.
    fn metadata(&self) -> Option<&Map<Value>> {
        None
    }

    /// What it gave, as a type of the emitted crate such as `schemas::Instance`: the document does
    /// not say which one. `None` if there is no response.
    fn response_as<T: DeserializeOwned>(&self) -> Option<Result<T>>
    where
        Self: Sized,
    {
        self.response().map(decode)
    }

    /// How far it is, as a type of the emitted crate. `None` if there are no metadata.
    fn metadata_as<T: DeserializeOwned>(&self) -> Option<Result<T>>
    where
        Self: Sized,
    {
        self.metadata().map(decode)
    }
}

fn decode<T: DeserializeOwned>(packed: &Map<Value>) -> Result<T> {
    let members = packed.iter().filter(|(name, _)| *name != "@type");
    let object = Value::Object(
        members
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect(),
    );
    let decoded = within(DEFAULT_LIMIT, || T::deserialize(object));
    let decoded = decoded
        .map_err(|exceeded| Error::new(ErrorKind::Body(BodyProblem::Decode(exceeded.into()))))?;
    // The text of the decoder could quote what it read.
    decoded.map_err(|_| {
        Error::invalid_argument("the operation holds another type than the one that was asked for")
    })
}

/// The error of an operation that ended badly.
pub(crate) fn failed(status: Status, method: &'static str) -> Error {
    Error::new(ErrorKind::OperationFailed(Box::new(status))).with_method(method, &[])
}
