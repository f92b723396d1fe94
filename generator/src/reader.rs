//! Reads JSON objects with an account of their keys: each is used, ignored for a reason, or reported.

use crate::diagnostic::{Pointer, Sink};
use crate::json::Json;
use crate::text;

/// An object that is being read.
///
/// Whoever reads it takes each member that it knows and calls [`Object::finish`], which reports
/// the rest: a document that says something we do not understand is refused, not misread.
pub(crate) struct Object<'a> {
    pointer: Pointer,
    members: Vec<(&'a str, &'a Json<'a>)>,
    what: &'static str,
    /// The members that the reader knows, for help with a misspelled one.
    known: Vec<&'static str>,
    /// Whether the value is no object.
    is_other: bool,
}

impl<'a> Object<'a> {
    /// Opens `json` as an object; `what` names it in messages.
    pub(crate) fn open(
        json: &'a Json<'a>,
        pointer: &Pointer,
        what: &'static str,
        sink: &mut Sink,
    ) -> Self {
        let members = if let Json::Object(members) = json {
            members
                .iter()
                .map(|(key, value)| (key.as_ref(), value))
                .collect()
        } else {
            wrong_kind(pointer, "an object", json, sink);
            Vec::new()
        };
        let is_other = !matches!(json, Json::Object(_));
        Self {
            pointer: pointer.clone(),
            members,
            what,
            known: Vec::new(),
            is_other,
        }
    }

    pub(crate) fn pointer(&self) -> &Pointer {
        &self.pointer
    }

    /// Whether a member is there and not taken yet.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.members.iter().any(|(name, _)| *name == key)
    }

    /// Whether a member is missing that should be there. What is no object lacks nothing: that it
    /// is none was said already.
    pub(crate) fn lacks(&self, key: &str) -> bool {
        !self.has(key) && !self.is_other
    }

    /// Takes a member of any kind.
    pub(crate) fn take(&mut self, key: &'static str) -> Option<&'a Json<'a>> {
        self.known.push(key);
        let index = self.members.iter().position(|(name, _)| *name == key)?;
        Some(self.members.swap_remove(index).1)
    }

    /// Takes a member that says nothing about the client to emit.
    pub(crate) fn ignore(&mut self, key: &'static str) {
        self.take(key);
    }

    /// Takes a string; absent is `None`.
    pub(crate) fn string<T: From<&'a str>>(
        &mut self,
        key: &'static str,
        sink: &mut Sink,
    ) -> Option<T> {
        match self.take(key)? {
            Json::String(text) => Some(T::from(text.as_ref())),
            other => {
                wrong_kind(&self.pointer.key(key), "a string", other, sink);
                None
            }
        }
    }

    /// Takes a string that must be there; its absence is an error.
    pub(crate) fn required_string(&mut self, key: &'static str, sink: &mut Sink) -> String {
        self.require(key, "a string", sink);
        self.string(key, sink).unwrap_or_default()
    }

    /// Takes a list of strings that must be there, because an empty one says something.
    pub(crate) fn required_strings(&mut self, key: &'static str, sink: &mut Sink) -> Vec<String> {
        self.require(key, "a list", sink);
        self.strings(key, sink)
    }

    /// Takes a boolean that must be there.
    pub(crate) fn required_flag(&mut self, key: &'static str, sink: &mut Sink) -> Option<bool> {
        self.require(key, "`true` or `false`", sink)
            .then(|| self.flag(key, sink))
    }

    /// Takes a non-negative integer that must be there.
    pub(crate) fn required_count(&mut self, key: &'static str, sink: &mut Sink) -> Option<u64> {
        self.require(key, "a number", sink);
        self.count(key, sink)
    }

    /// Reports a member that should be there; whether it is.
    fn require(&self, key: &str, what: &str, sink: &mut Sink) -> bool {
        if self.lacks(key) {
            sink.error(
                &self.pointer,
                format!("{} has no `{key}`", self.what),
                format!("add the member `{key}`, {what}"),
            );
        }
        self.has(key)
    }

    /// Takes a boolean; absent is `false`.
    pub(crate) fn flag(&mut self, key: &'static str, sink: &mut Sink) -> bool {
        match self.take(key) {
            None => false,
            Some(Json::Bool(value)) => *value,
            Some(other) => {
                wrong_kind(&self.pointer.key(key), "a boolean", other, sink);
                false
            }
        }
    }

    /// Takes a non-negative integer, also one written as a string.
    pub(crate) fn count(&mut self, key: &'static str, sink: &mut Sink) -> Option<u64> {
        let value = self.take(key)?;
        let number = match value {
            Json::Number(number) => number.as_u64(),
            Json::String(text) => text.parse().ok(),
            _ => None,
        };
        if number.is_none() {
            wrong_kind(
                &self.pointer.key(key),
                "a non-negative integer",
                value,
                sink,
            );
        }
        number
    }

    /// Takes a list, and reads each entry; absent is empty.
    pub(crate) fn list<T>(
        &mut self,
        key: &'static str,
        sink: &mut Sink,
        mut read: impl FnMut(&'a Json<'a>, &Pointer, &mut Sink) -> T,
    ) -> Vec<T> {
        let Some(value) = self.take(key) else {
            return Vec::new();
        };
        let pointer = self.pointer.key(key);
        let Json::Array(items) = value else {
            wrong_kind(&pointer, "an array", value, sink);
            return Vec::new();
        };
        let items = items.iter().enumerate();
        items
            .map(|(index, item)| read(item, &pointer.index(index), sink))
            .collect()
    }

    /// Takes a list of strings; absent is empty. What is no string is reported, and stands as the
    /// empty text, so that the entries after it keep their places.
    pub(crate) fn strings(&mut self, key: &'static str, sink: &mut Sink) -> Vec<String> {
        self.list(key, sink, |item, at, sink| {
            if let Json::String(text) = item {
                return text.as_ref().to_owned();
            }
            wrong_kind(at, "a string", item, sink);
            String::new()
        })
    }

    /// Takes a list of booleans; absent is empty.
    pub(crate) fn flags(&mut self, key: &'static str, sink: &mut Sink) -> Vec<bool> {
        self.list(key, sink, |item, at, sink| {
            if let Json::Bool(value) = item {
                return *value;
            }
            wrong_kind(at, "a boolean", item, sink);
            false
        })
    }

    /// Takes an object whose member names are data, and reads each member.
    pub(crate) fn map<T>(
        &mut self,
        key: &'static str,
        sink: &mut Sink,
        mut read: impl FnMut(&str, &'a Json<'a>, &Pointer, &mut Sink) -> T,
    ) -> Vec<(String, T)> {
        let Some(value) = self.take(key) else {
            return Vec::new();
        };
        let pointer = self.pointer.key(key);
        let Json::Object(members) = value else {
            wrong_kind(&pointer, "an object", value, sink);
            return Vec::new();
        };
        let members = members.iter().map(|(name, value)| {
            let item = read(name, value, &pointer.key(name), sink);
            (name.as_ref().to_owned(), item)
        });
        members.collect()
    }

    /// Takes a member and reads it as an object of its own.
    pub(crate) fn object<T>(
        &mut self,
        key: &'static str,
        sink: &mut Sink,
        read: impl FnOnce(&'a Json<'a>, &Pointer, &mut Sink) -> T,
    ) -> Option<T> {
        let value = self.take(key)?;
        Some(read(value, &self.pointer.key(key), sink))
    }

    /// Ends the account: every member that nobody took is reported.
    pub(crate) fn finish(self, sink: &mut Sink) {
        for (key, _) in &self.members {
            let help = match text::nearest(key, &self.known) {
                Some(known) => format!("did you mean `{known}`?"),
                None => "if the format has grown, teach the generator this key; if not, remove it"
                    .to_owned(),
            };
            sink.error(
                &self.pointer.key(key),
                format!(
                    "{} has the member `{key}`, which is not known here",
                    self.what
                ),
                help,
            );
        }
    }
}

fn wrong_kind(pointer: &Pointer, expected: &str, found: &Json, sink: &mut Sink) {
    sink.error(
        pointer,
        format!("expected {expected}, found {}", found.kind()),
        format!("make it {expected}"),
    );
}
