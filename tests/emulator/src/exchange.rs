//! One request and its reply: receive, look up a planned fault, record, execute, encode, log.

use bytes::{Bytes, BytesMut};
use http_body_util::{BodyExt as _, Full};
use hyper::body::{Body as _, Incoming};
use hyper::{Request, Response};

use crate::config::LogLine;
use crate::encode::{Encoded, encode};
use crate::faults::script::Script;
use crate::faults::{Action, Cut, Fault, Gate, RequestCut};
use crate::reply::Reply;
use crate::request::{Query, Received};
use crate::router::{self, Route, Target};
use crate::shared::Shared;
use crate::{api, base_urls, discovery, home, oauth, picker, replies, uploads};

/// What becomes of the connection.
pub(crate) enum Outcome {
    /// An ordinary reply; the connection stays.
    Reply(Response<Full<Bytes>>),
    /// The connection is taken over and ends.
    TakeOver(Script),
}

/// Serves one request.
pub(crate) async fn exchange(shared: &Shared, request: Request<Incoming>) -> Outcome {
    let (parts, body) = request.into_parts();
    let mut request = Received {
        http_method: parts.method,
        path: parts.uri.path().to_owned(),
        query: Query::parse(parts.uri.query().unwrap_or_default()),
        headers: parts.headers,
        body: Bytes::new(),
        complete: false,
    };
    let route = router::route(&request);
    let (fault, largest) = {
        let mut state = shared.lock();
        (
            state.faults.take(route.id(), &request.path),
            state.config.max_body,
        )
    };
    let fault = fault.unwrap_or_else(Fault::alter);
    let too_large = receive(&mut request, body, fault.request, largest)
        .await
        .is_err();
    {
        let mut state = shared.lock();
        let keep = state.config.recorded_requests;
        state.recorder.record(route.id(), &request, keep);
    }
    request.unpack();
    // A parameter in the body can tell what is meant.
    let route = router::route(&request);
    let reply = if too_large {
        replies::for_status(413).note("the body is larger than the emulator keeps in memory")
    } else {
        respond(shared, &route, &request, &fault).await
    };
    deliver(shared, &route, &request, &fault, reply)
}

/// The most memory that is reserved for a body before it arrives, in bytes.
const LARGEST_RESERVE: u64 = 16 << 20;

/// Reads the body, or as much of it as a fault lets through. The error says that it is too large.
async fn receive(
    request: &mut Received,
    mut body: Incoming,
    cut: Option<RequestCut>,
    largest: u64,
) -> Result<(), ()> {
    // What a client says of the length is believed as far as memory is no loss.
    let announced = body.size_hint().lower().min(largest).min(LARGEST_RESERVE);
    let mut bytes = BytesMut::with_capacity(usize::try_from(announced).unwrap_or_default());
    let wanted = cut.map_or(usize::MAX, |cut| cut.bytes);
    let breaks_off = cut.is_some_and(|cut| cut.then.is_some());
    request.complete = cut.is_none();
    while !(breaks_off && bytes.len() >= wanted) {
        let data = match body.frame().await {
            Some(Ok(frame)) => frame.into_data().unwrap_or_default(),
            Some(Err(_)) => {
                request.complete = false;
                break;
            }
            None => break,
        };
        let room = wanted.saturating_sub(bytes.len()).min(data.len());
        bytes.extend_from_slice(data.get(..room).unwrap_or_default());
        if bytes.len() as u64 > largest {
            return Err(());
        }
    }
    request.body = bytes.freeze();
    Ok(())
}

async fn respond(shared: &Shared, route: &Route, request: &Received, fault: &Fault) -> Reply {
    let gate = fault.gate.as_ref();
    match &fault.action {
        Action::Instead(reply) => reply.clone().note("a planned fault"),
        Action::Silence => Reply::new(0),
        Action::ExecuteTwice => {
            execute(shared, route, request, gate).await;
            execute(shared, route, request, gate).await
        }
        Action::Execute => execute(shared, route, request, gate).await,
    }
}

async fn execute(shared: &Shared, route: &Route, request: &Received, gate: Option<&Gate>) -> Reply {
    let origin = origin(shared, request);
    // An incomplete body is only of use to a resumable upload; nothing else must act on it.
    if !request.complete && !matches!(route.target, Target::Upload(_)) {
        return replies::invalid_argument().note("the request body did not arrive in whole");
    }
    if let (Some(gate), false) = (gate, matches!(route.target, Target::Api(_))) {
        gate.pass().await;
    }
    match route.target {
        Target::Api(method) => {
            api::call(shared, method, &route.resource, request, &origin, gate).await
        }
        Target::Upload(step) => {
            shared.write_latency().await;
            uploads::serve(&mut shared.lock(), step, request, &origin)
        }
        Target::BaseUrl => base_urls::serve(&mut shared.lock(), &route.resource, request, &origin),
        Target::PickedUrl => {
            base_urls::serve_picked(&mut shared.lock(), &route.resource, request, &origin)
        }
        Target::Picker => picker::serve(&mut shared.lock(), &route.resource, request, &origin),
        Target::VideoDownload => {
            base_urls::serve_video(&mut shared.lock(), &route.resource, request)
        }
        Target::OAuth(endpoint) => oauth::serve(&mut shared.lock(), endpoint, request),
        Target::Discovery => {
            discovery::document(&route.resource, request.query.get("version"), &origin)
        }
        Target::Home => home::page(&shared.lock(), &origin),
        Target::Unknown => replies::no_such_path(),
    }
}

fn deliver(
    shared: &Shared,
    route: &Route,
    request: &Received,
    fault: &Fault,
    reply: Reply,
) -> Outcome {
    let note = reply.note.clone();
    let encoded = encode(reply, request, &fault.edits);
    let breaks = fault.delivery.cut.is_some() || fault.delivery.raw.is_some();
    log(
        shared,
        route,
        request,
        if breaks { 0 } else { encoded.status },
        note.as_deref(),
    );
    if let Some(RequestCut {
        then: Some(cut), ..
    }) = fault.request
    {
        return Outcome::TakeOver(Script::end(cut));
    }
    let head_only = request.http_method == hyper::Method::HEAD;
    if !fault.delivery.is_ordinary() {
        return Outcome::TakeOver(fault.delivery.script(&encoded, head_only));
    }
    // A reply that HTTP cannot carry, such as status 0, is as good as none.
    response(encoded).map_or(Outcome::TakeOver(Script::end(Cut::Close)), Outcome::Reply)
}

fn response(encoded: Encoded) -> Option<Response<Full<Bytes>>> {
    let mut response = Response::builder().status(encoded.status);
    for (name, value) in encoded.headers {
        response = response.header(name, value);
    }
    response.body(Full::new(encoded.body)).ok()
}

fn log(shared: &Shared, route: &Route, request: &Received, status: u16, note: Option<&str>) {
    let log = shared.lock().config.log.clone();
    if let Some(log) = log {
        let http_method = request.http_method.as_str();
        log.write(&LogLine {
            http_method,
            method_id: route.id(),
            status,
            note,
        });
    }
}

/// Scheme and host for the URLs in replies: those of the request when they are loopback, so that a client which
/// says `localhost` stays there. An emulator that listens elsewhere is reached under names and ports that it cannot
/// know: there the request always tells.
fn origin(shared: &Shared, request: &Received) -> String {
    let port = shared.address.port();
    let host = request.header("host");
    let is_plain = |host: &&str| {
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b".-:[]_".contains(&byte);
        !host.is_empty() && host.bytes().all(allowed)
    };
    if let Some(host) = host.filter(is_plain)
        && !shared.address.ip().is_loopback()
    {
        return format!("http://{host}");
    }
    match host.and_then(|host| host.rsplit_once(':')) {
        Some((name @ ("localhost" | "127.0.0.1"), text)) if text == port.to_string() => {
            format!("http://{name}:{port}")
        }
        _ => format!("http://127.0.0.1:{port}"),
    }
}
