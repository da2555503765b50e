//! A browser without a window, driven over its `DevTools` protocol: one process for all pages.
//!
//! Responsible for: starting it with an own empty profile, handing over pages, taking PDFs, ending it. Pages are
//! handed over as text, so that no page lies in a temporary folder; scripts in them do not run, and the browser finds no
//! other machine. Source of the calls: chromedevtools.github.io/devtools-protocol (Target, Page, Emulation).

use std::net::{Ipv4Addr, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use tempfile::TempDir;
use tungstenite::protocol::WebSocketConfig;
use tungstenite::{Message, WebSocket};

use crate::findings::{Failure, Finding};

/// A cold start from a slow disk.
const START: Duration = Duration::from_mins(1);
/// One page; a call sheet of a thousand customers takes seconds.
const ANSWER: Duration = Duration::from_mins(3);
const POLL: Duration = Duration::from_millis(20);
/// Where the browser notes the port it listens on.
const PORT_FILE: &str = "DevToolsActivePort";
/// What it says while it starts.
const SAID: &str = "said.txt";

/// A running browser with one empty page.
pub(super) struct Browser {
    child: Child,
    socket: WebSocket<TcpStream>,
    program: String,
    /// The page's session.
    session: String,
    frame: String,
    calls: u64,
    _profile: TempDir,
}

impl Browser {
    /// Starts it.
    ///
    /// # Errors
    /// Status 1 where it does not start or does not answer.
    pub(super) fn start(program: &Path) -> Result<Self, Failure> {
        let name = program.display().to_string();
        let fail = |message: String| failed(&name, "", &message);
        let profile = tempfile::tempdir().map_err(|error| fail(error.to_string()))?;
        // Into a file: nobody reads a pipe while pages are printed, and a full one would stop the browser.
        let said = std::fs::File::create(profile.path().join(SAID));
        let said = said.map_err(|error| fail(error.to_string()))?;
        let mut command = Command::new(program);
        command
            .args([
                "--headless=new",
                "--remote-debugging-port=0",
                "--disable-gpu",
                "--disable-extensions",
                "--disable-sync",
                "--disable-background-networking",
                "--disable-component-update",
                "--no-first-run",
                "--no-default-browser-check",
                "--host-resolver-rules=MAP * ~NOTFOUND",
            ])
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .args(unboxed())
            .arg("about:blank")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(said);
        let child = command.spawn().map_err(|error| fail(error.to_string()))?;
        let mut starting = Starting(Some(child));
        let (port, path) = listening(&mut starting, profile.path()).map_err(&fail)?;
        let socket = connect(port, &path).map_err(&fail)?;
        let child = starting.0.take().ok_or_else(|| fail("gone".to_owned()))?;
        let mut browser = Self {
            child,
            socket,
            program: name,
            session: String::new(),
            frame: String::new(),
            calls: 0,
            _profile: profile,
        };
        browser
            .open_page()
            .map_err(|message| failed(&browser.program, "", &message))?;
        Ok(browser)
    }

    fn open_page(&mut self) -> Result<(), String> {
        let page = self.call("Target.createTarget", &json!({ "url": "about:blank" }))?;
        let target = page["targetId"].clone();
        let session = self.call(
            "Target.attachToTarget",
            &json!({ "targetId": target, "flatten": true }),
        )?;
        session["sessionId"]
            .as_str()
            .unwrap_or_default()
            .clone_into(&mut self.session);
        self.call(
            "Emulation.setScriptExecutionDisabled",
            &json!({ "value": true }),
        )?;
        let tree = self.call("Page.getFrameTree", &json!({}))?;
        let frame = tree["frameTree"]["frame"]["id"].as_str();
        frame.unwrap_or_default().clone_into(&mut self.frame);
        Ok(())
    }

    /// A page as a PDF, on the paper its own style asks for. `path` is for messages.
    ///
    /// # Errors
    /// Status 1 where the browser does not print it.
    pub(super) fn print(&mut self, path: &str, html: &str) -> Result<Vec<u8>, Failure> {
        let printed = self.printed(html);
        printed.map_err(|message| failed(&self.program, path, &message))
    }

    fn printed(&mut self, html: &str) -> Result<Vec<u8>, String> {
        let frame = self.frame.clone();
        self.call(
            "Page.setDocumentContent",
            &json!({ "frameId": frame, "html": html }),
        )?;
        let how = json!({
            "preferCSSPageSize": true, "printBackground": true, "generateTaggedPDF": false,
            "transferMode": "ReturnAsBase64",
        });
        let answer = self.call("Page.printToPDF", &how)?;
        let text = answer["data"].as_str().unwrap_or_default();
        let pdf = STANDARD.decode(text).map_err(|error| error.to_string())?;
        if pdf.starts_with(b"%PDF") {
            Ok(pdf)
        } else {
            Err("no PDF came back".to_owned())
        }
    }

    /// One call and its answer; what the browser tells besides is passed over.
    fn call(&mut self, method: &str, params: &Value) -> Result<Value, String> {
        self.calls += 1;
        let mut call = json!({ "id": self.calls, "method": method, "params": params });
        if !self.session.is_empty() {
            call["sessionId"] = json!(self.session);
        }
        let text = |error: tungstenite::Error| format!("{method}: {error}");
        self.socket
            .send(Message::text(call.to_string()))
            .map_err(text)?;
        let until = Instant::now() + ANSWER;
        while Instant::now() < until {
            let Message::Text(heard) = self.socket.read().map_err(text)? else {
                continue;
            };
            let mut heard: Value =
                serde_json::from_str(&heard).map_err(|error| error.to_string())?;
            if heard["id"] != json!(self.calls) {
                continue;
            }
            if let Some(error) = heard.get("error") {
                return Err(format!("{method}: {error}"));
            }
            return Ok(heard["result"].take());
        }
        Err(format!("{method}: no answer"))
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        self.session.clear();
        // It tidies up and goes by itself; a browser that does not is ended.
        let _ = self.call("Browser.close", &json!({}));
        let until = Instant::now() + Duration::from_secs(5);
        while Instant::now() < until {
            if matches!(self.child.try_wait(), Ok(Some(_))) {
                return;
            }
            std::thread::sleep(POLL);
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A browser that has not answered yet: ended where it never does.
struct Starting(Option<Child>);

impl Drop for Starting {
    fn drop(&mut self) {
        if let Some(mut child) = self.0.take() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

/// Port and path it listens on.
fn listening(starting: &mut Starting, profile: &Path) -> Result<(u16, String), String> {
    let file = profile.join(PORT_FILE);
    let until = Instant::now() + START;
    while Instant::now() < until {
        let noted = std::fs::read_to_string(&file).unwrap_or_default();
        let mut lines = noted.lines();
        let port = lines.next().and_then(|line| line.parse().ok());
        if let (Some(port), Some(path)) = (port, lines.next()) {
            return Ok((port, path.to_owned()));
        }
        let child = starting.0.as_mut().ok_or("gone")?;
        if let Ok(Some(status)) = child.try_wait() {
            let said = std::fs::read_to_string(profile.join(SAID)).unwrap_or_default();
            let last = said.lines().last().unwrap_or_default();
            return Err(format!("{status} {last}"));
        }
        std::thread::sleep(POLL);
    }
    Err("it does not start".to_owned())
}

fn connect(port: u16, path: &str) -> Result<WebSocket<TcpStream>, String> {
    let stream =
        TcpStream::connect((Ipv4Addr::LOCALHOST, port)).map_err(|error| error.to_string())?;
    stream
        .set_read_timeout(Some(ANSWER))
        .map_err(|error| error.to_string())?;
    stream
        .set_nodelay(true)
        .map_err(|error| error.to_string())?;
    let config = WebSocketConfig::default()
        .max_message_size(None)
        .max_frame_size(None);
    let address = format!("ws://127.0.0.1:{port}{path}");
    let (socket, _) = tungstenite::client::client_with_config(address, stream, Some(config))
        .map_err(|error| error.to_string())?;
    Ok(socket)
}

/// As root, Chromium runs only without its sandbox; nowhere else is it taken away.
#[cfg(target_os = "linux")]
fn unboxed() -> Option<&'static str> {
    use std::os::unix::fs::MetadataExt as _;
    let own = std::fs::metadata("/proc/self").ok()?;
    (own.uid() == 0).then_some("--no-sandbox")
}

#[cfg(not(target_os = "linux"))]
fn unboxed() -> Option<&'static str> {
    None
}

fn failed(program: &str, page: &str, message: &str) -> Failure {
    Failure::running(
        Finding::new("C016")
            .in_file(page)
            .arg("program", program)
            .arg("message", message),
    )
}
