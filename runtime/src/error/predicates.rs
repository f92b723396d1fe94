//! The questions that a program asks an error, each with what to do about it.

use super::{BodyProblem, Error, ErrorKind, QuotaKind, Remedy, TransferProblem};
use crate::retry::{RequestFate, classify};
use crate::rpc::Code;
use crate::transport::TransportReason;

impl Error {
    /// What was to be sent is wrong: found here, before anything was sent
    /// ([`http_status`](Self::http_status) is `None`), or by the server (400).
    ///
    /// Fix the call. The message names the parameter or the field. For a resource name it shows the
    /// form that is wanted, such as `projects/{}/secrets/{}`, in which `{}` is one segment and `{...}`
    /// one or more; it never shows the value. A 400 with the code `FAILED_PRECONDITION` is about the
    /// state of the service, not about the call: see
    /// [`is_precondition_failed`](Self::is_precondition_failed).
    pub fn is_invalid_argument(&self) -> bool {
        matches!(self.kind(), ErrorKind::InvalidArgument(_))
            || self.is_failure(400, &[Code::InvalidArgument]) && !self.is_precondition_failed()
    }

    /// The client can't be built, for instance without credentials or with a bad endpoint.
    ///
    /// Fix the program or its environment.
    pub fn is_configuration(&self) -> bool {
        matches!(self.kind(), ErrorKind::Configuration { .. })
    }

    /// A long-running operation ended badly; [`rpc_status`](Self::rpc_status) says why, and so do
    /// the predicates that have a code, such as [`is_not_found`](Self::is_not_found) and
    /// [`is_quota_exceeded`](Self::is_quota_exceeded).
    ///
    /// What to do depends on the operation: the cause is usually in what was asked for. How services
    /// say it is in the module [`operation`](crate::operation).
    pub fn is_operation_failed(&self) -> bool {
        matches!(self.kind(), ErrorKind::OperationFailed(_))
    }

    /// What the call is about does not exist, or not for this user (404, `NOT_FOUND`).
    ///
    /// Drop what refers to it; repeating the call changes nothing.
    pub fn is_not_found(&self) -> bool {
        self.is_failure(404, &[Code::NotFound])
    }

    /// It exists already, or something else changed it at the same time (409, `ALREADY_EXISTS` or
    /// `ABORTED`).
    ///
    /// Read its state and decide again. After a write see also
    /// [`is_outcome_unknown`](Self::is_outcome_unknown).
    pub fn is_conflict(&self) -> bool {
        self.is_failure(409, &[Code::AlreadyExists, Code::Aborted])
    }

    /// What the caller has is still right (304): the call said to send it only if it changed, with
    /// `If-None-Match`, `ifGenerationNotMatch` or the like.
    ///
    /// Go on with what there is. It is no failure of the service, and never repeated.
    pub fn is_not_modified(&self) -> bool {
        self.is_failure(304, &[])
    }

    /// The state of the service is not the one that the call needs: an entity tag or a generation that
    /// the call names is not the present one (412), or the code is `FAILED_PRECONDITION`, which
    /// services send with 400 or 412. Nothing was carried out.
    ///
    /// Read the state, and make the call for it again if that is still wanted.
    pub fn is_precondition_failed(&self) -> bool {
        self.is_failure(412, &[]) || self.has_code(&Code::FailedPrecondition)
    }

    /// The call asked for bytes or entries past the end (416, `OUT_OF_RANGE`), such as a
    /// [range](crate::download::Download::range) of a download.
    ///
    /// Ask how much there is, and for not more than that. The message of a download says how many
    /// bytes there are, if the server did.
    pub fn is_out_of_range(&self) -> bool {
        self.is_failure(416, &[])
            || self.has_code(&Code::OutOfRange)
            || matches!(self.transfer(), Some(TransferProblem::OutOfRange { .. }))
    }

    /// The user may not do this (403, `PERMISSION_DENIED`), for another reason than a quota.
    ///
    /// Repeating the call changes nothing. [`is_scope_insufficient`](Self::is_scope_insufficient)
    /// and [`is_api_disabled`](Self::is_api_disabled) are two cases that have a remedy.
    pub fn is_permission_denied(&self) -> bool {
        self.is_failure(403, &[Code::PermissionDenied]) && self.quota_kind().is_none()
    }

    /// The user did not grant a scope that the method needs.
    ///
    /// Ask for one of the [`accepted_scopes`](Self::accepted_scopes), and let the user sign in
    /// again: a token never gets more scopes than it was made with.
    pub fn is_scope_insufficient(&self) -> bool {
        let named = self.has_remedy(Remedy::GrantScope);
        let challenge = self
            .headers()
            .and_then(|headers| headers.get("www-authenticate"));
        let challenged = challenge.is_some_and(|value| value.contains("insufficient_scope"));
        self.is_permission_denied() && (named || challenged)
    }

    /// The project of the application has the API switched off.
    ///
    /// Switch it on in the Google Cloud console; the message has the address. It takes some
    /// minutes to have an effect.
    pub fn is_api_disabled(&self) -> bool {
        self.is_permission_denied() && self.has_remedy(Remedy::EnableApi)
    }

    /// The access token was not accepted (401), and neither was a fresh one, if there is a way to
    /// get one.
    ///
    /// Check that the token is one of this account and not revoked, or let the user sign in again.
    pub fn is_unauthenticated(&self) -> bool {
        self.is_failure(401, &[Code::Unauthenticated])
    }

    /// There is no access token without the user: the sign-in was revoked, has ended or never
    /// took place.
    ///
    /// Start the sign-in. Nothing was sent; the call can be made again after it. If users must sign
    /// in every week, the consent screen of the app is in testing: Google ends the grants of such
    /// an app after 7 days, until it is published.
    pub fn needs_sign_in(&self) -> bool {
        matches!(self.kind(), ErrorKind::Credentials(error) if error.needs_sign_in())
    }

    /// There is no access token, whatever the reason.
    ///
    /// If [`needs_sign_in`](Self::needs_sign_in) is `false`, the source of tokens failed; what it
    /// says is in [`source`](std::error::Error::source).
    pub fn is_credentials(&self) -> bool {
        matches!(self.kind(), ErrorKind::Credentials(_))
    }

    /// A quota is used up, or calls come too fast (429, or a 403 that says so).
    ///
    /// [`quota_kind`](Self::quota_kind) tells which. A daily quota can't be waited out: stop and
    /// go on the next day, or have it raised.
    pub fn is_quota_exceeded(&self) -> bool {
        self.quota_kind().is_some()
    }

    /// Calls come too fast; the quota fills again soon.
    ///
    /// The call was repeated as far as its time allowed. Make fewer calls, and wait at least
    /// [`retry_after`](Self::retry_after) before the next one.
    pub fn is_rate_limited(&self) -> bool {
        self.quota_kind()
            .is_some_and(|kind| kind != QuotaKind::PerDay)
    }

    /// The server failed (status 500 and above).
    ///
    /// Try again later; if it stays, tell Google the [`request_id`](Self::request_id).
    pub fn is_server_error(&self) -> bool {
        self.is_api() && self.http_status().is_some_and(|status| status >= 500)
    }

    /// Time was up: for connecting, for an attempt, or for the call.
    ///
    /// Try again, or raise the [`Timeouts`](crate::Timeouts).
    pub fn is_timeout(&self) -> bool {
        let connect = TransportReason::ConnectTimeout;
        matches!(self.kind(), ErrorKind::TimedOut { .. }) || self.is_transport(connect)
    }

    /// There is no connection: no network, an unknown host, a host or a proxy that refuses, or no
    /// TLS to agree on. Nothing was sent.
    ///
    /// Check the network; the reason is in [`source`](std::error::Error::source).
    pub fn is_connect(&self) -> bool {
        use TransportReason as Reason;
        let reasons = [
            Reason::Connect,
            Reason::ConnectTimeout,
            Reason::Tls,
            Reason::Proxy,
        ];
        reasons.into_iter().any(|reason| self.is_transport(reason))
    }

    /// The server could not prove who it is, or there is no TLS to agree on. Nothing was sent.
    ///
    /// Check the clock of the machine and its trusted certificates, and whether something on the
    /// way opens the traffic.
    pub fn is_tls(&self) -> bool {
        self.is_transport(TransportReason::Tls)
    }

    /// The proxy refused the connection. Nothing was sent.
    ///
    /// Check `HTTPS_PROXY` or what the transport was given, user name and password included.
    pub fn is_proxy(&self) -> bool {
        self.is_transport(TransportReason::Proxy)
    }

    /// The head of a response can't be read: it is no HTTP, or has more than 100 fields or 400 KiB
    /// ([`HyperTransport`](crate::transport::HyperTransport)).
    ///
    /// It is not repeated: the next response would look the same. Check the endpoint and what is on
    /// the way to it. A write may have been carried out
    /// ([`is_outcome_unknown`](Self::is_outcome_unknown)): its response came, and nobody can say
    /// which one.
    pub fn is_invalid_head(&self) -> bool {
        self.is_transport(TransportReason::Head)
    }

    /// The server answered with another address, which is never followed: it would get the
    /// credentials and the request. 304 is none: see [`is_not_modified`](Self::is_not_modified).
    ///
    /// Check the endpoint; a network that wants a sign-in in the browser does this as well.
    pub fn is_redirect(&self) -> bool {
        matches!(self.kind(), ErrorKind::Redirected { .. })
    }

    /// The server answered with success, and the body is not what the method answers: another
    /// type of content, cut off, empty, too long, or JSON of another form. A single value of
    /// another form is no error where it can be [left out](crate::wire#values-that-cannot-be-read).
    ///
    /// [`http_status`](Self::http_status) is a success: a write was carried out. A page of HTML
    /// comes from a proxy or a network that wants a sign-in.
    pub fn is_decode(&self) -> bool {
        matches!(self.kind(), ErrorKind::Body(_))
    }

    /// The body is longer than the limit of the client.
    ///
    /// Ask for less, with `fields` or a smaller page, or raise the limit.
    pub fn is_too_large(&self) -> bool {
        matches!(self.kind(), ErrorKind::Body(BodyProblem::TooLarge(_)))
    }

    /// A page had the token of a page that was read before, which would never end.
    ///
    /// What was read is right; it is not known whether it is everything.
    pub fn is_repeated_page_token(&self) -> bool {
        matches!(self.kind(), ErrorKind::RepeatedPageToken)
    }

    /// It is not known whether the server carried the call out, and making it again could do it
    /// twice.
    ///
    /// Look at the state on the server before making the call again. Such a call is never
    /// repeated by itself, unless [`CallOptions`](crate::CallOptions) say that it may be.
    ///
    /// It is `false` if the server definitely rejected the call, as with most of 4xx, also after the
    /// last byte of an upload, and for calls that only read (`GET`): those have no outcome.
    pub fn is_outcome_unknown(&self) -> bool {
        self.0.outcome_unknown
    }

    /// The same call may succeed later, and making it again does nothing twice.
    ///
    /// The client repeated it as far as its policy, budget and time allowed. Wait before making it
    /// again, longer each time and at least [`retry_after`](Self::retry_after).
    pub fn is_retryable(&self) -> bool {
        let classification = classify(self);
        classification.is_transient()
            && classification.fate != RequestFate::Responded
            && !self.0.outcome_unknown
    }

    pub(super) fn is_api(&self) -> bool {
        matches!(self.kind(), ErrorKind::Api { .. })
    }

    /// Whether the server answered with this status, or an operation ended with one of the codes.
    fn is_failure(&self, status: u16, codes: &[Code]) -> bool {
        match self.kind() {
            ErrorKind::Api { .. } => self.http_status() == Some(status),
            ErrorKind::OperationFailed(_) => codes.iter().any(|code| self.has_code(code)),
            _ => false,
        }
    }

    fn has_remedy(&self, remedy: Remedy) -> bool {
        match self.kind() {
            ErrorKind::Api { remedy: own, .. } => *own == Some(remedy),
            ErrorKind::OperationFailed(status) => Remedy::of(status) == Some(remedy),
            _ => false,
        }
    }

    fn has_code(&self, code: &Code) -> bool {
        self.rpc_status()
            .is_some_and(|status| status.code.as_ref() == Some(code))
    }

    fn is_transport(&self, reason: TransportReason) -> bool {
        matches!(self.kind(), ErrorKind::Transport(error) if error.reason == reason)
    }
}
