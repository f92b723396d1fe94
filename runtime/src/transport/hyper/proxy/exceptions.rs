//! Hosts without proxy: the forms that other programs take in `NO_PROXY`.

use std::net::{IpAddr, Ipv4Addr};

use http::Uri;
use hyper_util::client::proxy::matcher::Matcher;

use super::address::is_port;

/// The hosts to which no proxy is on the way, for all ports or for one.
#[derive(Default)]
pub(super) struct Exceptions(Vec<(Option<u16>, Matcher)>);

/// The port of an address that names none: only those with TLS go to a proxy.
const DEFAULT_PORT: u16 = 443;

impl Exceptions {
    /// Reads a list; also the number of the first entry, from 1, that can't be read.
    pub(super) fn read(text: &str) -> (Self, Option<usize>) {
        // curl takes blanks between entries, Go and Python requests take blanks around them.
        let entries = text.split(|char: char| char == ',' || char.is_whitespace());
        let mut unread = None;
        let mut hosts = Vec::<(Option<u16>, Vec<String>)>::new();
        for (number, entry) in (1..).zip(entries.filter(|entry| !entry.is_empty())) {
            match read_entry(entry) {
                Some((port, host)) => match hosts.iter_mut().find(|(own, _)| *own == port) {
                    Some((_, hosts)) => hosts.push(host),
                    None => hosts.push((port, vec![host])),
                },
                None => unread = unread.or(Some(number)),
            }
        }
        let matcher = |hosts: Vec<String>| {
            let any = Matcher::builder().all("http://proxy.invalid");
            any.no(hosts.join(",")).build()
        };
        let hosts = hosts.into_iter();
        let hosts = hosts.map(|(port, hosts)| (port, matcher(hosts))).collect();
        (Self(hosts), unread)
    }

    /// Whether an address with TLS is at one of the hosts.
    pub(super) fn contain(&self, address: &Uri) -> bool {
        let port = address.port_u16().unwrap_or(DEFAULT_PORT);
        self.0.iter().any(|(own, matcher)| {
            own.is_none_or(|own| own == port) && matcher.intercept(address).is_none()
        })
    }
}

/// The port of an entry and its host, in a form that the matcher takes.
fn read_entry(entry: &str) -> Option<(Option<u16>, String)> {
    if is_network(entry) || entry.parse::<IpAddr>().is_ok() {
        return Some((None, entry.to_owned()));
    }
    let (host, port) = match entry.strip_prefix('[') {
        Some(rest) => {
            let (host, rest) = rest.split_once(']')?;
            host.parse::<IpAddr>().ok()?;
            (
                host,
                rest.strip_prefix(':').or((!rest.is_empty()).then_some("")),
            )
        }
        None => match entry.split_once(':') {
            Some((host, port)) => (host, Some(port)),
            None => (entry, None),
        },
    };
    let port = match port {
        Some(port) if is_port(port) => port.parse().ok(),
        Some(_) => return None,
        None => None,
    };
    Some((port, read_host(host)?))
}

fn is_network(text: &str) -> bool {
    text.split_once('/').is_some_and(|(address, bits)| {
        let most = match address.parse() {
            Ok(IpAddr::V4(_)) => 32,
            Ok(IpAddr::V6(_)) => 128,
            Err(_) => return false,
        };
        bits.parse::<u8>().is_ok_and(|bits| bits <= most)
    })
}

fn read_host(host: &str) -> Option<String> {
    if host.parse::<IpAddr>().is_ok() {
        return Some(host.to_owned());
    }
    if host == "*" {
        // The matcher takes the star for names only.
        return Some("*,0.0.0.0/0,::/0".to_owned());
    }
    if let Some(network) = network_of_prefix(host) {
        return Some(network);
    }
    // The matcher knows the dot and not the star; curl ignores a dot at the end.
    let name = host.strip_prefix("*.").unwrap_or(host);
    let name = name.strip_prefix('.').unwrap_or(name);
    let name = name.strip_suffix('.').unwrap_or(name);
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || b"-._".contains(&byte);
    (!name.is_empty() && name.bytes().all(is_name)).then(|| name.to_owned())
}

/// The network of the first numbers of an address, such as `10.` or `192.168.*`.
fn network_of_prefix(text: &str) -> Option<String> {
    let prefix = text.strip_suffix('*').unwrap_or(text).strip_suffix('.')?;
    let numbers: Vec<u8> = prefix
        .split('.')
        .map(|number| number.parse().ok())
        .collect::<Option<_>>()?;
    let mut address = [0; 4];
    address.get_mut(..numbers.len())?.copy_from_slice(&numbers);
    let bits = 8 * numbers.len();
    Some(format!("{}/{bits}", Ipv4Addr::from(address)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each line: the list, hosts that go without proxy, and hosts that do not. Above it stands who
    /// takes the form: curl (tried with 7.88.1), Go (`golang.org/x/net/http/httpproxy`), Python
    /// requests (`should_bypass_proxies`, tried with 2.34.2).
    #[test]
    fn no_proxy_takes_the_forms_of_other_programs() {
        let cases: &[(&str, &[&str], &[&str])] = &[
            ("", &[], &["a.example", "10.0.0.1"]),
            // All.
            ("*", &["a.example", "10.0.0.1", "[::1]"], &[]),
            (
                "a.example",
                &["a.example", "b.a.example", "A.EXAMPLE"],
                &["ba.example", "example"],
            ),
            (".a.example", &["b.a.example"], &["ba.example"]),
            (
                "a.example, b.example\n",
                &["a.example", "b.example"],
                &["c.example"],
            ),
            // curl.
            (
                "a.example b.example",
                &["a.example", "b.example"],
                &["c.example"],
            ),
            ("a.example.", &["a.example"], &["b.example"]),
            // Go.
            ("*.a.example", &["b.a.example"], &["ba.example"]),
            ("*.a.example:8443", &["b.a.example:8443"], &["b.a.example"]),
            ("[::1]:8443", &["[::1]:8443"], &["[::1]", "[::2]:8443"]),
            // Go and Python requests.
            (
                "a.example:443",
                &["a.example", "a.example:443"],
                &["a.example:8443"],
            ),
            (
                "a.example:443,b.example",
                &["a.example", "b.example:1"],
                &["a.example:1"],
            ),
            // As in addresses; Go takes the brackets with a port, the others never.
            ("[::1]", &["[::1]", "[::1]:8443"], &["[::2]"]),
            // curl, Go, Python requests.
            ("::1", &["[::1]", "[::1]:8443"], &["[::2]"]),
            // curl, Go, Python requests.
            (
                "10.0.0.0/8",
                &["10.1.2.3", "10.1.2.3:8443"],
                &["11.0.0.1", "10.example"],
            ),
            ("10.0.0.1/32", &["10.0.0.1"], &["10.0.0.2"]),
            // curl and Go.
            ("fe80::/10", &["[fe80::1]"], &["[fd00::1]"]),
            // Programs that compare the beginnings of texts, such as those in Java.
            ("10.", &["10.1.2.3"], &["11.0.0.1", "10.example"]),
            ("192.168.*", &["192.168.7.7"], &["192.169.0.1"]),
            ("10.1.2.", &["10.1.2.3"], &["10.1.3.3"]),
        ];
        for (list, without, through) in cases {
            let (exceptions, unread) = Exceptions::read(list);
            assert_eq!(unread, None, "{list}");
            let contain = |host: &str| {
                exceptions.contain(&format!("https://{host}/").parse::<Uri>().unwrap())
            };
            for host in *without {
                assert!(contain(host), "{list:?} does not have {host}");
            }
            for host in *through {
                assert!(!contain(host), "{list:?} has {host}");
            }
        }
    }

    #[test]
    fn entries_that_are_no_hosts_are_counted() {
        let entries = [
            "<local>",
            "a;b",
            "http://a",
            "a:b",
            "a:0",
            "a:99999",
            "*a",
            "a.*.b",
            "[a]",
            "[::1]x",
            "[::1]:",
            "10.0.0.0/33",
            "10.0.0.0/8:443",
            "a/8",
            ".",
            "*.",
            "ä.example",
            ":443",
        ];
        for entry in entries {
            let (exceptions, unread) = Exceptions::read(&format!("a.example, {entry} ,b.example"));
            assert_eq!(unread, Some(2), "{entry}");
            assert!(exceptions.contain(&Uri::from_static("https://b.example")));
            assert!(!exceptions.contain(&Uri::from_static("https://c.example")));
        }
    }
}
