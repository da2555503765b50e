//! The wire to a browser without a window: starting it, messages there and back, ending it.
//!
//! Two ways lead there. By pipe: the browser reads file 3 and answers on file 4, each message closed by a zero byte, and
//! ends by itself when the pipe closes, so that it never outlives this process, however that ends (a shell lays the
//! files on standard input and output). By socket, where no shell is (Windows): a WebSocket on the machine's own address.
//! Not responsible for: what the messages say. Shared with the tests that look at pages.

use std::fs::File;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{Ipv4Addr, TcpStream};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use tempfile::TempDir;
use tungstenite::protocol::WebSocketConfig;
use tungstenite::{Message, WebSocket};

/// A cold start from a slow disk.
const START: Duration = Duration::from_mins(1);
/// Time to tidy up; a browser that takes longer is ended.
const END: Duration = Duration::from_secs(5);
const POLL: Duration = Duration::from_millis(20);
/// Where the browser notes the port it listens on.
const PORT_FILE: &str = "DevToolsActivePort";
/// What it says while it starts.
const SAID: &str = "said.txt";
/// Files 3 and 4 are what the program calls its standard input and output.
const LAY_FILES: &str = "exec \"$@\" 3<&0 4>&1 0</dev/null 1>/dev/null";

/// How messages reach the browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Two pipes, closed with this process.
    Pipe,
    /// A WebSocket.
    Socket,
}

impl Way {
    /// The way of this system.
    pub fn usual() -> Self {
        if cfg!(unix) { Self::Pipe } else { Self::Socket }
    }
}

enum Line {
    Pipe(ChildStdin, Receiver<String>),
    Socket(Box<WebSocket<TcpStream>>),
    /// Hung up.
    Closed,
}

/// A running browser with an empty profile of its own.
pub struct Wire {
    child: Child,
    line: Line,
    profile: TempDir,
}

impl Wire {
    /// Starts a browser.
    pub fn start(program: &Path, way: Way) -> Result<Self, String> {
        let profile = tempfile::tempdir().map_err(text)?;
        // Into a file: nobody reads a pipe while pages are printed, and a full one would stop the browser.
        let said = File::create(profile.path().join(SAID)).map_err(text)?;
        let mut command = match way {
            Way::Pipe => {
                let mut shell = Command::new("sh");
                shell.args(["-c", LAY_FILES, "sh"]).arg(program);
                shell.arg("--remote-debugging-pipe");
                shell.stdin(Stdio::piped()).stdout(Stdio::piped());
                shell
            }
            Way::Socket => {
                let mut own = Command::new(program);
                own.arg("--remote-debugging-port=0");
                own.stdin(Stdio::null()).stdout(Stdio::null());
                own
            }
        };
        command
            .args([
                "--headless=new",
                "--disable-gpu",
                "--disable-dev-shm-usage",
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
            .stderr(said);
        let child = command.spawn().map_err(text)?;
        // From here on it is ended with this value, whatever fails.
        let mut wire = Self {
            child,
            line: Line::Closed,
            profile,
        };
        let pipes = wire.child.stdin.take().zip(wire.child.stdout.take());
        wire.line = if let Some((commands, answers)) = pipes {
            Line::Pipe(commands, listen(answers))
        } else {
            let (port, path) = wire.listens_on()?;
            Line::Socket(Box::new(connect(port, &path)?))
        };
        Ok(wire)
    }

    /// Sends one message.
    pub fn send(&mut self, message: &str) -> Result<(), String> {
        let sent = match &mut self.line {
            Line::Pipe(commands, _) => {
                let sent = commands.write_all(message.as_bytes());
                sent.and_then(|()| commands.write_all(&[0])).map_err(text)
            }
            Line::Socket(socket) => socket.send(Message::text(message)).map_err(text),
            Line::Closed => Err("closed".to_owned()),
        };
        sent.map_err(|error| self.last_words(error))
    }

    /// The next message, waited for so long at most.
    pub fn hear(&mut self, patience: Duration) -> Result<String, String> {
        let until = Instant::now() + patience;
        let heard = match &mut self.line {
            Line::Pipe(_, answers) => answers.recv_timeout(patience).map_err(text),
            Line::Socket(socket) => {
                let asked = socket.get_mut().set_read_timeout(Some(patience));
                asked.map_err(text)?;
                loop {
                    match socket.read() {
                        Ok(Message::Text(message)) => break Ok(message.to_string()),
                        Ok(_) if Instant::now() < until => {}
                        Ok(_) => break Err("no answer".to_owned()),
                        Err(error) => break Err(text(error)),
                    }
                }
            }
            Line::Closed => Err("closed".to_owned()),
        };
        heard.map_err(|error| self.last_words(error))
    }

    /// Port and path it listens on.
    fn listens_on(&mut self) -> Result<(u16, String), String> {
        let file = self.profile.path().join(PORT_FILE);
        let until = Instant::now() + START;
        while Instant::now() < until {
            let noted = std::fs::read_to_string(&file).unwrap_or_default();
            let mut lines = noted.lines();
            let port = lines.next().and_then(|line| line.parse().ok());
            if let (Some(port), Some(path)) = (port, lines.next()) {
                return Ok((port, path.to_owned()));
            }
            if matches!(self.child.try_wait(), Ok(Some(_))) {
                return Err(self.last_words("it ended".to_owned()));
            }
            std::thread::sleep(POLL);
        }
        Err("it does not start".to_owned())
    }

    /// What went wrong, with the browser's own word on it where it is gone.
    fn last_words(&mut self, error: String) -> String {
        let until = Instant::now() + POLL * 10;
        while Instant::now() < until {
            if let Ok(Some(status)) = self.child.try_wait() {
                let said = std::fs::read_to_string(self.profile.path().join(SAID));
                let said = said.unwrap_or_default();
                return format!("{status} {}", said.lines().last().unwrap_or_default());
            }
            std::thread::sleep(POLL);
        }
        error
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        // Over a socket it has to be asked.
        if matches!(self.line, Line::Socket(_)) {
            let _ = self.send("{\"id\":0,\"method\":\"Browser.close\"}");
        }
        self.line = Line::Closed;
        let until = Instant::now() + END;
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

/// Messages as they come, read beside everything else.
fn listen(answers: ChildStdout) -> Receiver<String> {
    let (hears, told) = channel();
    std::thread::spawn(move || {
        let mut answers = BufReader::new(answers);
        let mut bytes = Vec::new();
        while answers
            .read_until(0, &mut bytes)
            .is_ok_and(|count| count > 0)
        {
            bytes.pop();
            if hears
                .send(String::from_utf8_lossy(&bytes).into_owned())
                .is_err()
            {
                return;
            }
            bytes.clear();
        }
    });
    told
}

fn connect(port: u16, path: &str) -> Result<WebSocket<TcpStream>, String> {
    let stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).map_err(text)?;
    stream.set_read_timeout(Some(START)).map_err(text)?;
    stream.set_nodelay(true).map_err(text)?;
    let config = WebSocketConfig::default()
        .max_message_size(None)
        .max_frame_size(None);
    let address = format!("ws://127.0.0.1:{port}{path}");
    let connected = tungstenite::client::client_with_config(address, stream, Some(config));
    Ok(connected.map_err(text)?.0)
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

fn text(error: impl std::fmt::Display) -> String {
    error.to_string()
}
