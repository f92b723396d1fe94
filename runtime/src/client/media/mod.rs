//! The client as uploads and downloads use it: single requests whose bodies are streams, with
//! a time limit that begins again with every byte (an idle timeout).

mod client;
mod idle;
mod send;

pub(crate) use self::client::TransferClient;
pub(crate) use self::idle::IdleTimer;
pub(crate) use self::send::{Outgoing, To, TransferResponse};
