//! `GET /o/oauth2/v2/auth`: checks the request, asks the user, and redirects with a code.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hyper::Uri;

use super::page;
use crate::config::Consent;
use crate::ids::sha256;
use crate::reply::Reply;
use crate::request::Query;
use crate::scopes;
use crate::state::State;
use crate::state::access::DEFAULT_USER;
use crate::state::grants::AuthorizationRequest;

/// Starts a sign-in. What is wrong with the request is shown on a page: nobody is redirected to an unchecked place.
pub(super) fn begin(state: &mut State, query: &Query) -> Result<Reply, Reply> {
    let request = check(state, query)?;
    match state.config.consent.clone() {
        Consent::Approve => Ok(approve(state, request)),
        Consent::ApproveOnly(scopes) => {
            let granted = request
                .scopes
                .iter()
                .filter(|scope| scopes.contains(scope))
                .cloned()
                .collect();
            Ok(approve(
                state,
                AuthorizationRequest {
                    scopes: granted,
                    ..request
                },
            ))
        }
        Consent::Deny => Ok(deny(&request)),
        Consent::Ask => {
            let id = state.ids.opaque();
            let page = page::consent(&id, &request);
            state.grants.pending.insert(id, request);
            Ok(page)
        }
    }
}

/// Takes the decision from the form of the consent page.
pub(super) fn decide(state: &mut State, form: &Query) -> Result<Reply, Reply> {
    let id = form.get("request").unwrap_or_default();
    let Some(request) = state.grants.pending.remove(id) else {
        return Err(page::error(
            "invalid_request",
            "This sign-in has been decided already, or never began.",
        ));
    };
    Ok(if form.get("decision") == Some("allow") {
        approve(state, request)
    } else {
        deny(&request)
    })
}

fn approve(state: &mut State, request: AuthorizationRequest) -> Reply {
    if request.scopes.is_empty() {
        return deny(&request);
    }
    let (redirect_uri, client_state) = (request.redirect_uri.clone(), request.state.clone());
    let scopes = request.scopes.join(" ");
    let code = state.new_code(request);
    redirect(
        &redirect_uri,
        &[
            ("state", &client_state),
            ("code", &code),
            ("scope", &scopes),
        ],
    )
}

fn deny(request: &AuthorizationRequest) -> Reply {
    redirect(
        &request.redirect_uri,
        &[("error", "access_denied"), ("state", &request.state)],
    )
}

fn redirect(uri: &str, parameters: &[(&str, &str)]) -> Reply {
    let query = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(parameters)
        .finish();
    let joint = if uri.contains('?') { '&' } else { '?' };
    Reply::new(302).header("location", format!("{uri}{joint}{query}"))
}

/// Checks every parameter that an installed application must send. `state` is insisted on, although the service lets
/// it be left out.
fn check(state: &State, query: &Query) -> Result<AuthorizationRequest, Reply> {
    let invalid = |what: &str| Err(page::error("invalid_request", what));
    let get = |name: &str| query.get(name).unwrap_or_default().to_owned();
    let client = get("client_id");
    let is_registered = state
        .config
        .oauth_clients
        .iter()
        .any(|known| known.id == client);
    if client.is_empty() || !(is_registered || state.config.developer_mode) {
        return Err(page::error(
            "invalid_client",
            "The OAuth client was not found.",
        ));
    }
    let redirect_uri = get("redirect_uri");
    if !is_loopback(&redirect_uri) {
        let what = "redirect_uri must be http with a loopback host, a port and no fragment.";
        return Err(page::error("redirect_uri_mismatch", what));
    }
    if query.get("response_type") != Some("code") {
        return invalid("response_type must be code.");
    }
    let scopes: Vec<String> = get("scope").split_whitespace().map(str::to_owned).collect();
    if scopes.is_empty() {
        return invalid("scope is missing.");
    }
    if let Some(unknown) = scopes.iter().find(|scope| !scopes::is_known(scope)) {
        return Err(page::error(
            "invalid_scope",
            &format!("Unknown scope: {unknown}"),
        ));
    }
    let client_state = get("state");
    if client_state.is_empty() {
        return invalid("state is missing.");
    }
    let challenge = challenge(query)?;
    let user = query
        .get("login_hint")
        .filter(|hint| !hint.is_empty())
        .unwrap_or(DEFAULT_USER)
        .to_owned();
    Ok(AuthorizationRequest {
        client,
        redirect_uri,
        scopes,
        state: client_state,
        challenge,
        user,
    })
}

/// The challenge in the form of S256, if there is one. Without a method it is the verifier itself (RFC 7636, section
/// 4.3).
fn challenge(query: &Query) -> Result<Option<String>, Reply> {
    let invalid = |what: &str| Err(page::error("invalid_request", what));
    let method = query.get("code_challenge_method");
    let challenge = query.get("code_challenge").unwrap_or_default();
    match (method.unwrap_or("plain"), challenge.len()) {
        // 43 characters are the base64url of a SHA-256 without padding.
        ("S256", 43) => Ok(Some(challenge.to_owned())),
        ("plain", 43..=128) => Ok(Some(URL_SAFE_NO_PAD.encode(sha256(challenge.as_bytes())))),
        (_, 0) if method.is_none() => Ok(None),
        ("S256" | "plain", _) => {
            invalid("The code_challenge has another length than one can have.")
        }
        _ => invalid("The code_challenge_method is neither S256 nor plain."),
    }
}

fn is_loopback(uri: &str) -> bool {
    if uri.contains('#') {
        return false;
    }
    let Ok(uri) = uri.parse::<Uri>() else {
        return false;
    };
    uri.scheme_str() == Some("http")
        && uri.port_u16().is_some()
        && matches!(uri.host(), Some("127.0.0.1" | "[::1]" | "localhost"))
        && uri
            .authority()
            .is_some_and(|authority| !authority.as_str().contains('@'))
}

#[cfg(test)]
mod tests {
    use super::is_loopback;

    #[test]
    fn only_loopback_redirects_are_accepted() {
        for (uri, expected) in [
            ("http://127.0.0.1:8080/callback", true),
            ("http://127.0.0.1:8080", true),
            ("http://[::1]:9/", true),
            ("http://localhost:1234/", true),
            ("http://127.0.0.1/", false),
            ("https://127.0.0.1:1/", false),
            ("http://127.0.0.1.example.com:1/", false),
            ("http://127.0.0.1:1@example.com:2/", false),
            ("http://user@127.0.0.1:1/", false),
            ("http://127.0.0.1:1/#x", false),
            ("urn:ietf:wg:oauth:2.0:oob", false),
            ("", false),
        ] {
            assert_eq!(is_loopback(uri), expected, "{uri}");
        }
    }
}
