//! The result of an upload out of its last response: the only part that depends on its type.

use std::time::Duration;

use super::{UploadMethod, UploadToken};
use crate::Result;
use crate::client::Answer;
use crate::client::media::Link;
use crate::codegen::FromBody;
use crate::error::{BodyProblem, ErrorKind, TransferProblem};

/// Makes the result of a response.
pub(super) type Decode<R> = fn(&Answer, &UploadMethod, &Link) -> Result<R>;

/// A token as text, for bytes that belong to no other call.
pub(super) fn token(response: &Answer, method: &UploadMethod, link: &Link) -> Result<UploadToken> {
    let lifetime = method.token_lifetime.map(Duration::from_secs);
    let token = UploadToken::read(&response.body, link.system_time(), lifetime);
    token.ok_or_else(|| TransferProblem::Protocol("it gave no token").into())
}

/// The response of the call that the bytes belong to.
pub(super) fn json<R: FromBody>(response: &Answer, _: &UploadMethod, link: &Link) -> Result<R> {
    decode_json(response, false, link)
}

/// The same inside of a property `data`.
pub(super) fn wrapped_json<R: FromBody>(
    response: &Answer,
    _: &UploadMethod,
    link: &Link,
) -> Result<R> {
    decode_json(response, true, link)
}

fn decode_json<R: FromBody>(response: &Answer, wraps_data: bool, link: &Link) -> Result<R> {
    let decoded = response.decode(wraps_data, link.decoding);
    decoded.map_err(|error| link.error_of(ErrorKind::Body(BodyProblem::Decode(error)), response))
}
