//! Conversions between the time types of the wire and those of other libraries.
//!
//! Those that cannot fail are `From`, the others `TryFrom`. What is converted prints in the
//! canonical form: how a text was written does not survive.

#[cfg(feature = "chrono")]
mod chrono;
#[cfg(any(feature = "jiff", feature = "jiff02"))]
mod jiff;
// A module for each version, so that the documentation names the one feature that each needs.
#[cfg(feature = "jiff")]
mod jiff1 {
    super::jiff::conversions!(jiff);
}
#[cfg(feature = "jiff02")]
mod jiff02 {
    super::jiff::conversions!(jiff02);
}
mod std_time;
#[cfg(feature = "time")]
mod time;

/// The date of numbers of whatever types a library has for them.
#[cfg(any(
    feature = "chrono",
    feature = "jiff",
    feature = "jiff02",
    feature = "time"
))]
fn date(
    year: impl TryInto<u16>,
    month: impl TryInto<u8>,
    day: impl TryInto<u8>,
) -> Result<crate::wire::Date, crate::wire::FormatError> {
    // A number out of range makes a date that does not exist.
    crate::wire::Date::new(
        year.try_into().unwrap_or(0),
        month.try_into().unwrap_or(0),
        day.try_into().unwrap_or(0),
    )
}

/// The local time of numbers of whatever types a library has for them.
#[cfg(any(
    feature = "chrono",
    feature = "jiff",
    feature = "jiff02",
    feature = "time"
))]
fn local<T: TryInto<u8>>(
    date: crate::wire::Date,
    (hour, minute, second): (T, T, T),
    nanos: impl TryInto<u32>,
) -> Result<crate::wire::LocalDateTime, crate::wire::FormatError> {
    // A number out of range makes a time that does not exist.
    let number = |number: T| number.try_into().unwrap_or(u8::MAX);
    crate::wire::LocalDateTime::new(date, number(hour), number(minute), number(second))?
        .with_nanos(nanos.try_into().unwrap_or(u32::MAX))
}

/// The hour, the minute and the second of a local time, in the type of a library for them.
#[cfg(any(
    feature = "chrono",
    feature = "jiff",
    feature = "jiff02",
    feature = "time"
))]
fn clock<T: TryFrom<u8> + Default>(time: crate::wire::LocalDateTime) -> (T, T, T) {
    // None is beyond 59.
    let number = |number: u8| T::try_from(number).unwrap_or_default();
    (
        number(time.hour()),
        number(time.minute()),
        number(time.second()),
    )
}
