//! JSON numbers one at a time, as the strict reading has them.

use crate::wire::slot::Scalar;

/// The number that is written in JSON; `None` if neither a 64-bit integer nor a double holds it.
pub(super) fn read(json: &[u8]) -> Option<Scalar<'static>> {
    let text = std::str::from_utf8(json).ok()?;
    if let Ok(value) = text.parse() {
        return Some(Scalar::Unsigned(value));
    }
    // `-0` is a double: no integer has that sign.
    if let Ok(value) = text.parse()
        && value != 0_i64
    {
        return Some(Scalar::Signed(value));
    }
    let double: f64 = text.parse().ok()?;
    double.is_finite().then_some(Scalar::Float(double))
}
