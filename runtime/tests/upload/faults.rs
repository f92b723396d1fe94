//! What can go wrong with one request, and what an upload must make of it.

/// Which requests a fault waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum On {
    Any,
    Start,
    Send,
    /// A chunk that is the last one.
    Last,
    Query,
}

/// A fault that waits for its request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) on: On,
    pub(crate) kind: Kind,
}

impl Fault {
    pub(crate) const fn new(on: On, kind: Kind) -> Self {
        Self { on, kind }
    }
}

/// What goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The request is not sent.
    NoConnection,
    ConnectTimeout,
    NotProcessed,
    /// Neither a connection nor another attempt: somebody has to correct the setup.
    Tls,
    Proxy,
    /// The connection breaks when so many bytes were read, of which the server keeps what
    /// it kept so far, whole units, or all.
    Reset {
        after: u64,
        keeps: Keeps,
    },
    /// The connection breaks when the request was carried out.
    ResetAfterAll,
    /// The body of the response is cut off.
    BodyCut,
    /// The same, and nothing says that there was more.
    BodyCutUnnoticed,
    /// A page of somebody else instead of the server.
    Portal,
    /// A response before anything is done.
    Status(u16),
    /// The same after it is done.
    StatusAfter(u16),
    /// The same with what the server calls the upload then.
    StatusSaying(u16, &'static str),
    /// 429, with seconds to wait or without.
    RateLimit {
        retry_after: Option<u64>,
    },
    /// The same until a date, 45 seconds after that of the server.
    RateLimitUntil,
    /// 429 that ends only with the day.
    DailyQuota,
    /// Nothing comes, before or after it is done.
    Silence,
    SilenceAfter,
    /// The body of the response never ends.
    SlowBody,
    /// The body of the response is endless.
    HugeBody,
    /// The server forgets all sessions and says so.
    SessionLost(u16),
    /// A status with an empty body.
    Empty(u16),
    /// The server says that it has something else than it has.
    SaysOffset(Offset),
    /// It takes only some of the bytes.
    TakesHalf,
    /// The unit of chunks is this from now on.
    Granularity(&'static str),
    /// The status of the upload is this, or none.
    SaysStatus(&'static str),
    /// The result is missing.
    NoToken,
}

/// What a server keeps of a request that breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Keeps {
    Nothing,
    Units,
    All,
}

/// What a server says that it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Offset {
    Ahead,
    Behind,
    Text(&'static str),
    Missing,
}

/// How an upload goes on after a single fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    /// It passes.
    Passes,
    /// It passes with a new session.
    Restarts,
    /// It passes with another access token.
    Refreshes,
    /// It depends on what the server said before.
    Depends,
    /// It ends the upload.
    Ends,
}

impl Fault {
    /// What becomes of an upload with this fault and no other.
    pub(crate) fn class(self) -> Class {
        let Self { on, kind } = self;
        match kind {
            Kind::Status(401) => Class::Refreshes,
            Kind::SaysOffset(Offset::Behind) => Class::Depends,
            // What follows from it depends on the request.
            Kind::StatusAfter(400) | Kind::SessionLost(_) | Kind::TakesHalf if on == On::Any => {
                Class::Depends
            }
            // What makes no sense is looked into, and the bytes are there.
            Kind::SaysOffset(Offset::Text(_)) | Kind::SaysStatus(_)
                if matches!(on, On::Send | On::Last) =>
            {
                Class::Depends
            }
            Kind::SessionLost(_) if on != On::Start => Class::Restarts,
            Kind::NoConnection
            | Kind::ConnectTimeout
            | Kind::NotProcessed
            | Kind::Reset { .. }
            | Kind::ResetAfterAll
            | Kind::BodyCut
            | Kind::BodyCutUnnoticed
            | Kind::Silence
            | Kind::SilenceAfter
            | Kind::RateLimit {
                retry_after: None | Some(0..=300),
            }
            | Kind::TakesHalf
            | Kind::Status(408 | 409 | 500 | 502 | 503 | 504)
            | Kind::StatusAfter(400 | 500 | 503) => Class::Passes,
            _ => Class::Ends,
        }
    }
}

impl Fault {
    /// Whether a result can get lost by it.
    pub(crate) fn loses_result(self) -> bool {
        let lost = matches!(
            self.kind,
            Kind::ResetAfterAll
                | Kind::BodyCut
                | Kind::BodyCutUnnoticed
                | Kind::SilenceAfter
                | Kind::StatusAfter(_)
                | Kind::SessionLost(_)
        );
        lost && !matches!(self.on, On::Start | On::Query)
    }
}

/// All faults that can wait for a request of this sort.
pub(crate) fn catalogue(on: On) -> Vec<Fault> {
    let mut kinds = vec![
        Kind::NoConnection,
        Kind::ConnectTimeout,
        Kind::NotProcessed,
        Kind::Tls,
        Kind::Proxy,
        Kind::ResetAfterAll,
        Kind::BodyCut,
        Kind::BodyCutUnnoticed,
        Kind::Portal,
        Kind::RateLimit { retry_after: None },
        Kind::RateLimit {
            retry_after: Some(40),
        },
        Kind::RateLimit {
            retry_after: Some(86_400),
        },
        Kind::DailyQuota,
        Kind::Silence,
        Kind::SilenceAfter,
        Kind::StatusAfter(503),
        Kind::SaysStatus(""),
        Kind::SaysStatus("FINAL"),
        Kind::SaysStatus("sleeping"),
        Kind::SaysStatus("cancelled"),
    ];
    kinds.extend(
        [
            401, 403, 408, 409, 412, 413, 500, 501, 502, 503, 504, 302, 307, 308,
        ]
        .map(Kind::Status),
    );
    match on {
        On::Start => kinds.extend(
            [
                "",
                "0",
                "-1",
                "1e3",
                "99999999999999999999",
                "1099511627776",
            ]
            .map(Kind::Granularity),
        ),
        On::Send | On::Last | On::Any => {
            for after in 0..=5 {
                kinds.extend(
                    [Keeps::Nothing, Keeps::Units, Keeps::All]
                        .map(|keeps| Kind::Reset { after, keeps }),
                );
            }
            kinds.extend([Kind::TakesHalf, Kind::StatusAfter(400)]);
            kinds.extend([400, 404, 410].map(Kind::SessionLost));
            kinds.extend([Offset::Ahead, Offset::Behind, Offset::Text("x")].map(Kind::SaysOffset));
        }
        On::Query => {
            kinds.extend([400, 404, 410].map(Kind::SessionLost));
            kinds.extend([Offset::Ahead, Offset::Behind, Offset::Missing].map(Kind::SaysOffset));
            kinds.extend(
                ["-1", "1.5", "18446744073709551616", "", "+1"]
                    .map(|text| Kind::SaysOffset(Offset::Text(text))),
            );
        }
    }
    kinds.into_iter().map(|kind| Fault::new(on, kind)).collect()
}
