//! Proxies: which one, and the way through it.

mod address;
mod connector;
mod exceptions;

use std::ffi::OsString;
use std::fmt;

use self::address::ProxyAddress;
pub(super) use self::connector::{Carrier, ProxyConnector, ProxyRejected};
use self::exceptions::Exceptions;
use crate::{Error, Result};

/// Which proxy a [`HyperTransport`](super::HyperTransport) uses.
///
/// Requests go through a tunnel: a proxy sees the host of a request and nothing else. Addresses
/// without TLS, which are on this machine, never go to a proxy. `Debug` does not show the address:
/// it can hold a password.
///
/// # Addresses
///
/// An address is such as `http://user:password@proxy.example.com:3128`. The schemes are `http`,
/// which is meant if there is none, `https`, `socks5` or `socks` (names are looked up here) and
/// `socks5h` (there). In the name of the user and the password all characters but letters, digits
/// and ``-._~!$&'()*+,;=`` are percent-encoded, in UTF-8. Blanks around an address do not count. An
/// address that says anything else fails the
/// [build](super::HyperTransportBuilder::build) of the transport: requests never go past a proxy
/// that was asked for.
///
/// # Hosts without proxy
///
/// A list of hosts, with commas or blanks between them, is read as other programs read `NO_PROXY`:
/// a name stands for itself and all names below it, with or without `.` or `*.` before it; `10.0.0.1`
/// and `::1` (or `[::1]`) are addresses, `10.0.0.0/8` and `10.` networks, and `*` is everything.
/// With a port (`example.com:8443`, `[::1]:8443`) an entry holds for that port only.
#[derive(Clone)]
pub struct Proxy(Choice);

#[derive(Clone)]
enum Choice {
    Environment,
    None,
    Given { address: String, except: String },
}

/// The variables that name a proxy. The first one that is not empty counts.
const PROXY: [&str; 4] = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];

const NO_PROXY: [&str; 2] = ["NO_PROXY", "no_proxy"];

/// What a [`Proxy`] comes to.
struct Setting {
    proxy: Option<ProxyAddress>,
    except: Exceptions,
}

impl Proxy {
    /// The proxy that `HTTPS_PROXY` or `ALL_PROXY` names, except for the hosts of `NO_PROXY`;
    /// small letters do as well. They are read when the transport is built, which fails if what is
    /// there is no address of a proxy. An empty variable is none.
    ///
    /// An entry of `NO_PROXY` that is no host is ignored, with a warning to
    /// [tracing](https://docs.rs/tracing): it belongs to all programs of the user.
    pub fn environment() -> Self {
        Self(Choice::Environment)
    }

    /// No proxy, whatever the environment says.
    pub fn none() -> Self {
        Self(Choice::None)
    }

    /// The proxy at an [address](Self#addresses).
    pub fn at(address: impl Into<String>) -> Self {
        Self(Choice::Given {
            address: address.into(),
            except: String::new(),
        })
    }

    /// The same, except for some [hosts](Self#hosts-without-proxy), such as
    /// `example.com,10.0.0.0/8`.
    #[must_use]
    pub fn except(mut self, hosts: impl Into<String>) -> Self {
        if let Choice::Given { except, .. } = &mut self.0 {
            *except = hosts.into();
        }
        self
    }

    fn setting(&self) -> Result<Setting> {
        match &self.0 {
            Choice::Environment => environment(|name| std::env::var_os(name)),
            Choice::None => Ok(Setting {
                proxy: None,
                except: Exceptions::default(),
            }),
            Choice::Given { address, except } => {
                let (except, unread) = Exceptions::read(except);
                if let Some(number) = unread {
                    let message = format!("entry {number} of the hosts without proxy is no host");
                    return Err(Error::configuration(message));
                }
                let proxy = Some(read("the address of the proxy", address)?);
                Ok(Setting { proxy, except })
            }
        }
    }
}

impl fmt::Debug for Proxy {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self.0 {
            Choice::Environment => "Proxy(environment)",
            Choice::None => "Proxy(none)",
            Choice::Given { .. } => "Proxy(given)",
        })
    }
}

/// Reads the variables, of which `get` has the values.
fn environment(get: impl Fn(&str) -> Option<OsString>) -> Result<Setting> {
    let first = |names: &[&'static str]| {
        let mut set = names.iter().filter_map(|&name| Some((name, get(name)?)));
        set.find(|(_, value)| !value.to_str().is_some_and(|text| text.trim().is_empty()))
    };
    let text = |name: &str, value: OsString| {
        let not_text = |_| Error::configuration(format!("{name} is no Unicode"));
        value.into_string().map_err(not_text)
    };
    let proxy = match first(&PROXY) {
        Some((name, value)) => Some(read(name, &text(name, value)?)?),
        None => None,
    };
    let mut except = Exceptions::default();
    if let Some((name, value)) = first(&NO_PROXY) {
        let (hosts, unread) = Exceptions::read(&text(name, value)?);
        except = hosts;
        if let Some(entry) = unread {
            tracing::warn!(name, entry, "an entry is no host, and is ignored");
        }
    }
    Ok(Setting { proxy, except })
}

/// Reads an address. The error names where it stands and nothing of it: it can hold a password.
fn read(name: &str, address: &str) -> Result<ProxyAddress> {
    ProxyAddress::read(address).map_err(|reason| {
        let example = "an address is such as http://user:password@proxy.example.com:3128";
        Error::configuration(format!("{name} can't be used: {reason}; {example}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the variables come to: the proxy, or the message of the error.
    fn proxy(variables: &[(&str, &str)]) -> Result<Option<String>, String> {
        let get = |name: &str| {
            let variable = variables.iter().find(|(own, _)| *own == name);
            variable.map(|(_, value)| OsString::from(value))
        };
        let setting = environment(get).map_err(|error| error.to_string())?;
        Ok(setting.proxy.map(|proxy| proxy.shown()))
    }

    /// All of them take the first that is set: Go (`golang.org/x/net/http/httpproxy`) skips empty
    /// ones as this does; curl takes an empty one for "none at all".
    #[test]
    fn the_first_proxy_variable_that_is_not_empty_counts() {
        let a = ("HTTPS_PROXY", "http://a:1");
        let b = ("https_proxy", "http://b:2");
        let c = ("ALL_PROXY", "http://c:3");
        let d = ("all_proxy", "http://d:4");
        let is = |variables: &[_], expected: &str| {
            assert_eq!(proxy(variables), Ok(Some(expected.to_owned())));
        };
        is(&[d, c, b, a], "http://a:1");
        is(&[d, c, b], "http://b:2");
        is(&[d, c, ("HTTPS_PROXY", " \r\n")], "http://c:3");
        is(&[d, ("ALL_PROXY", "")], "http://d:4");
        assert_eq!(proxy(&[]), Ok(None));
        assert_eq!(proxy(&[("HTTP_PROXY", "http://e:5")]), Ok(None));
        // `REQUEST_METHOD` shows a CGI program, in which only `HTTP_PROXY` can come from a request.
        is(&[a, ("REQUEST_METHOD", "GET")], "http://a:1");
    }

    #[test]
    fn an_unusable_proxy_variable_is_named_and_not_skipped() {
        for name in PROXY {
            let unusable = (name, "http://user:CANARY^@proxy:3128");
            let error = proxy(&[unusable, ("all_proxy", "http://d:4")]).unwrap_err();
            assert!(error.contains(name) && !error.contains("CANARY"), "{error}");
        }
        // Which hosts need no proxy is not known then.
        let setting = proxy(&[
            ("HTTPS_PROXY", "http://a:1"),
            ("NO_PROXY", "<local>;x y.example"),
        ]);
        assert_eq!(setting, Ok(Some("http://a:1".to_owned())));
    }

    #[cfg(unix)]
    #[test]
    fn a_proxy_variable_that_is_no_unicode_is_named() {
        use std::os::unix::ffi::OsStringExt as _;
        for name in ["ALL_PROXY", "no_proxy"] {
            let get =
                |own: &str| (own == name).then(|| OsString::from_vec(b"http://\xff:1".into()));
            let error = environment(get).err().unwrap();
            assert!(
                error.is_configuration() && error.to_string().contains(name),
                "{error}"
            );
        }
    }
}
