//! The client as uploads and downloads use it: single requests whose bodies are streams, with
//! limits of time that begin again with every byte.

mod link;
mod pulse;
mod send;

pub(crate) use self::link::Link;
pub(crate) use self::pulse::Pulse;
pub(crate) use self::send::{Outgoing, Reply, To};
