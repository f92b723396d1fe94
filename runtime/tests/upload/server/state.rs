//! What the server knows, how it responds, and where it lies.

use std::collections::VecDeque;

use discovery_runtime::Bytes;
use discovery_runtime::transport::{HttpMethod, HttpRequest, HttpResponse};

use super::replies::{
    assert_bytes, broken_body, daily_quota, failure, rate_limit, rate_limit_until, set, status,
    text,
};
use super::{ENDPOINT, Request, Step};
use crate::faults::{Fault, Keeps, Kind, Offset, On};

/// What the server knows.
pub(super) struct State {
    pub(super) total: u64,
    pub(super) granularity: u64,
    /// Where sessions are; anything after it is theirs.
    pub(super) session_base: String,
    pub(super) token_in_query: bool,
    pub(super) faults: VecDeque<Fault>,
    pub(super) sessions: Vec<Session>,
    pub(super) log: Vec<Request>,
    /// Faults, and responses that did not do what was requested.
    pub(super) setbacks: usize,
}

#[derive(Default)]
pub(super) struct Session {
    pub(super) received: u64,
    pub(super) finished: bool,
    pub(super) gone: bool,
    pub(super) cancelled: bool,
    pub(super) in_flight: bool,
    /// Whether a chunk came.
    pub(super) used: bool,
    /// Whether the server said something wrong about its offset.
    pub(super) lied: bool,
}

impl State {
    pub(super) fn new(total: u64, granularity: u64) -> Self {
        Self {
            total,
            granularity,
            session_base: format!("{ENDPOINT}v1/uploads?upload_id=SESSION-"),
            token_in_query: false,
            faults: VecDeque::new(),
            sessions: Vec::new(),
            log: Vec::new(),
            setbacks: 0,
        }
    }

    /// Notes a request and takes the fault that waits for it.
    pub(super) fn arrive(&mut self, request: &HttpRequest, step: Step) -> Option<Kind> {
        let authorized = request.headers.get("authorization").is_some();
        let own = request.url.starts_with(ENDPOINT) || request.url.starts_with(&self.session_base);
        assert!(own || !authorized, "a token went to a foreign host");
        assert_eq!(request.method, HttpMethod::Post);
        let matches = self.faults.front().is_some_and(|fault| match fault.on {
            On::Any => true,
            On::Start => step == Step::Start,
            On::Query => step == Step::Query,
            On::Send => matches!(step, Step::Send { .. }),
            On::Last => matches!(step, Step::Send { last: true, .. } | Step::Raw),
        });
        let fault = if matches {
            self.faults.pop_front()
        } else {
            None
        };
        let kind = fault.map(|fault| fault.kind);
        self.setbacks += usize::from(kind.is_some());
        self.log.push(Request {
            step,
            headers: request.headers.clone(),
        });
        kind
    }

    pub(super) fn respond(
        &mut self,
        step: Step,
        session: Option<usize>,
        body: &[u8],
        kind: Option<Kind>,
    ) -> HttpResponse {
        match kind {
            Some(Kind::Portal) => return text(200, "text/html", "<html>Please sign in</html>"),
            Some(Kind::Status(status)) => return failure(status),
            Some(Kind::StatusSaying(status, says)) => {
                let mut response = failure(status);
                set(&mut response, "x-goog-upload-status", says);
                return response;
            }
            Some(Kind::RateLimit { retry_after }) => return rate_limit(retry_after),
            Some(Kind::RateLimitUntil) => return rate_limit_until(),
            Some(Kind::DailyQuota) => return daily_quota(),
            Some(Kind::Empty(status)) => return text(status, "text/plain", ""),
            Some(Kind::SessionLost(status)) => {
                self.sessions
                    .iter_mut()
                    .for_each(|session| session.gone = true);
                return failure(status);
            }
            _ => {}
        }
        let mut response = match (step, session) {
            (Step::Raw, _) => self.raw(body),
            (Step::Start, _) => self.start(),
            (Step::Send { offset, last, .. }, Some(session)) => {
                self.receive(session, offset, body, last, kind)
            }
            (Step::Query, Some(session)) => self.tell(session),
            (Step::Cancel, Some(session)) => self.cancel(session),
            _ => failure(400),
        };
        match kind {
            Some(Kind::StatusAfter(status)) => response = failure(status),
            Some(Kind::BodyCut | Kind::SlowBody | Kind::HugeBody) => {
                response.body = broken_body(kind);
            }
            Some(Kind::BodyCutUnnoticed) => response.body = broken_body(kind).until_close(),
            Some(Kind::NoToken) => response.body = Bytes::new().into(),
            Some(Kind::Granularity(text)) => {
                set(&mut response, "x-goog-upload-chunk-granularity", text);
            }
            Some(Kind::SaysStatus(text)) => set(&mut response, "x-goog-upload-status", text),
            Some(Kind::SaysOffset(offset)) => self.lie(&mut response, session, offset),
            _ => {}
        }
        response
    }

    fn raw(&mut self, body: &[u8]) -> HttpResponse {
        assert_bytes(0, body);
        assert_eq!(body.len() as u64, self.total);
        let received = self.total;
        self.sessions.push(Session {
            received,
            finished: true,
            ..Session::default()
        });
        text(
            200,
            "text/plain; charset=utf-8",
            &format!("TOKEN-{}", self.sessions.len() - 1),
        )
    }

    fn start(&mut self) -> HttpResponse {
        self.sessions.push(Session::default());
        let mut response = status("active");
        let url = format!("{}{}", self.session_base, self.sessions.len() - 1);
        set(&mut response, "x-goog-upload-url", &url);
        set(
            &mut response,
            "x-goog-upload-chunk-granularity",
            &self.granularity.to_string(),
        );
        response
    }

    fn receive(
        &mut self,
        index: usize,
        offset: u64,
        body: &[u8],
        last: bool,
        kind: Option<Kind>,
    ) -> HttpResponse {
        let (total, granularity) = (self.total, self.granularity);
        let session = &mut self.sessions[index];
        session.used = true;
        if session.gone || session.cancelled || session.finished || offset != session.received {
            assert!(
                session.gone || session.cancelled || session.finished || session.lied,
                "a chunk for {offset}"
            );
            self.setbacks += 1;
            return failure(400);
        }
        assert_bytes(offset, body);
        assert!(
            last || (body.len() as u64).is_multiple_of(granularity),
            "a chunk of {} bytes",
            body.len()
        );
        if kind == Some(Kind::TakesHalf) {
            let half = body.len() as u64 / 2 / granularity * granularity;
            session.received += half;
            let mut response = status("active");
            set(
                &mut response,
                "x-goog-upload-size-received",
                &session.received.to_string(),
            );
            return response;
        }
        session.received += body.len() as u64;
        assert!(session.received <= total);
        if !last {
            return status("active");
        }
        assert_eq!(session.received, total, "it was closed too early");
        assert!(
            !std::mem::replace(&mut session.finished, true),
            "it was closed twice"
        );
        let mut response = text(200, "text/plain; charset=utf-8", &format!("TOKEN-{index}"));
        set(&mut response, "x-goog-upload-status", "final");
        response
    }

    fn tell(&mut self, index: usize) -> HttpResponse {
        let (token_in_query, granularity) = (self.token_in_query, self.granularity);
        let session = &self.sessions[index];
        if session.gone {
            self.setbacks += 1;
            return failure(400);
        }
        if session.cancelled {
            return status("cancelled");
        }
        if session.finished {
            self.setbacks += usize::from(!token_in_query);
            let token = if token_in_query {
                format!("TOKEN-{index}")
            } else {
                String::new()
            };
            let mut response = text(200, "text/plain", &token);
            set(&mut response, "x-goog-upload-status", "final");
            return response;
        }
        let mut response = status("active");
        set(
            &mut response,
            "x-goog-upload-size-received",
            &session.received.to_string(),
        );
        set(
            &mut response,
            "x-goog-upload-chunk-granularity",
            &granularity.to_string(),
        );
        response
    }

    fn cancel(&mut self, index: usize) -> HttpResponse {
        self.sessions[index].cancelled = true;
        status("cancelled")
    }

    /// Keeps a part of a request that broke.
    pub(super) fn keep(&mut self, step: Step, session: Option<usize>, part: &[u8], keeps: Keeps) {
        let (Step::Send { offset, .. }, Some(index)) = (step, session) else {
            return;
        };
        let granularity = self.granularity;
        let session = &mut self.sessions[index];
        if session.gone || session.finished || offset != session.received {
            return;
        }
        assert_bytes(offset, part);
        session.received += match keeps {
            Keeps::Nothing => 0,
            Keeps::Units => part.len() as u64 / granularity * granularity,
            Keeps::All => part.len() as u64,
        };
    }

    fn lie(&mut self, response: &mut HttpResponse, session: Option<usize>, offset: Offset) {
        let Some(session) = session.and_then(|index| self.sessions.get_mut(index)) else {
            return;
        };
        session.lied = true;
        let text = match offset {
            Offset::Ahead => (self.total + 1).to_string(),
            Offset::Behind => match session.received.checked_sub(1) {
                Some(behind) if session.received > 0 => behind.to_string(),
                _ => "0".to_owned(),
            },
            Offset::Text(text) => text.to_owned(),
            Offset::Missing => {
                response.headers.remove("x-goog-upload-size-received");
                return;
            }
        };
        set(response, "x-goog-upload-size-received", &text);
    }
}
