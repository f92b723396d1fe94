//! `google-photos login` and `logout`.

use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;

use serde_json::json;

use crate::account::Shared;
use crate::end::End;
use crate::output::Output;

/// Sign in to your account; the other commands use it from then on
///
/// It asks for access to what this app uploads, and to what you pick: to the Photos Library API and to
/// the Photos Picker API. A client whose consent screen is in testing has to sign in again each week.
#[derive(clap::Args)]
pub(crate) struct Login {
    /// The JSON file of an OAuth client of the type "Desktop app", as the Google Cloud console gives
    /// it; a copy is kept, so that later sign-ins need none
    #[arg(long, value_name = "FILE")]
    client: Option<PathBuf>,
    /// Print the address to open in place of opening it, and take the address where the browser
    /// ended from standard input; for machines that you reach over ssh
    #[arg(long)]
    no_browser: bool,
    /// The port to listen on for the browser, such as one that a container publishes; 0 takes a free one
    #[arg(long, value_name = "N", default_value_t = 0)]
    port: u16,
    /// The address to listen on for the browser, such as 0.0.0.0 in a container
    #[arg(long, value_name = "ADDRESS", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    bind: IpAddr,
    /// The mail address of the account, so that you need not choose
    #[arg(long, value_name = "MAIL")]
    account: Option<String>,
}

impl Login {
    pub(crate) async fn run(self, shared: &Shared) -> anyhow::Result<End> {
        let mut app = shared
            .app(self.client.as_ref())?
            .listen_on(SocketAddr::new(self.bind, self.port));
        if let Some(account) = self.account {
            app = app.login_hint(account);
        }
        if self.no_browser {
            app = app
                .open_with(|address| {
                    show_address(address);
                    Ok(())
                })
                .paste_with(read_address);
        }
        app.sign_in().await.map_err(|error| {
            let hint = "could not sign in; --no-browser prints the address in place of opening it";
            let error = anyhow::Error::from(error);
            if self.no_browser {
                error
            } else {
                error.context(hint)
            }
        })?;
        if let Some(client) = self.client {
            shared.keep_client(client).await?;
        }
        Output::new(shared).print("signed in", &json!({"signedIn": true}))?;
        Ok(End::Done)
    }
}

/// Signs out. Whoever never signed in is signed out.
pub(crate) async fn log_out(shared: &Shared) -> anyhow::Result<End> {
    match shared.app(None) {
        Ok(app) => app.sign_out().await?,
        Err(error) if error.is::<crate::account::NoClient>() => {}
        Err(error) => return Err(error),
    }
    Output::new(shared).print("signed out", &json!({"signedIn": false}))?;
    Ok(End::Done)
}

fn show_address(address: &str) {
    eprintln!("open this address to sign in:\n{address}");
    eprintln!(
        "if the browser is on another machine, it ends on a page that it can't show: paste the \
         address of that page here, from http:// on"
    );
}

/// Reads lines until one is not empty. Without any the browser has to come by itself.
fn read_address() -> Result<String, Box<dyn std::error::Error + Send + Sync>> {
    loop {
        let mut line = String::new();
        if io::stdin().read_line(&mut line)? == 0 {
            std::thread::park();
        } else if !line.trim().is_empty() {
            return Ok(line);
        }
    }
}
