//! Local times: which texts are read, that they go back as they came, and what they convert to.

use discovery_runtime::{Date, DateTime, LocalDateTime, Timestamp};

#[test]
fn local_times_go_back_as_they_came() {
    for text in [
        "2026-01-02T03:04:05",
        "0001-01-01T00:00:00",
        "9999-12-31T23:59:59.999999999",
        "2026-01-02T03:04:05.0",
        "2026-01-02T03:04:05.120",
    ] {
        let time: LocalDateTime = text.parse().expect(text);
        assert_eq!(time.to_string(), text);
        assert_eq!(text.parse(), Ok(DateTime::Local(time)));
        let json = format!("\"{text}\"");
        assert_eq!(serde_json::to_string(&time).unwrap(), json);
        assert_eq!(
            serde_json::from_str::<DateTime>(&json).unwrap(),
            time.into()
        );
    }
}

#[test]
fn other_local_times_are_rejected() {
    for text in [
        "",
        "2026-01-02",
        "2026-01-02T03:04",
        "2026-01-02 03:04:05",
        "2026-01-02T24:00:00",
        "2026-01-02T23:59:60",
        "2026-01-02T03:04:05.",
        "2026-01-02T03:04:05Z",
        "2026-02-30T03:04:05",
        "2026-01-02T03:04:05.1234567890",
    ] {
        assert!(text.parse::<LocalDateTime>().is_err(), "{text}");
    }
    assert!("2026-01-02T03:04".parse::<DateTime>().is_err());
}

#[test]
fn local_times_compare_by_what_a_clock_shows() {
    let date = Date::new(2026, 1, 2).unwrap();
    let time = LocalDateTime::new(date, 3, 4, 5).unwrap();
    assert_eq!("2026-01-02T03:04:05.00".parse(), Ok(time));
    assert!(time < time.with_nanos(1).unwrap());
    assert!(time.with_nanos(1_000_000_000).is_err());
    let parts = (time.date(), time.hour(), time.minute(), time.second());
    assert_eq!(parts, (date, 3, 4, 5));
    assert_eq!(
        time.with_nanos(120_000_000).unwrap().to_string(),
        "2026-01-02T03:04:05.120"
    );
    assert!(LocalDateTime::new(date, 24, 0, 0).is_err());
    assert!(LocalDateTime::new(date, 0, 60, 0).is_err());
    assert!(LocalDateTime::new(date, 0, 0, 60).is_err());
}

#[test]
fn a_text_with_an_offset_is_a_point_in_time() {
    let time: DateTime = "2026-01-02T03:04:05+01:00".parse().unwrap();
    let timestamp: Timestamp = "2026-01-02T02:04:05Z".parse().unwrap();
    assert_eq!(time.as_timestamp(), Some(timestamp));
    assert_eq!(time.as_local(), None);
    assert_eq!(time.to_string(), "2026-01-02T03:04:05+01:00");
    let local: DateTime = "2026-01-02T02:04:05".parse().unwrap();
    assert_ne!(local, DateTime::from(timestamp));
}

#[test]
fn local_times_convert_to_those_of_other_libraries() {
    let time: LocalDateTime = "2026-01-02T03:04:05.678".parse().unwrap();
    let chrono = chrono::NaiveDateTime::from(time);
    assert_eq!(chrono.to_string(), "2026-01-02 03:04:05.678");
    assert_eq!(chrono.try_into(), Ok(time));
    let jiff = jiff::civil::DateTime::from(time);
    assert_eq!(jiff.to_string(), "2026-01-02T03:04:05.678");
    assert_eq!(jiff.try_into(), Ok(time));
    let primitive = time::PrimitiveDateTime::from(time);
    assert_eq!(primitive.to_string(), "2026-01-02 3:04:05.678");
    assert_eq!(primitive.try_into(), Ok(time));
    // The leap second of `chrono` has nanoseconds beyond a second.
    let leap = chrono::NaiveDate::from_ymd_opt(2016, 12, 31)
        .and_then(|date| date.and_hms_nano_opt(23, 59, 59, 1_500_000_000));
    assert!(LocalDateTime::try_from(leap.unwrap()).is_err());
}
