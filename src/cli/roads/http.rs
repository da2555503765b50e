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
