//! An upload in one request, retried from the first byte if it fails.

use std::time::Duration;

use tracing::{Instrument as _, debug_span};

use super::Progress;
use super::body::{Body, SourceFailure, check};
use super::method::Protocol;
use super::plan::{Mode, Plan};
use super::protocol::{SingleRequest, has_token, is_json};
use crate::client::FullResponse;
use crate::client::media::{Outgoing, To};
use crate::error::{BodyProblem, ErrorKind, TransferProblem};
use crate::rpc::Code;
use crate::{Error, Result};

/// How long the server may take to make something of the bytes.
const RESPONSE_TIMEOUT: Duration = Duration::from_secs(60);

/// Uploads in one request and returns the response.
pub(super) async fn send(plan: &mut Plan) -> Result<FullResponse> {
    let span = debug_span!(
        "google_api_upload",
        method = plan.client.method(),
        bytes = plan.terms.total
    );
    let response = attempts(plan)
        .instrument(span)
        .await
        .map_err(|error| plan.client.retry.finish(error))?;
    plan.client.retry.succeed();
    plan.settings.on_progress.call(&Progress {
        acknowledged: plan.terms.total,
        total: plan.terms.total,
    });
    Ok(response)
}

async fn attempts(plan: &mut Plan) -> Result<FullResponse> {
    loop {
        let error = match attempt(plan).await {
            Ok(response) => return Ok(response),
            Err(Failure::Attempt(error)) => error,
            Err(Failure::Final(error)) => return Err(error),
        };
        let harmless = is_harmless(&error, plan);
        plan.client.retry.retry(error, harmless).await?;
    }
}

enum Failure {
    /// The retry loop decides what follows.
    Attempt(Error),
    /// It is about this side: no retry helps.
    Final(Error),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Attempt(error)
    }
}

impl From<TransferProblem> for Failure {
    fn from(problem: TransferProblem) -> Self {
        Self::Final(problem.into())
    }
}

async fn attempt(plan: &mut Plan) -> Result<FullResponse, Failure> {
    check(&plan.source, &plan.fingerprint).await?;
    plan.verifier.seek(&plan.source, 0).await?;
    let SingleRequest {
        message,
        before,
        after,
    } = plan.terms.single_request(plan.mode == Mode::Multipart);
    let idle = plan.client.idle_timer();
    let source_failure = SourceFailure::default();
    let body = Body {
        source: plan.source.clone(),
        fingerprint: plan.fingerprint.clone(),
        verifier: plan.verifier.clone(),
        offset: 0,
        length: plan.terms.total,
        total: plan.terms.total,
        before,
        after,
        idle: idle.clone(),
        source_failure: source_failure.clone(),
        response_timeout: RESPONSE_TIMEOUT,
    };
    let outgoing = Outgoing {
        method: message.method,
        to: To::Service,
        headers: message.headers,
        body: body.stream(),
        idle,
    };
    let limit = plan.terms.response_limit(plan.client.response_limit());
    let reply = plan.client.exchange(outgoing, limit).await;
    if let Some(problem) = source_failure.take() {
        return Err(problem.into());
    }
    let reply = reply?;
    if !(200..300).contains(&reply.response.status) {
        return Err(plan.client.failure(&reply.response).into());
    }
    if let Some(error) = reply.broken {
        return Err(error.into());
    }
    check_response(plan, &reply.response)?;
    Ok(reply.response)
}

/// Checks that a success has what it should have, by its looks.
fn check_response(plan: &Plan, response: &FullResponse) -> Result<()> {
    match plan.terms.protocol {
        Protocol::XGoog if has_token(response, false) => Ok(()),
        Protocol::XGoog => {
            let empty = response.body.trim_ascii().is_empty();
            let problem = if empty {
                NO_TOKEN
            } else {
                "the response is something else than a token"
            };
            Err(plan.client.error_of(
                ErrorKind::Transfer(TransferProblem::Protocol(problem)),
                response,
            ))
        }
        Protocol::Google if is_json(response) => Ok(()),
        Protocol::Google => {
            let kind = response
                .headers
                .get("content-type")
                .unwrap_or_default()
                .to_owned();
            Err(plan
                .client
                .error_of(ErrorKind::Body(BodyProblem::ContentType(kind)), response))
        }
    }
}

const NO_TOKEN: &str = "it gave no token";

/// Whether the server took the bytes and gave nothing for them, or was doing something else. As
/// nothing is made of bytes before their token is used, they can be sent again.
fn is_harmless(error: &Error, plan: &Plan) -> bool {
    let code = error.rpc_status().and_then(|status| status.code.as_ref());
    plan.terms.protocol == Protocol::XGoog
        && (code == Some(&Code::Aborted)
            || matches!(
                error.kind(),
                ErrorKind::Transfer(TransferProblem::Protocol(NO_TOKEN))
            ))
}
