//! Where a download comes from: a method of a service, or an address.

use super::address::trust;
use super::settings::Settings;
use crate::client::Payload;
use crate::client::media::{IdleTimer, Outgoing, To, TransferClient};
use crate::codegen::{Context, Method, Request};
use crate::transport::{Headers, HttpBody};
use crate::{CallOptions, Client, Error, HttpMethod, Result, Secret};

/// Where a download comes from.
pub(super) enum Origin {
    Call {
        context: Context,
        request: Box<Request>,
    },
    Url {
        client: Client,
        options: CallOptions,
        url: Secret,
    },
}

/// The same when it can begin.
pub(super) enum Target {
    Call { method: HttpMethod, body: Payload },
    Url(Secret),
}

impl Origin {
    pub(super) fn set_options(&mut self, new: CallOptions) {
        match self {
            Self::Call { context, .. } => context.set_options(new),
            Self::Url { options, .. } => *options = new,
        }
    }

    /// The most of a response that the client takes into memory, in bytes.
    pub(super) fn response_limit(&self) -> u64 {
        match self {
            Self::Call { context, .. } => context.client.response_limit(),
            Self::Url { client, .. } => client.response_limit(),
        }
    }

    /// Checks what was asked for; nothing is sent.
    pub(super) fn open(&self, settings: &Settings) -> Result<(TransferClient, Target)> {
        if settings.range.is_empty() {
            return Err(Error::invalid_argument("the range has no bytes"));
        }
        let (client, target) = self.open_link(settings)?;
        // The response would be one of a part, which only a download that knows of it can tell from
        // a fault of the server.
        if let Some(name) = client.has_header(&["range", "if-range"]) {
            let message = format!(
                "the header {name} belongs to the download: use `Download::range` for a part"
            );
            return Err(client.retry.finish(Error::invalid_argument(message)));
        }
        Ok((client, target))
    }

    fn open_link(&self, settings: &Settings) -> Result<(TransferClient, Target)> {
        match self {
            Self::Call { context, request } => {
                let Request {
                    method,
                    values,
                    query,
                    body,
                    error,
                    ..
                } = &**request;
                if let Some(message) = error {
                    return Err(Error::invalid_argument(message.as_str())
                        .with_method(method.id, method.scopes));
                }
                let media = Method {
                    alt: Some("media"),
                    ..**method
                };
                let client = context.client.transfer_client(
                    &media,
                    method.path,
                    values,
                    query.clone(),
                    &context.options,
                )?;
                let target = Target::Call {
                    method: method.http,
                    body: body.clone(),
                };
                Ok((client, target))
            }
            Self::Url {
                client,
                options,
                url,
            } => {
                let client = client.public_transfer_client(options)?;
                let url = trust(url.expose(), client.endpoint(), &settings.hosts)?;
                Ok((client, Target::Url(url)))
            }
        }
    }
}

impl Target {
    /// Whether a part of it can be asked for.
    pub(super) fn has_parts(&self) -> bool {
        matches!(
            self,
            Self::Url(_)
                | Self::Call {
                    method: HttpMethod::Get,
                    ..
                }
        )
    }

    /// Its address, if that is what it is.
    pub(super) fn url(&self) -> Option<&Secret> {
        match self {
            Self::Call { .. } => None,
            Self::Url(url) => Some(url),
        }
    }

    /// A request for it; `redirect` is where an address led to, which gets no credentials.
    pub(super) fn request(
        &self,
        mut headers: Headers,
        redirect: Option<&Secret>,
        settings: &Settings,
        idle: IdleTimer,
    ) -> Outgoing {
        let (method, to, body) = match self {
            Self::Url(url) => {
                let url = redirect.unwrap_or(url).expose().to_owned();
                let authorize = settings.authorize && redirect.is_none();
                (
                    HttpMethod::Get,
                    To::Media { url, authorize },
                    HttpBody::Empty,
                )
            }
            Self::Call {
                method,
                body: Payload::Empty,
            } => (*method, To::Service, HttpBody::Empty),
            Self::Call {
                method,
                body:
                    Payload::Bytes {
                        content_type,
                        bytes,
                    },
            } => {
                headers.set("content-type", content_type.as_str());
                (*method, To::Service, HttpBody::Bytes(bytes.clone()))
            }
        };
        Outgoing {
            method,
            to,
            headers,
            body,
            idle,
        }
    }
}
