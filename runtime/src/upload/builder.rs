//! Uploads as callers describe and send them.

use std::fmt;

use super::callback::Callback;
use super::decode::{self, Decode};
use super::plan::{Mode, UploadSpec};
use super::settings::Settings;
use super::transfer::{Transfer, Until};
use super::{
    Progress, Resumable, SavedSession, Session, Source, UploadMethod, UploadToken, single,
};
use crate::codegen::{Context, FromBody, Method, Request};
use crate::{CallOptions, Response, Result};

/// An upload that is not sent yet; see [the module](super).
#[must_use = "an upload does nothing until it is sent"]
pub struct Upload<R> {
    spec: UploadSpec,
    decode: Decode<R>,
}

impl Upload<UploadToken> {
    /// An upload that belongs to no other call and gives a token.
    #[doc(hidden)]
    pub fn bare(
        context: Context,
        method: &'static Method,
        upload: &'static UploadMethod,
        source: impl Into<Source>,
    ) -> Self {
        let request = Request::new(method);
        Self::new(
            context,
            request,
            upload,
            source.into(),
            decode::token,
            false,
        )
    }
}

impl<R: FromBody> Upload<R> {
    pub(crate) fn with_request(
        context: Context,
        request: Request,
        method: &'static UploadMethod,
        source: Source,
    ) -> Self {
        let decode = if request.method.wraps_data {
            decode::wrapped_json
        } else {
            decode::json
        };
        let empty_result = !request.method.wraps_data && R::from_body(&[]).is_ok();
        Self::new(context, request, method, source, decode, empty_result)
    }
}

impl<R> Upload<R> {
    fn new(
        context: Context,
        request: Request,
        method: &'static UploadMethod,
        source: Source,
        decode: Decode<R>,
        empty_result: bool,
    ) -> Self {
        let settings = Settings::default();
        Self {
            spec: UploadSpec {
                context,
                request,
                method,
                source,
                settings,
                empty_result,
            },
            decode,
        }
    }

    /// The type of the bytes, such as `image/jpeg`.
    ///
    /// Without it, the type is the one that the body of the call names, such as the `contentType` of
    /// an object. If it names none, the type is [guessed](super::guess_content_type) from the first
    /// bytes and the name of the file; if the method does not accept what that gives, it is the only
    /// type that the method accepts, or `application/octet-stream` if that is accepted.
    ///
    /// Sending fails with [`is_invalid_argument`](crate::Error::is_invalid_argument) before anything
    /// goes out if the method does not accept the type, or if nothing tells an accepted one.
    pub fn content_type(mut self, content_type: impl Into<String>) -> Self {
        self.spec.settings.content_type = Some(content_type.into());
        self
    }

    /// The name of the file, for services that take it with the bytes (`X-Goog-Upload-File-Name`).
    /// It can have any characters. Where the body of a call has a place for a name, the name
    /// belongs there; an upload with such a body rejects it here.
    pub fn file_name(mut self, name: impl Into<String>) -> Self {
        self.spec.settings.file_name = Some(name.into());
        self
    }

    /// The SHA-1 of all bytes of the source. What is sent is compared with it: an upload of other bytes,
    /// such as those of a file that was edited in place, fails with
    /// [`is_source_changed`](crate::Error::is_source_changed) before its last byte is sent. An upload
    /// in one request to a service that gives tokens carries it (`X-Goog-Hash`), so that the service
    /// compares as well. A session is [resumed](Self::resume) from any source with the same SHA-1.
    ///
    /// The source must be one that can be read again.
    pub fn sha1(mut self, digest: [u8; 20]) -> Self {
        self.spec.settings.sha1 = Some(digest);
        self
    }

    /// Calls `listener` whenever the server has more bytes than before: after each
    /// [chunk](Self::chunk_size), or once for an upload in one request.
    pub fn on_progress(mut self, listener: impl Fn(Progress) + Send + Sync + 'static) -> Self {
        self.spec.settings.on_progress = Callback::new(move |&progress| listener(progress));
        self
    }

    /// Calls `listener` with each session that is opened: with one usually, with another one if the
    /// server lost the first. Keep the last one to [resume](Self::resume) it after a crash.
    pub fn on_session(mut self, listener: impl Fn(&SavedSession) + Send + Sync + 'static) -> Self {
        self.spec.settings.on_session = Callback::new(listener);
        self
    }

    /// Whether, or from which size on, the upload is resumable. Without it: above 5 MB, if the
    /// method can.
    pub fn resumable(mut self, when: impl Into<Resumable>) -> Self {
        self.spec.settings.resumable = Some(when.into());
        self
    }

    /// How many bytes one request of a resumable upload sends, rounded up to what the server accepts (usually a multiple of
    /// 256 KiB); 16 MiB without it. Smaller chunks say more often how far the upload is, larger ones
    /// make fewer requests. The memory that an upload takes is the same.
    pub fn chunk_size(mut self, bytes: u64) -> Self {
        self.spec.settings.chunk_size = Some(bytes);
        self
    }

    /// One more host where sessions may be, such as `uploads.example.com` or `*.example.com`. Bytes
    /// and credentials go there. Without it, that is the host of the service only.
    pub fn trust_host(mut self, host: impl Into<String>) -> Self {
        self.spec.settings.hosts.push(host.into());
        self
    }

    /// Options of all requests of the upload. A timeout for an attempt is the time in which something
    /// has to move; one for the call is for the whole upload.
    pub fn options(mut self, options: CallOptions) -> Self {
        self.spec.context.set_options(options);
        self
    }

    /// Uploads, in one request or in a session.
    ///
    /// Transient failures are retried: a resumable upload fails after five of them without a
    /// byte that the server took in between ([`RetryPolicy`](crate::RetryPolicy) says how many),
    /// one in one request after five in all. Dropping the future ends it, and the server makes
    /// nothing of what it has. Use [`start`](Self::start) to be able to continue after an error.
    pub async fn send(self) -> Result<R> {
        let response = self.send_for_response().await?;
        Ok(response.body)
    }

    /// The same as [`send`](Self::send) with the whole last response: status, headers, `ETag` and the
    /// identifier of the request.
    pub async fn send_for_response(self) -> Result<Response<R>> {
        let method = self.spec.method;
        let mut plan = Box::pin(self.spec.plan(false)).await?;
        if plan.mode == Mode::Resumable {
            return Session::new(Transfer::new(plan), method, self.decode)
                .send_for_response()
                .await;
        }
        let response = Box::pin(single::send(&mut plan)).await?;
        decode::whole(self.decode, &response, method, &plan.client)
    }

    /// Opens a session for a resumable upload, and sends no bytes yet.
    pub async fn start(self) -> Result<Session<R>> {
        let method = self.spec.method;
        let plan = Box::pin(self.spec.plan(true)).await?;
        let mut session = Session::new(Transfer::new(plan), method, self.decode);
        session.run(Until::Ready).await?;
        Ok(session)
    }

    /// Resumes a session that was [saved](Session::save): the server is queried for how much it has.
    ///
    /// If the server forgot the session, the upload begins again. If the source is not what it was
    /// when the session was opened, this fails with
    /// [`is_source_changed`](crate::Error::is_source_changed).
    pub async fn resume(self, saved: &SavedSession) -> Result<Session<R>> {
        let method = self.spec.method;
        let plan = Box::pin(self.spec.plan(true)).await?;
        let transfer = Transfer::new(plan).resume(saved)?;
        let mut session = Session::new(transfer, method, self.decode);
        session.run(Until::Ready).await?;
        Ok(session)
    }
}

impl<R> fmt::Debug for Upload<R> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Upload")
            .field("method", &self.spec.request.method.id)
            .field("content_type", &self.spec.settings.content_type)
            .field("resumable", &self.spec.settings.resumable)
            .field("chunk_size", &self.spec.settings.chunk_size)
            .finish_non_exhaustive()
    }
}
