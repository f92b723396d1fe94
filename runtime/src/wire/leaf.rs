//! What value types share: their place in `serde`, and that of those with a text form.

/// Gives a type the traits of `serde`, by its wire form.
#[doc(hidden)]
#[macro_export]
macro_rules! __serde {
    ($type:ident) => {
        impl $crate::codegen::Serialize for $type {
            fn serialize<S: $crate::codegen::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::wire::Wire::encode(self, $crate::wire::Purpose::Storage, serializer)
            }
        }

        impl<'de> $crate::codegen::Deserialize<'de> for $type {
            fn deserialize<D: $crate::codegen::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::wire::Wire::decode(deserializer)
            }
        }
    };
}

/// Implements `Wire` and the traits of `serde` for a type that is a string on the wire, by its
/// `FromStr` and `Display`.
macro_rules! wire_by_text {
    ($type:ident, $expected:expr) => {
        impl $crate::wire::Wire for $type {
            const EXPECTED: &'static str = $expected;

            fn view(&self) -> $crate::wire::slot::View<'_> {
                $crate::wire::slot::View::Shown(self)
            }

            fn from_scalar(scalar: $crate::wire::slot::Scalar<'_>) -> Option<Self> {
                match scalar {
                    $crate::wire::slot::Scalar::Text(text) => text.parse().ok(),
                    _ => None,
                }
            }
        }

        $crate::__serde!($type);
    };
}

/// The same for a type with a function `parse`, which `FromStr` calls; `Debug` shows its text.
macro_rules! wire_by_parse {
    ($type:ident, $expected:expr) => {
        impl std::str::FromStr for $type {
            type Err = $crate::wire::FormatError;

            fn from_str(text: &str) -> Result<Self, $crate::wire::FormatError> {
                Self::parse(text).ok_or($crate::wire::FormatError::new($expected))
            }
        }

        impl std::fmt::Debug for $type {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(formatter, concat!(stringify!($type), "({})"), self)
            }
        }

        $crate::wire::leaf::wire_by_text!($type, $expected);
    };
}

/// Compares, orders and hashes a type by its function `key`, without how its text is written.
macro_rules! ordered_by_key {
    ($type:ident) => {
        impl PartialEq for $type {
            fn eq(&self, other: &Self) -> bool {
                self.key() == other.key()
            }
        }

        impl Eq for $type {}

        impl PartialOrd for $type {
            fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
                Some(self.cmp(other))
            }
        }

        impl Ord for $type {
            fn cmp(&self, other: &Self) -> std::cmp::Ordering {
                self.key().cmp(&other.key())
            }
        }

        impl std::hash::Hash for $type {
            fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
                self.key().hash(state);
            }
        }
    };
}

pub(super) use {ordered_by_key, wire_by_parse, wire_by_text};
