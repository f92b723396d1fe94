//! Requests and responses between this crate and hyper.

use http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_LENGTH, TRANSFER_ENCODING};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Version};
use http_body::Body as _;

use super::HyperBody;
use super::gzip::Gzip;
use super::incoming::Incoming;
use super::settings::{HEAD_LIMIT, MAX_FIELDS};
use crate::transport::{
    Headers, HttpBody, HttpMethod, HttpRequest, HttpResponse, ResponseBody, TransportError,
};

/// The request for hyper, and whether gzip is requested here.
pub(super) fn write_request(
    request: HttpRequest,
) -> Result<(http::Request<HyperBody>, bool), TransportError> {
    let HttpRequest {
        method,
        url,
        headers,
        body,
    } = request;
    let invalid = |error: http::Error| TransportError::invalid_request(error);
    // Bodies that may be empty need a length; servers respond with 411 without one.
    let needs_length = matches!(body, HttpBody::Empty)
        && matches!(
            method,
            HttpMethod::Post | HttpMethod::Put | HttpMethod::Patch
        );
    let mut out = http::Request::new(HyperBody::from(body));
    *out.method_mut() = convert_method(method);
    *out.uri_mut() = url
        .parse()
        .map_err(|error: http::uri::InvalidUri| invalid(error.into()))?;
    if out.uri().scheme().is_none() || out.uri().host().is_none() {
        return Err(TransportError::invalid_request(
            "the address has no scheme and host",
        ));
    }
    let fields = out.headers_mut();
    for (name, value, secret) in headers.iter_marked() {
        let name =
            HeaderName::from_bytes(name.as_bytes()).map_err(|error| invalid(error.into()))?;
        // The error of a value does not show it.
        let mut value = HeaderValue::from_str(value).map_err(|error| invalid(error.into()))?;
        value.set_sensitive(secret);
        fields.append(name, value);
    }
    let request_gzip = !fields.contains_key(ACCEPT_ENCODING);
    if request_gzip {
        fields.insert(ACCEPT_ENCODING, HeaderValue::from_static("gzip"));
    }
    if needs_length {
        fields.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
    }
    Ok((out, request_gzip))
}

/// The response of hyper, with gzip removed if it was requested.
pub(super) fn read_response(
    response: http::Response<hyper::body::Incoming>,
    requested_gzip: bool,
) -> Result<HttpResponse, TransportError> {
    let (mut head, body) = response.into_parts();
    let size = check_size(&head.headers)?;
    // Responses to HEAD, 204 and 304 have no body, whatever their fields say or lack (RFC 9112
    // 6.3): hyper knows, and such a body is at its end before it is read.
    let marked = body.is_end_stream()
        || head.version >= Version::HTTP_2
        || head.headers.contains_key(CONTENT_LENGTH)
        || head.headers.contains_key(TRANSFER_ENCODING);
    let body = Incoming(body);
    let encoding = head
        .headers
        .get(CONTENT_ENCODING)
        .map(HeaderValue::as_bytes);
    let gzip = encoding.is_some_and(|encoding| {
        let encoding = encoding.trim_ascii();
        encoding.eq_ignore_ascii_case(b"gzip") || encoding.eq_ignore_ascii_case(b"x-gzip")
    });
    let single = head.headers.get_all(CONTENT_ENCODING).iter().count() == 1;
    let body = if gzip && single && requested_gzip {
        head.headers.remove(CONTENT_ENCODING);
        head.headers.remove(CONTENT_LENGTH);
        ResponseBody::stream(Gzip::new(Box::pin(body)))
    } else {
        ResponseBody::stream(body)
    };
    let body = if marked { body } else { body.until_close() };
    Ok(HttpResponse {
        status: head.status.as_u16(),
        headers: read_headers(&head.headers, size),
        body,
    })
}

fn read_headers(from: &HeaderMap, size: usize) -> Headers {
    let mut headers = Headers::with_capacity(from.len(), size);
    for (name, value) in from {
        headers.push(name.as_str(), &String::from_utf8_lossy(value.as_bytes()));
    }
    headers
}

/// Checks the limits of a head once more: the parser of HTTP/1 looks at the bytes that it has, which
/// can be more than its limit, and that of HTTP/2 counts no fields. Returns the size of the head.
fn check_size(headers: &HeaderMap) -> Result<usize, TransportError> {
    // A colon, a space and a line break for each, as in HTTP/1.
    let lengths = headers
        .iter()
        .map(|(name, value)| name.as_str().len() + value.len() + 4);
    let size = lengths.sum();
    if headers.len() > MAX_FIELDS || size > HEAD_LIMIT {
        let message = format!("it has more than {MAX_FIELDS} fields or {HEAD_LIMIT} bytes");
        return Err(TransportError::invalid_head(message));
    }
    Ok(size)
}

fn convert_method(method: HttpMethod) -> Method {
    match method {
        HttpMethod::Get => Method::GET,
        HttpMethod::Head => Method::HEAD,
        HttpMethod::Post => Method::POST,
        HttpMethod::Put => Method::PUT,
        HttpMethod::Patch => Method::PATCH,
        HttpMethod::Delete => Method::DELETE,
    }
}
