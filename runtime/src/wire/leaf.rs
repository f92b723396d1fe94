//! What the value types with a text form share: their place on the wire and in `serde`.

/// Implements `Serialize` and `Deserialize` by the wire form.
macro_rules! serde_by_wire {
    ($type:ty) => {
        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::wire::Wire::encode(self, $crate::wire::Purpose::Storage, serializer)
            }
        }

        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::wire::Wire::decode(deserializer)
            }
        }
    };
}

/// Implements `Wire` and the traits of `serde` for a type that is a string on the wire, by its
/// `FromStr` and `Display`.
macro_rules! wire_by_text {
    ($type:ty, $expected:expr) => {
        impl $crate::wire::Wire for $type {
            const EXPECTED: &'static str = $expected;

            fn view(&self) -> $crate::wire::write::View<'_> {
                $crate::wire::write::View::Shown(self)
            }

            fn from_scalar(scalar: $crate::wire::slot::Scalar<'_>) -> Option<Self> {
                match scalar {
                    $crate::wire::slot::Scalar::Text(text) => text.parse().ok(),
                    _ => None,
                }
            }
        }

        $crate::wire::leaf::serde_by_wire!($type);
    };
}

pub(crate) use {serde_by_wire, wire_by_text};
