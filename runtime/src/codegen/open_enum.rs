//! Open enums: a value that is not known yet is kept as it came.

use std::borrow::Cow;
use std::fmt;

use crate::wire::slot::Scalar;

/// The wire text of an enum value that this version of a client does not know.
///
/// Only a client makes one, from a text that is none of the known values. When such a value gets
/// a variant of its own in a later version, no code that compiles today breaks.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnrecognizedValue(Box<str>);

impl UnrecognizedValue {
    /// The text as it is on the wire.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for UnrecognizedValue {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

impl fmt::Display for UnrecognizedValue {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.as_str())
    }
}

/// A generated enum.
pub trait OpenEnum: Sized {
    /// The variant of a known text.
    fn known(text: &str) -> Option<Self>;

    /// The variant of any other text.
    fn unrecognized(value: UnrecognizedValue) -> Self;

    /// The text on the wire.
    fn text(&self) -> &str;
}

/// The value of a text.
pub fn from_text<T: OpenEnum>(text: Cow<'_, str>) -> T {
    T::known(&text)
        .unwrap_or_else(|| T::unrecognized(UnrecognizedValue(text.into_owned().into_boxed_str())))
}

/// The value of a string or of a number, which keeps its text.
pub fn from_scalar<T: OpenEnum>(scalar: Scalar<'_>) -> Option<T> {
    let text = match scalar {
        Scalar::Text(text) => text.into(),
        Scalar::Signed(value) => value.to_string().into(),
        Scalar::Unsigned(value) => value.to_string().into(),
        Scalar::Float(value) => value.to_string().into(),
        Scalar::Null | Scalar::Bool(_) => return None,
    };
    Some(from_text(text))
}

/// Gives a generated enum its place on the wire.
///
/// Each row is a wire text, an arrow and a variant; the variant after `else` holds all others.
#[doc(hidden)]
#[macro_export]
macro_rules! __open_enum {
    ($enum:ident { $($text:literal => $variant:ident),* $(,)? } else $other:ident) => {
        impl $crate::codegen::OpenEnum for $enum {
            fn known(text: &str) -> ::core::option::Option<Self> {
                ::core::option::Option::Some(match text {
                    $($text => Self::$variant,)*
                    _ => return ::core::option::Option::None,
                })
            }

            fn unrecognized(value: $crate::UnrecognizedValue) -> Self {
                Self::$other(value)
            }

            fn text(&self) -> &str {
                self.as_str()
            }
        }

        impl $enum {
            /// The text of the value on the wire.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $text,)*
                    Self::$other(value) => value.as_str(),
                }
            }
        }

        impl $crate::wire::Wire for $enum {
            const EXPECTED: &'static str = "the name of an enum value";

            fn view(&self) -> $crate::codegen::View<'_> {
                $crate::codegen::View::Enum(self.as_str(), self)
            }

            fn from_scalar(scalar: $crate::codegen::Scalar<'_>) -> ::core::option::Option<Self> {
                $crate::codegen::enum_from_scalar(scalar)
            }
        }

        $crate::__serde!($enum);

        impl $crate::codegen::Param for $enum {
            fn show(&self, show: &mut dyn ::core::ops::FnMut(&str)) {
                show(self.as_str());
            }
        }

        impl ::core::convert::AsRef<str> for $enum {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl ::core::fmt::Display for $enum {
            fn fmt(&self, formatter: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                formatter.pad(self.as_str())
            }
        }

        impl ::core::convert::From<&str> for $enum {
            fn from(text: &str) -> Self {
                $crate::codegen::enum_from_text(::std::borrow::Cow::Borrowed(text))
            }
        }

        impl ::core::convert::From<::std::string::String> for $enum {
            fn from(text: ::std::string::String) -> Self {
                $crate::codegen::enum_from_text(::std::borrow::Cow::Owned(text))
            }
        }

        impl ::core::str::FromStr for $enum {
            type Err = ::core::convert::Infallible;

            fn from_str(
                text: &str,
            ) -> ::core::result::Result<Self, ::core::convert::Infallible> {
                ::core::result::Result::Ok(::core::convert::From::from(text))
            }
        }

        impl ::core::cmp::PartialOrd for $enum {
            fn partial_cmp(&self, other: &Self) -> ::core::option::Option<::core::cmp::Ordering> {
                ::core::option::Option::Some(::core::cmp::Ord::cmp(self, other))
            }
        }

        impl ::core::cmp::Ord for $enum {
            fn cmp(&self, other: &Self) -> ::core::cmp::Ordering {
                ::core::cmp::Ord::cmp(self.as_str(), other.as_str())
            }
        }
    };
}
