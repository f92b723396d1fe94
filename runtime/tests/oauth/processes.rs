//! Several processes with one token file, and processes that are killed.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use std::{env, fs};

use discovery_runtime::oauth::{Endpoints, InstalledApp};

use crate::support::{AuthServer, CLIENT_ID, CLIENT_SECRET, Caller, ManualClock, Setup, transport};

const FILE: &str = "OAUTH_TEST_FILE";
const SERVER: &str = "OAUTH_TEST_SERVER";
const ROUNDS: &str = "OAUTH_TEST_ROUNDS";

/// What a child process does; nothing in a run of all tests. It makes calls, each of which needs
/// a refresh, and says after each one what the file must have from then on.
#[tokio::test]
async fn child() {
    let (Ok(file), Ok(server)) = (env::var(FILE), env::var(SERVER)) else {
        return;
    };
    let rounds: usize = env::var(ROUNDS).unwrap().parse().unwrap();
    let clock = ManualClock::new();
    let app = InstalledApp::new(CLIENT_ID, CLIENT_SECRET)
        .scopes(["scope/a"])
        .store(file)
        .endpoints(endpoints(&server))
        .transport(transport())
        .clock(clock.clone());
    let caller = Caller::new(app.signed_in().await.unwrap(), &clock);
    for _ in 0..rounds {
        caller.reject(1);
        caller.call().await.unwrap();
        println!("\ncalled with {}", caller.tokens().last().unwrap());
    }
    println!("\nfinished");
    std::process::exit(0);
}

fn endpoints(server: &str) -> Endpoints {
    Endpoints::on_loopback(
        &format!("http://{server}/auth"),
        &format!("http://{server}/token"),
    )
    .unwrap()
}

fn spawn(setup: &Setup, server: &AuthServer, rounds: usize) -> Child {
    Command::new(env::current_exe().unwrap())
        .args([
            "--exact",
            "processes::child",
            "--nocapture",
            "--test-threads=1",
        ])
        .env(FILE, setup.file())
        .env(SERVER, server.address().to_string())
        .env(ROUNDS, rounds.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// A grant of which each refresh token is good once: whoever loses one loses the grant.
async fn rotating() -> Setup {
    let setup = Setup::new().await;
    setup.server.rotate();
    setup.app().scopes(["scope/a"]).sign_in().await.unwrap();
    setup
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn processes_share_a_token_file() {
    let setup = rotating().await;
    let children: Vec<_> = (0..4).map(|_| spawn(&setup, &setup.server, 15)).collect();
    for child in children {
        let output = tokio::task::spawn_blocking(|| child.wait_with_output())
            .await
            .unwrap()
            .unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(
            output.status.success() && text.contains("finished"),
            "{text}"
        );
    }
    // A token that another process got is as good as one of its own.
    let refreshes = setup.server.refreshes();
    assert!((15..=60).contains(&refreshes), "{refreshes} refreshes");
    assert_eq!(setup.server.grants(), 1);
    setup.app().scopes(["scope/a"]).signed_in().await.unwrap();
    setup.finish();
}

/// Kills processes at moments of chance, 200 times.
#[cfg(unix)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_token_file_survives_a_killed_process() {
    use std::os::unix::fs::MetadataExt as _;

    let setup = Setup::new().await;
    setup.app().scopes(["scope/a"]).sign_in().await.unwrap();
    let mut reached = 0;
    for round in 0..200 {
        let mut child = spawn(&setup, &setup.server, usize::MAX);
        // Once it works, after a moment that is another one each time.
        let last = tokio::task::spawn_blocking(move || {
            let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
            let mut last = 0;
            let number = |line: &str| {
                line.strip_prefix("called with ")
                    .map(|number| number.parse::<u32>().unwrap())
            };
            last = lines
                .by_ref()
                .find_map(|line| number(&line.unwrap()))
                .unwrap_or(last);
            let start = Instant::now();
            let moment = Duration::from_micros(round * 7919 % 10_000);
            while start.elapsed() < moment {
                std::hint::spin_loop();
            }
            child.kill().unwrap();
            child.wait().unwrap();
            // What it said before it died was saved before it was said.
            for line in lines.map_while(Result::ok) {
                last = number(&line).unwrap_or(last);
            }
            last
        });
        let last = last.await.unwrap();
        assert!(last > 0, "the process did nothing");
        reached += 1;
        let saved = setup.saved();
        assert_eq!(saved["refresh_token"], "1//0CANARY-2");
        let token = saved["access_token"].as_str().unwrap();
        let number: u32 = token.strip_prefix("ya29.CANARY-").unwrap().parse().unwrap();
        assert!(
            number >= last,
            "the file has {number} after {last} was used"
        );
        assert_eq!(fs::metadata(setup.file()).unwrap().mode() & 0o7777, 0o600);
    }
    assert_eq!(reached, 200);
    // What is left over is in nobody's way.
    setup.app().scopes(["scope/a"]).signed_in().await.unwrap();
    setup.finish();
}
