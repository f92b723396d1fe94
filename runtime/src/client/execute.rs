//! A call from its start to its result: attempts, until one succeeds or the retry loop ends.

use tracing::{Instrument as _, Span, debug_span, field};

use super::prepare::Prepared;
use super::{Client, Core, Decode};
use crate::codegen::Request;
use crate::{BoxFuture, CallOptions, Result};

impl Client {
    /// Makes the call of a generated method and hands its response to `decode`.
    pub(crate) fn execute<'a>(
        &'a self,
        request: Request,
        options: &'a CallOptions,
        decode: &'a mut Decode<'_>,
    ) -> BoxFuture<'a, Result<()>> {
        match self.prepare(request, options) {
            Ok(call) => self.run(call, decode),
            Err(error) => Box::pin(std::future::ready(Err(error))),
        }
    }

    /// Makes a call that is prepared.
    pub(super) fn run<'a>(
        &'a self,
        call: Prepared,
        decode: &'a mut Decode<'_>,
    ) -> BoxFuture<'a, Result<()>> {
        // The template, not the path: what users call their things is not for logs.
        let span = debug_span!(
            "google_api_call",
            method = call.id,
            http_method = call.http.as_str(),
            template = call.template,
            attempts = field::Empty,
            status = field::Empty,
        );
        let within = span.clone();
        Box::pin(async move { self.core.call(call, decode, &span).await }.instrument(within))
    }
}

impl Core {
    async fn call(&self, call: Prepared, decode: &mut Decode<'_>, span: &Span) -> Result<()> {
        let mut retry = self.retry_loop(&call, call.timeouts.total);
        let result = loop {
            match self.attempt(&call, &mut retry, decode).await {
                Ok(status) => break Ok(status),
                Err(error) => {
                    if let Err(error) = retry.retry(error, false).await {
                        break Err(error);
                    }
                }
            }
        };
        let status = match &result {
            Ok(status) => Some(*status),
            Err(error) => error.http_status(),
        };
        span.record("attempts", retry.recorded() + usize::from(result.is_ok()))
            .record("status", status);
        match result {
            Ok(_) => {
                retry.succeed();
                Ok(())
            }
            Err(error) => Err(retry.finish(error)),
        }
    }
}
