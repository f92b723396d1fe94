//! Writes one-colour PNG pictures: thumbnails, the placeholder cover and demo photos.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::ZlibEncoder;

/// The largest side of a drawn picture in pixels; the service never enlarges either.
const LARGEST: u32 = 16_383;

/// A picture of one colour. A side of 0 becomes 1.
pub(crate) fn flat_png(width: u32, height: u32, rgb: [u8; 3]) -> Vec<u8> {
    let (width, height) = (width.clamp(1, LARGEST), height.clamp(1, LARGEST));
    let mut header = Vec::with_capacity(13);
    header.extend(width.to_be_bytes());
    header.extend(height.to_be_bytes());
    // One bit a pixel from a palette with one entry: every pixel is entry 0.
    header.extend([1, 3, 0, 0, 0]);
    let mut png = b"\x89PNG\r\n\x1A\n".to_vec();
    chunk(&mut png, *b"IHDR", &header);
    chunk(&mut png, *b"PLTE", &rgb);
    chunk(&mut png, *b"IDAT", &pixels(width, height));
    chunk(&mut png, *b"IEND", &[]);
    png
}

fn pixels(width: u32, height: u32) -> Vec<u8> {
    // Each row is a filter byte and the packed bits, all zero.
    let row = vec![0; 1 + width.div_ceil(8) as usize];
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
    for _ in 0..height {
        // Writing to a Vec cannot fail.
        let _ = encoder.write_all(&row);
    }
    encoder.finish().unwrap_or_default()
}

fn chunk(png: &mut Vec<u8>, kind: [u8; 4], data: &[u8]) {
    png.extend(u32::try_from(data.len()).unwrap_or(u32::MAX).to_be_bytes());
    let start = png.len();
    png.extend(kind);
    png.extend(data);
    let mut crc = flate2::Crc::new();
    crc.update(png.get(start..).unwrap_or_default());
    png.extend(crc.sum().to_be_bytes());
}
