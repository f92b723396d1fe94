//! How a method takes bytes, as emitted code states it.

/// How bytes go up with a method: a literal that names what differs from [`UploadMethod::x_goog`] or
/// [`UploadMethod::google`].
#[derive(Clone, Copy, Debug)]
pub struct UploadMethod {
    /// How the bytes are sent.
    pub protocol: Protocol,
    /// The template of the path for bytes in one request, from the root of the service.
    pub simple: Option<&'static str>,
    /// Whether one request can have the body of the call and the bytes.
    pub multipart: bool,
    /// The template of the path that opens sessions for uploads in steps.
    pub resumable: Option<&'static str>,
    /// The property of the body that names the type of the bytes, such as `contentType`.
    pub content_type: Option<&'static str>,
    /// The types of content that are accepted, such as `image/*`. Without them all are.
    pub accept: &'static [&'static str],
    /// The most bytes that are accepted.
    pub max_size: Option<u64>,
    /// How many seconds an upload token is accepted.
    pub token_lifetime: Option<u64>,
    /// Whether a file without bytes is refused.
    pub refuse_empty: bool,
    /// Hosts beside that of the service where sessions may be, such as `*.example.com`.
    pub session_hosts: &'static [&'static str],
    /// Whether the address of a session is enough to use it: no credentials are sent there.
    pub open_session: bool,
}

impl UploadMethod {
    /// An upload by the headers `X-Goog-Upload-*`, all of it at one path, such as `v1/uploads`.
    pub const fn x_goog(path: &'static str) -> Self {
        Self {
            protocol: Protocol::XGoog,
            simple: Some(path),
            resumable: Some(path),
            ..Self::google()
        }
    }

    /// An upload by the parameter `uploadType`; its paths are still missing.
    pub const fn google() -> Self {
        Self {
            protocol: Protocol::Google,
            simple: None,
            multipart: false,
            resumable: None,
            content_type: None,
            accept: &[],
            max_size: None,
            token_lifetime: None,
            refuse_empty: false,
            session_hosts: &[],
            open_session: false,
        }
    }
}

/// The protocol of an upload.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protocol {
    /// The headers `X-Goog-Upload-*`. The result is a token as text.
    XGoog,
    /// The parameter `uploadType`, `Content-Range` and the status 308. The result is JSON.
    Google,
}
