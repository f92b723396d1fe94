//! Bodies read into memory, up to a limit.

use crate::transport::{ResponseBody, TransportError};

/// How reading a body ended.
pub(crate) enum Collected {
    Whole,
    /// There is more than the limit.
    TooLarge,
    Broken(TransportError),
}

/// Reads `body` into `bytes`, which hold what was read even if the future is dropped.
pub(crate) async fn collect(body: &mut ResponseBody, limit: u64, bytes: &mut Vec<u8>) -> Collected {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    while let Some(chunk) = body.next_chunk().await {
        match chunk {
            Ok(chunk) => {
                let room = limit.saturating_sub(bytes.len());
                bytes.extend_from_slice(chunk.get(..room).unwrap_or(&chunk));
                if chunk.len() > room {
                    return Collected::TooLarge;
                }
            }
            Err(error) => return Collected::Broken(error),
        }
    }
    Collected::Whole
}
