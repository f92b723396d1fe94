//! A server of others as a process: started on a free port, ended with its test.

use std::fs::{self, File};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// How long a server may take until it listens; the Java ones load for seconds on a busy machine.
const START: Duration = Duration::from_secs(60);

/// A running server.
pub(crate) struct Server {
    process: Child,
    port: u16,
}

impl Server {
    /// Starts what `command` makes of a free port and waits until it listens there.
    pub(crate) fn start(command: impl FnOnce(u16) -> Command, name: &str) -> Self {
        let port = free_port();
        let log = log(name);
        let file = File::create(&log).unwrap();
        let mut command = command(port);
        // A server that starts another one is ended with it.
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        let process = command
            .stdin(Stdio::null())
            .stdout(file.try_clone().unwrap())
            .stderr(file)
            .spawn()
            .unwrap_or_else(|error| panic!("{name} cannot be started: {error}"));
        let mut server = Self { process, port };
        let begun = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            let ended = server.process.try_wait().unwrap();
            if ended.is_some() || begun.elapsed() > START {
                let said = fs::read_to_string(&log).unwrap_or_default();
                panic!("{name} does not listen ({ended:?}), and says:\n{said}");
            }
            sleep(Duration::from_millis(50));
        }
        println!(
            "{name} listens on port {port}; what it says is in {}",
            log.display()
        );
        server
    }

    /// Where it listens.
    pub(crate) fn address(&self) -> String {
        format!("http://127.0.0.1:{}/", self.port)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        #[cfg(unix)]
        let _ = Command::new("sh")
            .args(["-c", &format!("kill -s TERM -- -{}", self.process.id())])
            .status();
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A port that was free a moment ago.
pub(crate) fn free_port() -> u16 {
    TcpListener::bind(("127.0.0.1", 0))
        .unwrap()
        .local_addr()
        .unwrap()
        .port()
}

fn log(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("servers/logs");
    fs::create_dir_all(&folder).unwrap();
    folder.join(format!("{name}.txt"))
}
