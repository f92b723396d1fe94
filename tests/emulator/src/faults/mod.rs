//! Faults that a test plans: wrong replies, broken connections, slow and altered ones.

mod delivery;
mod gate;
pub(crate) mod queue;
pub(crate) mod script;

use std::time::Duration;

use bytes::Bytes;

use crate::replies;
use crate::reply::Reply;
pub(crate) use delivery::{Delivery, Position};
pub use gate::Gate;

/// What happens to the next matching calls.
///
/// A fault says whether the call takes effect (a lost reply) or not (a refused call), and how its reply arrives.
/// By default it applies to one call; see [`Fault::times`] and [`Fault::skip`].
///
/// ```
/// use photos_emulator::{Cut, Fault, Reply};
///
/// let storm = Fault::status(503).times(3);
/// let limited = Fault::reply(Reply::new(429).header("retry-after", "120"));
/// let lost = Fault::lose_reply(Cut::Reset).skip(1);
/// let short = Fault::cut_reply(10, Cut::Close);
/// # let _ = (storm, limited, lost, short);
/// ```
#[derive(Clone, Debug)]
#[must_use = "a fault does nothing until an emulator plans it"]
pub struct Fault {
    pub(crate) action: Action,
    pub(crate) request: Option<RequestCut>,
    pub(crate) gate: Option<Gate>,
    pub(crate) edits: Vec<Edit>,
    pub(crate) delivery: Delivery,
    pub(crate) times: u32,
    pub(crate) skip: u32,
}

/// How a connection ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cut {
    /// TCP reset: the client sees the connection broken.
    Reset,
    /// TCP close: the client sees the end of the stream.
    Close,
    /// Nothing more is sent or read, and the connection stays open until the emulator stops.
    Stall,
}

/// How the end of a reply's body is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Framing {
    /// `Content-Length` with this number, whatever the body's length is.
    Length(u64),
    /// `Transfer-Encoding: chunked`, the body being one chunk.
    Chunked,
    /// Neither: the body ends with the connection.
    UntilClose,
    /// Chunked, the body being sent again and again until the client leaves.
    Endless,
}

/// What the service does with the call.
#[derive(Clone, Debug)]
pub(crate) enum Action {
    Execute,
    ExecuteTwice,
    Instead(Reply),
    Silence,
}

/// The request body is not taken in whole.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RequestCut {
    pub(crate) bytes: usize,
    /// `None` goes on as if nothing had happened.
    pub(crate) then: Option<Cut>,
}

/// A change to the reply on its way out.
#[derive(Clone, Debug)]
pub(crate) enum Edit {
    Status(u16),
    Body(Bytes),
    KeepBody(usize),
    SetHeader(String, String),
    RemoveHeader(String),
}

impl Fault {
    fn new(action: Action) -> Self {
        Self {
            action,
            request: None,
            gate: None,
            edits: Vec::new(),
            delivery: Delivery::default(),
            times: 1,
            skip: 0,
        }
    }

    /// The call is refused with the reply recorded for this status (see [`replies`]), and has no effect.
    pub fn status(status: u16) -> Self {
        Self::reply(replies::for_status(status))
    }

    /// The call gets this reply, and has no effect.
    pub fn reply(reply: Reply) -> Self {
        Self::new(Action::Instead(reply))
    }

    /// The request is read, the call has no effect, and the connection ends before any reply.
    pub fn no_reply(cut: Cut) -> Self {
        Self::new(Action::Silence).position(Position::BeforeHead, cut)
    }

    /// The call takes effect, and the connection ends before any reply.
    pub fn lose_reply(cut: Cut) -> Self {
        Self::new(Action::Execute).position(Position::BeforeHead, cut)
    }

    /// The call takes effect, and the connection ends after so many bytes of the reply's body.
    pub fn cut_reply(after_body_bytes: usize, cut: Cut) -> Self {
        Self::new(Action::Execute).cut(after_body_bytes, cut)
    }

    /// The connection ends after so many bytes of the request's body were read. The call has no effect, except that
    /// a resumable upload keeps the whole granules that arrived.
    pub fn cut_request(after_body_bytes: usize, cut: Cut) -> Self {
        let mut fault = Self::new(Action::Execute).position(Position::BeforeHead, cut);
        fault.request = Some(RequestCut {
            bytes: after_body_bytes,
            then: Some(cut),
        });
        fault
    }

    /// The service takes in only so many bytes of the request's body and replies. A resumable upload keeps the whole
    /// granules of them, stays active and gives no token; any other call is refused with 400.
    pub fn swallow_request(after_body_bytes: usize) -> Self {
        let mut fault = Self::new(Action::Execute);
        fault.request = Some(RequestCut {
            bytes: after_body_bytes,
            then: None,
        });
        fault
    }

    /// The call takes effect; changes are added with [`Fault::header`], [`Fault::body`] and so on.
    pub fn alter() -> Self {
        Self::new(Action::Execute)
    }

    /// The call takes effect, and only the first bytes of the reply's body are sent, with framing that fits them.
    pub fn truncate(body_bytes: usize) -> Self {
        Self::alter().edit(Edit::KeepBody(body_bytes))
    }

    /// The call takes effect twice, as if the network had delivered it again; the second reply is sent.
    pub fn duplicate() -> Self {
        Self::new(Action::ExecuteTwice)
    }

    /// The call is admitted, counts as in flight, and waits for the gate to open before it takes effect.
    pub fn hold(gate: &Gate) -> Self {
        let mut fault = Self::alter();
        fault.gate = Some(gate.clone());
        fault
    }

    /// The call takes effect and its whole reply arrives, then the connection ends although nothing announced it: the
    /// next request on a kept connection fails before or after it was written.
    pub fn hang_up(cut: Cut) -> Self {
        let mut fault = Self::alter();
        fault.delivery.hang_up = Some(cut);
        fault
    }

    /// These bytes are sent in place of an HTTP reply, then the connection ends. The call has no effect.
    pub fn raw(bytes: impl Into<Bytes>, cut: Cut) -> Self {
        let mut fault = Self::new(Action::Silence);
        fault.delivery.raw = Some((bytes.into(), cut));
        fault
    }

    /// Applies to this many calls in a row.
    pub fn times(mut self, times: u32) -> Self {
        self.times = times;
        self
    }

    /// Lets this many matching calls pass first.
    pub fn skip(mut self, calls: u32) -> Self {
        self.skip = calls;
        self
    }

    /// Replaces the status of the reply.
    pub fn with_status(self, status: u16) -> Self {
        self.edit(Edit::Status(status))
    }

    /// Replaces the body of the reply.
    pub fn body(self, body: impl Into<Bytes>) -> Self {
        self.edit(Edit::Body(body.into()))
    }

    /// Sets a header of the reply, in place of any with this name.
    pub fn header(self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.edit(Edit::SetHeader(name.into(), value.into()))
    }

    /// Takes a header out of the reply.
    pub fn without_header(self, name: impl Into<String>) -> Self {
        self.edit(Edit::RemoveHeader(name.into()))
    }

    /// Ends the connection after so many bytes of the reply's body.
    pub fn cut(self, after_body_bytes: usize, cut: Cut) -> Self {
        self.position(Position::AfterBody(after_body_bytes), cut)
    }

    /// Frames the reply's body in another way.
    pub fn framing(mut self, framing: Framing) -> Self {
        self.delivery.framing = Some(framing);
        self
    }

    /// Sends the reply, head included, in pieces of `bytes` with a pause of real time before each.
    pub fn trickle(mut self, bytes: usize, pause: Duration) -> Self {
        self.delivery.pace = Some((bytes.max(1), pause));
        self
    }

    fn position(mut self, position: Position, cut: Cut) -> Self {
        self.delivery.cut = Some((position, cut));
        self
    }

    fn edit(mut self, edit: Edit) -> Self {
        self.edits.push(edit);
        self
    }
}
