//! An upload in one request, made again from the first byte if it fails.

use std::time::Duration;

use tracing::{Instrument as _, debug_span};

use super::Progress;
use super::body::{Body, SourceFailure, check};
use super::method::Protocol;
use super::plan::{Mode, Plan};
use super::protocol::{SingleRequest, has_token, is_json};
use crate::client::Answer;
use crate::client::media::{NoRetry, Outgoing, To};
use crate::error::{BodyProblem, ErrorKind, TransferProblem};
use crate::retry::{Transience, classify};
use crate::rpc::Code;
use crate::{Error, Result};

/// How long the server may take to make something of the bytes.
const RESPONSE_TIMEOUT: Duration = Duration::from_secs(60);

/// Uploads in one request and returns the answer.
pub(super) async fn send(plan: &mut Plan) -> Result<Answer> {
    let span = debug_span!(
        "google_api_upload",
        method = plan.link.method(),
        bytes = plan.terms.total
    );
    let answer = repeat(plan)
        .instrument(span)
        .await
        .map_err(|error| plan.link.finish(error))?;
    plan.link.succeed();
    plan.settings.on_progress.call(&Progress {
        acknowledged: plan.terms.total,
        total: plan.terms.total,
    });
    Ok(answer)
}

async fn repeat(plan: &mut Plan) -> Result<Answer> {
    let mut failures = 0;
    let mut refreshed = false;
    let mut had_malformed_response = false;
    loop {
        let mut error = match attempt(plan).await {
            Ok(answer) => return Ok(answer),
            Err(Failure::Error(error)) => error,
            Err(Failure::Final(error)) => return Err(error),
        };
        plan.link.record(&error);
        if error.is_unauthenticated() && !std::mem::replace(&mut refreshed, true) {
            match plan.link.refresh().await {
                Ok(true) => continue,
                Ok(false) => return Err(error),
                Err(failure) => error = failure,
            }
        }
        failures += 1;
        let classification = classify(&error);
        let unknown = classification.is_outcome_unknown(plan.link.retry_safety(), plan.link.http());
        let accident = classification.transience == Transience::RetriedOnce
            && std::mem::replace(&mut had_malformed_response, true);
        let useful = classification.is_transient()
            && classification.is_safe(plan.link.retry_safety())
            && !accident;
        if !useful && !is_harmless(&error, plan) || failures >= plan.link.max_attempts() {
            return Err(error.with_outcome_unknown(unknown));
        }
        match plan.link.pause(Some(&error), failures).await {
            Ok(()) => {}
            Err(NoRetry::TooLong) => return Err(error.with_outcome_unknown(unknown)),
            Err(NoRetry::BudgetSpent) => {
                return Err(error.with_outcome_unknown(unknown).with_budget_spent());
            }
        }
    }
}

enum Failure {
    /// Perhaps it goes better the next time.
    Error(Error),
    /// It is about this side.
    Final(Error),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Error(error)
    }
}

impl From<TransferProblem> for Failure {
    fn from(problem: TransferProblem) -> Self {
        Self::Final(problem.into())
    }
}

async fn attempt(plan: &mut Plan) -> Result<Answer, Failure> {
    check(&plan.source, &plan.fingerprint).await?;
    let SingleRequest {
        message,
        before,
        after,
    } = plan.terms.single_request(plan.mode == Mode::Multipart);
    let idle_timer = plan.link.idle_timer();
    let source_failure = SourceFailure::default();
    let body = Body {
        source: plan.source.clone(),
        fingerprint: plan.fingerprint.clone(),
        offset: 0,
        length: plan.terms.total,
        before,
        after,
        idle_timer: idle_timer.clone(),
        source_failure: source_failure.clone(),
        response_timeout: RESPONSE_TIMEOUT,
    };
    let outgoing = Outgoing {
        method: message.method,
        to: To::Service,
        headers: message.headers,
        body: body.stream(),
        idle_timer,
    };
    let limit = plan.terms.response_limit(plan.link.response_limit());
    let reply = plan.link.exchange(outgoing, limit).await;
    if let Some(problem) = source_failure.take() {
        return Err(problem.into());
    }
    let reply = reply?;
    if !(200..300).contains(&reply.response.status) {
        return Err(plan.link.failure(&reply.response).into());
    }
    if let Some(error) = reply.broken {
        return Err(error.into());
    }
    check_answer(plan, &reply.response)?;
    Ok(reply.response)
}

/// Checks that a success has what it should have, by its looks.
fn check_answer(plan: &Plan, answer: &Answer) -> Result<()> {
    match plan.terms.protocol {
        Protocol::XGoog if has_token(answer, false) => Ok(()),
        Protocol::XGoog => {
            let empty = answer.body.trim_ascii().is_empty();
            let problem = if empty {
                NO_TOKEN
            } else {
                "it answered something else than a token"
            };
            Err(plan.link.error_of(
                ErrorKind::Transfer(TransferProblem::Protocol(problem)),
                answer,
            ))
        }
        Protocol::Google if is_json(answer) => Ok(()),
        Protocol::Google => {
            let kind = answer
                .headers
                .get("content-type")
                .unwrap_or_default()
                .to_owned();
            Err(plan
                .link
                .error_of(ErrorKind::Body(BodyProblem::ContentType(kind)), answer))
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
