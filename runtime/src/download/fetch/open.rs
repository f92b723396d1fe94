//! Getting a response for what is missing of a download.

use tracing::debug;

use super::{Fetch, Response};
use crate::client::FullResponse;
use crate::client::media::IdleTimer;
use crate::download::address::{MAX_REDIRECTS, redirected, trust};
use crate::download::checksum::{Expected, Running};
use crate::download::encoding::Encoding;
use crate::download::origin::Target;
use crate::download::position::Head;
use crate::download::range::Asked;
use crate::error::{BodyProblem, ErrorKind, TransferProblem};
use crate::gzip::decode_start;
use crate::transport::{Headers, HttpResponse, ResponseBody, TransportError, is_accepted};
use crate::wire::Bytes;
use crate::{Error, Result, Secret};

/// How an attempt to get a response ended.
enum Opened {
    Response,
    Complete,
    /// Ask again at once.
    Again,
}

impl Fetch {
    /// Gets a response.
    pub(super) async fn open(&mut self) -> Result<()> {
        loop {
            match self.attempt().await {
                Ok(Opened::Response) => return Ok(()),
                Ok(Opened::Complete) => return self.complete(),
                Ok(Opened::Again) => {}
                Err(error) => self.failed(error).await?,
            }
        }
    }

    async fn attempt(&mut self) -> Result<Opened> {
        let asked = self.position.asks().filter(|_| self.target.has_parts());
        if asked.is_none() && self.position.received > 0 {
            self.position.restart();
            return Ok(Opened::Again);
        }
        let idle = self.client.idle_timer();
        let response = self.request(asked, &idle).await?;
        let HttpResponse {
            status,
            headers,
            body,
        } = response;
        match status {
            200 | 203 | 204 | 206 | 416 if status != 416 || asked.is_some() => {}
            _ => return self.rejected(status, headers, body, &idle).await,
        }
        let head = self
            .position
            .read(status, &headers, asked)
            .and_then(|head| self.check(head, &headers));
        let (skip, end) = match head {
            Ok(Head::Continues { end }) => (0, Some(end)),
            Ok(Head::Whole { skip }) => (skip, None),
            Ok(Head::Complete) => return Ok(Opened::Complete),
            Ok(Head::Again) => {
                self.position.restart();
                return Err(Error::new(ErrorKind::Transport(TransportError::body_cut(
                    "the rest is not there",
                ))));
            }
            Err(kind) => {
                if matches!(kind, ErrorKind::Transfer(TransferProblem::Changed)) {
                    // What is here belongs to nothing any more; whoever tries again begins anew.
                    self.restart();
                }
                let response = FullResponse {
                    status,
                    headers,
                    body: Bytes::new(),
                };
                return Err(self.client.error_of(kind, &response));
            }
        };
        self.content_type = headers
            .get("content-type")
            .map(str::to_owned)
            .or(self.content_type.take());
        self.response = Some(Response {
            body,
            idle,
            skip,
            end,
            surplus: end.is_none() && !self.position.wants_whole(),
        });
        Ok(Opened::Response)
    }

    /// Checks what the head says about the content.
    fn check(&mut self, head: Head, headers: &Headers) -> Result<Head, ErrorKind> {
        if !matches!(head, Head::Continues { .. } | Head::Whole { .. }) {
            return Ok(head);
        }
        if self.position.received == 0 {
            self.running = Running::new(self.checksums(&head, headers)?);
        }
        self.check_encoding()?;
        let accept: Vec<_> = self.settings.accept.iter().map(String::as_str).collect();
        let content_type = headers.get("content-type").unwrap_or_default();
        if !accept.is_empty() && !is_accepted(content_type, &accept) {
            let what = "the response has another type of content than media";
            return Err(ErrorKind::Transfer(TransferProblem::Protocol(what)));
        }
        match (self.settings.max_size, self.position.length()) {
            (Some(limit), Some(length)) if length > limit && !self.is_decoded() => {
                Err(ErrorKind::Body(BodyProblem::TooLarge(limit)))
            }
            _ => Ok(head),
        }
    }

    /// The checksums of what comes, if the server says those: of the whole, as it is stored.
    fn checksums(&self, head: &Head, headers: &Headers) -> Result<Expected, ErrorKind> {
        let covers = matches!(head, Head::Whole { .. })
            && self.position.wants_whole()
            && self.position.encoding().is_stored(headers);
        if covers {
            Expected::read(headers)
        } else {
            Ok(Expected::default())
        }
    }

    /// Checks that what is to be decoded can be.
    fn check_encoding(&self) -> Result<(), ErrorKind> {
        let encoding = self.position.encoding();
        match encoding {
            _ if !self.settings.decode => Ok(()),
            Encoding::Other(_) => Err(encoding.undecodable("it can't be decoded here")),
            Encoding::Gzip if !self.position.wants_whole() => {
                Err(encoding.undecodable("a part of it can't be decoded"))
            }
            Encoding::Gzip | Encoding::Identity => Ok(()),
        }
    }

    /// Sends a request and follows redirects as far as they may be followed.
    async fn request(&mut self, asked: Option<Asked>, idle: &IdleTimer) -> Result<HttpResponse> {
        let mut redirect: Option<Secret> = None;
        for _ in 0..=MAX_REDIRECTS {
            let mut headers = self.position.request_headers(asked);
            // What is compressed on the way has no length, and no part of it can be asked for. But
            // who accepts nothing else does not get what is stored as gzip as it is.
            let encoding = if self.settings.decode {
                "identity"
            } else {
                "gzip"
            };
            headers.set("accept-encoding", encoding);
            let outgoing =
                self.target
                    .request(headers, redirect.as_ref(), &self.settings, idle.clone());
            let response = self.client.open(outgoing).await?;
            let location = response.headers.get("location");
            let (301 | 302 | 303 | 307 | 308, Some(location), Some(url)) =
                (response.status, location, self.target.url())
            else {
                return Ok(response);
            };
            let from = redirect.as_ref().unwrap_or(url);
            let to = redirected(from.expose(), location);
            redirect = Some(trust(&to, self.client.endpoint(), &self.settings.hosts)?);
        }
        Err(TransferProblem::Protocol("it redirects again and again").into())
    }

    /// What follows from a response that is no success.
    async fn rejected(
        &mut self,
        status: u16,
        headers: Headers,
        mut body: ResponseBody,
        idle: &IdleTimer,
    ) -> Result<Opened> {
        let mut bytes = self.client.collect_error(&mut body, idle).await;
        if Encoding::read(&headers) == Encoding::Gzip {
            bytes = decode_start(bytes);
        }
        let content_type = headers.get("content-type").unwrap_or_default();
        let media = is_accepted(content_type, &["image/*", "video/*", "audio/*"]);
        // Nobody reads pictures of errors.
        let body = if media { Bytes::new() } else { bytes };
        let response = FullResponse {
            status,
            headers,
            body,
        };
        let error = self.client.failure(&response);
        match status {
            403 | 404 | 410 if self.target.url().is_some() && !error.is_quota_exceeded() => {
                self.renew(
                    self.client
                        .error_of(ErrorKind::Transfer(TransferProblem::Expired), &response),
                )
                .await
            }
            _ => Err(error),
        }
    }

    /// Asks once for a new address.
    async fn renew(&mut self, expired: Error) -> Result<Opened> {
        let Some(renew) = self.settings.renew.0.clone().filter(|_| !self.renewed) else {
            return Err(expired);
        };
        self.renewed = true;
        debug!("the address of a download has expired; a new one is asked for");
        let url = renew().await?;
        self.target = Target::Url(trust(&url, self.client.endpoint(), &self.settings.hosts)?);
        Ok(Opened::Again)
    }
}
