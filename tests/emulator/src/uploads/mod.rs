//! `/v1/uploads`: bytes in, upload tokens out. Not in the discovery document.

mod raw;
mod resumable;

use bytes::Bytes;

use crate::api::authorize;
use crate::replies;
use crate::reply::Reply;
use crate::request::Received;
use crate::scopes::{APPENDONLY, PHOTOSLIBRARY, SHARING};
use crate::state::State;
use crate::state::access::Identity;
use crate::state::uploads::Upload;

/// Serves one step of an upload. A refusal never carries a status header.
pub(crate) fn serve(state: &mut State, step: &str, request: &Received, origin: &str) -> Reply {
    run(state, step, request, origin).unwrap_or_else(|refusal| refusal)
}

fn run(state: &mut State, step: &str, request: &Received, origin: &str) -> Result<Reply, Reply> {
    let who = admit(state, request)?;
    match step {
        "uploads.raw" => raw::upload(state, &who, request),
        "uploads.start" => resumable::start(state, &who, request, origin),
        "uploads.upload" => resumable::upload(state, &who, request, false),
        "uploads.finalize" => resumable::upload(state, &who, request, true),
        "uploads.query" => resumable::query(state, &who, request),
        "uploads.cancel" => resumable::cancel(state, &who, request),
        _ => Err(violation("no known protocol or command header")),
    }
}

/// Who uploads. A session URL can be made to stand for its owner by itself.
fn admit(state: &mut State, request: &Received) -> Result<Identity, Reply> {
    let session = request
        .query
        .get("upload_id")
        .and_then(|id| state.uploads.sessions.get(id));
    let who = match session {
        Some(session) if !state.config.session_requires_token && request.bearer().is_none() => {
            Identity {
                user: session.user.clone(),
                client: session.client.clone(),
                scopes: [].into(),
            }
        }
        _ => authorize(
            state,
            request,
            &[APPENDONLY],
            &[PHOTOSLIBRARY, APPENDONLY, SHARING],
        )?,
    };
    if state.config.quotas.uploads_count {
        let now = state.now();
        state.usage.charge_request(&state.config.quotas, now)?;
    }
    Ok(who)
}

/// Keeps the bytes under a new upload token.
fn token(
    state: &mut State,
    who: &Identity,
    (bytes, sha1): (Bytes, [u8; 20]),
    file_name: String,
) -> String {
    let token = format!("CAIS{}{}", state.ids.opaque(), state.ids.opaque());
    let created = state.now();
    let upload = Upload {
        user: who.user.clone(),
        client: who.client.clone(),
        bytes,
        sha1,
        file_name,
        created,
    };
    state.uploads.tokens.insert(token.clone(), upload);
    token
}

/// The name that a client gave the file. A header has ASCII only: the service refuses other bytes.
fn file_name(request: &Received) -> Result<Option<String>, Reply> {
    let Some(value) = request.headers.get("x-goog-upload-file-name") else {
        return Ok(None);
    };
    match value.to_str() {
        Ok(name) => Ok(Some(name.to_owned())),
        Err(_) => Err(violation(
            "X-Goog-Upload-File-Name has bytes that are not ASCII",
        )),
    }
}

/// 400 for a request that breaks the protocol; its text is not recorded.
fn violation(note: &str) -> Reply {
    replies::invalid_argument().note(note)
}
