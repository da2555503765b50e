//! A browser without a window, driven by its own protocol over a pipe: one process for all pages.
//!
//! The browser reads commands from file 3 and answers on file 4, each message closed by a zero byte; a shell lays
//! them on its standard input and output.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;

/// Longest wait for one answer.
const PATIENCE: Duration = Duration::from_secs(30);

/// One browser with one tab.
pub struct Browser {
    process: Child,
    commands: ChildStdin,
    answers: Receiver<Value>,
    tab: String,
    number: u64,
    /// What happened since the last page was opened.
    events: Vec<Value>,
    _profile: TempDir,
}

impl Browser {
    /// Starts it.
    pub fn start(program: &Path) -> Self {
        let profile = TempDir::new().expect("a profile");
        let said = File::create(profile.path().join("said.txt")).expect("a file");
        let mut process = Command::new("sh")
            .args(["-c", "exec \"$@\" 3<&0 4>&1 0</dev/null 1>/dev/null", "sh"])
            .arg(program)
            .args([
                "--headless=new",
                "--remote-debugging-pipe",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-extensions",
                "--host-resolver-rules=MAP * ~NOTFOUND",
            ])
            .arg(format!(
                "--user-data-dir={}",
                profile.path().join("profile").display()
            ))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(said)
            .spawn()
            .expect("the browser");
        let commands = process.stdin.take().expect("its commands");
        let answers = listen(process.stdout.take().expect("its answers"));
        let mut browser = Self {
            process,
            commands,
            answers,
            tab: String::new(),
            number: 0,
            events: Vec::new(),
            _profile: profile,
        };
        let target = browser.ask("Target.createTarget", &json!({ "url": "about:blank" }));
        let attach = json!({ "targetId": target["targetId"], "flatten": true });
        let session = browser.ask("Target.attachToTarget", &attach);
        let tab = session["sessionId"].as_str().expect("a tab");
        tab.clone_into(&mut browser.tab);
        for domain in ["Page", "Runtime", "Log", "Network"] {
            browser.ask(&format!("{domain}.enable"), &json!({}));
        }
        browser
    }

    /// One command and its answer.
    pub fn ask(&mut self, method: &str, params: &Value) -> Value {
        self.number += 1;
        let mut message = json!({ "id": self.number, "method": method, "params": params });
        if !self.tab.is_empty() {
            message["sessionId"] = json!(self.tab);
        }
        let mut bytes = message.to_string().into_bytes();
        bytes.push(0);
        self.commands
            .write_all(&bytes)
            .expect("the browser listens");
        let number = self.number;
        let answer = self.wait(|said| said["id"] == number);
        assert!(answer["error"].is_null(), "{method}: {}", answer["error"]);
        answer["result"].clone()
    }

    fn wait(&mut self, is_it: impl Fn(&Value) -> bool) -> Value {
        let end = Instant::now() + PATIENCE;
        loop {
            let left = end.saturating_duration_since(Instant::now());
            let said = self
                .answers
                .recv_timeout(left)
                .expect("the browser answers in time");
            if is_it(&said) {
                return said;
            }
            self.events.push(said);
        }
    }

    /// Opens a file, waits until it is loaded, and gives what was wrong: errors, warnings and anything fetched.
    pub fn open(&mut self, file: &Path) -> Vec<String> {
        self.events.clear();
        let url = address(file);
        self.ask("Page.navigate", &json!({ "url": url }));
        let is_load = |said: &Value| said["method"] == "Page.loadEventFired";
        if !self.events.iter().any(is_load) {
            let load = self.wait(is_load);
            self.events.push(load);
        }
        // Whatever the page still does in its first turn comes before this answer.
        self.run("new Promise(done => requestAnimationFrame(() => setTimeout(done, 0)))");
        self.faults()
    }

    /// What went wrong since the page was opened.
    pub fn faults(&self) -> Vec<String> {
        let mut pages = 0;
        let faults = self.events.iter().filter_map(|event| {
            let about = &event["params"];
            match event["method"].as_str()? {
                "Network.requestWillBeSent" => {
                    pages += 1;
                    let own = pages == 1 && about["type"] == "Document";
                    (!own).then(|| format!("fetches {}", about["request"]["url"]))
                }
                "Runtime.exceptionThrown" => Some(about["exceptionDetails"].to_string()),
                "Runtime.consoleAPICalled" => Some(about["args"].to_string()),
                "Log.entryAdded" => Some(about["entry"].to_string()),
                _ => None,
            }
        });
        faults.collect()
    }

    /// The value of a script's expression.
    pub fn run(&mut self, script: &str) -> Value {
        let params = json!({ "expression": script, "returnByValue": true, "awaitPromise": true });
        let said = self.ask("Runtime.evaluate", &params);
        assert!(said["exceptionDetails"].is_null(), "{script}: {said}");
        said["result"]["value"].clone()
    }

    /// Makes the window this large, px.
    pub fn size(&mut self, width: u32, height: u32) {
        let size =
            json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.ask("Emulation.setDeviceMetricsOverride", &size);
    }

    /// Types into the field that has the focus.
    pub fn types(&mut self, text: &str) {
        self.ask("Input.insertText", &json!({ "text": text }));
    }

    /// Presses a key.
    pub fn press(&mut self, key: &str, code: u32) {
        for kind in ["keyDown", "keyUp"] {
            let mut params =
                json!({ "type": kind, "key": key, "code": key, "windowsVirtualKeyCode": code });
            if key == "Enter" && kind == "keyDown" {
                params["text"] = json!("\r");
            }
            self.ask("Input.dispatchKeyEvent", &params);
        }
    }

    /// The page as it prints.
    pub fn pdf(&mut self) -> Vec<u8> {
        let how = json!({ "preferCSSPageSize": true, "printBackground": true });
        let said = self.ask("Page.printToPDF", &how);
        from_base64(said["data"].as_str().expect("a PDF"))
    }

    /// What the window shows, as PNG.
    pub fn picture(&mut self) -> Vec<u8> {
        let said = self.ask("Page.captureScreenshot", &json!({ "format": "png" }));
        from_base64(said["data"].as_str().expect("a picture"))
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Messages as they come, read beside the test.
fn listen(answers: ChildStdout) -> Receiver<Value> {
    let (hears, told) = channel();
    std::thread::spawn(move || {
        let mut answers = BufReader::new(answers);
        let mut bytes = Vec::new();
        while answers
            .read_until(0, &mut bytes)
            .is_ok_and(|count| count > 0)
        {
            bytes.pop();
            let message = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
            if hears.send(message).is_err() {
                return;
            }
            bytes.clear();
        }
    });
    told
}

/// `file:///…` with every other byte escaped.
fn address(file: &Path) -> String {
    let path = file.canonicalize().expect("the file");
    let mut url = "file://".to_owned();
    for byte in path.to_string_lossy().bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._".contains(&byte) {
            url.push(char::from(byte));
        } else {
            let _ = write!(url, "%{byte:02X}");
        }
    }
    url
}

fn from_base64(text: &str) -> Vec<u8> {
    const SIGNS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut bytes = Vec::with_capacity(text.len() * 3 / 4);
    let mut values = [0_u8; 256];
    for (value, sign) in SIGNS.iter().enumerate() {
        values[usize::from(*sign)] = value as u8;
    }
    let (mut bits, mut count) = (0_u32, 0);
    for sign in text.bytes().take_while(|sign| *sign != b'=') {
        bits = (bits << 6) | u32::from(values[usize::from(sign)]);
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count) as u8);
            bits &= (1 << count) - 1;
        }
    }
    bytes
}
