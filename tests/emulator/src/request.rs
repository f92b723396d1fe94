//! One received HTTP request, and access to its query.

use bytes::Bytes;
use hyper::header::HeaderMap;

use crate::replies;
use crate::reply::Reply;

/// A request with its whole body, or with the part of it that arrived.
#[derive(Clone, Debug)]
pub(crate) struct Received {
    pub(crate) http_method: hyper::Method,
    /// As it was sent, percent-encoded.
    pub(crate) path: String,
    pub(crate) query: Query,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    /// Whether all of the body arrived.
    pub(crate) complete: bool,
}

impl Received {
    /// The method that is meant: a `POST` can stand for another one, since addresses have a greatest length. The
    /// Python client sends long queries so.
    pub(crate) fn meant_method(&self) -> &str {
        match self.header("x-http-method-override") {
            Some(method) if self.http_method == hyper::Method::POST => method,
            _ => self.http_method.as_str(),
        }
    }

    /// Moves the parameters of a `POST` that stands for a `GET` from its body to where they are meant.
    pub(crate) fn unpack(&mut self) {
        let is_form = self
            .header("content-type")
            .is_some_and(|kind| kind.starts_with("application/x-www-form-urlencoded"));
        if self.http_method == hyper::Method::POST && self.meant_method() == "GET" && is_form {
            self.query.0.extend(self.form().0);
            self.http_method = hyper::Method::GET;
            self.body = Bytes::new();
        }
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The token of the `Authorization` header, or else of the `access_token` parameter.
    pub(crate) fn bearer(&self) -> Option<&str> {
        match self.header("authorization") {
            Some(value) => {
                let (scheme, token) = value.split_once(' ')?;
                scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
            }
            None => self.query.get("access_token"),
        }
    }

    /// The parameters of a form body.
    pub(crate) fn form(&self) -> Query {
        Query(form_urlencoded::parse(&self.body).into_owned().collect())
    }
}

/// Decoded parameters in the order they were sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Query(pub(crate) Vec<(String, String)>);

impl Query {
    pub(crate) fn parse(text: &str) -> Self {
        Self(
            form_urlencoded::parse(text.as_bytes())
                .into_owned()
                .collect(),
        )
    }

    /// The last value of a parameter, as the service takes it.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .rev()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// Every value of a parameter that repeats.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0
            .iter()
            .filter(move |(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// A whole number; 400 when it is none.
    pub(crate) fn int32(&self, name: &str) -> Result<Option<i32>, Reply> {
        let parse = |text: &str| {
            text.parse()
                .map_err(|_| replies::invalid(&format!("Invalid value at '{name}' (TYPE_INT32)")))
        };
        self.get(name).map(parse).transpose()
    }

    /// `true` or `false`; 400 when it is neither.
    pub(crate) fn flag(&self, name: &str) -> Result<Option<bool>, Reply> {
        let parse = |text: &str| {
            text.parse()
                .map_err(|_| replies::invalid(&format!("Invalid value at '{name}' (TYPE_BOOL)")))
        };
        self.get(name).map(parse).transpose()
    }
}
