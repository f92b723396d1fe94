//! Pictures in place of scaled photos: one colour, but the size is right.

use bytes::Bytes;

use super::options::Options;
use crate::ids::sha256;
use crate::media::flat_png;
use crate::state::items::Item;

/// A PNG of the size that the options ask for; the colour follows from the item's bytes.
pub(super) fn draw(item: &Item, options: &Options) -> Bytes {
    let (width, height) = size(item.width.max(1), item.height.max(1), options);
    let [red, green, blue, ..] = sha256(&item.bytes);
    flat_png(width, height, [red, green, blue]).into()
}

/// Fits the picture into the box, keeping its aspect and never enlarging it; a crop fills the box exactly.
fn size(width: u64, height: u64, options: &Options) -> (u32, u32) {
    if let (true, Some(width), Some(height)) = (options.crop, options.width, options.height) {
        return (width, height);
    }
    let (box_width, box_height) = (
        options.width.map_or(width, u64::from).min(width),
        options.height.map_or(height, u64::from).min(height),
    );
    // Whichever side is the tighter one decides: box_width / width against box_height / height.
    let (width, height) = if u128::from(box_width) * u128::from(height)
        <= u128::from(box_height) * u128::from(width)
    {
        (box_width, (box_width * height / width).max(1))
    } else {
        ((box_height * width / height).max(1), box_height)
    };
    (
        u32::try_from(width).unwrap_or(u32::MAX),
        u32::try_from(height).unwrap_or(u32::MAX),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_fit_into_the_box() {
        for (options, expected) in [
            ("w2048-h1024", (1365, 1024)),
            ("w400", (400, 300)),
            ("h300", (400, 300)),
            ("w10000-h10000", (4032, 3024)),
            ("w256-h100-c", (256, 100)),
            ("w1-h1", (1, 1)),
            ("d", (4032, 3024)),
        ] {
            assert_eq!(
                size(4032, 3024, &Options::parse(options).unwrap()),
                expected,
                "{options}"
            );
        }
    }
}
