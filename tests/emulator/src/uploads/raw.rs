//! The raw protocol: one request with all the bytes.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::{file_name, token, violation};
use crate::ids::sha1;
use crate::replies;
use crate::reply::Reply;
use crate::request::Received;
use crate::state::State;
use crate::state::access::Identity;

/// Takes the bytes of a file. Their type is not looked at: junk fails when an item is made of it.
pub(super) fn upload(
    state: &mut State,
    who: &Identity,
    request: &Received,
) -> Result<Reply, Reply> {
    if !request.complete {
        return Err(violation("the body did not arrive in whole"));
    }
    if request.body.is_empty() {
        return Err(violation("an empty file"));
    }
    let sha1 = sha1(&request.body);
    check_hash(request, sha1)?;
    let file_name = file_name(request)?.unwrap_or_default();
    let bytes = (request.body.clone(), sha1);
    Ok(Reply::text(200, token(state, who, bytes, file_name)))
}

/// `X-Goog-Hash: sha1=` and the base64 of the raw digest, if it was sent.
fn check_hash(request: &Received, sha1: [u8; 20]) -> Result<(), Reply> {
    let Some(header) = request.header("x-goog-hash") else {
        return Ok(());
    };
    let wanted = header
        .trim()
        .strip_prefix("sha1=")
        .and_then(|text| STANDARD.decode(text).ok());
    let wanted = wanted.ok_or_else(|| violation("X-Goog-Hash is not sha1= and base64"))?;
    if wanted == sha1 {
        Ok(())
    } else {
        Err(replies::checksum_mismatch())
    }
}
