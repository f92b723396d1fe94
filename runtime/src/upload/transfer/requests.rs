//! The requests of a resumable upload, and what their responses mean.

use std::time::Duration;

use super::Transfer;
use crate::client::FullResponse;
use crate::client::media::{IdleTimer, Outgoing, To, TransferResponse};
use crate::error::{BodyProblem, ErrorKind, TransferProblem};
use crate::retry::classify;
use crate::upload::body::{Body, check, check_size};
use crate::upload::engine::{Chunk, Signal};
use crate::upload::method::Protocol;
use crate::upload::protocol::{Message, has_token, session_signal};
use crate::upload::session_url::SessionUrl;
use crate::wire::Bytes;
use crate::{Error, Result};

/// How long the server may take to make something of all bytes.
const RESPONSE_TIMEOUT: Duration = Duration::from_secs(300);

impl Transfer {
    pub(super) async fn start(&mut self) -> Signal {
        if let Err(problem) = check(&self.source, &self.fingerprint).await {
            return self.permanent(problem.into());
        }
        let message = self.terms.start();
        let reply = match self.exchange(message, To::Service).await {
            Ok(reply) => reply,
            Err(error) => return self.failed(error, None).await,
        };
        if !(200..300).contains(&reply.response.status) {
            return self.rejected(&reply.response).await;
        }
        let opened = match self.terms.read_start(&reply.response) {
            Ok(opened) => opened,
            Err(what) => return Signal::Malformed(what),
        };
        match self.trust(&opened.url) {
            Ok(url) => {
                self.url = Some(url);
                self.opened_at = self.client.system_time();
                Signal::Started {
                    granularity: opened.granularity,
                }
            }
            Err(error) => self.permanent(error),
        }
    }

    pub(super) async fn query(&mut self) -> Signal {
        let message = self.terms.query();
        let to = self.session();
        let reply = self.exchange(message, to).await;
        match self.read(reply).await {
            // The response before it had the result, only without saying so.
            Signal::Final {
                result: false,
                received,
            } if self.candidate.is_some() => {
                self.result = self.candidate.take();
                Signal::Final {
                    result: true,
                    received,
                }
            }
            signal => signal,
        }
    }

    pub(super) async fn send(&mut self, chunk: Chunk) -> Signal {
        if let Err(problem) = self.check_before(chunk).await {
            self.engine.reject();
            return self.permanent(problem.into());
        }
        let mut message = self.terms.chunk(chunk);
        let idle = self.client.idle_timer();
        let body = Body {
            source: self.source.clone(),
            fingerprint: self.fingerprint.clone(),
            verifier: self.verifier.clone(),
            offset: chunk.offset,
            length: chunk.length,
            total: self.terms.total,
            before: Bytes::new(),
            after: Bytes::new(),
            idle: idle.clone(),
            source_failure: self.source_failure.clone(),
            response_timeout: if chunk.last {
                RESPONSE_TIMEOUT
            } else {
                Duration::ZERO
            },
        };
        message.body = body.stream();
        let to = self.session();
        let outgoing = outgoing(message, to, idle);
        let limit = self.terms.response_limit(self.client.response_limit());
        let reply = self.client.exchange(outgoing, limit).await;
        if let Some(problem) = self.source_failure.take() {
            return self.permanent(problem.into());
        }
        let signal = self.read(reply).await;
        if let (true, Signal::Malformed(_), Some(response)) =
            (chunk.last, signal, self.candidate.take())
        {
            self.candidate = Some(response);
        }
        signal
    }

    /// Checks that the source is what it was, and all of it if a request without bytes ends the upload.
    async fn check_before(&self, chunk: Chunk) -> Result<(), TransferProblem> {
        check(&self.source, &self.fingerprint).await?;
        if chunk.length == 0 {
            check_size(&self.source, self.terms.total).await?;
        }
        self.verifier.seek(&self.source, chunk.offset).await?;
        self.verifier.check()
    }

    pub(super) async fn exchange(&mut self, message: Message, to: To) -> Result<TransferResponse> {
        let limit = self.terms.response_limit(self.client.response_limit());
        let outgoing = outgoing(message, to, self.client.idle_timer());
        self.client.exchange(outgoing, limit).await
    }

    /// What the response of a session means.
    async fn read(&mut self, reply: Result<TransferResponse>) -> Signal {
        let TransferResponse { response, broken } = match reply {
            Ok(reply) => reply,
            Err(error) => return self.failed(error, None).await,
        };
        let Some(signal) = self.terms.read(&response, broken.as_ref()) else {
            return self.rejected(&response).await;
        };
        // What failed before is over.
        self.last_error = None;
        match signal {
            Signal::Final { result: true, .. } => {
                if let Some(problem) = self.terms.check_result(&response) {
                    return self.unreadable(problem, &response);
                }
                self.result = Some(response);
            }
            Signal::Malformed(_)
                if self.terms.protocol == Protocol::XGoog && has_token(&response, false) =>
            {
                self.candidate = Some(response);
            }
            Signal::Transient => {
                if let Some(error) = broken {
                    return self.failed(error, None).await;
                }
            }
            _ => {}
        }
        signal
    }

    /// What a success means whose result can't be read: the result is at the server, and the
    /// session gives it again to whoever asks for its status.
    fn unreadable(&mut self, problem: BodyProblem, response: &FullResponse) -> Signal {
        let error = self.client.error_of(ErrorKind::Body(problem), response);
        self.client.retry.record(&error);
        self.last_error = Some(error);
        Signal::Transient
    }

    /// What a response means that is no success.
    async fn rejected(&mut self, response: &FullResponse) -> Signal {
        let error = self.client.failure(response);
        let open = self.terms.is_open(&response.headers);
        self.failed(error, open).await
    }

    async fn failed(&mut self, error: Error, open: Option<bool>) -> Signal {
        self.client.retry.record(&error);
        let signal = session_signal(&error, open);
        // A session that is gone does not say what became of it: it may be complete.
        if signal != Signal::Lost && classify(&error).is_rejected() {
            self.engine.reject();
        }
        self.last_error = Some(error);
        if signal != Signal::Unauthorized || self.engine.is_refreshed() {
            return signal;
        }
        match self.client.retry.refresh().await {
            Ok(true) => Signal::Unauthorized,
            Ok(false) => Signal::Permanent,
            Err(error) => {
                let signal = session_signal(&error, None);
                self.last_error = Some(error);
                signal
            }
        }
    }

    fn permanent(&mut self, error: Error) -> Signal {
        self.last_error = Some(error);
        Signal::Permanent
    }

    pub(super) fn trust(&self, url: &str) -> Result<SessionUrl> {
        let known = self
            .method
            .session_hosts
            .iter()
            .map(|&host| host.to_owned());
        let hosts: Vec<_> = known.chain(self.settings.hosts.iter().cloned()).collect();
        SessionUrl::trust(url, self.client.endpoint(), &hosts)
    }

    pub(super) fn session(&self) -> To {
        To::Session {
            url: self
                .url
                .as_ref()
                .map(|url| url.expose().to_owned())
                .unwrap_or_default(),
            authorize: !self.method.open_session,
        }
    }
}

fn outgoing(message: Message, to: To, idle: IdleTimer) -> Outgoing {
    let Message {
        method,
        headers,
        body,
    } = message;
    Outgoing {
        method,
        to,
        headers,
        body,
        idle,
    }
}
