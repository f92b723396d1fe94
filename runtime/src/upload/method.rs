//! How a method takes bytes, as emitted code states it.

/// How bytes go up with a method.
#[derive(Clone, Copy, Debug)]
pub struct UploadMethod {
    pub(crate) protocol: Protocol,
    /// The path for bytes in one request.
    pub(crate) simple: Option<&'static str>,
    /// Whether a request can have a description beside the bytes.
    pub(crate) multipart: bool,
    /// The path that opens sessions for resumable uploads.
    pub(crate) resumable: Option<&'static str>,
    /// The property of the body with the type of the bytes.
    pub(crate) content_type: Option<&'static str>,
    pub(crate) accept: &'static [&'static str],
    /// In bytes.
    pub(crate) max_size: Option<u64>,
    /// In seconds.
    pub(crate) token_lifetime: Option<u64>,
    pub(crate) refuse_empty: bool,
    pub(crate) session_hosts: &'static [&'static str],
    pub(crate) open_session: bool,
}

impl UploadMethod {
    /// An upload by the headers `X-Goog-Upload-*`, all of it at one path, such as `v1/uploads`.
    pub const fn x_goog(path: &'static str) -> Self {
        Self::new(Protocol::XGoog).simple(path).resumable()
    }

    /// An upload by the parameter `uploadType`; its paths are still missing.
    pub const fn google() -> Self {
        Self::new(Protocol::Google)
    }

    const fn new(protocol: Protocol) -> Self {
        Self {
            protocol,
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

    /// The template of the path for bytes in one request, from the root of the service.
    #[must_use]
    pub const fn simple(mut self, path: &'static str) -> Self {
        self.simple = Some(path);
        self
    }

    /// One request can have the body of the call and the bytes.
    #[must_use]
    pub const fn multipart(mut self) -> Self {
        self.multipart = true;
        self
    }

    /// The method takes resumable uploads, too; their sessions are opened at the [simple](Self::simple)
    /// path, which is set before.
    #[must_use]
    pub const fn resumable(mut self) -> Self {
        self.resumable = self.simple;
        self
    }

    /// The template of the path that opens sessions of a method that has no simple path.
    #[must_use]
    pub const fn resumable_at(mut self, path: &'static str) -> Self {
        self.resumable = Some(path);
        self
    }

    /// The property of the body that names the type of the bytes, such as `contentType`.
    #[must_use]
    pub const fn content_type_property(mut self, name: &'static str) -> Self {
        self.content_type = Some(name);
        self
    }

    /// The types of content that are accepted, such as `image/*`. Without them all are.
    #[must_use]
    pub const fn accept(mut self, types: &'static [&'static str]) -> Self {
        self.accept = types;
        self
    }

    /// The most bytes that are accepted.
    #[must_use]
    pub const fn max_size(mut self, bytes: u64) -> Self {
        self.max_size = Some(bytes);
        self
    }

    /// How long an upload token is accepted.
    #[must_use]
    pub const fn token_lifetime(mut self, seconds: u64) -> Self {
        self.token_lifetime = Some(seconds);
        self
    }

    /// No bytes are not accepted.
    #[must_use]
    pub const fn refuse_empty(mut self) -> Self {
        self.refuse_empty = true;
        self
    }

    /// Hosts beside that of the service where sessions may be, such as `*.example.com`.
    #[must_use]
    pub const fn session_hosts(mut self, hosts: &'static [&'static str]) -> Self {
        self.session_hosts = hosts;
        self
    }

    /// The address of a session is enough to use it: no credentials are sent there.
    #[must_use]
    pub const fn session_without_credentials(mut self) -> Self {
        self.open_session = true;
        self
    }
}

/// The protocol of an upload.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Protocol {
    /// The headers `X-Goog-Upload-*`. The result is a token as text.
    XGoog,
    /// The parameter `uploadType`, `Content-Range` and the status 308. The result is JSON.
    Google,
}
