//! A pick through the page of the emulator, in a browser: headless Chromium, driven over `WebDriver`
//! (<https://www.w3.org/TR/webdriver2/>). Where `chromedriver` or Chromium is not installed, the test
//! says so and is skipped; on Debian: `apt-get install chromium chromium-driver`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "the helpers of tests are tests"
)]

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use discovery_runtime::HttpMethod;
use google_photos::{Photos, PickEnd, PickEvent};
use google_photoslibrary_v1::{Client, Credentials};
use photos_emulator::{DEVELOPER_TOKEN, Emulator, NewItem, sample_photo};
use serde_json::{Value, json};

/// A browser with one tab.
struct Browser {
    driver: Child,
    client: discovery_runtime::Client,
    session: String,
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

impl Browser {
    /// `None` if there is none on this machine.
    async fn start() -> Option<Self> {
        let names = ["chromium", "chromium-browser", "google-chrome"];
        let binary = names.iter().find_map(|name| installed(name))?;
        let mut driver = Command::new(installed("chromedriver")?)
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .ok()?;
        let lines = BufReader::new(driver.stdout.take()?).lines();
        let port = lines.map_while(Result::ok).find_map(|line| {
            let (_, port) = line.split_once("successfully on port ")?;
            port.trim_end_matches('.').parse::<u16>().ok()
        })?;
        let client = discovery_runtime::Client::builder()
            .credentials(Credentials::anonymous())
            .endpoint_on_loopback(&format!("http://127.0.0.1:{port}"))
            .build()
            .unwrap();
        let mut browser = Self {
            driver,
            client,
            session: String::new(),
        };
        // Chromium refuses its sandbox to root, whom containers run as.
        let arguments = [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
        ];
        let options = json!({"binary": binary, "args": arguments});
        let wanted = json!({"capabilities": {"alwaysMatch": {"goog:chromeOptions": options}}});
        let started = browser.post("", &wanted).await;
        started["sessionId"]
            .as_str()?
            .clone_into(&mut browser.session);
        Some(browser)
    }

    /// A command of the session; the value of its response.
    async fn post(&self, command: &str, body: &Value) -> Value {
        let path = match (self.session.as_str(), command) {
            ("", _) => "session".to_owned(),
            (session, command) => format!("session/{session}/{command}"),
        };
        let call = self.client.request(HttpMethod::Post, path.clone());
        let call = call.json(body);
        let response = call.send().await;
        let response = response.unwrap_or_else(|error| panic!("{path}: {error}"));
        let response: Value = response.json().unwrap();
        response["value"].clone()
    }

    /// Ends the browser; the driver alone would leave it behind.
    async fn close(self) {
        let path = format!("session/{}", self.session);
        let call = self.client.request(HttpMethod::Delete, path);
        call.send().await.unwrap();
    }

    async fn open(&self, url: &str) {
        self.post("url", &json!({"url": url})).await;
    }

    async fn click(&self, selector: &str) {
        let found = json!({"using": "css selector", "value": selector});
        let element = self.post("element", &found).await;
        let mut ids = element.as_object().unwrap().values();
        let id = ids.find_map(Value::as_str).unwrap();
        self.post(&format!("element/{id}/click"), &json!({})).await;
    }
}

/// Where a program is, if it is on the path.
fn installed(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join(name))
        .find(|file| file.is_file())
}

async fn emulator() -> (Emulator, Photos) {
    let emulator = Emulator::start_with(|config| {
        config.developer_mode = true;
        config.picking_poll_interval = Duration::from_secs(1);
    });
    let emulator = emulator.await.unwrap();
    let client = Client::builder()
        .credentials(Credentials::token(DEVELOPER_TOKEN))
        .endpoint_on_loopback(&emulator.url())
        .build()
        .unwrap();
    (emulator, Photos::new(client))
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.collect();
    names.sort();
    names
}

#[tokio::test]
async fn a_user_picks_in_a_browser() {
    let Some(browser) = Browser::start().await else {
        println!("skipped: Chromium and chromedriver are not installed");
        return;
    };
    let (emulator, photos) = emulator().await;
    let add = |name: &str, seed| {
        let photo = NewItem::new(name, sample_photo(64, 48, seed)).client(None);
        emulator.add_item(photo).unwrap()
    };
    let ids = [add("a.png", 1), add("b.png", 2), add("<c>.png", 3)];
    let folder = tempfile::tempdir().unwrap();
    let (send, mut addresses) = tokio::sync::mpsc::unbounded_channel();
    let pick = photos.pick().into_folder(folder.path()).clips(false);
    let pick = pick.on_event(move |event| {
        if let PickEvent::Started { address, .. } = event {
            send.send(address.to_owned()).unwrap();
        }
    });
    let picking = tokio::spawn(pick.send());
    let address = addresses.recv().await.unwrap();
    browser.open(&address).await;
    for id in [&ids[0], &ids[2]] {
        browser.click(&format!("input[value='{id}']")).await;
    }
    browser.click("#done").await;
    // A browser that is closed at once may not have sent what was clicked.
    let report = tokio::time::timeout(Duration::from_secs(60), picking).await;
    browser.close().await;
    let report = report.expect("the click arrives").unwrap().unwrap();
    assert_eq!((report.end(), report.files().len()), (PickEnd::Done, 2));
    assert_eq!(report.left().count(), 0, "{report:?}");
    assert_eq!(names(folder.path()), ["_c_.png", "a.png"]);
    assert!(emulator.picking_sessions().is_empty());
}
