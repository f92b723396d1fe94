//! Values of path and query parameters as text.

use crate::wire::{Bytes, Date, DateTime, Duration, FieldMask, NullValue, Timestamp, Value};

/// One value of a path or query parameter.
pub trait Param {
    /// Shows the text of the value, before any escaping, to `show` exactly once.
    fn show(&self, show: &mut dyn FnMut(&str));
}

/// The values of a parameter: none, one or many.
pub trait Params {
    /// Whether there may be no value.
    const OPTIONAL: bool;

    /// Shows the text of each value in order.
    fn each(&self, show: &mut dyn FnMut(&str));
}

impl<T: Param + ?Sized> Params for T {
    const OPTIONAL: bool = false;

    fn each(&self, show: &mut dyn FnMut(&str)) {
        self.show(show);
    }
}

impl<T: Param> Params for Option<T> {
    const OPTIONAL: bool = true;

    fn each(&self, show: &mut dyn FnMut(&str)) {
        if let Some(value) = self {
            value.show(show);
        }
    }
}

impl<T: Param> Params for Vec<T> {
    const OPTIONAL: bool = true;

    fn each(&self, show: &mut dyn FnMut(&str)) {
        for value in self {
            value.show(show);
        }
    }
}

impl<T: Param + ?Sized> Param for &T {
    fn show(&self, show: &mut dyn FnMut(&str)) {
        T::show(self, show);
    }
}

impl Param for str {
    fn show(&self, show: &mut dyn FnMut(&str)) {
        show(self);
    }
}

impl Param for String {
    fn show(&self, show: &mut dyn FnMut(&str)) {
        show(self);
    }
}

/// In a URL the alphabet is the one made for it, with padding.
impl Param for Bytes {
    fn show(&self, show: &mut dyn FnMut(&str)) {
        show(&crate::wire::url_safe(self));
    }
}

macro_rules! param_by_display {
    ($($type:ty),*) => {
        $(
            impl Param for $type {
                fn show(&self, show: &mut dyn FnMut(&str)) {
                    show(&self.to_string());
                }
            }
        )*
    };
}

// An object in a query goes as JSON.
param_by_display!(Value);
param_by_display!(
    bool, i32, u32, i64, u64, Date, DateTime, Duration, FieldMask, NullValue, Timestamp
);

macro_rules! float_param {
    ($($type:ty),*) => {
        $(
            impl Param for $type {
                fn show(&self, show: &mut dyn FnMut(&str)) {
                    if self.is_infinite() {
                        // Display has another name for it than the wire.
                        show(if *self > 0.0 { "Infinity" } else { "-Infinity" });
                    } else {
                        show(&self.to_string());
                    }
                }
            }
        )*
    };
}

float_param!(f32, f64);
