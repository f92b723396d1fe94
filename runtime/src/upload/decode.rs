//! The result of an upload out of its last response: the only part that depends on its type.

use std::time::Duration;

use super::{UploadMethod, UploadToken};
use crate::client::FullResponse;
use crate::client::media::TransferClient;
use crate::codegen::FromBody;
use crate::error::{BodyProblem, ErrorKind, TransferProblem};
use crate::{Response, Result};

/// Makes the result of a response.
pub(super) type Decode<R> = fn(&FullResponse, &UploadMethod, &TransferClient) -> Result<R>;

/// The whole response with the result.
pub(super) fn whole<R>(
    decode: Decode<R>,
    response: &FullResponse,
    method: &UploadMethod,
    client: &TransferClient,
) -> Result<Response<R>> {
    let body = decode(response, method, client).map_err(|error| client.retry.finish(error))?;
    Ok(Response::new(
        body,
        response.status,
        response.headers.clone(),
    ))
}

/// A token as text, for bytes that belong to no other call.
pub(super) fn token(
    response: &FullResponse,
    method: &UploadMethod,
    client: &TransferClient,
) -> Result<UploadToken> {
    let lifetime = method.token_lifetime.map(Duration::from_secs);
    let token = UploadToken::read(&response.body, client.system_time(), lifetime);
    token.ok_or_else(|| TransferProblem::Protocol("it gave no token").into())
}

/// The response of the call that the bytes belong to.
pub(super) fn json<R: FromBody>(
    response: &FullResponse,
    _: &UploadMethod,
    client: &TransferClient,
) -> Result<R> {
    decode_json(response, false, client)
}

/// The same inside of a property `data`.
pub(super) fn wrapped_json<R: FromBody>(
    response: &FullResponse,
    _: &UploadMethod,
    client: &TransferClient,
) -> Result<R> {
    decode_json(response, true, client)
}

fn decode_json<R: FromBody>(
    response: &FullResponse,
    wraps_data: bool,
    client: &TransferClient,
) -> Result<R> {
    let decoded = response.decode(wraps_data, client.decoding);
    decoded.map_err(|error| client.error_of(ErrorKind::Body(BodyProblem::Decode(error)), response))
}
