//! `POST /token`: codes and refresh tokens become access tokens.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::json;

use super::is_form;
use crate::ids::sha256;
use crate::reply::Reply;
use crate::request::{Query, Received};
use crate::state::State;
use crate::state::access::Identity;
use crate::state::grants::Grant;

/// Exchanges a code or a refresh token.
pub(super) fn exchange(state: &mut State, request: &Received) -> Result<Reply, Reply> {
    if !is_form(request) {
        return Err(error(
            400,
            "invalid_request",
            "The body must be application/x-www-form-urlencoded.",
        ));
    }
    let mut form = request.form();
    if let Some(client) = request.header("authorization") {
        let unauthorized = || error(401, "invalid_client", "Unauthorized");
        form.0.extend(basic(client).ok_or_else(unauthorized)?);
    }
    check_client(state, &form)?;
    match form.get("grant_type") {
        Some("authorization_code") => from_code(state, &form),
        Some("refresh_token") => from_refresh_token(state, &form),
        other => {
            let what = format!("Invalid grant_type: {}", other.unwrap_or_default());
            Err(error(400, "unsupported_grant_type", &what))
        }
    }
}

/// An error in the form of RFC 6749, which is not that of the API.
pub(super) fn error(status: u16, code: &str, description: &str) -> Reply {
    let reply = Reply::json(
        status,
        json!({"error": code, "error_description": description}),
    );
    reply.note(format!("{code}: {description}"))
}

fn from_code(state: &mut State, form: &Query) -> Result<Reply, Reply> {
    let get = |name: &str| form.get(name).unwrap_or_default();
    // A code is used up by any attempt, so that nobody can try verifiers.
    let Some(request) = state.take_code(get("code")) else {
        return Err(error(400, "invalid_grant", "Malformed auth code."));
    };
    if request.client != get("client_id") {
        return Err(error(400, "invalid_grant", "Bad Request"));
    }
    if request.redirect_uri != get("redirect_uri") {
        return Err(error(400, "redirect_uri_mismatch", "Bad Request"));
    }
    check_verifier(get("code_verifier"), request.challenge.as_deref())?;
    let scopes = request.scopes.iter().cloned().collect();
    let identity = Identity {
        user: request.user,
        client: request.client,
        scopes,
    };
    let access_token = state.new_access_token(identity.clone());
    let grant = Grant {
        identity: identity.clone(),
        access_tokens: vec![access_token.clone()],
    };
    let refresh_token = state.new_refresh_token(grant);
    Ok(tokens(
        state,
        &identity,
        &access_token,
        Some(&refresh_token),
    ))
}

/// Checks the verifier of a code. A sign-in that began without a challenge has none.
fn check_verifier(verifier: &str, challenge: Option<&str>) -> Result<(), Reply> {
    let Some(challenge) = challenge.filter(|_| !verifier.is_empty()) else {
        return match (verifier.is_empty(), challenge) {
            (true, None) => Ok(()),
            (true, Some(_)) => Err(error(400, "invalid_grant", "Missing code verifier.")),
            (false, _) => Err(error(400, "invalid_grant", "Invalid code verifier.")),
        };
    };
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    let well_formed = (43..=128).contains(&verifier.len()) && verifier.bytes().all(is_allowed);
    if !well_formed || URL_SAFE_NO_PAD.encode(sha256(verifier.as_bytes())) != challenge {
        return Err(error(400, "invalid_grant", "Invalid code verifier."));
    }
    Ok(())
}

fn from_refresh_token(state: &mut State, form: &Query) -> Result<Reply, Reply> {
    let old = form.get("refresh_token").unwrap_or_default();
    let client = form.get("client_id").unwrap_or_default();
    let Some(mut grant) = state
        .grants
        .by_token
        .get(old)
        .filter(|grant| grant.identity.client == client)
        .cloned()
    else {
        return Err(error(
            400,
            "invalid_grant",
            "Token has been expired or revoked.",
        ));
    };
    let identity = grant.identity.clone();
    let access_token = state.new_access_token(identity.clone());
    grant.access_tokens.push(access_token.clone());
    let rotated = state.config.rotate_refresh_tokens.then(|| {
        state.grants.by_token.remove(old);
        state.new_refresh_token(grant.clone())
    });
    if rotated.is_none() {
        state.grants.by_token.insert(old.to_owned(), grant);
    }
    Ok(tokens(state, &identity, &access_token, rotated.as_deref()))
}

fn tokens(
    state: &State,
    identity: &Identity,
    access_token: &str,
    refresh_token: Option<&str>,
) -> Reply {
    let scopes: Vec<&str> = identity.scopes.iter().map(String::as_str).collect();
    let mut body = json!({
        "access_token": access_token,
        "expires_in": state.config.access_token_lifetime.as_secs(),
        "scope": scopes.join(" "),
        "token_type": "Bearer",
    });
    if let (Some(token), Some(body)) = (refresh_token, body.as_object_mut()) {
        body.insert("refresh_token".to_owned(), token.into());
    }
    Reply::json(200, body)
        .header("cache-control", "no-store")
        .header("pragma", "no-cache")
}

/// The id and the secret of a client that authenticates with HTTP Basic (RFC 6749, section 2.3.1), each encoded as in
/// a form.
fn basic(header: &str) -> Option<[(String, String); 2]> {
    let (scheme, encoded) = header.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let text = String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?;
    let (id, secret) = text.split_once(':')?;
    let decode = |text: &str| {
        let plain = text.replace('+', " ");
        let decoded = percent_encoding::percent_decode_str(&plain).decode_utf8();
        decoded.ok().map(std::borrow::Cow::into_owned)
    };
    Some([
        ("client_id".to_owned(), decode(id)?),
        ("client_secret".to_owned(), decode(secret)?),
    ])
}

fn check_client(state: &State, form: &Query) -> Result<(), Reply> {
    let id = form.get("client_id").unwrap_or_default();
    let known = state
        .config
        .oauth_clients
        .iter()
        .find(|client| client.id == id);
    let good = match known {
        Some(client) => {
            client.secret.is_none() || client.secret.as_deref() == form.get("client_secret")
        }
        None => state.config.developer_mode && !id.is_empty(),
    };
    if good {
        Ok(())
    } else {
        Err(error(401, "invalid_client", "Unauthorized"))
    }
}
