//! The listener on this machine to which the browser brings the authorization response (RFC 8252, section 7.3).

mod page;
mod request;

use std::collections::VecDeque;
use std::future::poll_fn;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{AbortHandle, JoinSet};

pub(super) use self::request::{Callback, Expected};
use super::OAuthError;
use crate::clock::race;
use crate::{Clock, Secret};

/// The most that is read of a request, in bytes.
const HEAD_LIMIT: usize = 16 * 1024;

/// How long a connection may take, for the request and for the page.
const CONNECTION_LIMIT: Duration = Duration::from_secs(10);

/// How many connections are kept. Browsers open some ahead of need; more are no browser's, and
/// the oldest one goes for each new one.
const CONNECTIONS: usize = 64;

/// How long to wait when the system gives no more connections.
const PAUSE: Duration = Duration::from_millis(100);

/// A listener. It is closed when it goes, with all its connections.
pub(super) struct Loopback {
    listener: TcpListener,
    /// Where the browser finds it.
    host: String,
}

impl Loopback {
    /// A free port of 127.0.0.1: a literal, because a name could lead elsewhere.
    pub(super) const ADDRESS: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0);

    /// Listens on an address. The browser comes to it on its own machine, whatever lies between:
    /// Google takes no other address than a loopback one.
    pub(super) async fn bind(address: SocketAddr) -> Result<Self, OAuthError> {
        let failure = |error| OAuthError::io(format!("nothing can listen on {address}"), error);
        let listener = TcpListener::bind(address).await.map_err(failure)?;
        let mut local = listener.local_addr().map_err(failure)?;
        if !local.ip().is_loopback() {
            local.set_ip(Ipv4Addr::LOCALHOST.into());
        }
        let host = local.to_string();
        Ok(Self { listener, host })
    }

    /// The address that the browser is sent back to.
    pub(super) fn redirect_uri(&self) -> String {
        format!("http://{}/", self.host)
    }

    /// What the authorization response has to look like.
    pub(super) fn expect(&self, state: Secret) -> Arc<Expected> {
        Arc::new(Expected {
            host: self.host.clone(),
            state,
        })
    }

    /// Waits for the authorization response, and shows the browser that it came. All else that
    /// comes gets an error page and changes nothing.
    pub(super) async fn callback(
        &self,
        expected: &Arc<Expected>,
        clock: &Arc<dyn Clock>,
    ) -> Callback {
        let mut connections = Connections::default();
        loop {
            match self.next(&mut connections).await {
                Event::Callback(callback) => return callback,
                Event::Connection(stream) => {
                    let (expected, clock) = (expected.clone(), clock.clone());
                    connections.add(async move { serve(stream, &expected, clock.as_ref()).await });
                }
                Event::Failure => clock.sleep(PAUSE).await,
            }
        }
    }

    async fn next(&self, connections: &mut Connections) -> Event {
        poll_fn(|context| {
            while let Poll::Ready(Some(ended)) = connections.tasks.poll_join_next(context) {
                if let Ok(Some(callback)) = ended {
                    return Poll::Ready(Event::Callback(callback));
                }
            }
            self.listener
                .poll_accept(context)
                .map(|accepted| match accepted {
                    Ok((stream, _)) => Event::Connection(stream),
                    Err(_) => Event::Failure,
                })
        })
        .await
    }
}

enum Event {
    Connection(TcpStream),
    Callback(Callback),
    /// Nothing can be accepted right now.
    Failure,
}

/// The connections that are open.
#[derive(Default)]
struct Connections {
    tasks: JoinSet<Option<Callback>>,
    /// The last ones, oldest first.
    last: VecDeque<AbortHandle>,
}

impl Connections {
    fn add(&mut self, connection: impl Future<Output = Option<Callback>> + Send + 'static) {
        if self.last.len() >= CONNECTIONS
            && let Some(oldest) = self.last.pop_front()
        {
            oldest.abort();
        }
        self.last.push_back(self.tasks.spawn(connection));
    }
}

async fn serve(mut stream: TcpStream, expected: &Expected, clock: &dyn Clock) -> Option<Callback> {
    let head = race(clock, Some(CONNECTION_LIMIT), read_head(&mut stream))
        .await
        .ok()??;
    let (page, callback) = match head {
        Head::Whole(head) => expected.classify(&head),
        Head::TooLarge => (page::TOO_LARGE, None),
    };
    let write = async {
        stream.write_all(page.response().as_bytes()).await?;
        stream.shutdown().await
    };
    // The code counts even if the browser is gone.
    let _ = race(clock, Some(CONNECTION_LIMIT), write).await;
    callback
}

enum Head {
    Whole(Vec<u8>),
    TooLarge,
}

/// Reads to the empty line; `None` if the connection ends before.
async fn read_head(stream: &mut TcpStream) -> Option<Head> {
    let mut head = Vec::new();
    let mut piece = [0; 4096];
    loop {
        let length = stream
            .read(&mut piece)
            .await
            .ok()
            .filter(|&length| length > 0)?;
        // The end can lie across two pieces.
        let start = head.len().saturating_sub(3);
        head.extend_from_slice(piece.get(..length)?);
        let end = head
            .get(start..)?
            .windows(4)
            .position(|bytes| bytes == b"\r\n\r\n");
        if let Some(end) = end {
            head.truncate(start + end + 4);
            return Some(Head::Whole(head));
        }
        if head.len() > HEAD_LIMIT {
            return Some(Head::TooLarge);
        }
    }
}
