//! Ctrl-C: once for a clean end, twice for an end at once.

use std::future::pending;

use tokio::sync::watch;

/// Whether the user pressed Ctrl-C. Clones are the same.
#[derive(Clone)]
pub(crate) struct Interrupt(watch::Receiver<bool>);

impl Interrupt {
    /// From here on Ctrl-C does not end the program. `tell` says on the terminal what happens now.
    pub(crate) fn listen(tell: impl Fn(&str) + Send + 'static) -> Self {
        let (sender, receiver) = watch::channel(false);
        tokio::spawn(async move {
            if tokio::signal::ctrl_c().await.is_err() {
                return pending().await;
            }
            tell("stopping when what is on its way is done; Ctrl-C again stops now");
            sender.send_replace(true);
            if tokio::signal::ctrl_c().await.is_ok() {
                std::process::exit(130);
            }
        });
        Self(receiver)
    }

    pub(crate) fn is_pressed(&self) -> bool {
        *self.0.borrow()
    }

    /// Ends with the first Ctrl-C.
    pub(crate) async fn wait(mut self) {
        if self.0.wait_for(|pressed| *pressed).await.is_err() {
            pending::<()>().await;
        }
    }
}
