//! Long-running operations: calls whose answer is a promise, and waiting until it is kept.

mod wait;

use serde::de::DeserializeOwned;

pub use self::wait::Wait;
use crate::error::ErrorKind;
use crate::rpc::Status;
use crate::wire::{Map, Value, Wire};
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
    // The text of the decoder could quote what it read.
    T::deserialize(object).map_err(|_| {
        Error::invalid_argument("the operation holds another type than the one that was asked for")
    })
}

/// The error of an operation, in any of the forms that documents give it.
#[doc(hidden)]
pub fn failure<T: Wire>(error: Option<&T>) -> Option<Status> {
    let purpose = crate::wire::Purpose::Storage;
    let value = serde_json::to_value(crate::codegen::Encoded::new(error?.view(), purpose)).ok()?;
    Some(crate::rpc::read_operation_error(&value))
}

/// The error of an operation that ended badly.
pub(crate) fn failed(status: Status, method: &'static str) -> Error {
    Error::new(ErrorKind::OperationFailed(Box::new(status))).with_method(method, &[])
}
