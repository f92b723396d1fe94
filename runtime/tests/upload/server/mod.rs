//! A server that speaks the protocol of `X-Goog-Upload-*` headers and checks who speaks to it.

mod replies;
mod state;

use std::future::pending;
use std::sync::{Arc, Mutex, MutexGuard};

use discovery_runtime::BoxFuture;
use discovery_runtime::transport::{Headers, HttpRequest, HttpResponse, Transport, TransportError};

pub(crate) use self::replies::{read, text};
use self::state::State;
use crate::faults::{Fault, Kind};

/// Where the server is.
pub(crate) const ENDPOINT: &str = "https://photos.example/";

/// A server; clones are the same one.
#[derive(Clone)]
pub(crate) struct Server {
    state: Arc<Mutex<State>>,
}

/// A request that the server got.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) step: Step,
    pub(crate) headers: Headers,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Raw,
    Start,
    Query,
    Send {
        offset: u64,
        length: u64,
        last: bool,
    },
    Cancel,
}

impl Server {
    pub(crate) fn new(total: u64, granularity: u64) -> Self {
        let state = State::new(total, granularity);
        Self {
            state: Arc::new(Mutex::new(state)),
        }
    }

    pub(crate) fn plan(&self, faults: impl IntoIterator<Item = Fault>) {
        self.lock().faults.extend(faults);
    }

    pub(crate) fn set_session_base(&self, base: &str) {
        base.clone_into(&mut self.lock().session_base);
    }

    pub(crate) fn give_token_in_query(&self) {
        self.lock().token_in_query = true;
    }

    pub(crate) fn log(&self) -> Vec<Request> {
        self.lock().log.clone()
    }

    pub(crate) fn steps(&self) -> Vec<Step> {
        self.lock().log.iter().map(|request| request.step).collect()
    }

    pub(crate) fn planned(&self) -> usize {
        self.lock().faults.len()
    }

    /// Whether a token stands for all bytes.
    pub(crate) fn is_complete(&self, token: &str) -> bool {
        let state = self.lock();
        let index = token
            .strip_prefix("TOKEN-")
            .and_then(|index| index.parse::<usize>().ok());
        index.is_some_and(|index| {
            state.sessions[index].finished && state.sessions[index].received == state.total
        })
    }

    pub(crate) fn is_cancelled(&self, index: usize) -> bool {
        self.lock().sessions[index].cancelled
    }

    /// The invariants that hold at the end of everything.
    pub(crate) fn check(&self) {
        let state = self.lock();
        let count = |step: fn(&Step) -> bool| {
            state
                .log
                .iter()
                .filter(|request| step(&request.step))
                .count()
        };
        let queries = count(|step| matches!(step, Step::Query));
        assert!(
            queries <= 1 + state.setbacks,
            "{queries} questions after {} setbacks",
            state.setbacks
        );
        let starts = count(|step| matches!(step, Step::Start));
        assert!(starts <= 2 + state.setbacks, "{starts} sessions");
        let used = state.sessions.iter().filter(|session| session.used).count();
        assert!(used <= 2, "{used} sessions got bytes");
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }

    async fn serve(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        let (step, session) = classify(&request);
        let kind = self.lock().arrive(&request, step);
        let _flight = session.map(|session| Flight::new(self, session));
        match kind {
            Some(Kind::NoConnection) => return Err(TransportError::connect("no such host")),
            Some(Kind::ConnectTimeout) => return Err(TransportError::connect_timeout()),
            Some(Kind::NotProcessed) => return Err(TransportError::not_processed("closed")),
            Some(Kind::Tls) => return Err(TransportError::tls("bad certificate")),
            Some(Kind::Proxy) => return Err(TransportError::proxy("407")),
            Some(Kind::Silence) => pending().await,
            Some(Kind::Reset { after, keeps }) => {
                let part = read(request.body, after).await?;
                self.lock().keep(step, session, &part, keeps);
                return Err(TransportError::interrupted("reset"));
            }
            _ => {}
        }
        let length = request.body.len();
        let body = read(request.body, u64::MAX).await?;
        assert_eq!(
            body.len() as u64,
            length,
            "the body has another length than it said"
        );
        let response = self.lock().respond(step, session, &body, kind);
        match kind {
            Some(Kind::ResetAfterAll) => Err(TransportError::interrupted("reset")),
            Some(Kind::SilenceAfter) => pending().await,
            _ => Ok(response),
        }
    }
}

impl Transport for Server {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        Box::pin(self.serve(request))
    }
}

/// Marks a session as used by a request, which must be the only one.
struct Flight<'a>(&'a Server, usize);

impl<'a> Flight<'a> {
    fn new(server: &'a Server, index: usize) -> Self {
        let mut state = server.lock();
        let session = state.sessions.get_mut(index);
        let busy = session.map(|session| std::mem::replace(&mut session.in_flight, true));
        assert_ne!(
            busy,
            Some(true),
            "two requests of one session at the same time"
        );
        Self(server, index)
    }
}

impl Drop for Flight<'_> {
    fn drop(&mut self) {
        // After a failed check nobody needs to know.
        if let Ok(mut state) = self.0.state.lock()
            && let Some(session) = state.sessions.get_mut(self.1)
        {
            session.in_flight = false;
        }
    }
}

fn classify(request: &HttpRequest) -> (Step, Option<usize>) {
    let header = |name| request.headers.get(name).unwrap_or_default();
    let session = request
        .url
        .split("SESSION-")
        .nth(1)
        .and_then(|index| index.parse().ok());
    let offset = header("x-goog-upload-offset").parse().unwrap_or(u64::MAX);
    let length = request.body.len();
    let step = match header("x-goog-upload-command") {
        "" if header("x-goog-upload-protocol") == "raw" => Step::Raw,
        "start" => Step::Start,
        "query" => Step::Query,
        "upload" => Step::Send {
            offset,
            length,
            last: false,
        },
        "upload, finalize" => Step::Send {
            offset,
            length,
            last: true,
        },
        "cancel" => Step::Cancel,
        other => panic!("the command {other:?}"),
    };
    (step, session)
}
