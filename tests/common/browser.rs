//! A browser without a window, to look at pages with: one process for all pages, over the program's own wire.

use std::fmt::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

#[path = "../../src/cli/pdf/wire.rs"]
mod wire;
use wire::{Way, Wire};

/// Longest wait for one answer.
const PATIENCE: Duration = Duration::from_secs(30);

/// One browser with one tab.
pub struct Browser {
    wire: Wire,
    tab: String,
    number: u64,
    /// What happened since the last page was opened.
    events: Vec<Value>,
}

impl Browser {
    /// Starts it.
    pub fn start(program: &Path) -> Self {
        let wire = Wire::start(program, Way::usual()).expect("the browser");
        let mut browser = Self {
            wire,
            tab: String::new(),
            number: 0,
            events: Vec::new(),
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
        let sent = self.wire.send(&message.to_string());
        sent.expect("the browser listens");
        let number = self.number;
        let answer = self.wait(|said| said["id"] == number);
        assert!(answer["error"].is_null(), "{method}: {}", answer["error"]);
        answer["result"].clone()
    }

    fn wait(&mut self, is_it: impl Fn(&Value) -> bool) -> Value {
        let end = Instant::now() + PATIENCE;
        loop {
            let left = end.saturating_duration_since(Instant::now());
            let said = self.wire.hear(left);
            let said = said.expect("the browser answers in time");
            let said: Value = serde_json::from_str(&said).unwrap_or(Value::Null);
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
    STANDARD.decode(text).expect("base64")
}
