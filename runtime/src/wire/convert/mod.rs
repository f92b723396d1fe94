//! Conversions between the time types of the wire and those of other libraries.
//!
//! Those that cannot fail are `From`, the others `TryFrom`. What is converted prints in the
//! canonical form: how a text was written does not survive.

#[cfg(feature = "chrono")]
mod chrono;
#[cfg(feature = "jiff")]
mod jiff;
mod std_time;
#[cfg(feature = "time")]
mod time;

/// The date of numbers of whatever types a library has for them.
#[cfg(any(feature = "chrono", feature = "jiff", feature = "time"))]
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
