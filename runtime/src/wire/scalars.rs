//! Strings, booleans and numbers: 64-bit integers are strings, so are numbers that JSON lacks.

use std::str::FromStr;

use super::Wire;
use super::slot::{Scalar, View};

impl Wire for String {
    const EXPECTED: &'static str = "a string";

    fn view(&self) -> View<'_> {
        View::Text(self)
    }

    #[inline]
    fn from_scalar(scalar: Scalar<'_>) -> Option<Self> {
        match scalar {
            Scalar::Text(text) => Some(text.to_owned()),
            _ => None,
        }
    }
}

impl Wire for bool {
    const EXPECTED: &'static str = "a boolean";

    fn view(&self) -> View<'_> {
        View::Bool(*self)
    }

    #[inline]
    fn from_scalar(scalar: Scalar<'_>) -> Option<Self> {
        match scalar {
            Scalar::Bool(value) => Some(value),
            _ => None,
        }
    }
}

/// Reads a number that has no fraction: a JSON number, or its digits in a string.
fn integer<T: FromStr + TryFrom<i64> + TryFrom<u64>>(scalar: &Scalar<'_>) -> Option<T> {
    // The largest double below which each integer has its own double.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    match scalar {
        Scalar::Signed(value) => T::try_from(*value).ok(),
        Scalar::Unsigned(value) => T::try_from(*value).ok(),
        // `1.0` and `1e3` are integers to JSON.
        #[allow(clippy::cast_possible_truncation)] // It is an integer below 2^53.
        Scalar::Float(value) if value.fract() == 0.0 && value.abs() <= EXACT => {
            T::try_from(*value as i64).ok()
        }
        // Rust takes a plus sign, which is not JSON, and no `-0` for a type without signs.
        Scalar::Text(text) if !text.starts_with('+') => match text.parse() {
            Ok(value) => Some(value),
            Err(_) => T::try_from(text.parse::<i64>().ok()?).ok(),
        },
        _ => None,
    }
}

macro_rules! integer {
    ($type:ty, $expected:literal, $self:ident => $view:expr) => {
        impl Wire for $type {
            const EXPECTED: &'static str = $expected;

            fn view(&self) -> View<'_> {
                let $self = self;
                $view
            }

            #[inline]
            fn from_scalar(scalar: Scalar<'_>) -> Option<Self> {
                integer(&scalar)
            }
        }
    };
}

integer!(i32, "a 32-bit integer", value => View::Integer(i64::from(*value)));
integer!(u32, "an unsigned 32-bit integer", value => View::Integer(i64::from(*value)));
integer!(i64, "a 64-bit integer", value => View::Shown(value));
integer!(u64, "an unsigned 64-bit integer", value => View::Shown(value));

/// Reads any number: a JSON number, its text in a string, or one of the names that stand for
/// the values that JSON lacks.
fn double(scalar: &Scalar<'_>) -> Option<f64> {
    match scalar {
        #[allow(clippy::cast_precision_loss)] // JSON numbers are doubles to most of the world.
        Scalar::Signed(value) => Some(*value as f64),
        #[allow(clippy::cast_precision_loss)]
        Scalar::Unsigned(value) => Some(*value as f64),
        Scalar::Float(value) => Some(*value),
        Scalar::Text(text) => match *text {
            "NaN" => Some(f64::NAN),
            "Infinity" => Some(f64::INFINITY),
            "-Infinity" => Some(f64::NEG_INFINITY),
            // Rust takes a plus sign and other names, such as `inf`.
            _ if text.starts_with(|first: char| first == '-' || first.is_ascii_digit()) => {
                text.parse().ok().filter(|value: &f64| value.is_finite())
            }
            _ => None,
        },
        Scalar::Null | Scalar::Bool(_) => None,
    }
}

/// The name on the wire of a number that JSON lacks.
fn named(value: f64) -> &'static str {
    if value.is_nan() {
        "NaN"
    } else if value > 0.0 {
        "Infinity"
    } else {
        "-Infinity"
    }
}

impl Wire for f64 {
    const EXPECTED: &'static str = "a number";

    fn view(&self) -> View<'_> {
        if self.is_finite() {
            View::Double(*self)
        } else {
            View::Text(named(*self))
        }
    }

    #[inline]
    fn from_scalar(scalar: Scalar<'_>) -> Option<Self> {
        double(&scalar)
    }
}

impl Wire for f32 {
    const EXPECTED: &'static str = "a number of single precision";

    fn view(&self) -> View<'_> {
        if self.is_finite() {
            View::Float(*self)
        } else {
            View::Text(named(f64::from(*self)))
        }
    }

    #[inline]
    fn from_scalar(scalar: Scalar<'_>) -> Option<Self> {
        let wide = double(&scalar)?;
        let narrow = round(wide);
        (narrow.is_finite() || !wide.is_finite()).then_some(narrow)
    }
}

/// The number of single precision that is nearest to the decimal which `wide` was read from.
///
/// Rounding twice goes wrong if the double lies halfway between two singles and the decimal does
/// not: `7.038531e-26` is such a one. A double prints as the shortest decimal that reads as it;
/// that is the one which was read, if it has 15 digits at most. Singles need 9.
#[allow(clippy::cast_possible_truncation, clippy::float_cmp)] // Rounding is meant, once.
fn round(wide: f64) -> f32 {
    let narrow = wide as f32;
    let distance = wide - f64::from(narrow);
    let neighbor = if distance > 0.0 {
        narrow.next_up()
    } else {
        narrow.next_down()
    };
    // Each of these differences has a double of its own, so nothing is rounded here.
    let halfway = distance.abs() == (f64::from(neighbor) - wide).abs();
    let decimal = halfway.then(|| wide.to_string());
    decimal
        .and_then(|decimal| decimal.parse().ok())
        .unwrap_or(narrow)
}
