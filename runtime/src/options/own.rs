//! The headers and query parameters that no option can set: the client sets them itself.

/// Headers that belong to the client, the connection or another option.
const OWN_HEADERS: &[&str] = &[
    "accept",
    "accept-encoding",
    "authorization",
    "connection",
    "content-encoding",
    "content-length",
    "content-type",
    "cookie",
    "expect",
    "host",
    "keep-alive",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "user-agent",
    "x-goog-api-key",
    "x-goog-api-version",
    "x-goog-fieldmask",
    "x-goog-user-project",
    "x-http-method-override",
];

/// Beginnings of such headers.
const OWN_HEADER_PREFIXES: &[&str] = &["proxy-", "x-goog-upload-", "sec-"];

/// Query parameters that carry secrets, change what comes back or belong to another option.
const OWN_PARAMETERS: &[&str] = &[
    "$alt",
    "$fields",
    "$httpmethod",
    "access_token",
    "alt",
    "bearer_token",
    "callback",
    "fields",
    "key",
    "oauth_token",
    "prettyprint",
    "quotauser",
    "uploadtype",
    "upload_protocol",
];

/// Whether a header, in lower case, belongs to the client.
pub(super) fn is_own_header(name: &str) -> bool {
    let mut prefixes = OWN_HEADER_PREFIXES.iter();
    OWN_HEADERS.contains(&name) || prefixes.any(|prefix| name.starts_with(prefix))
}

/// Whether a query parameter belongs to the client.
pub(super) fn is_own_parameter(name: &str) -> bool {
    OWN_PARAMETERS.contains(&name.to_ascii_lowercase().as_str())
}

/// Whether a name, in lower case, can be the one of a header (RFC 9110, section 5.6.2).
pub(super) fn is_header_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(is_token_byte)
}

fn is_token_byte(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"!#$%&'*+-.^_`|~".contains(&byte)
}
