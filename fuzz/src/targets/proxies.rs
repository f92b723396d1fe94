//! The address of a proxy, and on the next line the hosts that need none.

use discovery_runtime::transport::{HyperTransport, Proxy};

use super::Target;

pub(super) const TARGET: Target = Target {
    name: "proxies",
    holds: "a transport, or an error that does not show the password",
    tokens: &[
        "http://",
        "https://",
        "socks5://",
        "socks5h://",
        "socks4a://",
        "user:CANARY@",
        ":8080",
        "[::1]",
        "localhost",
        "%40",
        "*.example.com",
        "10.0.0.0/8",
        "\n",
    ],
    run,
};

fn run(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let (address, except) = text.split_once('\n').unwrap_or((&text, ""));
    let proxy = Proxy::at(address).except(except);
    let shown = format!("{proxy:?}");
    let built = HyperTransport::builder().proxy(proxy).build();
    let shown = match built {
        Ok(_) => shown,
        Err(error) => {
            assert!(error.is_configuration(), "{error:?}");
            format!("{shown} {error} {error:?}")
        }
    };
    // The canary is a password where it stands before an `@`.
    let is_password = address.contains("user:CANARY@") && address.matches("CANARY").count() == 1;
    assert!(!is_password || !shown.contains("CANARY"), "{shown}");
}
