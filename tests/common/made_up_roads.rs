//! A server of made-up roads on this machine, which writes down what it is asked.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

use serde_json::json;

/// What the server makes of a request line's path.
pub type Play = fn(&str) -> (u16, Vec<u8>);

/// A server on the loopback address; it ends with the value.
pub struct Server {
    /// Its address.
    pub url: String,
    asked: Arc<Mutex<Vec<String>>>,
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// Starts it on a free port.
    pub fn start(play: Play) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("its address");
        let (asked, stop) = (
            Arc::new(Mutex::new(Vec::new())),
            Arc::new(AtomicBool::new(false)),
        );
        let (heard, ends) = (Arc::clone(&asked), Arc::clone(&stop));
        let thread = std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if ends.load(Ordering::SeqCst) {
                    return;
                }
                answer(stream, play, &heard);
            }
        });
        Self {
            url: format!("http://{address}"),
            asked,
            stop,
            thread: Some(thread),
        }
    }

    /// Every request, whole: line and headers.
    pub fn asked(&self) -> Vec<String> {
        self.asked.lock().expect("the requests").clone()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::SeqCst);
        let _ = TcpStream::connect(self.url.trim_start_matches("http://"));
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// One request, one answer, and the connection ends.
fn answer(mut stream: TcpStream, play: Play, heard: &Mutex<Vec<String>>) {
    let mut request = Vec::new();
    let mut buffer = [0; 4096];
    while !request.windows(4).any(|end| end == b"\r\n\r\n") {
        match stream.read(&mut buffer) {
            Ok(count) if count > 0 => request.extend_from_slice(&buffer[..count]),
            _ => return,
        }
    }
    let request = String::from_utf8_lossy(&request).into_owned();
    let path = request.split(' ').nth(1).unwrap_or_default().to_owned();
    heard.lock().expect("the requests").push(request);
    let (status, body) = play(&path);
    let head = format!(
        "HTTP/1.1 {status} x\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    let _ = stream.write_all(head.as_bytes());
    let _ = stream.write_all(&body);
}

/// Longitude and latitude.
pub type At = (f64, f64);

/// Places, sources and destinations of a table request.
fn question(path: &str) -> (Vec<At>, Vec<usize>, Vec<usize>) {
    let (places, query) = path.split_once('?').expect("a query");
    let places = places.rsplit('/').next().expect("coordinates");
    let at = |place: &str| {
        let (lon, lat) = place.split_once(',').expect("a pair");
        (
            lon.parse().expect("a number"),
            lat.parse().expect("a number"),
        )
    };
    let indices = |name: &str| {
        let list = query.split('&').find_map(|part| part.strip_prefix(name));
        let list = list.expect("a list").split(';');
        list.map(|index| index.parse().expect("an index")).collect()
    };
    (
        places.split(';').map(at).collect(),
        indices("sources="),
        indices("destinations="),
    )
}

/// Made-up roads: 1.5 times the straight line and 3 km more going west, at 45 km/h.
pub fn metres(from: At, to: At) -> f64 {
    let north = (to.1 - from.1) * 111.2;
    let east = (to.0 - from.0) * 98.0;
    let west = if east < 0.0 { 3.0 } else { 0.0 };
    ((north * north + east * east).sqrt() * 1.5 + west) * 1000.0
}

/// A table of these roads; at most 60 places a request.
pub fn roads(path: &str) -> (u16, Vec<u8>) {
    let (places, sources, destinations) = question(path);
    if places.len() > 60 {
        return (
            400,
            br#"{"code":"TooBig","message":"Too many table coordinates"}"#.to_vec(),
        );
    }
    let table = |unit: f64| -> Vec<Vec<f64>> {
        let row = |from: &usize| {
            let cell = |to: &usize| metres(places[*from], places[*to]) * unit;
            destinations.iter().map(cell).collect()
        };
        sources.iter().map(row).collect()
    };
    let ends = |of: &[usize]| vec![json!({"distance": 12.5, "name": ""}); of.len()];
    let body = json!({
        "code": "Ok", "distances": table(1.0), "durations": table(0.08),
        "sources": ends(&sources), "destinations": ends(&destinations),
    });
    (200, body.to_string().into_bytes())
}
