//! What a client knows of its service.

/// A service as its document describes it.
#[derive(Clone, Copy, Debug)]
pub struct Service {
    pub(crate) name: &'static str,
    pub(crate) version: &'static str,
    pub(crate) root_url: &'static str,
    pub(crate) mtls_root_url: &'static str,
    pub(crate) revision: &'static str,
    pub(crate) crate_name: &'static str,
    pub(crate) crate_version: &'static str,
    pub(crate) compact_json: bool,
    pub(crate) rate_limit_delay: u64,
}

impl Service {
    /// A service with a name, a version and the address that all paths are relative to.
    pub const fn new(name: &'static str, version: &'static str, root_url: &'static str) -> Self {
        Self {
            name,
            version,
            root_url,
            mtls_root_url: "",
            revision: "",
            crate_name: "",
            crate_version: "",
            compact_json: false,
            rate_limit_delay: 0,
        }
    }

    /// The address for clients that present a certificate.
    #[must_use]
    pub const fn mtls_root_url(mut self, url: &'static str) -> Self {
        self.mtls_root_url = url;
        self
    }

    /// The revision of the document.
    #[must_use]
    pub const fn revision(mut self, revision: &'static str) -> Self {
        self.revision = revision;
        self
    }

    /// The name and version of the generated crate, for the `User-Agent` header.
    #[must_use]
    pub const fn crate_version(mut self, name: &'static str, version: &'static str) -> Self {
        self.crate_name = name;
        self.crate_version = version;
        self
    }

    /// The service indents JSON unless the parameter `prettyPrint` is false, which calls then say by
    /// themselves: responses are a fifth smaller.
    #[must_use]
    pub const fn compact_json(mut self) -> Self {
        self.compact_json = true;
        self
    }

    /// The seconds that the service asks its clients to wait after a status 429, at least.
    #[must_use]
    pub const fn rate_limit_delay(mut self, seconds: u64) -> Self {
        self.rate_limit_delay = seconds;
        self
    }
}
