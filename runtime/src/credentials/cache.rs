//! Access tokens kept while they are good, and fetched once for all who need one.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use super::single_flight::SingleFlight;
use super::source::Expiry;
use super::{AccessToken, CredentialsError, TokenRequest, TokenSource};
use crate::{Clock, Secret};

/// A token gets replaced this long before it expires, or in the last quarter of its life.
const SLACK: Duration = Duration::from_secs(240);

/// The longest that a token is believed to live.
const LONGEST_LIFE: Duration = Duration::from_secs(24 * 3600);

/// How long a failed source is left alone while the old token is still good.
const PAUSE: Duration = Duration::from_secs(10);

/// The longest token that is put in a header.
const LONGEST: usize = 16 * 1024;

type Outcome = Result<Token, CredentialsError>;

/// A token with the number of the fetch that it came from.
#[derive(Clone)]
pub(crate) struct Token {
    pub(crate) secret: Secret,
    /// The value of the header `Authorization`.
    pub(crate) header: Secret,
    pub(crate) generation: u64,
    end: Option<End>,
}

/// When a token ends, by both clocks: the calendar knows of the time that a machine was asleep.
#[derive(Clone, Copy)]
struct End {
    replace_at: Duration,
    expires_at: Duration,
    replace_on: Option<SystemTime>,
}

pub(super) struct TokenCache {
    shared: Arc<Shared>,
    flight: SingleFlight<Outcome>,
}

struct Shared {
    source: Arc<dyn TokenSource>,
    request: TokenRequest,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    token: Option<Token>,
    generation: u64,
    paused_until: Duration,
}

impl TokenCache {
    pub(super) fn new(source: Arc<dyn TokenSource>, scopes: Arc<[String]>) -> Self {
        let shared = Shared {
            source,
            request: TokenRequest { scopes },
            state: Mutex::default(),
        };
        Self {
            shared: Arc::new(shared),
            flight: SingleFlight::new(),
        }
    }

    /// The same source with another set of scopes, and nothing kept yet.
    pub(super) fn with_scopes(&self, scopes: Arc<[String]>) -> Self {
        Self::new(self.shared.source.clone(), scopes)
    }

    /// A token that is good for some minutes, as far as can be known.
    pub(super) async fn token(&self, clock: &Arc<dyn Clock>) -> Outcome {
        loop {
            let join = {
                let state = self.shared.lock();
                if let Some(token) = state.fresh(clock.as_ref()) {
                    return Ok(token.clone());
                }
                // The state stays locked, so that nobody begins a flight that has just landed.
                self.flight.join(|| {
                    let (shared, clock) = (self.shared.clone(), clock.clone());
                    Box::pin(async move { shared.fetch(clock.as_ref()).await })
                })
            };
            if let Some(outcome) = join.await {
                return outcome;
            }
        }
    }

    /// Forgets a token that a server rejected, unless it was replaced since.
    pub(super) fn invalidate(&self, generation: u64) {
        let mut state = self.shared.lock();
        if state
            .token
            .as_ref()
            .is_some_and(|token| token.generation == generation)
        {
            state.token = None;
        }
    }
}

impl Shared {
    async fn fetch(&self, clock: &dyn Clock) -> Outcome {
        let fetched = self.source.token(self.request.clone()).await;
        let fetched = fetched.and_then(|token| check(&token).map(|()| token));
        let mut state = self.lock();
        match fetched {
            Ok(token) => Ok(state.keep(&token, clock)),
            Err(error) => state
                .valid(clock.now())
                .filter(|_| error.is_transient())
                .map_or(Err(error), |token| {
                    state.paused_until = clock.now().saturating_add(PAUSE);
                    Ok(token)
                }),
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// The token, if it needs no replacement yet.
    fn fresh(&self, clock: &dyn Clock) -> Option<&Token> {
        let token = self.token.as_ref()?;
        let now = clock.now();
        let good = match token.end {
            None => true,
            Some(end) if now < self.paused_until => now < end.expires_at,
            Some(end) => {
                now < end.replace_at && end.replace_on.is_none_or(|date| clock.system_time() < date)
            }
        };
        good.then_some(token)
    }

    /// The token, if it has not expired.
    fn valid(&self, now: Duration) -> Option<Token> {
        let token = self.token.clone()?;
        let valid = token.end.is_none_or(|end| now < end.expires_at);
        valid.then_some(token)
    }

    fn keep(&mut self, token: &AccessToken, clock: &dyn Clock) -> Token {
        self.generation += 1;
        let token = Token {
            secret: token.token.clone(),
            header: Secret::from(format!("Bearer {}", token.token.expose())),
            generation: self.generation,
            end: End::of(token.expiry, clock),
        };
        self.token = Some(token.clone());
        token
    }
}

impl End {
    fn of(expiry: Expiry, clock: &dyn Clock) -> Option<Self> {
        let life = match expiry {
            Expiry::Unknown => return None,
            Expiry::In(life) => life,
            // A token whose time has passed is used once: the server may see it otherwise.
            Expiry::At(date) => date.duration_since(clock.system_time()).unwrap_or_default(),
        };
        let life = life.min(LONGEST_LIFE);
        let good = life.saturating_sub(SLACK.min(life / 4));
        Some(Self {
            replace_at: clock.now().saturating_add(good),
            expires_at: clock.now().saturating_add(life),
            replace_on: clock.system_time().checked_add(good),
        })
    }
}

/// Whether a token can stand in a header.
fn check(token: &AccessToken) -> Result<(), CredentialsError> {
    let text = token.token.expose();
    if text.is_empty() {
        return Err(CredentialsError::permanent("the access token is empty"));
    }
    if text.len() > LONGEST {
        return Err(CredentialsError::permanent("the access token is too long"));
    }
    if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(CredentialsError::permanent(
            "the access token has characters that no token has",
        ));
    }
    Ok(())
}
