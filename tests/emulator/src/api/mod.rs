//! Calls of API methods: who may call, what it costs, what comes back.

mod albums;
mod batch_create;
mod enrichments;
mod listing;
mod media_items;
pub(crate) mod methods;
mod picking;
mod position;
mod render;
mod search;
mod sharing;

use serde_json::{Value, json};

use listing::Listing;
use methods::Method;

use crate::faults::Gate;
use crate::fields::Selection;
use crate::replies;
use crate::reply::{Body, Reply};
use crate::request::{Query, Received};
use crate::schema;
use crate::shared::Shared;
use crate::state::State;
use crate::state::access::Identity;

/// One admitted call: what a handler works with.
#[derive(Debug)]
pub(crate) struct Call<'a> {
    pub(crate) state: &'a mut State,
    pub(crate) who: &'a Identity,
    pub(crate) method: &'static Method,
    /// The id in the path.
    pub(crate) resource: &'a str,
    pub(crate) query: &'a Query,
    /// The checked body; `{}` for methods without one.
    pub(crate) body: &'a Value,
    /// Scheme and host for URLs in the reply.
    pub(crate) origin: &'a str,
}

/// Runs one method. Both results are replies: the refusal of a call is never filtered by `fields`.
pub(crate) type Handler = fn(&mut Call<'_>) -> Result<Reply, Reply>;

/// Serves one call of a method.
pub(crate) async fn call(
    shared: &Shared,
    method: &'static Method,
    resource: &str,
    request: &Received,
    origin: &str,
    gate: Option<&Gate>,
) -> Reply {
    let admitted = admit(&mut shared.lock(), method, request);
    let who = match admitted {
        Ok(who) => who,
        Err(refusal) => return refusal,
    };
    let _write = method.is_write().then(|| WriteInFlight {
        shared,
        user: &who.user,
    });
    if let Some(gate) = gate {
        gate.pass().await;
    }
    if method.is_write() {
        shared.write_latency().await;
    }
    let mut state = shared.lock();
    run(&mut state, &who, method, resource, request, origin).unwrap_or_else(|refusal| refusal)
}

/// Whether the caller may call this method now. A write is in flight from here on.
fn admit(state: &mut State, method: &Method, request: &Received) -> Result<Identity, Reply> {
    let now = state.now();
    let who = authorize(state, request, method.scopes, method.legacy_scopes)?;
    // The Picker has quotas of its own, which nobody reaches.
    if !method.is_picker() {
        state.usage.charge_request(&state.config.quotas, now)?;
    }
    if method.is_write() {
        state
            .usage
            .begin_write(&state.config.quotas, &who.user, now)?;
    }
    Ok(who)
}

/// Who calls, if the token is good, the API is enabled and one of the scopes is there.
pub(crate) fn authorize(
    state: &State,
    request: &Received,
    scopes: &[&str],
    legacy_scopes: &[&str],
) -> Result<Identity, Reply> {
    let config = &state.config;
    let who = state.access.identify(
        request.bearer(),
        config.developer_mode,
        config.legacy_sharing,
        state.now(),
    )?;
    if !state.config.api_enabled {
        return Err(replies::api_not_enabled());
    }
    let legacy = state.config.legacy_sharing && who.has_any(legacy_scopes);
    if who.has_any(scopes) || legacy {
        return Ok(who);
    }
    let note = if scopes.is_empty() {
        "the method is closed"
    } else {
        "none of the method's scopes"
    };
    Err(replies::insufficient_scopes().note(note))
}

fn run(
    state: &mut State,
    who: &Identity,
    method: &'static Method,
    resource: &str,
    request: &Received,
    origin: &str,
) -> Result<Reply, Reply> {
    if request.query.get("alt").is_some_and(|alt| alt != "json") {
        return Err(replies::invalid_argument().note("the emulator speaks JSON only"));
    }
    let selection = match request.query.get("fields") {
        Some(fields) => Selection::parse(fields, method.reply)
            .map_err(|wrong| replies::invalid(&format!("Invalid field selection {wrong}")))?,
        None => Selection::default(),
    };
    let body = body(method, request)?;
    let mut call = Call {
        state,
        who,
        method,
        resource,
        query: &request.query,
        body: &body,
        origin,
    };
    let mut reply = (method.run)(&mut call)?;
    if let Body::Json(value) = reply.body {
        reply.body = Body::Json(selection.apply(value));
    }
    Ok(reply)
}

fn body(method: &Method, request: &Received) -> Result<Value, Reply> {
    let Some(schema) = method.request.filter(|_| !request.body.is_empty()) else {
        return Ok(json!({}));
    };
    let content_type = request.header("content-type").unwrap_or_default();
    if !content_type
        .trim_start()
        .to_ascii_lowercase()
        .starts_with("application/json")
    {
        return Err(replies::invalid_argument()
            .note("the content type of the body is not application/json"));
    }
    let value = serde_json::from_slice(&request.body).map_err(|error| {
        replies::invalid("Invalid JSON payload received.").note(error.to_string())
    })?;
    schema::check(schema, &value)
}

/// Ends a write when its call ends, however it ends.
struct WriteInFlight<'a> {
    shared: &'a Shared,
    user: &'a str,
}

impl Drop for WriteInFlight<'_> {
    fn drop(&mut self) {
        self.shared.lock().usage.end_write(self.user);
    }
}

/// Text of a body's field; empty when it is absent.
pub(crate) fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// A list of texts of a body's field; empty when it is absent.
pub(crate) fn texts(value: &Value, name: &str) -> Vec<String> {
    let values = value
        .get(name)
        .and_then(Value::as_array)
        .map(Vec::as_slice)
        .unwrap_or_default();
    values
        .iter()
        .filter_map(Value::as_str)
        .map(str::to_owned)
        .collect()
}
