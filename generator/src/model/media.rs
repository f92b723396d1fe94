//! Media: bytes that go up beside JSON, or come down instead of it.

/// What a method does with media.
#[derive(Debug, Default)]
pub(crate) struct Media {
    pub(crate) upload: Option<Upload>,
    pub(crate) download: bool,
}

/// How bytes go up.
#[derive(Debug)]
pub(crate) struct Upload {
    /// The constant that holds all of this: `UPLOAD_MEDIA`.
    pub(crate) constant: String,
    /// The static for what is fixed about a method that is nothing but an upload: `UPLOAD_METHOD`.
    pub(crate) method_static: String,
    pub(crate) protocol: UploadProtocol,
    /// The template for bytes in one request, from the root of the service.
    pub(crate) simple_path: Option<String>,
    pub(crate) resumable: Resumable,
    /// The property of the body that names the type of the bytes, by its wire name.
    pub(crate) content_type: Option<String>,
    pub(crate) accept: Vec<String>,
    /// Whether one request can have the body and the bytes.
    pub(crate) multipart: bool,
    /// The largest file, as the document writes it.
    pub(crate) max_size: Option<String>,
    /// How long an upload token is accepted, in seconds.
    pub(crate) token_lifetime: Option<u64>,
    /// Whether a file without bytes is refused.
    pub(crate) refuses_empty: bool,
}

impl Upload {
    /// The largest file in bytes: a decimal number, or one with a unit, as one document has it. The
    /// larger reading of a unit is taken, so that no file is refused that the service would take.
    pub(crate) fn max_bytes(&self) -> Option<u64> {
        let text = self.max_size.as_ref()?;
        let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let unit: u64 = match text.get(digits.len()..)? {
            "" => 1,
            "KB" => 1 << 10,
            "MB" => 1 << 20,
            "GB" => 1 << 30,
            "TB" => 1 << 40,
            _ => return None,
        };
        digits.parse::<u64>().ok()?.checked_mul(unit)
    }
}

/// A number of bytes in the largest unit that it is whole in: the number, and the bits to shift it.
pub(crate) fn in_units(bytes: u64) -> (u64, u32) {
    if bytes == 0 {
        return (0, 0);
    }
    let shift = (bytes.trailing_zeros() / 10 * 10).min(40);
    (bytes >> shift, shift)
}

/// Where a resumable upload begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Resumable {
    /// The method takes none.
    No,
    /// At the simple path, with `uploadType=resumable`, whatever path the document gives: no client
    /// of Google's uses that one, and servers do not know it.
    AtSimplePath,
    /// At the path of the document, which gives no other one.
    At(String),
}

/// The wire protocol of an upload.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum UploadProtocol {
    /// `uploadType=media|multipart|resumable`, with `Content-Range` and 308.
    Google,
    /// The `X-Goog-Upload-*` headers.
    XGoogUpload,
}
