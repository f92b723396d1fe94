//! Small photos and videos for examples, demos and tests.

use bytes::Bytes;

use super::png::flat_png;

/// A PNG photo of one colour. Another `seed` gives other bytes, which the service takes for another photo.
/// Sides are in pixels, at most 16,383.
pub fn sample_photo(width: u32, height: u32, seed: u32) -> Bytes {
    let [_, red, green, blue] = seed.wrapping_mul(0x9E37_79B1).to_be_bytes();
    let mut photo = flat_png(width, height, [red, green, blue]);
    // Bytes after the end of the picture are legal; they keep colours that collide apart.
    photo.extend(seed.to_be_bytes());
    photo.into()
}

/// Bytes that begin like an MP4 video and are otherwise noise; at least 24 bytes long.
pub fn sample_video(length: usize, seed: u32) -> Bytes {
    let mut video = b"\0\0\0\x18ftypisom\0\0\x02\0isommp42".to_vec();
    let mut noise = u64::from(seed) | 1 << 40;
    while video.len() < length {
        // An xorshift generator: fast, and no two parts of a large file are alike.
        noise ^= noise << 13;
        noise ^= noise >> 7;
        noise ^= noise << 17;
        let missing = (length - video.len()).min(8);
        video.extend(noise.to_be_bytes().into_iter().take(missing));
    }
    video.into()
}
