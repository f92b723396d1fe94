//! The client as uploads and downloads use it: single requests whose bodies are streams, with
//! limits of time that begin again with every byte.

mod idle_timer;
mod link;
mod repeat;
mod send;

pub(crate) use self::idle_timer::IdleTimer;
pub(crate) use self::link::Link;
pub(crate) use self::repeat::NoRetry;
pub(crate) use self::send::{Outgoing, Reply, To};
