//! Schemas that are not objects with fields: newtypes with the wire form of what they hold.

/// Gives a generated newtype the wire form of its only field.
#[doc(hidden)]
#[macro_export]
macro_rules! __transparent {
    ($newtype:ident($inner:ty)) => {
        impl $crate::wire::Wire for $newtype {
            const EXPECTED: &'static str = <$inner as $crate::wire::Wire>::EXPECTED;
            const ANY: bool = <$inner as $crate::wire::Wire>::ANY;
            const NULL_IS_VALUE: bool = <$inner as $crate::wire::Wire>::NULL_IS_VALUE;

            fn view(&self) -> $crate::codegen::View<'_> {
                $crate::wire::Wire::view(&self.0)
            }

            fn from_scalar(scalar: $crate::codegen::Scalar<'_>) -> ::core::option::Option<Self> {
                <$inner as $crate::wire::Wire>::from_scalar(scalar).map(Self)
            }

            fn open() -> ::core::option::Option<Self> {
                <$inner as $crate::wire::Wire>::open().map(Self)
            }

            fn target(&mut self) -> $crate::codegen::Target<'_> {
                $crate::wire::Wire::target(&mut self.0)
            }
        }

        $crate::__serde!($newtype);

        impl ::core::ops::Deref for $newtype {
            type Target = $inner;

            fn deref(&self) -> &Self::Target {
                &self.0
            }
        }

        impl ::core::ops::DerefMut for $newtype {
            fn deref_mut(&mut self) -> &mut Self::Target {
                &mut self.0
            }
        }

        impl ::core::convert::From<$inner> for $newtype {
            fn from(value: $inner) -> Self {
                Self(value)
            }
        }

        impl $crate::codegen::FromBody for $newtype {
            fn from_body(bytes: &[u8]) -> ::core::result::Result<Self, $crate::codegen::BodyError> {
                $crate::codegen::decode_body(bytes)
            }

            fn from_body_leniently(
                bytes: &[u8],
                left_out: &mut $crate::codegen::LeftOut,
            ) -> ::core::option::Option<::core::result::Result<Self, $crate::codegen::BodyError>>
            {
                $crate::codegen::decode_body_leniently(bytes, left_out)
            }
        }
    };
}
