//! Options, lists, maps and any JSON.
//!
//! `None` and empty lists and maps are absent. An explicit `null` is absence as well, unless it is
//! a value of the type. In a list or a map, an entry that is `null` is dropped, unless its type has
//! a value for it.

use super::slot::{Entries, List, Scalar, Slot, Target, View};
use super::{Map, Value, Wire, memory};

impl<T: Wire> Wire for Option<T> {
    const EXPECTED: &'static str = T::EXPECTED;
    const ANY: bool = T::ANY;

    fn view(&self) -> View<'_> {
        Slot::view(self)
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
        Some(match scalar {
            Scalar::Null => Self::Null,
            Scalar::Bool(value) => value.into(),
            Scalar::Signed(value) => value.into(),
            Scalar::Unsigned(value) => value.into(),
            Scalar::Float(value) => value.into(),
            Scalar::Text(text) => text.into(),
        })
    }

    fn open() -> Option<Self> {
        Some(Self::Null)
    }

    fn target(&mut self) -> Target<'_> {
        Target::Any(self)
    }
}

/// What lists and maps share. A field that holds one needs no `Option`: an empty one is absent.
macro_rules! list_or_map {
    ($type:ident, $kind:ident, $expected:literal) => {
        impl<T: Wire> Wire for $type<T> {
            const EXPECTED: &'static str = $expected;

            fn view(&self) -> View<'_> {
                View::$kind(self)
            }

            fn from_scalar(scalar: Scalar<'_>) -> Option<Self> {
                matches!(scalar, Scalar::Null).then(Self::new)
            }

            fn open() -> Option<Self> {
                Some(Self::new())
            }

            fn target(&mut self) -> Target<'_> {
                Target::$kind(self)
            }
        }

        impl<T: Wire> Slot for $type<T> {
            fn view(&self) -> View<'_> {
                if self.is_empty() {
                    View::Null
                } else {
                    Wire::view(self)
                }
            }

            fn expected(&self) -> &'static str {
                Self::EXPECTED
            }

            fn takes_any(&self) -> bool {
                Self::ANY
            }

            fn scalar(&mut self, scalar: Scalar<'_>) -> bool {
                self.clear();
                matches!(scalar, Scalar::Null)
            }

            fn open(&mut self) -> Target<'_> {
                self.clear();
                self.target()
            }

            fn clear(&mut self) {
                Self::clear(self);
            }
        }
    };
}

list_or_map!(Vec, List, "a list");
list_or_map!(Map, Map, "an object");

impl<T: Wire> List for Vec<T> {
    fn show(&self, show: &mut dyn FnMut(View<'_>)) {
        for entry in self {
            show(entry.view());
        }
    }

    fn fill(&mut self, next: &mut dyn FnMut(&mut dyn Slot) -> bool) {
        let mut start = self.len();
        while next(&mut Next { list: self, start }) {
            start = self.len();
        }
    }
}

/// The place of the next entry of a list: at its end, so that an entry that was read is not moved.
struct Next<'a, T> {
    list: &'a mut Vec<T>,
    /// The entries before it.
    start: usize,
}

impl<T: Wire> Slot for Next<'_, T> {
    fn view(&self) -> View<'_> {
        self.list.get(self.start).map_or(View::Null, T::view)
    }

    fn expected(&self) -> &'static str {
        T::EXPECTED
    }

    fn takes_any(&self) -> bool {
        T::ANY
    }

    fn scalar(&mut self, scalar: Scalar<'_>) -> bool {
        self.clear();
        let is_null = matches!(scalar, Scalar::Null);
        T::from_scalar(scalar).map_or(is_null, |entry| memory::push(self.list, entry))
    }

    fn open(&mut self) -> Target<'_> {
        self.clear();
        let is_open = T::open().is_some_and(|entry| memory::push(self.list, entry));
        let entry = self.list.last_mut().filter(|_| is_open);
        entry.map_or(Target::None, T::target)
    }

    fn clear(&mut self) {
        self.list.truncate(self.start);
    }
}

impl<T: Wire> Entries for Map<T> {
    fn show(&self, show: &mut dyn FnMut(&str, View<'_>)) {
        for (key, entry) in self {
            show(key, entry.view());
        }
    }

    fn fill(&mut self, next: &mut dyn FnMut(&mut String, &mut dyn Slot) -> bool) {
        let mut key = String::new();
        let mut entry = None;
        while next(&mut key, &mut entry) {
            let key = std::mem::take(&mut key);
            // The last of several entries with one key wins, even if it is `null`.
            let Some(entry) = entry.take().or_else(|| T::from_scalar(Scalar::Null)) else {
                self.remove(&key);
                continue;
            };
            if !memory::insert(self, key, entry) {
                return;
            }
        }
    }
}
