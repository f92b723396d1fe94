//! The resumable protocol: a session that takes chunks at the offset it has reached.

use bytes::BytesMut;

use super::{file_name, token, violation};
use crate::clock::plus;
use crate::ids::sha1;
use crate::replies;
use crate::reply::Reply;
use crate::request::Received;
use crate::state::State;
use crate::state::access::Identity;
use crate::state::uploads::{GRANULARITY, SESSION_LIFETIME, UploadSession};

pub(super) fn start(
    state: &mut State,
    who: &Identity,
    request: &Received,
    origin: &str,
) -> Result<Reply, Reply> {
    let file_name = file_name(request)?;
    if request.header("x-goog-upload-content-type").is_none() && file_name.is_none() {
        return Err(replies::internal().note("neither X-Goog-Upload-Content-Type nor -File-Name"));
    }
    if !request.body.is_empty() {
        return Err(violation("a start has no body"));
    }
    let total = match request.header("x-goog-upload-raw-size") {
        Some(text) => text
            .trim()
            .parse::<u64>()
            .map_err(|_| violation("X-Goog-Upload-Raw-Size is no number"))?,
        None => 0,
    };
    let id = state.ids.opaque();
    let session = UploadSession {
        id: id.clone(),
        user: who.user.clone(),
        client: who.client.clone(),
        status: "active",
        total: Some(total).filter(|total| *total > 0),
        received: BytesMut::new(),
        file_name: file_name.unwrap_or_default(),
        created: state.now(),
    };
    state.uploads.sessions.insert(id.clone(), session);
    let url = format!("{origin}/v1/uploads?upload_id={id}&upload_protocol=resumable");
    Ok(status("active")
        .header("x-goog-upload-url", url)
        .header("x-goog-upload-chunk-granularity", GRANULARITY.to_string()))
}

/// Takes a chunk, or a chunk and the end of the file. A refused chunk leaves the session as it was; of one that did
/// not arrive in whole, the whole granules are kept.
pub(super) fn upload(
    state: &mut State,
    who: &Identity,
    request: &Received,
    finalize: bool,
) -> Result<Reply, Reply> {
    let is_bare_finalize = request
        .header("x-goog-upload-command")
        .is_some_and(|command| !command.contains("upload"));
    let session = session(state, who, request)?;
    if session.status != "active" {
        return Err(violation("the session has ended"));
    }
    let committed = session.received.len() as u64;
    let offset = request
        .header("x-goog-upload-offset")
        .and_then(|text| text.trim().parse::<u64>().ok());
    match offset {
        Some(offset) if offset != committed => {
            return Err(violation(&format!(
                "the chunk is for offset {offset}, the session is at {committed}"
            )));
        }
        None if !is_bare_finalize => return Err(violation("no X-Goog-Upload-Offset")),
        _ => {}
    }
    let end = committed + request.body.len() as u64;
    if session.total.is_some_and(|total| end > total) {
        return Err(violation(
            "more bytes than X-Goog-Upload-Raw-Size announced",
        ));
    }
    if !request.complete {
        let whole = request.body.len() / GRANULARITY * GRANULARITY;
        session
            .received
            .extend_from_slice(request.body.get(..whole).unwrap_or_default());
        return Ok(status("active"));
    }
    if !finalize {
        if !request.body.len().is_multiple_of(GRANULARITY) {
            return Err(violation("the chunk is not a multiple of the granularity"));
        }
        session.received.extend_from_slice(&request.body);
        return Ok(status("active"));
    }
    if session.total.is_some_and(|total| end != total) || end == 0 {
        return Err(violation("the file is not complete"));
    }
    session.received.extend_from_slice(&request.body);
    session.status = "final";
    let (bytes, file_name) = (
        std::mem::take(&mut session.received).freeze(),
        session.file_name.clone(),
    );
    let sha1 = sha1(&bytes);
    let token = token(state, who, (bytes, sha1), file_name);
    Ok(Reply::text(200, token).header("x-goog-upload-status", "final"))
}

/// Where the session is. Once it has ended, neither the size nor the token is told.
pub(super) fn query(state: &mut State, who: &Identity, request: &Received) -> Result<Reply, Reply> {
    let session = session(state, who, request)?;
    let reply = status(session.status);
    if session.status != "active" {
        return Ok(reply);
    }
    Ok(reply
        .header(
            "x-goog-upload-size-received",
            session.received.len().to_string(),
        )
        .header("x-goog-upload-chunk-granularity", GRANULARITY.to_string()))
}

pub(super) fn cancel(
    state: &mut State,
    who: &Identity,
    request: &Received,
) -> Result<Reply, Reply> {
    let session = session(state, who, request)?;
    if session.status != "active" {
        return Err(violation("the session has ended"));
    }
    session.status = "cancelled";
    session.received.clear();
    Ok(status("cancelled"))
}

/// The session of the URL, if it exists, has not expired and is the caller's.
fn session<'a>(
    state: &'a mut State,
    who: &Identity,
    request: &Received,
) -> Result<&'a mut UploadSession, Reply> {
    let now = state.now();
    let id = request.query.get("upload_id").unwrap_or_default();
    let session = state.uploads.sessions.get_mut(id).filter(|session| {
        session.user == who.user
            && session.client == who.client
            && now < plus(session.created, SESSION_LIFETIME)
    });
    session.ok_or_else(|| violation("the session is not known"))
}

fn status(status: &str) -> Reply {
    Reply::new(200).header("x-goog-upload-status", status)
}
