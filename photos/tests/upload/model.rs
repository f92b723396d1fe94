//! A model of the service in virtual time: uploads take as long as a test says, the network goes and
//! comes back, the calendar jumps, and tokens end after a day. Nothing of it is real but the files.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::{Duration, SystemTime};

use discovery_runtime::transport::{
    FakeRequest, FakeResponse, FakeTransport, HttpMethod, HttpRequest, HttpResponse, TransportError,
};
use discovery_runtime::{
    BoxFuture, CallOptions, ClientBuilder, Clock, Jitter, RetryPolicy, TestClock, Transport,
};
use google_photos::{Photos, limits};
use google_photoslibrary_v1::{Client, Credentials};
use serde_json::{Value, json};
use tokio::time::Instant;

/// Spans of time from the start of a test, in seconds: from and to.
pub(crate) type Span = (u64, u64);

/// What a test says of the world.
#[derive(Clone, Debug, Default)]
pub(crate) struct World {
    /// How long the bytes of each file take, in seconds, by its number; the last one is that of the
    /// others.
    pub(crate) durations: Vec<u64>,
    /// When there is no network.
    pub(crate) outages: Vec<Span>,
    /// When the calendar jumps, and by how many seconds.
    pub(crate) jumps: Vec<(u64, i64)>,
    /// When the machine sleeps and for how many seconds, by a clock that goes on meanwhile.
    pub(crate) standby: Option<(u64, u64)>,
    /// By how many seconds the calendar jumps whenever somebody looks at it.
    pub(crate) jump_at_each_look: i64,
}

/// The bytes that all files have before those that tell their number.
const PREFIX: u64 = 4;

/// The bytes of a file, whose length tells its number.
pub(crate) fn contents(number: usize) -> Vec<u8> {
    let mut bytes = b"file".to_vec();
    bytes.resize(bytes.len() + number, b'.');
    bytes
}

/// The service. Clones are the same one.
#[derive(Clone)]
pub(crate) struct Model {
    world: Arc<World>,
    start: Instant,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
pub(crate) struct State {
    /// The bytes that a token stands for, and when it was given.
    tokens: BTreeMap<String, (Vec<u8>, Duration)>,
    /// The bytes of the items, in the order in which they were created.
    pub(crate) items: Vec<Vec<u8>>,
    /// The items of each call.
    pub(crate) batches: Vec<usize>,
    paths: Vec<String>,
    planned: Vec<(&'static str, FakeResponse)>,
    always: Option<(&'static str, FakeResponse)>,
    looks: i64,
    sleeps: u32,
}

impl Model {
    /// To be called with tokio's time paused.
    pub(crate) fn new(world: World) -> Self {
        Self {
            world: Arc::new(world),
            start: Instant::now(),
            state: Arc::default(),
        }
    }

    pub(crate) fn photos(&self) -> Photos {
        // The files are small: that they take long is no sign that nothing happens.
        let patient = CallOptions::default().with_attempt_timeout(None);
        self.photos_with(|builder| builder.call_options(patient))
    }

    /// With the timeouts that clients have, and what else a test sets.
    pub(crate) fn photos_with(
        &self,
        set: impl FnOnce(ClientBuilder<Client>) -> ClientBuilder<Client>,
    ) -> Photos {
        let builder = Client::builder()
            .credentials(Credentials::token("token"))
            .retry(RetryPolicy::default().with_jitter(Jitter::none()))
            .transport(self.clone())
            .clock(self.clone());
        Photos::new(set(builder).build().unwrap())
    }

    /// Gives a response to the next request whose path ends like this, which has no effect.
    pub(crate) fn plan(&self, path: &'static str, response: FakeResponse) {
        self.state().planned.push((path, response));
    }

    /// Gives a response to all requests whose path ends like this.
    pub(crate) fn plan_always(&self, path: &'static str, response: FakeResponse) {
        self.state().always = Some((path, response));
    }

    /// The requests so far whose path ends like this.
    pub(crate) fn requests(&self, path: &str) -> usize {
        let state = self.state();
        let paths = state.paths.iter();
        paths.filter(|known| known.ends_with(path)).count()
    }

    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }

    /// How often the bytes of each file got a token.
    pub(crate) fn uploads(&self) -> BTreeMap<Vec<u8>, usize> {
        let mut uploads = BTreeMap::new();
        for (bytes, _) in self.state().tokens.values() {
            *uploads.entry(bytes.clone()).or_default() += 1;
        }
        uploads
    }

    async fn handle(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        let path = request.url.split('?').next().unwrap_or_default().to_owned();
        self.state().paths.push(path.clone());
        let count = self.state().paths.len();
        assert!(count < 20_000, "it goes round without an end");
        let planned = self.state().planned_for(&path);
        if let Some(planned) = planned {
            read(request).await?;
            return respond(planned).await;
        }
        if self.outage_until(self.now()).is_some() {
            return Err(TransportError::connect("there is no network"));
        }
        // The time passes before the last byte is taken: after it a server has a minute.
        let is_upload = request.url.ends_with("/v1/uploads");
        let number = request.body.len().checked_sub(PREFIX);
        self.pass(self.duration(number.filter(|_| is_upload)))
            .await?;
        let request = read(request).await?;
        let response = match request.path() {
            "/v1/uploads" => FakeResponse::body(200, "text/plain", self.token(&request.body)),
            "/v1/mediaItems:batchCreate" => FakeResponse::json(200, self.create(&request.json())),
            "/v1/mediaItems:batchGet" => FakeResponse::json(200, self.find(request.query())),
            path => panic!("{path}"),
        };
        respond(response).await
    }

    /// Lets the time of a request pass, in which the network can go.
    async fn pass(&self, duration: Duration) -> Result<(), TransportError> {
        let (start, end) = (self.now(), self.now() + duration);
        let outages = self.world.outages.iter();
        let cut = outages
            .map(|(from, _)| Duration::from_secs(*from))
            .filter(|from| (start..end).contains(from))
            .min();
        tokio::time::sleep(cut.unwrap_or(end).saturating_sub(start)).await;
        match cut {
            Some(_) => Err(TransportError::interrupted("the network went away")),
            None => Ok(()),
        }
    }

    fn outage_until(&self, now: Duration) -> Option<u64> {
        let now = now.as_secs();
        let mut outages = self.world.outages.iter();
        let outage = outages.find(|(from, to)| (*from..*to).contains(&now));
        outage.map(|(_, to)| *to)
    }

    /// How long the bytes of a file take, or any other request.
    fn duration(&self, number: Option<u64>) -> Duration {
        let durations = &self.world.durations;
        let duration = number.and_then(|number| {
            let own = durations.get(usize::try_from(number).ok()?);
            own.or(durations.last())
        });
        Duration::from_secs(duration.copied().unwrap_or(1))
    }

    fn token(&self, bytes: &[u8]) -> String {
        let now = self.now();
        let mut state = self.state();
        let token = format!("token-{}", state.tokens.len());
        state.tokens.insert(token.clone(), (bytes.to_vec(), now));
        token
    }

    /// The items of `mediaItems.batchGet`, by which a run knows the account of its journal.
    fn find(&self, query: &str) -> String {
        let ids = query
            .split('&')
            .filter_map(|pair| pair.strip_prefix("mediaItemIds="));
        let known = self.state().items.len();
        let results: Vec<_> = ids
            .map(|id| match id.parse::<usize>() {
                Ok(place) if place < known => json!({ "mediaItem": { "id": id } }),
                _ => json!({ "status": { "code": 5, "message": "NOT_FOUND" } }),
            })
            .collect();
        json!({ "mediaItemResults": results }).to_string()
    }

    fn create(&self, request: &Value) -> String {
        let now = self.now();
        let mut state = self.state();
        let new = request["newMediaItems"].as_array().unwrap();
        state.batches.push(new.len());
        assert!(new.len() <= limits::BATCH);
        let results: Vec<_> = new
            .iter()
            .map(|item| {
                state.create(
                    item["simpleMediaItem"]["uploadToken"].as_str().unwrap(),
                    now,
                )
            })
            .collect();
        json!({ "newMediaItemResults": results }).to_string()
    }
}

impl State {
    pub(crate) fn forget_plans(&mut self) {
        self.planned.clear();
        self.always = None;
    }

    fn planned_for(&mut self, path: &str) -> Option<FakeResponse> {
        let mut planned = self.planned.iter();
        if let Some(place) = planned.position(|(end, _)| path.ends_with(end)) {
            return Some(self.planned.remove(place).1);
        }
        let always = self.always.iter().find(|(end, _)| path.ends_with(end));
        always.map(|(_, response)| response.clone())
    }

    /// Equal bytes are one item, and a token is of no use after a day.
    fn create(&mut self, token: &str, now: Duration) -> Value {
        let (bytes, given) = self.tokens[token].clone();
        if now.saturating_sub(given) >= limits::UPLOAD_TOKEN {
            return json!({ "uploadToken": token, "status": { "code": 3, "message": "Invalid token" } });
        }
        let known = self.items.iter().position(|item| *item == bytes);
        let place = known.unwrap_or_else(|| {
            self.items.push(bytes);
            self.items.len() - 1
        });
        json!({ "uploadToken": token, "mediaItem": { "id": place.to_string() } })
    }
}

impl Transport for Model {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        Box::pin(self.handle(request))
    }
}

impl Clock for Model {
    fn now(&self) -> Duration {
        let now = self.start.elapsed();
        let slept = self.world.standby.filter(|(at, _)| *at <= now.as_secs());
        now + Duration::from_secs(slept.map_or(0, |(_, seconds)| seconds))
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        let sleeps = &mut self.state().sleeps;
        *sleeps += 1;
        assert!(*sleeps < 1_000_000, "it goes round without an end");
        Box::pin(async move { tokio::time::sleep(duration).await })
    }

    fn system_time(&self) -> SystemTime {
        let now = self.now().as_secs();
        let looks = &mut self.state().looks;
        *looks += 1;
        let jumps = self.world.jumps.iter();
        let jumped: i64 = jumps.filter(|(at, _)| *at <= now).map(|(_, by)| by).sum();
        let seconds = 1_767_225_600 + jumped + *looks * self.world.jump_at_each_look;
        let seconds = u64::try_from(seconds).unwrap() + now;
        SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)
    }
}

/// Reads a request whole.
pub(crate) async fn read(request: HttpRequest) -> Result<FakeRequest, TransportError> {
    let reader = FakeTransport::new(&TestClock::new());
    reader.respond(FakeResponse::status(200));
    reader.send(request).await?;
    Ok(reader.requests().remove(0))
}

pub(crate) async fn respond(response: FakeResponse) -> Result<HttpResponse, TransportError> {
    let writer = FakeTransport::new(&TestClock::new());
    writer.respond(response);
    writer
        .send(HttpRequest::new(HttpMethod::Get, "https://example.com/"))
        .await
}
