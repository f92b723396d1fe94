//! What is written to a connection that was taken over from the HTTP server: bytes, pauses, and an end.

use std::time::Duration;

use bytes::Bytes;
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;

use super::Cut;

/// The rest of a connection.
#[derive(Debug)]
pub(crate) struct Script {
    bytes: Bytes,
    /// Sent over and over after `bytes`.
    repeat: Option<Bytes>,
    /// Bytes of a piece, and the pause before each.
    pace: Option<(usize, Duration)>,
    end: Cut,
}

impl Script {
    pub(crate) const fn new(bytes: Bytes, pace: Option<(usize, Duration)>, end: Cut) -> Self {
        Self {
            bytes,
            repeat: None,
            pace,
            end,
        }
    }

    /// Ends a connection without writing anything.
    pub(crate) const fn end(end: Cut) -> Self {
        Self::new(Bytes::new(), None, end)
    }

    /// Sends these bytes again and again until the client leaves.
    pub(crate) fn repeating(self, bytes: Bytes) -> Self {
        Self {
            repeat: Some(bytes),
            ..self
        }
    }

    /// Writes the bytes and ends the connection. A client that leaves early ends the script.
    pub(crate) async fn run(self, mut stream: TcpStream) {
        let (piece, pause) = self.pace.unwrap_or((usize::MAX, Duration::ZERO));
        for piece in self.bytes.chunks(piece) {
            if !pause.is_zero() {
                tokio::time::sleep(pause).await;
            }
            if stream.write_all(piece).await.is_err() {
                return;
            }
        }
        while let Some(bytes) = &self.repeat {
            if stream.write_all(bytes).await.is_err() {
                return;
            }
        }
        match self.end {
            // Dropping a socket without linger sends a reset.
            Cut::Reset => drop(stream.set_zero_linger()),
            Cut::Close => drop(stream.shutdown().await),
            Cut::Stall => std::future::pending().await,
        }
    }
}
