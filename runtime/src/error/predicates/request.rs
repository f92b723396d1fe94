//! Predicates about the request and the state of the service.

use crate::error::{Error, ErrorKind, TransferProblem};
use crate::rpc::Code;

/// # The request and the state of the service
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

    /// What the call is about does not exist, or not for this user (404, `NOT_FOUND`).
    ///
    /// Drop what refers to it; retrying the call changes nothing.
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

    /// The state of the service is not the one that the call needs: an entity tag or a generation that
    /// the call names is not the present one (412), or the code is `FAILED_PRECONDITION`, which
    /// services send with 400 or 412. Nothing was carried out.
    ///
    /// Read the state, and make the call for it again if that is still wanted.
    pub fn is_precondition_failed(&self) -> bool {
        self.is_failure(412, &[]) || self.has_code(&Code::FailedPrecondition)
    }

    /// What the caller has is still right (304): the call said to send it only if it changed, with
    /// `If-None-Match`, `ifGenerationNotMatch` or the like.
    ///
    /// Go on with what there is. It is no failure of the service, and never retried.
    pub fn is_not_modified(&self) -> bool {
        self.is_failure(304, &[])
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

    /// A long-running operation ended badly; [`rpc_status`](Self::rpc_status) says why, and so do
    /// the predicates that have a code, such as [`is_not_found`](Self::is_not_found) and
    /// [`is_quota_exceeded`](Self::is_quota_exceeded).
    ///
    /// What to do depends on the operation: the cause is usually in what was asked for. How services
    /// say it is in the module [`operation`](crate::operation).
    pub fn is_operation_failed(&self) -> bool {
        matches!(self.kind(), ErrorKind::OperationFailed(_))
    }

    /// The client can't be built, for instance without credentials or with a bad endpoint.
    ///
    /// Fix the program or its environment.
    pub fn is_configuration(&self) -> bool {
        matches!(self.kind(), ErrorKind::Configuration { .. })
    }
}
