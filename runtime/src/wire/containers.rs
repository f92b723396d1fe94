//! Options, boxes, lists, maps and any JSON.
//!
//! `None` and empty lists and maps are absent. An explicit `null` is absence as well, unless it is
//! a value of the type. In a list or a map, an entry that is `null` is dropped, unless its type has
//! a value for it.

use super::slot::{Entries, Expected, List, Scalar, Slot, Target};
use super::write::{ListView, MapView, View};
use super::{Map, Value, Wire};

impl<T: Wire> Wire for Option<T> {
    const EXPECTED: &'static str = T::EXPECTED;
    const ANY: bool = T::ANY;

    fn view(&self) -> View<'_> {
        self.as_ref().map_or(View::Null, T::view)
    }

    fn is_absent(&self) -> bool {
        self.is_none()
    }

    fn from_scalar(scalar: Scalar<'_>) -> Option<Self> {
        match scalar {
            Scalar::Null => Some(None),
            scalar => T::from_scalar(scalar).map(Some),
        }
    }

    fn open() -> Option<Self> {
        T::open().map(Some)
    }

    fn target(&mut self) -> Target<'_> {
        self.as_mut().map_or(Target::None, T::target)
    }
}

impl Wire for Value {
    const EXPECTED: &'static str = "any JSON";
    const ANY: bool = true;
    const NULL_IS_VALUE: bool = true;

    fn view(&self) -> View<'_> {
        View::Any(self)
    }

    fn from_scalar(scalar: Scalar<'_>) -> Option<Self> {
        match scalar {
            Scalar::Null => Some(Self::Null),
            Scalar::Json(value) => Some(value),
            _ => None,
        }
    }
}

impl<T: Wire> Wire for Vec<T> {
    const EXPECTED: &'static str = "a list";

    fn view(&self) -> View<'_> {
        View::List(self)
    }

    fn is_absent(&self) -> bool {
        self.is_empty()
    }

    fn from_scalar(scalar: Scalar<'_>) -> Option<Self> {
        matches!(scalar, Scalar::Null).then(Self::new)
    }

    fn open() -> Option<Self> {
        Some(Self::new())
    }

    fn target(&mut self) -> Target<'_> {
        Target::List(self)
    }
}

impl<T: Wire> List for Vec<T> {
    fn take(&mut self, next: &mut dyn FnMut(&mut dyn Slot) -> bool) {
        let mut entry = None;
        while next(&mut entry) {
            self.extend(entry.take().or_else(|| T::from_scalar(Scalar::Null)));
        }
    }
}

impl<T: Wire> ListView for Vec<T> {
    fn each(&self, show: &mut dyn FnMut(View<'_>)) {
        for entry in self {
            show(entry.view());
        }
    }
}

impl<T: Wire> Wire for Map<T> {
    const EXPECTED: &'static str = "an object";

    fn view(&self) -> View<'_> {
        View::Map(self)
    }

    fn is_absent(&self) -> bool {
        self.is_empty()
    }

    fn from_scalar(scalar: Scalar<'_>) -> Option<Self> {
        matches!(scalar, Scalar::Null).then(Self::new)
    }

    fn open() -> Option<Self> {
        Some(Self::new())
    }

    fn target(&mut self) -> Target<'_> {
        Target::Map(self)
    }
}

impl<T: Wire> Entries for Map<T> {
    fn take(&mut self, next: &mut dyn FnMut(&mut String, &mut dyn Slot) -> bool) {
        let mut key = String::new();
        let mut entry = None;
        while next(&mut key, &mut entry) {
            let key = std::mem::take(&mut key);
            // The last of several entries with one key wins, even if it is `null`.
            match entry.take().or_else(|| T::from_scalar(Scalar::Null)) {
                Some(entry) => self.insert(key, entry),
                None => self.remove(&key),
            };
        }
    }
}

impl<T: Wire> MapView for Map<T> {
    fn each(&self, show: &mut dyn FnMut(&str, View<'_>)) {
        for (key, entry) in self {
            show(key, entry.view());
        }
    }
}

/// An optional field; also the place of each entry of a list or a map.
impl<T: Wire> Slot for Option<T> {
    fn view(&self) -> View<'_> {
        Wire::view(self)
    }

    fn expected(&self) -> Expected {
        Expected::of::<T>()
    }

    fn scalar(&mut self, scalar: Scalar<'_>) -> bool {
        let is_null = matches!(scalar, Scalar::Null) && !T::NULL_IS_VALUE;
        *self = if is_null {
            None
        } else {
            T::from_scalar(scalar)
        };
        is_null || self.is_some()
    }

    fn open(&mut self) -> Target<'_> {
        *self = T::open();
        self.as_mut().map_or(Target::None, T::target)
    }

    fn clear(&mut self) {
        *self = None;
    }
}

/// A field that is a list; it needs no `Option`.
impl<T: Wire> Slot for Vec<T> {
    fn view(&self) -> View<'_> {
        if self.is_absent() {
            View::Null
        } else {
            Wire::view(self)
        }
    }

    fn expected(&self) -> Expected {
        Expected::of::<Self>()
    }

    fn scalar(&mut self, scalar: Scalar<'_>) -> bool {
        self.clear();
        matches!(scalar, Scalar::Null)
    }

    fn open(&mut self) -> Target<'_> {
        self.clear();
        Target::List(self)
    }

    fn clear(&mut self) {
        Self::clear(self);
    }
}

/// A field that is a map; it needs no `Option`.
impl<T: Wire> Slot for Map<T> {
    fn view(&self) -> View<'_> {
        if self.is_absent() {
            View::Null
        } else {
            Wire::view(self)
        }
    }

    fn expected(&self) -> Expected {
        Expected::of::<Self>()
    }

    fn scalar(&mut self, scalar: Scalar<'_>) -> bool {
        self.clear();
        matches!(scalar, Scalar::Null)
    }

    fn open(&mut self) -> Target<'_> {
        self.clear();
        Target::Map(self)
    }

    fn clear(&mut self) {
        Self::clear(self);
    }
}
