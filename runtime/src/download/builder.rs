//! Downloads as callers describe and start them.

use std::fmt;

use super::Body;
use super::content::Content;
use super::fetch::Event;
use super::origin::Origin;
use super::range::ByteRange;
use super::settings::{Renew, Settings};
use crate::codegen::{Context, Request};
use crate::wire::Bytes;
use crate::{CallOptions, Client, Result, Secret};

/// A download that is not started yet; see [the module](super).
#[must_use = "a download does nothing until it is started"]
pub struct Download {
    pub(super) origin: Origin,
    pub(super) settings: Settings,
    /// What was begun and not finished.
    #[cfg(feature = "fs")]
    pub(super) unfinished: Option<super::unfinished::Unfinished>,
}

impl Download {
    /// The media at an address that a service handed out, such as the base URL of a photo with its
    /// suffix (`=d`).
    ///
    /// It must start with `https://` and lead to a host of Google's for media or to one that
    /// [is named](Self::trust_host); so must redirects. No credentials are sent there, unless
    /// [they are needed](Self::with_credentials). Images and videos are [accepted](Self::accept). Of `core` it takes the connections, the clock and the
    /// policy of repeats; a generated client has one inside.
    pub fn from_url(core: &Client, url: impl Into<String>) -> Self {
        let origin = Origin::Url {
            client: core.clone(),
            options: CallOptions::default(),
            url: Secret::from(url.into()),
        };
        let accept = ["image/*", "video/*"].map(str::to_owned).into();
        Self::new(
            origin,
            Settings {
                accept,
                ..Settings::default()
            },
        )
    }

    /// The media that a method gives. No bytes are a result, too: files can be empty.
    pub(crate) fn with_request(context: Context, request: Request) -> Self {
        let request = Box::new(request);
        let settings = Settings {
            accept_empty: true,
            ..Settings::default()
        };
        Self::new(Origin::Call { context, request }, settings)
    }

    fn new(origin: Origin, settings: Settings) -> Self {
        Self {
            origin,
            settings,
            #[cfg(feature = "fs")]
            unfinished: None,
        }
    }

    /// The types of content that are accepted, such as `image/*`, instead of those that are without a
    /// choice. Another one fails with [`is_protocol`](crate::Error::is_protocol): it is a page of
    /// somebody else, such as a network that wants a sign-in.
    pub fn accept<S: Into<String>>(mut self, types: impl IntoIterator<Item = S>) -> Self {
        self.settings.accept = types.into_iter().map(Into::into).collect();
        self
    }

    /// The part that is downloaded, instead of the whole: `0..1024`, `1024..`, or the
    /// [last](ByteRange::last) bytes. A part that ends behind the end of the whole ends there; one
    /// that begins there fails with [`is_out_of_range`](crate::Error::is_out_of_range).
    ///
    /// ```no_run
    /// use discovery_runtime::download::{ByteRange, Download};
    ///
    /// # async fn example(download: Download, again: Download) -> discovery_runtime::Result<()> {
    /// let head = download.range(..64 * 1024).bytes().await?;
    /// let tail = again.range(ByteRange::last(22)).bytes().await?;
    /// # drop((head, tail));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// The server sees to it that only this part is sent, or what comes before it is passed over. No
    /// [checksum](super#checksums) covers a part. A part of no bytes fails with
    /// [`is_invalid_argument`](crate::Error::is_invalid_argument) before anything is sent, as does a
    /// header `Range` in the [options](Self::options).
    pub fn range(mut self, range: impl Into<ByteRange>) -> Self {
        self.settings.range = range.into();
        self
    }

    /// Whether content that is encoded with gzip is decoded, as it is without a choice of yours.
    ///
    /// Files can be stored as gzip with `Content-Encoding: gzip`. Without a choice the content is what
    /// they decode to, whether the server decodes them or, as it must not with
    /// `Cache-Control: no-transform`, sends them as they are. With `false` the bytes are handed on as
    /// they come, in any encoding ([`Body::content_encoding`] names it), and the server may send gzip:
    /// these are the bytes that are stored, of which ranges and [checksums](super#checksums) are.
    /// Services that compress on the way may do so, too.
    ///
    /// Another encoding than gzip and a [part](Self::range) of gzip can't be decoded and fail with
    /// [`is_decode`](crate::Error::is_decode), unless this is `false`.
    pub fn decode(mut self, decode: bool) -> Self {
        self.settings.decode = decode;
        self
    }

    /// How many bytes there are, if you know, after decoding. Any other number fails; without it the
    /// length is what the server says.
    pub fn expect_size(mut self, bytes: u64) -> Self {
        self.settings.expected = Some(bytes);
        self
    }

    /// The most bytes that are taken. More fail with [`is_too_large`](crate::Error::is_too_large).
    pub fn max_size(mut self, bytes: u64) -> Self {
        self.settings.max_size = Some(bytes);
        self
    }

    /// One more host where media may be, such as `media.example.com` or `*.example.com`.
    pub fn trust_host(mut self, host: impl Into<String>) -> Self {
        self.settings.hosts.push(host.into());
        self
    }

    /// Sends the credentials of the client to the address, as the base URLs of the Photos Picker API
    /// [need it](https://developers.google.com/photos/picker/guides/media-items). They go to the
    /// address itself and to one that [replaces](Self::on_expired) it, never along a redirect. A call
    /// of a method has them anyway.
    pub fn with_credentials(mut self) -> Self {
        self.settings.authorize = true;
        self
    }

    /// Asks `renew` for a new address if the address has expired, once. The download goes on with it
    /// where it was.
    ///
    /// ```no_run
    /// use discovery_runtime::download::Download;
    /// use discovery_runtime::{Client, Result};
    ///
    /// # async fn base_url() -> Result<String> { Ok(String::new()) }
    /// # async fn example(core: &Client, url: String) -> Result<()> {
    /// let photo = Download::from_url(core, url)
    ///     .on_expired(|| async { Ok(format!("{}=d", base_url().await?)) })
    ///     .bytes()
    ///     .await?;
    /// # drop(photo);
    /// # Ok(())
    /// # }
    /// ```
    pub fn on_expired<F, T>(mut self, renew: F) -> Self
    where
        F: Fn() -> T + Send + Sync + 'static,
        T: Future<Output = Result<String>> + Send + 'static,
    {
        self.settings.renew = Renew(Some(std::sync::Arc::new(move || Box::pin(renew()))));
        self
    }

    /// Options of all requests of the download. A timeout for an attempt is the time in which
    /// something has to move; one for the call is for the whole download.
    pub fn options(mut self, options: CallOptions) -> Self {
        self.origin.set_options(options);
        self
    }

    /// Starts the download; the content is read piece by piece.
    pub async fn send(self) -> Result<Body> {
        let mut content = Content::new(&self.origin, self.settings.clone())?;
        Box::pin(content.begin()).await?;
        Ok(Body::new(content))
    }

    /// Downloads into memory, up to the largest response that the client takes (32 MiB without a
    /// choice of yours) or to [`max_size`](Self::max_size).
    pub async fn bytes(mut self) -> Result<Bytes> {
        let limit = self
            .settings
            .max_size
            .unwrap_or_else(|| self.origin.response_limit());
        self.settings.max_size = Some(limit);
        let mut content = Content::new(&self.origin, self.settings.clone())?;
        let mut bytes = Vec::new();
        loop {
            match Box::pin(content.next()).await? {
                Event::Bytes(piece) => bytes.extend_from_slice(&piece),
                Event::Restart => bytes.clear(),
                Event::End => return Ok(bytes.into()),
            }
        }
    }
}

impl fmt::Debug for Download {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Download")
            .field("settings", &self.settings)
            .finish_non_exhaustive()
    }
}
