//! Conversions to and from the types of other libraries lose nothing and never wrap around.

use std::time::{Duration as StdDuration, SystemTime};

use discovery_runtime::{Bytes, Date, Duration, Timestamp};
use proptest::prelude::*;

use crate::fixture::{date, duration, timestamp};

/// The values at the limits, which every conversion has to hold or to reject.
const TIMES: [Timestamp; 3] = [Timestamp::MIN, Timestamp::UNIX_EPOCH, Timestamp::MAX];
const SPANS: [Duration; 3] = [Duration::MIN, Duration::ZERO, Duration::MAX];

fn dates() -> [Date; 2] {
    [
        Date::new(1, 1, 1).unwrap(),
        Date::new(9999, 12, 31).unwrap(),
    ]
}

fn through_std(time: Timestamp) -> Option<Timestamp> {
    SystemTime::try_from(time).ok()?.try_into().ok()
}

fn through_jiff(time: Timestamp) -> Option<Timestamp> {
    jiff::Timestamp::try_from(time).ok()?.try_into().ok()
}

fn through_jiff02(time: Timestamp) -> Option<Timestamp> {
    jiff02::Timestamp::try_from(time).ok()?.try_into().ok()
}

fn through_time(time: Timestamp) -> Option<Timestamp> {
    time::OffsetDateTime::from(time).try_into().ok()
}

fn through_chrono(time: Timestamp) -> Option<Timestamp> {
    chrono::DateTime::<chrono::Utc>::from(time).try_into().ok()
}

fn spans_agree(span: Duration) {
    assert_eq!(
        Duration::try_from(jiff::SignedDuration::from(span)),
        Ok(span)
    );
    assert_eq!(
        Duration::try_from(jiff02::SignedDuration::from(span)),
        Ok(span)
    );
    assert_eq!(Duration::try_from(time::Duration::from(span)), Ok(span));
    assert_eq!(Duration::try_from(chrono::TimeDelta::from(span)), Ok(span));
    match StdDuration::try_from(span) {
        Ok(std) => assert_eq!(Duration::try_from(std), Ok(span)),
        Err(_) => assert!(span < Duration::ZERO),
    }
}

fn dates_agree(date: Date) {
    let text = date.to_string();
    assert_eq!(jiff::civil::Date::from(date).to_string(), text);
    assert_eq!(chrono::NaiveDate::from(date).to_string(), text);
    assert_eq!(time::Date::from(date).to_string(), text);
    assert_eq!(Date::try_from(jiff::civil::Date::from(date)), Ok(date));
    assert_eq!(Date::try_from(jiff02::civil::Date::from(date)), Ok(date));
    assert_eq!(Date::try_from(chrono::NaiveDate::from(date)), Ok(date));
    assert_eq!(Date::try_from(time::Date::from(date)), Ok(date));
}

#[test]
fn values_at_the_limits_convert() {
    for time in TIMES {
        // Windows has no time before 1601.
        if cfg!(unix) {
            assert_eq!(through_std(time), Some(time));
        }
        assert_eq!(through_time(time), Some(time));
        assert_eq!(through_chrono(time), Some(time));
    }
    assert_eq!(through_jiff(Timestamp::MIN), Some(Timestamp::MIN));
    assert_eq!(through_jiff(Timestamp::MAX), None);
    assert_eq!(through_jiff02(Timestamp::MAX), None);
    SPANS.into_iter().for_each(spans_agree);
    dates().into_iter().for_each(dates_agree);
}

#[test]
fn values_out_of_range_are_rejected() {
    assert!(Timestamp::try_from(jiff::Timestamp::MIN).is_err());
    assert!(
        Timestamp::try_from(time::OffsetDateTime::new_utc(
            time::Date::MIN,
            time::Time::MIDNIGHT
        ))
        .is_err()
    );
    assert!(Timestamp::try_from(chrono::DateTime::<chrono::Utc>::MIN_UTC).is_err());
    assert!(Timestamp::try_from(chrono::DateTime::<chrono::Utc>::MAX_UTC).is_err());
    assert!(Date::try_from(jiff::civil::Date::MIN).is_err());
    assert!(Date::try_from(time::Date::MIN).is_err());
    assert!(Date::try_from(chrono::NaiveDate::MIN).is_err());
    assert!(Date::try_from(chrono::NaiveDate::MAX).is_err());
    assert!(Duration::try_from(StdDuration::MAX).is_err());
    assert!(Duration::try_from(jiff::SignedDuration::MIN).is_err());
    assert!(Duration::try_from(time::Duration::MIN).is_err());
    assert!(Duration::try_from(chrono::TimeDelta::MAX).is_err());
}

#[test]
fn a_converted_time_is_the_same_to_both_sides() {
    let text = "2024-02-29T12:34:56.789Z";
    let time: Timestamp = text.parse().unwrap();
    assert_eq!(jiff::Timestamp::try_from(time).unwrap().to_string(), text);
    let chrono = chrono::DateTime::<chrono::Utc>::from(time);
    assert_eq!(chrono.timestamp_millis(), 1_709_210_096_789);
    let east = chrono.with_timezone(&chrono::FixedOffset::east_opt(3600).unwrap());
    assert_eq!(Timestamp::try_from(east), Ok(time));
    assert_eq!(
        time::OffsetDateTime::from(time).unix_timestamp_nanos(),
        time.unix_nanos()
    );
    let system = SystemTime::UNIX_EPOCH + StdDuration::from_millis(1_709_210_096_789);
    assert_eq!(SystemTime::try_from(time).unwrap(), system);
    let before = SystemTime::UNIX_EPOCH - StdDuration::from_millis(1);
    assert_eq!(
        Timestamp::try_from(before).unwrap().to_string(),
        "1969-12-31T23:59:59.999Z"
    );
}

#[test]
fn bytes_convert_without_a_change() {
    let vec = vec![1, 2, 3];
    let bytes = Bytes::from(vec.clone());
    assert_eq!(&*bytes, &vec[..]);
    assert_eq!(Bytes::from(&vec[..]), bytes);
    assert_eq!(vec.iter().copied().collect::<Bytes>(), bytes);
    assert_eq!(Vec::from(bytes.clone()), vec);
    assert_eq!(Bytes::from_static(&[1, 2, 3]), bytes);
    assert_eq!(Bytes::from("text"), Bytes::from("text".to_owned()));
}

proptest! {
    #[test]
    fn any_time(time in timestamp()) {
        if cfg!(unix) {
            prop_assert_eq!(through_std(time), Some(time));
        }
        prop_assert_eq!(through_time(time), Some(time));
        prop_assert_eq!(through_chrono(time), Some(time));
        if time.unix_seconds() < Timestamp::MAX.unix_seconds() - 26 * 3600 {
            prop_assert_eq!(through_jiff(time), Some(time));
            prop_assert_eq!(through_jiff02(time), Some(time));
        }
    }

    #[test]
    fn any_span(span in duration()) {
        spans_agree(span);
    }

    #[test]
    fn any_date(date in date()) {
        dates_agree(date);
    }
}
