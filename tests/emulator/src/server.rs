//! Accepts connections and serves them until the emulator stops.

use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};

use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

use crate::exchange::{Outcome, exchange};
use crate::faults::script::Script;
use crate::shared::Shared;

/// Accepts connections for ever; dropping the future ends them all.
pub(crate) async fn serve(listener: TcpListener, shared: Arc<Shared>) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    connections.spawn(connection(stream, Arc::clone(&shared)));
                }
                // Too many open files, for instance: other connections have to end first.
                Err(_) => tokio::task::yield_now().await,
            },
            Some(_) = connections.join_next() => {}
        }
    }
}

/// Serves one connection. A fault ends ordinary service and takes the socket over.
async fn connection(stream: TcpStream, shared: Arc<Shared>) {
    // Replies are small and tests wait for each one.
    let _ = stream.set_nodelay(true);
    let script = Arc::new(Mutex::new(None::<Script>));
    let service = service_fn(|request: Request<Incoming>| {
        let (shared, script) = (Arc::clone(&shared), Arc::clone(&script));
        async move {
            match exchange(&shared, request).await {
                Outcome::Reply(reply) => Ok(reply),
                Outcome::TakeOver(taken) => {
                    *script.lock().unwrap_or_else(PoisonError::into_inner) = Some(taken);
                    Err(io::Error::other(
                        "a planned fault takes the connection over",
                    ))
                }
            }
        }
    });
    let mut connection = http1::Builder::new().serve_connection(TokioIo::new(stream), service);
    // An error is either the one above or the client's own doing.
    let _ = Pin::new(&mut connection).await;
    let taken = script.lock().unwrap_or_else(PoisonError::into_inner).take();
    if let Some(taken) = taken {
        taken.run(connection.into_parts().io.into_inner()).await;
    }
}
