//! Reads capture time and camera from the EXIF block of a photo.

use std::io::Cursor;

use exif::{In, Reader, Tag, Value};
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use crate::state::items::Camera;

/// Capture time (taken as UTC, since EXIF names no zone) and camera; both empty when there is no EXIF block.
pub(super) fn read(bytes: &[u8]) -> (Option<Timestamp>, Camera) {
    let Ok(block) = Reader::new().read_from_container(&mut Cursor::new(bytes)) else {
        return (None, Camera::default());
    };
    let value = |tag| block.get_field(tag, In::PRIMARY).map(|field| &field.value);
    let text = |tag| value(tag).and_then(text).unwrap_or_default();
    let ratio = |tag| value(tag).and_then(ratio);
    let camera = Camera {
        make: text(Tag::Make),
        model: text(Tag::Model),
        focal_length: ratio(Tag::FocalLength).map_or(0.0, quotient),
        aperture: ratio(Tag::FNumber).map_or(0.0, quotient),
        iso: value(Tag::PhotographicSensitivity)
            .and_then(|value| value.get_uint(0))
            .unwrap_or(0),
        exposure_time: ratio(Tag::ExposureTime).and_then(seconds),
    };
    let capture_time = value(Tag::DateTimeOriginal)
        .or(value(Tag::DateTime))
        .and_then(self::text);
    (capture_time.and_then(|text| timestamp(&text)), camera)
}

fn text(value: &Value) -> Option<String> {
    let Value::Ascii(parts) = value else {
        return None;
    };
    let text = String::from_utf8_lossy(parts.first()?);
    Some(text.trim_matches(['\0', ' ']).to_owned())
}

fn ratio(value: &Value) -> Option<(u32, u32)> {
    let Value::Rational(ratios) = value else {
        return None;
    };
    ratios
        .first()
        .map(|ratio| (ratio.num, ratio.denom))
        .filter(|(_, denominator)| *denominator != 0)
}

/// Rounded to a thousandth, so that 44/10 is 4.4 on the wire.
fn quotient((numerator, denominator): (u32, u32)) -> f64 {
    (f64::from(numerator) / f64::from(denominator) * 1000.0).round() / 1000.0
}

/// A duration as the wire has it: up to nine decimals, none of them a trailing zero.
fn seconds((numerator, denominator): (u32, u32)) -> Option<String> {
    let nanos = u128::from(numerator) * 1_000_000_000 / u128::from(denominator);
    let (whole, fraction) = (nanos / 1_000_000_000, nanos % 1_000_000_000);
    let decimals = format!("{fraction:09}");
    let decimals = decimals.trim_end_matches('0');
    let point = if decimals.is_empty() { "" } else { "." };
    (nanos > 0).then(|| format!("{whole}{point}{decimals}s"))
}

fn timestamp(text: &str) -> Option<Timestamp> {
    let time = DateTime::strptime("%Y:%m:%d %H:%M:%S", text).ok()?;
    TimeZone::UTC.to_timestamp(time).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exposure_times_are_durations() {
        assert_eq!(seconds((1, 400)).as_deref(), Some("0.0025s"));
        assert_eq!(
            seconds((4_999_999, 1_000_000_000)).as_deref(),
            Some("0.004999999s")
        );
        assert_eq!(seconds((30, 1)).as_deref(), Some("30s"));
        assert_eq!(seconds((0, 1)), None);
    }

    #[test]
    fn exif_dates_become_moments() {
        assert_eq!(
            timestamp("2026:05:03 09:12:44").unwrap().to_string(),
            "2026-05-03T09:12:44Z"
        );
        assert_eq!(timestamp("0000:00:00 00:00:00"), None);
    }
}
