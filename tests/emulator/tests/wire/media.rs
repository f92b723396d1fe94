//! Photos made by hand: the head of a JPEG, with an EXIF block or without.

/// The head of a JPEG of a size: enough for everything that looks at one. Other seeds are other photos.
pub(crate) fn jpeg(width: u16, height: u16, seed: u8) -> Vec<u8> {
    jpeg_with(width, height, &[], seed)
}

/// A JPEG with an APP1 segment.
pub(crate) fn jpeg_with(width: u16, height: u16, app1: &[u8], seed: u8) -> Vec<u8> {
    let mut jpeg = vec![0xFF, 0xD8];
    if !app1.is_empty() {
        jpeg.extend([0xFF, 0xE1]);
        jpeg.extend(u16::try_from(app1.len() + 2).unwrap().to_be_bytes());
        jpeg.extend(app1);
    }
    jpeg.extend([0xFF, 0xC0, 0, 17, 8]);
    jpeg.extend(height.to_be_bytes());
    jpeg.extend(width.to_be_bytes());
    jpeg.extend([3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1, 0xFF, 0xD9, seed]);
    jpeg
}

/// Tag, type, count, and the value.
type Entry = (u16, u16, u32, Vec<u8>);

/// The EXIF block of the recorded photo: a Sony G8441 at 4.4 mm, f/2, ISO 40, 0.004999999 s.
pub(crate) fn exif(date: &str) -> Vec<u8> {
    let camera = [text(0x010F, "Sony"), text(0x0110, "G8441")];
    let settings = [
        ratio(0x829A, 4_999_999, 1_000_000_000),
        ratio(0x829D, 2, 1),
        (0x8827, 3, 1, vec![0, 40]),
        text(0x9003, date),
        ratio(0x920A, 44, 10),
    ];
    // The camera's directory points to that of the settings, which begins where the first one's data ends.
    let settings_start = 8 + size(&camera) + 12;
    let pointer = (
        0x8769,
        4,
        1,
        u32::try_from(settings_start)
            .unwrap()
            .to_be_bytes()
            .to_vec(),
    );
    let camera = [camera.as_slice(), &[pointer]].concat();
    let mut tiff = b"MM\0*\0\0\0\x08".to_vec();
    directory(&mut tiff, &camera);
    assert_eq!(tiff.len(), settings_start);
    directory(&mut tiff, &settings);
    [b"Exif\0\0".as_slice(), &tiff].concat()
}

fn text(tag: u16, text: &str) -> Entry {
    let text = format!("{text}\0").into_bytes();
    (tag, 2, u32::try_from(text.len()).unwrap(), text)
}

fn ratio(tag: u16, numerator: u32, denominator: u32) -> Entry {
    (
        tag,
        5,
        1,
        [numerator.to_be_bytes(), denominator.to_be_bytes()].concat(),
    )
}

/// Bytes of a directory with the data that does not fit into its entries.
fn size(entries: &[Entry]) -> usize {
    2 + entries.len() * 12
        + 4
        + entries
            .iter()
            .map(|entry| entry.3.len())
            .filter(|length| *length > 4)
            .sum::<usize>()
}

fn directory(tiff: &mut Vec<u8>, entries: &[Entry]) {
    let mut data_start = tiff.len() + 2 + entries.len() * 12 + 4;
    let mut data: Vec<u8> = Vec::new();
    tiff.extend(u16::try_from(entries.len()).unwrap().to_be_bytes());
    for (tag, kind, count, value) in entries {
        tiff.extend(tag.to_be_bytes());
        tiff.extend(kind.to_be_bytes());
        tiff.extend(count.to_be_bytes());
        if value.len() <= 4 {
            tiff.extend(value.iter().copied().chain([0; 4]).take(4));
        } else {
            tiff.extend(u32::try_from(data_start).unwrap().to_be_bytes());
            data_start += value.len();
            data.extend(value);
        }
    }
    tiff.extend([0; 4]);
    tiff.extend(data);
}
