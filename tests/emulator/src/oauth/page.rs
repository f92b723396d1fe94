//! The two HTML pages of the sign-in: consent and error.

use crate::html::{document, escape};
use crate::reply::Reply;
use crate::state::grants::AuthorizationRequest;

/// A page that asks the user, with two buttons.
pub(super) fn consent(id: &str, request: &AuthorizationRequest) -> Reply {
    let scopes: Vec<String> = request.scopes.iter().map(|scope| escape(scope)).collect();
    let body = format!(
        "<h1>Photos emulator</h1>
<p><b>{client}</b> asks {user} for:</p>
<ul><li>{scopes}</li></ul>
<form method=\"post\" action=\"/o/oauth2/v2/auth\">
<input type=\"hidden\" name=\"request\" value=\"{id}\">
<button name=\"decision\" value=\"allow\">Allow</button>
<button name=\"decision\" value=\"deny\">Deny</button>
</form>",
        client = escape(&request.client),
        user = escape(&request.user),
        scopes = scopes.join("</li><li>"),
    );
    Reply::html(200, document("Sign in", &body))
}

/// A page that says what is wrong with a request.
pub(super) fn error(code: &str, what: &str) -> Reply {
    let body = format!(
        "<h1>Access blocked</h1><p>{}</p><p>Error 400: {}</p>",
        escape(what),
        escape(code)
    );
    Reply::html(400, document("Error", &body)).note(format!("{code}: {what}"))
}
