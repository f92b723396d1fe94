//! Which methods stream their response?
//!
//! A document declares one object, and has no word for what the service does: a method that streams
//! in gRPC (`returns (stream RunQueryResponse)`) sends a JSON array of such objects over HTTP. Names
//! and descriptions tell. In 610 public documents the rule finds 74 methods, and each is described as
//! one that streams; `discovery/README.md` names them. Of the 49 that stream in
//! <https://github.com/googleapis/googleapis> it finds 41: the documents of the others say nothing,
//! and an override says it (`streamedResponse`).

use super::names;
use crate::discovery::{Document, Method, Node};

/// What descriptions of such methods say.
const METHOD_PHRASES: &[&str] = &[
    "server-side streaming",
    "server-stream",
    "streaming call",
    "streams results",
    "method returns a stream",
    "returns the result as a stream",
    "streamed into the response",
    "ahead in the stream",
];

/// What descriptions of their responses say.
const RESPONSE_PHRASES: &[&str] = &[
    "streamed response",
    "streaming response",
    "output for streaming",
];

/// What descriptions of properties of their responses say.
const PROPERTY_PHRASES: &[&str] = &["in the result stream", "in the same stream"];

/// Whether the service sends a JSON array of what the document declares.
pub(super) fn responds_in_stream(document: &Document, wire: &str, method: &Method) -> bool {
    let Some((name, response)) = response(document, method) else {
        return false;
    };
    // Streams in both directions are not for HTTP.
    if mentions(&method.description, &["bidirectional"]) || is_single(response) {
        return false;
    }
    let properties = || response.properties.iter();
    is_named_so(wire, name)
        || mentions(&method.description, METHOD_PHRASES)
        || mentions(&response.description, RESPONSE_PHRASES)
        || properties().any(|(_, node)| mentions(&node.description, PROPERTY_PHRASES))
}

fn response<'a>(document: &'a Document, method: &'a Method) -> Option<(&'a str, &'a Node)> {
    let reference = method.response.as_ref()?.reference.as_deref()?;
    let (name, node) = document
        .schemas
        .iter()
        .find(|(name, _)| name == reference)?;
    Some((name, node))
}

/// An empty object, or a long-running operation, comes once.
fn is_single(response: &Node) -> bool {
    let has = |wire: &str| response.properties.iter().any(|(name, _)| name == wire);
    response.properties.is_empty() || (has("name") && has("done") && has("error"))
}

/// `streamGenerateContent`, `streamingRead`, `executeStreamingSql`; `getStream` only with a
/// response that is called streaming, since most streams that are got or created are resources.
fn is_named_so(wire: &str, response: &str) -> bool {
    let (method, response) = (names::snake(wire), names::snake(response));
    let mut words = method.split('_');
    let is_streaming = response.split('_').any(|word| word == "streaming");
    method.split('_').any(|word| word == "streaming")
        || words.next() == Some("stream")
        || (words.next_back() == Some("stream") && is_streaming)
}

fn mentions(text: &str, phrases: &[&str]) -> bool {
    let text = text.to_lowercase();
    phrases.iter().any(|phrase| text.contains(phrase))
}
