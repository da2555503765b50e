//! A browser without a window, driven over its `DevTools` protocol: one process for all pages.
//!
//! Responsible for: handing over pages and taking PDFs. Pages are handed over as text, so that no page lies in a
//! temporary folder; scripts in them do not run, and the browser finds no other machine. Source of the calls:
//! chromedevtools.github.io/devtools-protocol (Target, Page, Emulation). Not responsible for: the process and its
//! wire (`wire`).

use std::path::Path;
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::wire::{Way, Wire};
use crate::findings::{Failure, Finding};

/// One page; a call sheet of a thousand customers takes seconds.
const ANSWER: Duration = Duration::from_mins(3);

/// A running browser with one empty page.
pub(super) struct Browser {
    wire: Wire,
    program: String,
    /// The page's session.
    session: String,
    frame: String,
    calls: u64,
}

impl Browser {
    /// Starts it.
    ///
    /// # Errors
    /// Status 1 where it does not start or does not answer.
    pub(super) fn start(program: &Path, way: Way) -> Result<Self, Failure> {
        let name = program.display().to_string();
        let wire = Wire::start(program, way).map_err(|message| failed(&name, "", &message))?;
        let mut browser = Self {
            wire,
            program: name,
            session: String::new(),
            frame: String::new(),
            calls: 0,
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
        let about = |error: String| format!("{method}: {error}");
        self.wire.send(&call.to_string()).map_err(about)?;
        let until = Instant::now() + ANSWER;
        loop {
            let left = until.saturating_duration_since(Instant::now());
            let heard = self.wire.hear(left.max(Duration::from_millis(1)));
            let mut heard: Value =
                serde_json::from_str(&heard.map_err(about)?).map_err(|error| error.to_string())?;
            if heard["id"] != json!(self.calls) {
                continue;
            }
            if let Some(error) = heard.get("error") {
                return Err(format!("{method}: {error}"));
            }
            return Ok(heard["result"].take());
        }
    }
}

fn failed(program: &str, page: &str, message: &str) -> Failure {
    Failure::running(
        Finding::new("C016")
            .in_file(page)
            .arg("program", program)
            .arg("message", message),
    )
}
