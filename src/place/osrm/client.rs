//! Asking block by block: what is tried again, what makes a request smaller, when the server counts as gone.

use std::time::Duration;

use super::blocks::{Block, blocks};
use super::reply::{Fault, learn};
use super::{Roads, Wanted};
use crate::findings::Finding;

/// A reply as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// HTTP status.
    pub status: u16,
    /// Body.
    pub body: Vec<u8>,
}

/// Why nothing came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoReply {
    /// Not reached, or no answer in time.
    Gone(String),
    /// More than any table can be.
    TooLong,
}

/// The way to a server; over the network, or recorded.
pub trait Server {
    /// The reply to a path with its query, below the server's address.
    ///
    /// # Errors
    /// Where no reply comes, or none that ends.
    fn get(&self, path: &str) -> Result<Reply, NoReply>;
}

/// No more requests than this in one run: a whole province in 5 km cells needs some hundred.
const MOST_REQUESTS: usize = 2000;
/// A request is not made smaller than this.
const LEAST_TABLE: usize = 4;
/// The pause before the second try; it doubles with every further one.
const FIRST_PAUSE: Duration = Duration::from_millis(500);

/// The path of a profile's table service.
pub fn service(profile: &str) -> String {
    format!("/table/v1/{profile}")
}

/// How a server is asked.
pub struct Asking<'a> {
    /// Whom.
    pub server: &'a dyn Server,
    /// Its address, for what is said.
    pub url: &'a str,
    /// Its profile.
    pub profile: &'a str,
    /// Most places in one request.
    pub max_table_size: usize,
    /// How often one request is tried.
    pub tries: u32,
    /// Waits between tries.
    pub wait: &'a dyn Fn(Duration),
    /// Told how many requests are done, of how many.
    pub progress: &'a dyn Fn(usize, usize),
}

impl Asking<'_> {
    /// Asks for the wanted drives that are not known yet; what was learned stays also where the server
    /// stops answering. Returns what is to be said about it.
    pub fn ask(&self, wanted: &Wanted, known: &mut Roads) -> Vec<Finding> {
        let mut size = self.max_table_size.max(2);
        let mut said = Vec::new();
        let mut requests = 0;
        'again: loop {
            let open = blocks(&known.missing(wanted), size);
            for (done, block) in open.iter().enumerate() {
                if requests == MOST_REQUESTS {
                    said.push(self.gives_up("R009", "", wanted, known));
                    return said;
                }
                requests += 1;
                (self.progress)(done, open.len());
                let code = match self.block(block, known) {
                    Ok(()) => continue,
                    Err(Fault::TooBig) if size > LEAST_TABLE => {
                        size = (size.min(block.places().len()) / 2).max(LEAST_TABLE);
                        said.retain(|finding: &Finding| finding.code != "R006");
                        let finding = Finding::new("R006").arg("url", self.url);
                        said.push(finding.arg("size", size));
                        continue 'again;
                    }
                    Err(Fault::NoSegment(index)) => {
                        known.snaps.insert(block.places()[index], None);
                        continue 'again;
                    }
                    Err(Fault::TooBig) => ("R002", "TooBig".to_owned()),
                    Err(Fault::Gone(message)) => ("R001", message),
                    Err(Fault::Refused(message)) => ("R002", message),
                    Err(Fault::NotATable(message)) => ("R003", message),
                };
                said.push(self.gives_up(code.0, &code.1, wanted, known));
                return said;
            }
            return said;
        }
    }

    fn gives_up(&self, code: &str, message: &str, wanted: &Wanted, known: &Roads) -> Finding {
        Finding::new(code)
            .arg("url", self.url)
            .arg("message", message)
            .arg("requests", MOST_REQUESTS)
            .arg("drives", known.missing(wanted).len())
    }

    /// One request, tried again where the fault may pass.
    fn block(&self, block: &Block, known: &mut Roads) -> Result<(), Fault> {
        let path = block.path(&service(self.profile));
        let mut pause = FIRST_PAUSE;
        let mut left = self.tries.max(1);
        loop {
            left -= 1;
            let learned = match self.server.get(&path) {
                Ok(reply) => learn(&reply, block, known),
                Err(NoReply::Gone(message)) => Err(Fault::Gone(message)),
                Err(NoReply::TooLong) => Err(Fault::NotATable("too long".into())),
            };
            match learned {
                Err(Fault::Gone(_)) if left > 0 => {
                    (self.wait)(pause);
                    pause *= 2;
                }
                learned => return learned,
            }
        }
    }
}
