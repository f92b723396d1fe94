//! What is checked and decided about an upload before anything is sent.

use super::body::check;
use super::method::Protocol;
use super::protocol::Terms;
use super::settings::Settings;
use super::verify::Verifier;
use super::{Fingerprint, Source, UploadMethod, content_type, file_name};
use crate::client::Payload;
use crate::client::media::TransferClient;
use crate::codegen::{Context, Method, Request, RetrySafety};
use crate::error::TransferProblem;
use crate::{Error, HttpMethod, Result};

/// An upload as its caller describes it.
pub(super) struct UploadSpec {
    pub(super) context: Context,
    pub(super) request: Request,
    pub(super) method: &'static UploadMethod,
    pub(super) source: Source,
    pub(super) settings: Settings,
    /// Whether the result may be a response without a body.
    pub(super) empty_result: bool,
}

/// An upload that can begin.
pub(super) struct Plan {
    pub(super) client: TransferClient,
    pub(super) terms: Terms,
    pub(super) mode: Mode,
    pub(super) source: Source,
    pub(super) fingerprint: Fingerprint,
    pub(super) verifier: Verifier,
    pub(super) settings: Settings,
    pub(super) method: &'static UploadMethod,
}

/// How the bytes go up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    /// In one request, alone.
    Simple,
    /// In one request, with what is said about them.
    Multipart,
    /// In a session, chunk by chunk.
    Resumable,
}

impl UploadSpec {
    /// Looks at the source and checks what the caller chose. `force` makes it a resumable upload.
    pub(super) async fn plan(self, force: bool) -> Result<Plan> {
        let (id, scopes) = (self.request.method.id, self.request.method.scopes);
        self.prepare(force)
            .await
            .map_err(|error| error.with_method(id, scopes))
    }

    async fn prepare(self, force: bool) -> Result<Plan> {
        let Self {
            context,
            request,
            method,
            source,
            settings,
            empty_result,
        } = self;
        if let Some(message) = request.error {
            return Err(Error::invalid_argument(message));
        }
        let failed = |error: std::io::Error| TransferProblem::Source(error.into());
        let total = source.inner().len().await.map_err(failed)?;
        let fingerprint = source.inner().fingerprint().await.map_err(failed)?;
        check_size(total, method).map_err(Error::invalid_argument)?;
        let metadata = match request.body {
            Payload::Empty => None,
            Payload::Bytes { bytes, .. } => Some(bytes),
        };
        let wraps_data = request.method.wraps_data;
        let content_type =
            content_type::choose(&settings, method, metadata.as_ref(), wraps_data, &source).await?;
        check(&source, &fingerprint).await?;
        let mode = mode(method, &settings, force, total, metadata.is_some());
        let mode = mode.map_err(Error::invalid_argument)?;
        let mut query = request.query;
        if method.protocol == Protocol::Google {
            query.push("uploadType", mode.upload_type());
        }
        let template = mode.path(method).trim_start_matches('/');
        let parent = as_upload(request.method, method);
        let client = context.client.transfer_client(
            &parent,
            template,
            &request.values,
            query,
            &context.options,
        )?;
        let verifier = Verifier::new(settings.sha1, &source, total);
        let terms = Terms {
            protocol: method.protocol,
            method: parent.http,
            content_type,
            file_name: encoded_name(&settings, method).map_err(Error::invalid_argument)?,
            hash: verifier.header(),
            metadata,
            total,
            empty_result,
        };
        Ok(Plan {
            client,
            terms,
            mode,
            source,
            fingerprint,
            verifier,
            settings,
            method,
        })
    }
}

impl Mode {
    fn upload_type(self) -> &'static str {
        match self {
            Self::Simple => "media",
            Self::Multipart => "multipart",
            Self::Resumable => "resumable",
        }
    }

    fn path(self, method: &UploadMethod) -> &'static str {
        let path = if self == Self::Resumable {
            method.resumable
        } else {
            method.simple
        };
        path.unwrap_or_default()
    }
}

/// The method as its uploads are made. Bytes that nothing was made of can be sent twice.
fn as_upload(method: &Method, upload: &UploadMethod) -> Method {
    match upload.protocol {
        Protocol::XGoog => Method {
            http: HttpMethod::Post,
            retry: RetrySafety::Idempotent,
            ..*method
        },
        Protocol::Google => *method,
    }
}

fn check_size(total: u64, method: &UploadMethod) -> Result<(), String> {
    if total == 0 && method.refuse_empty {
        return Err(
            "there are no bytes to upload, and the service makes nothing of that".to_owned(),
        );
    }
    match method.max_size {
        Some(limit) if total > limit => Err(format!(
            "there are {total} bytes to upload; up to {limit} are accepted"
        )),
        _ => Ok(()),
    }
}

fn encoded_name(settings: &Settings, method: &UploadMethod) -> Result<Option<String>, String> {
    match (&settings.file_name, method.protocol) {
        (None, _) => Ok(None),
        (Some(name), Protocol::XGoog) => Ok(Some(file_name::encode(name))),
        (Some(_), Protocol::Google) => {
            Err("the upload carries no file name; it belongs into the body of the call".to_owned())
        }
    }
}

fn mode(
    method: &UploadMethod,
    settings: &Settings,
    force: bool,
    total: u64,
    described: bool,
) -> Result<Mode, String> {
    let described = described && method.protocol == Protocol::Google;
    let single = match (method.simple, described) {
        (Some(_), false) => Some(Mode::Simple),
        (Some(_), true) if method.multipart => Some(Mode::Multipart),
        _ => None,
    };
    let resumable = method.resumable.map(|_| Mode::Resumable);
    let wish = settings.resumable.unwrap_or_default();
    let chosen = if force || wish.applies_to(total) {
        resumable
    } else {
        single
    };
    if let Some(mode) = chosen {
        return Ok(mode);
    }
    if force || settings.resumable.is_some() {
        let is_resumable = force || wish.applies_to(total);
        return Err(if is_resumable {
            NOT_RESUMABLE
        } else {
            ONLY_RESUMABLE
        }
        .to_owned());
    }
    single
        .or(resumable)
        .ok_or_else(|| "the method takes no uploads".to_owned())
}

const NOT_RESUMABLE: &str = "the document of the API describes no resumable uploads for this method: send \
                        the bytes in one request, with `resumable(false)`; if the service does take \
                        resumable uploads here, generate the client with an override of the kind \
                        `resumableUpload`";

const ONLY_RESUMABLE: &str = "the method takes no uploads in one request";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::upload::Resumable;

    fn chosen(
        method: &UploadMethod,
        resumable: Option<Resumable>,
        total: u64,
        described: bool,
    ) -> Option<Mode> {
        let settings = Settings {
            resumable,
            ..Settings::default()
        };
        mode(method, &settings, false, total, described).ok()
    }

    #[test]
    fn the_mode_depends_on_size_and_method() {
        let (small, large) = (5_000_000, 5_000_001);
        let x_goog = UploadMethod::x_goog("v1/uploads");
        assert_eq!(chosen(&x_goog, None, small, false), Some(Mode::Simple));
        assert_eq!(chosen(&x_goog, None, large, false), Some(Mode::Resumable));
        assert_eq!(
            chosen(&x_goog, Some(Resumable::Never), large, false),
            Some(Mode::Simple)
        );
        assert_eq!(
            chosen(&x_goog, Some(Resumable::Above(9)), 10, false),
            Some(Mode::Resumable)
        );
        let simple = UploadMethod {
            simple: Some("upload"),
            ..UploadMethod::google()
        };
        assert_eq!(chosen(&simple, None, large, false), Some(Mode::Simple));
        assert_eq!(chosen(&simple, None, small, true), None);
        assert_eq!(chosen(&simple, Some(Resumable::Always), small, false), None);
        let both = UploadMethod {
            simple: Some("upload"),
            multipart: true,
            resumable: Some("upload"),
            ..UploadMethod::google()
        };
        assert_eq!(chosen(&both, None, small, true), Some(Mode::Multipart));
        assert_eq!(chosen(&both, None, small, false), Some(Mode::Simple));
        assert_eq!(chosen(&both, None, large, true), Some(Mode::Resumable));
        let no_parts = UploadMethod {
            simple: Some("upload"),
            resumable: Some("upload"),
            ..UploadMethod::google()
        };
        assert_eq!(chosen(&no_parts, None, small, true), Some(Mode::Resumable));
        let steps = UploadMethod {
            resumable: Some("steps"),
            ..UploadMethod::google()
        };
        assert_eq!(chosen(&steps, None, small, false), Some(Mode::Resumable));
        assert_eq!(chosen(&steps, Some(Resumable::Never), small, false), None);
        assert_eq!(chosen(&UploadMethod::google(), None, small, false), None);
    }
}
