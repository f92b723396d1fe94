//! Sign-in: the authorization page, the token endpoint and the revocation endpoint, as for an installed application.

mod authorize;
mod page;
mod revoke;
mod token;

use crate::reply::Reply;
use crate::request::Received;
use crate::state::State;

/// The OAuth endpoints.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Endpoint {
    Authorize,
    Consent,
    Token,
    Revoke,
}

/// Serves one of the endpoints. Both results of each are replies.
pub(crate) fn serve(state: &mut State, endpoint: Endpoint, request: &Received) -> Reply {
    let result = match endpoint {
        Endpoint::Authorize => authorize::begin(state, &request.query),
        Endpoint::Consent => authorize::decide(state, &request.form()),
        Endpoint::Token => token::exchange(state, request),
        Endpoint::Revoke => revoke::revoke(state, request),
    };
    result.unwrap_or_else(|refusal| refusal)
}

/// Whether the body is a form, which the endpoints insist on.
fn is_form(request: &Received) -> bool {
    let content_type = request
        .header("content-type")
        .unwrap_or_default()
        .to_ascii_lowercase();
    content_type.starts_with("application/x-www-form-urlencoded")
}
