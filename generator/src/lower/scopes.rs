//! OAuth scopes become constants.

use super::{DOC_WIDTH, names, rustdoc};
use crate::diagnostic::{Pointer, Sink};
use crate::discovery::Document;
use crate::model::Scope;
use crate::overrides::Facts;

/// The prefix that nearly every scope of Google has.
const PREFIX: &str = "https://www.googleapis.com/auth/";

/// All scopes that the document declares.
pub(super) fn scopes(document: &Document, facts: &Facts, sink: &mut Sink) -> Vec<Scope> {
    let at = Pointer::default().key("auth").key("oauth2").key("scopes");
    let mut constants = names::Scope::default();
    let mut scopes = Vec::with_capacity(document.scopes.len());
    for (url, description) in &document.scopes {
        if url.is_empty()
            || url.len() > 500
            || !url
                .chars()
                .all(|c| c.is_ascii_graphic() && !"\"\\".contains(c))
        {
            sink.error(
                &at.key(url),
                format!("`{url}` is not a scope: it has characters that no scope may have"),
                "RFC 6749 allows printable ASCII without spaces, quotes and backslashes",
            );
        }
        let short = url.strip_prefix(PREFIX).unwrap_or_else(|| {
            let rest = url.strip_prefix("https://").unwrap_or(url);
            rest.strip_prefix("www.").unwrap_or(rest)
        });
        scopes.push(Scope {
            url: url.clone(),
            constant: constants.claim(&names::shouty(short), "_SCOPE"),
            docs: rustdoc(description, DOC_WIDTH).into(),
            ended: facts.ended_scopes.get(url).cloned(),
        });
    }
    scopes
}
