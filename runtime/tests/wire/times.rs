//! Points in time, spans and dates: which texts are read, and that they go back as they came.

use discovery_runtime::{Date, Duration, Timestamp};
use proptest::prelude::*;

use crate::fixture::{date, duration, timestamp};

#[test]
fn timestamps_go_back_as_they_came() {
    for (text, seconds, nanos) in [
        ("1970-01-01T00:00:00Z", 0, 0),
        ("1970-01-01t00:00:00z", 0, 0),
        ("1970-01-01T00:00:00.000Z", 0, 0),
        ("1970-01-01T00:00:00.1Z", 0, 100_000_000),
        ("1970-01-01T00:00:00.123456789Z", 0, 123_456_789),
        ("1969-12-31T23:59:59.999999999Z", -1, 999_999_999),
        ("1970-01-01T05:30:00+05:30", 0, 0),
        ("1969-12-31T16:00:00.00-08:00", 0, 0),
        ("1970-01-01T00:00:00-00:00", 0, 0),
        ("1970-01-01T00:00:00+00:00", 0, 0),
        ("1969-12-31T00:01:00-23:59", 0, 0),
        ("2024-02-29T12:34:56Z", 1_709_210_096, 0),
        ("2000-02-29T00:00:00Z", 951_782_400, 0),
        ("0001-01-01T00:00:00Z", -62_135_596_800, 0),
        (
            "9999-12-31T23:59:59.999999999Z",
            253_402_300_799,
            999_999_999,
        ),
        // The leap second is the same point in time as the second after it.
        ("2016-12-31T23:59:60Z", 1_483_228_800, 0),
        ("2016-12-31T23:59:60.5Z", 1_483_228_800, 500_000_000),
        ("2017-01-01T05:29:60+05:30", 1_483_228_800, 0),
    ] {
        let time: Timestamp = text.parse().expect(text);
        assert_eq!(
            (time.unix_seconds(), time.subsec_nanos()),
            (seconds, nanos),
            "{text}"
        );
        assert_eq!(time.to_string(), text);
        assert_eq!(time, Timestamp::new(seconds, nanos).unwrap(), "{text}");
        assert_eq!(time.to_utc().to_string().parse(), Ok(time), "{text}");
    }
}

#[test]
fn other_timestamps_are_rejected() {
    for text in [
        "",
        "1970-01-01",
        "1970-01-01T00:00:00",
        "1970-01-01 00:00:00Z",
        "1970-01-01T00:00Z",
        "1970-01-01T00:00:00.Z",
        "1970-01-01T00:00:00.1234567890Z",
        "1970-01-01T00:00:00,5Z",
        "1970-01-01T24:00:00Z",
        "1970-01-01T00:60:00Z",
        "1970-01-01T00:00:61Z",
        "1970-01-01T00:00:60Z",
        "1970-01-01T23:59:60+01:00",
        "1970-01-01T00:00:00+24:00",
        "1970-01-01T00:00:00+01:60",
        "1970-01-01T00:00:00+0100",
        "1970-01-01T00:00:00ZZ",
        " 1970-01-01T00:00:00Z",
        "1970-02-29T00:00:00Z",
        "1900-02-29T00:00:00Z",
        "1970-13-01T00:00:00Z",
        "1970-00-01T00:00:00Z",
        "1970-01-00T00:00:00Z",
        "0000-12-31T23:59:59Z",
        "0000-12-31T23:59:59-01:00",
        "0001-01-01T00:00:00+00:01",
        "9999-12-31T23:59:59-00:01",
        "9999-12-31T23:59:60Z",
        "10000-01-01T00:00:00Z",
        "-001-01-01T00:00:00Z",
        "+970-01-01T00:00:00Z",
        "1970-01-01T00:00:0٠Z",
    ] {
        assert!(text.parse::<Timestamp>().is_err(), "{text}");
    }
}

#[test]
fn timestamps_compare_by_the_point_in_time() {
    let a: Timestamp = "2024-01-01T00:00:00.10Z".parse().unwrap();
    let b: Timestamp = "2024-01-01T01:00:00.1+01:00".parse().unwrap();
    let later: Timestamp = "2024-01-01T00:30:00.1+00:00".parse().unwrap();
    assert_eq!(a, b);
    assert_eq!(std::collections::HashSet::from([a, b]).len(), 1);
    assert!(a < later && b < later);
    assert_eq!(b.to_utc().to_string(), "2024-01-01T00:00:00.100Z");
    assert_eq!(format!("{b:?}"), "Timestamp(2024-01-01T01:00:00.1+01:00)");
}

#[test]
fn timestamps_from_numbers_print_in_groups_of_three_digits() {
    for (nanos, text) in [
        (0, "1970-01-01T00:00:01Z"),
        (500_000_000, "1970-01-01T00:00:01.500Z"),
        (1_000, "1970-01-01T00:00:01.000001Z"),
        (1, "1970-01-01T00:00:01.000000001Z"),
    ] {
        assert_eq!(Timestamp::new(1, nanos).unwrap().to_string(), text);
    }
    assert!(Timestamp::new(0, 1_000_000_000).is_err());
    assert!(Timestamp::new(Timestamp::MAX.unix_seconds() + 1, 0).is_err());
    assert!(Timestamp::new(Timestamp::MIN.unix_seconds() - 1, 0).is_err());
    assert!(Timestamp::new(i64::MIN, u32::MAX).is_err());
    assert!(Timestamp::from_unix_nanos(i128::MAX).is_err());
    assert!(Timestamp::from_unix_nanos(i128::MIN).is_err());
    assert_eq!(
        Timestamp::from_unix_nanos(-1).unwrap().to_string(),
        "1969-12-31T23:59:59.999999999Z"
    );
}

#[test]
fn durations_go_back_as_they_came() {
    for (text, seconds, nanos) in [
        ("0s", 0, 0),
        ("-0s", 0, 0),
        ("-0.0s", 0, 0),
        (".5s", 0, 500_000_000),
        ("-.5s", 0, -500_000_000),
        ("-0.5s", 0, -500_000_000),
        ("3.50s", 3, 500_000_000),
        ("-1.5s", -1, -500_000_000),
        ("1.000000001s", 1, 1),
        ("315576000000.999999999s", 315_576_000_000, 999_999_999),
        ("-315576000000s", -315_576_000_000, 0),
    ] {
        let span: Duration = text.parse().expect(text);
        assert_eq!((span.seconds(), span.nanos()), (seconds, nanos), "{text}");
        assert_eq!(span.to_string(), text);
        assert_eq!(span, Duration::new(seconds, nanos).unwrap(), "{text}");
    }
    assert_eq!("007s".parse::<Duration>().unwrap().to_string(), "7s");
    assert_eq!(Duration::new(1, 500_000_000).unwrap().to_string(), "1.500s");
    assert_eq!(Duration::new(0, -1).unwrap().to_string(), "-0.000000001s");
    assert_eq!(Duration::default(), Duration::ZERO);
}

#[test]
fn other_durations_are_rejected() {
    for text in [
        "",
        "s",
        "-s",
        ".s",
        "1",
        "1.s",
        "1 s",
        "+1s",
        "--1s",
        "1m",
        "3e5s",
        "1.0000000000s",
        "315576000001s",
        "99999999999999999999s",
        "1.5.5s",
        "1ss",
        "٣s",
        "Infinitys",
    ] {
        assert!(text.parse::<Duration>().is_err(), "{text}");
    }
    assert!(Duration::new(1, -1).is_err());
    assert!(Duration::new(-1, 1).is_err());
    assert!(Duration::new(0, 1_000_000_000).is_err());
    assert!(Duration::new(i64::MIN, i32::MIN).is_err());
}

#[test]
fn dates_are_read_and_printed() {
    let date: Date = "2024-02-29".parse().unwrap();
    assert_eq!((date.year(), date.month(), date.day()), (2024, 2, 29));
    assert_eq!(date.to_string(), "2024-02-29");
    for text in [
        "",
        "2023-02-29",
        "1900-02-29",
        "2024-00-01",
        "2024-13-01",
        "2024-01-32",
        "2024-04-31",
        "0000-01-01",
        "10000-01-01",
        "2024-1-1",
        "2024-01-01T00:00:00Z",
        "2024/01/01",
        "20240101",
    ] {
        assert!(text.parse::<Date>().is_err(), "{text}");
    }
}

proptest! {
    #[test]
    fn any_text_is_read_or_rejected(text: String, shape in "[-+0-9TtZz:.s]{0,40}") {
        for text in [text, shape] {
            // What is read goes back as it came, except for zeros in front of a duration.
            if let Ok(time) = text.parse::<Timestamp>() {
                prop_assert_eq!(time.to_string(), text.clone());
            }
            if let Ok(span) = text.parse::<Duration>() {
                prop_assert_eq!(span.to_string().parse(), Ok(span));
            }
            if let Ok(date) = text.parse::<Date>() {
                prop_assert_eq!(date.to_string(), text);
            }
        }
    }

    #[test]
    fn any_offset_and_any_digits_go_back(
        time in timestamp(), offset in -1439..=1439_i64, digits in 1..=9_usize, lower: bool,
    ) {
        let sign = if offset < 0 { '-' } else { '+' };
        let zone = format!("{sign}{:02}:{:02}", offset.abs() / 60, offset.abs() % 60);
        let Ok(local) = Timestamp::new(time.unix_seconds() + offset * 60, 0) else {
            return Ok(());
        };
        let local = local.to_string();
        let local = local.trim_end_matches('Z');
        let fraction = format!("{:09}", time.subsec_nanos());
        let mut text = format!("{local}.{}{zone}", &fraction[..digits]);
        if lower {
            text.make_ascii_lowercase();
        }
        let read: Timestamp = text.parse().unwrap();
        prop_assert_eq!(read.to_string(), text);
        prop_assert_eq!(read.unix_seconds(), time.unix_seconds());
        if digits == 9 {
            prop_assert_eq!(read, time);
        }
    }

    #[test]
    fn order_is_the_order_of_numbers(a in timestamp(), b in timestamp(), c in duration(), d in duration()) {
        prop_assert_eq!(a.cmp(&b), a.unix_nanos().cmp(&b.unix_nanos()));
        prop_assert_eq!(Timestamp::from_unix_nanos(a.unix_nanos()), Ok(a));
        let nanos = |span: Duration| i128::from(span.seconds()) * 1_000_000_000 + i128::from(span.nanos());
        prop_assert_eq!(c.cmp(&d), nanos(c).cmp(&nanos(d)));
    }

    #[test]
    fn order_of_dates_is_the_order_of_their_texts(a in date(), b in date()) {
        prop_assert_eq!(a.cmp(&b), a.to_string().cmp(&b.to_string()));
    }
}

/// Points in time and spans are compared by what they are, not by how they were written.
#[test]
fn different_times_are_not_equal() {
    let time = |text: &str| text.parse::<Timestamp>().unwrap();
    assert_eq!(
        time("2026-01-02T03:04:05Z"),
        time("2026-01-02T04:04:05.0+01:00")
    );
    assert!(time("2026-01-02T03:04:05Z") != time("2026-01-02T03:04:06Z"));
    assert!(time("2026-01-02T03:04:05Z") != time("2026-01-02T03:04:05.000000001Z"));
    let span = |text: &str| text.parse::<Duration>().unwrap();
    assert_eq!(span("1s"), span("1.000s"));
    assert!(span("1s") != span("2s") && span("1s") != span("1.000000001s"));
    assert!(span("1s") != span("-1s"));
}

/// A time is set from text where a call is made, and a wrong one is an error like any other.
#[test]
fn time_from_text_is_a_result_of_the_call() {
    fn times(created: &str, length: &str) -> discovery_runtime::Result<(Timestamp, Duration)> {
        Ok((created.parse()?, length.parse()?))
    }
    assert!(times("2026-01-31T12:00:00Z", "1.5s").is_ok());
    for (created, length, expected) in [
        (
            "2026-01-31",
            "1s",
            "expected an RFC 3339 timestamp of the years 0001 to 9999",
        ),
        (
            "2026-01-31T12:00:00Z",
            "1 s",
            "expected a duration in seconds such as 1.5s, of 10,000 years at most",
        ),
    ] {
        let error = times(created, length).unwrap_err();
        assert!(error.is_invalid_argument());
        assert_eq!(error.to_string(), format!("invalid argument: {expected}"));
        assert_eq!(error.http_status(), None);
    }
}
