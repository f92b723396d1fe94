//! `POST /revoke`: ends a grant by any of its tokens.

use serde_json::json;

use super::is_form;
use super::token::error;
use crate::reply::Reply;
use crate::request::Received;
use crate::state::State;
use crate::state::grants::Grant;

/// Revokes the grant behind a refresh or access token, sent in the query or in a form.
pub(super) fn revoke(state: &mut State, request: &Received) -> Result<Reply, Reply> {
    let form = if is_form(request) {
        request.form()
    } else {
        crate::request::Query::default()
    };
    let token = form
        .get("token")
        .or_else(|| request.query.get("token"))
        .unwrap_or_default();
    let issued_to =
        |(_, grant): &(&String, &Grant)| grant.access_tokens.iter().any(|one| one == token);
    let refresh_token = state
        .grants
        .by_token
        .iter()
        .find(issued_to)
        .map(|(refresh_token, _)| refresh_token.clone());
    let ended = state.end_grant(refresh_token.as_deref().unwrap_or(token));
    // A token that a test made belongs to no grant.
    if ended || state.access.revoke(token) {
        return Ok(Reply::json(200, json!({})));
    }
    Err(error(400, "invalid_token", "Token expired or revoked"))
}
