//! GET over plain HTTP (docs/decisions/http-client.md).
//!
//! No redirect is followed and no proxy used: what is sent goes to the server that was named, or nowhere.

use std::time::Duration;

use ureq::{Agent, Error};

use crate::place::osrm::{NoReply, Reply, Server};

/// A table of 1000 × 1000 with both figures takes some 20 MB.
const LONGEST_BODY: u64 = 64 << 20;

/// A server by its address.
pub(in crate::cli) struct Http {
    agent: Agent,
    url: String,
}

impl Http {
    /// `url` without a slash at its end; `timeout` for a whole request.
    pub(in crate::cli) fn new(url: &str, timeout: Duration) -> Self {
        let config = Agent::config_builder()
            .timeout_global(Some(timeout))
            .http_status_as_error(false)
            .max_redirects(0)
            .proxy(None)
            .user_agent(concat!("tourplan/", env!("CARGO_PKG_VERSION")))
            .build();
        Self {
            agent: config.new_agent(),
            url: url.to_owned(),
        }
    }
}

impl Server for Http {
    fn get(&self, path: &str) -> Result<Reply, NoReply> {
        let failed = |error: Error| match error {
            Error::BodyExceedsLimit(_) => NoReply::TooLong,
            error => NoReply::Gone(error.to_string()),
        };
        let mut reply = self
            .agent
            .get(format!("{}{path}", self.url))
            .call()
            .map_err(failed)?;
        let status = reply.status().as_u16();
        let body = reply.body_mut().with_config().limit(LONGEST_BODY);
        Ok(Reply {
            status,
            body: body.read_to_vec().map_err(failed)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read as _, Write as _};
    use std::net::{TcpListener, TcpStream};

    use super::*;

    /// Asks a server that does this with the connection once the request has come.
    fn asked(then: impl FnOnce(TcpStream) + Send + 'static) -> Result<Reply, NoReply> {
        asked_within(Duration::from_millis(400), then)
    }

    fn asked_within(
        timeout: Duration,
        then: impl FnOnce(TcpStream) + Send + 'static,
    ) -> Result<Reply, NoReply> {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("its address"));
        let thread = std::thread::spawn(move || {
            if let Ok((mut stream, _)) = listener.accept() {
                let _ = stream.read(&mut [0; 4096]);
                then(stream);
            }
        });
        let reply = Http::new(&url, timeout).get("/table/v1/driving/x");
        thread.join().expect("the server ends");
        reply
    }

    fn says(text: &'static str) -> impl FnOnce(TcpStream) + Send + 'static {
        move |mut stream| {
            let _ = stream.write_all(text.as_bytes());
        }
    }

    #[test]
    fn a_whole_reply_comes_with_its_status_whatever_that_is() {
        let reply = asked(says(
            "HTTP/1.1 400 Bad Request\r\nContent-Length: 2\r\n\r\n{}",
        ));
        let body = b"{}".to_vec();
        assert_eq!(reply, Ok(Reply { status: 400, body }));
    }

    #[test]
    fn a_redirect_is_a_reply_and_is_not_followed() {
        let text =
            "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n";
        assert_eq!(asked(says(text)).map(|reply| reply.status), Ok(302));
    }

    #[test]
    fn a_server_that_hangs_up_hangs_or_speaks_another_language_is_gone() {
        let gone = |reply: Result<Reply, NoReply>| matches!(reply, Err(NoReply::Gone(_)));
        assert!(gone(asked(drop)));
        assert!(gone(asked(says(
            "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"code"
        ))));
        assert!(gone(asked(says("SSH-2.0-OpenSSH_9.2\r\n"))));
        let slow = |mut stream: TcpStream| {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n");
            for _ in 0..20 {
                let _ = stream.write_all(b" ");
                std::thread::sleep(Duration::from_millis(50));
            }
        };
        assert!(gone(asked(slow)));
    }

    #[test]
    fn a_body_longer_than_any_table_is_not_read_to_its_end() {
        let long = |mut stream: TcpStream| {
            let head = format!(
                "HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n",
                LONGEST_BODY + 1
            );
            let _ = stream.write_all(head.as_bytes());
            let _ = stream.write_all(&vec![b' '; LONGEST_BODY as usize + 1]);
        };
        let reply = asked_within(Duration::from_secs(30), long);
        assert_eq!(reply, Err(NoReply::TooLong));
    }
}
