//! A pool of connections for each runtime of tokio.
//!
//! A connection is driven by the runtime in which it was made. While that one stands still, as a
//! `current_thread` runtime does between two calls of `block_on`, nothing is written to it, and a
//! request of another runtime on it would wait until its time is up.

use std::sync::{Mutex, PoisonError};

use hyper::body::Incoming;
use hyper_util::client::legacy::{Client, Error};
use tokio::runtime::{Handle, Id};

use super::connector::Connector;
use super::settings::settings;
use super::{Exchange, HyperBody};
use crate::BoxFuture;

/// How many runtimes have a pool. The one that was used last stays; a pool that goes closes its
/// connections when their requests are done.
const POOLS: usize = 16;

/// Clients of hyper that share everything but their connections.
pub(super) struct Runtimes {
    connector: Connector,
    /// The one that was used last is the last.
    clients: Mutex<Vec<(Id, Client<Connector, HyperBody>)>>,
}

impl Runtimes {
    pub(super) fn new(connector: Connector) -> Self {
        Self {
            connector,
            clients: Mutex::default(),
        }
    }

    fn client(&self, id: Id) -> Client<Connector, HyperBody> {
        let mut clients = self.clients.lock().unwrap_or_else(PoisonError::into_inner);
        // Nearly always it is the one of the request before.
        if let Some((_, client)) = clients.last().filter(|(last, _)| *last == id) {
            return client.clone();
        }
        let known = clients.iter().position(|(known, _)| *known == id);
        let entry = match known {
            Some(index) => clients.remove(index),
            None => (id, settings().build(self.connector.clone())),
        };
        if clients.len() == POOLS {
            clients.remove(0);
        }
        let client = entry.1.clone();
        clients.push(entry);
        client
    }
}

impl Exchange for Runtimes {
    fn exchange(
        &self,
        request: http::Request<HyperBody>,
    ) -> BoxFuture<'static, Result<http::Response<Incoming>, Error>> {
        let client = self.client(Handle::current().id());
        Box::pin(client.request(request))
    }
}
