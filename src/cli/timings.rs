//! What each step of a command took: seconds and the most memory so far (`--timings`).

use std::time::Instant;

/// Steps as they begin; the one before ends there.
#[derive(Debug)]
pub(super) struct Timings {
    begun: Option<(String, Instant)>,
    done: Vec<Taken>,
}

/// One step that has ended.
#[derive(Debug)]
struct Taken {
    step: String,
    seconds: f64,
    /// The process's most resident memory up to its end, MB; `None` where the system does not say.
    peak_mb: Option<f64>,
}

impl Timings {
    pub(super) fn new() -> Self {
        Self {
            begun: None,
            done: Vec::new(),
        }
    }

    /// A step begins; one that is going on under the same name goes on.
    pub(super) fn step(&mut self, step: &str) {
        if self.begun.as_ref().is_some_and(|(name, _)| name == step) {
            return;
        }
        self.end();
        self.begun = Some((step.to_owned(), Instant::now()));
    }

    /// The last step ends.
    pub(super) fn end(&mut self) {
        if let Some((step, begun)) = self.begun.take() {
            self.done.push(Taken {
                step,
                seconds: begun.elapsed().as_secs_f64(),
                peak_mb: peak_mb(),
            });
        }
    }

    /// A line a step, and their sum.
    pub(super) fn text(&self, total: &str) -> String {
        let mut lines: Vec<String> = self
            .done
            .iter()
            .map(|taken| line(taken.seconds, taken.peak_mb, &taken.step))
            .collect();
        let seconds = self.done.iter().map(|taken| taken.seconds).sum();
        let peak = self.done.iter().filter_map(|taken| taken.peak_mb);
        lines.push(line(seconds, peak.reduce(f64::max), total));
        lines.join("\n")
    }
}

fn line(seconds: f64, peak_mb: Option<f64>, step: &str) -> String {
    let memory = peak_mb.map_or_else(|| "-".to_owned(), |mb| format!("{mb:.0} MB"));
    format!("{seconds:>8.2} s {memory:>9}  {step}")
}

/// Linux says it in /proc; other systems are not asked.
fn peak_mb() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kib: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kib * 1024.0 / 1e6)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_stand_in_their_order_once_each_and_their_sum_last() {
        let mut timings = Timings::new();
        for step in ["reading", "tours", "tours", "documents"] {
            timings.step(step);
        }
        timings.end();
        let text = timings.text("all");
        let names: Vec<&str> = text
            .lines()
            .filter_map(|line| line.split_whitespace().last())
            .collect();
        assert_eq!(names, ["reading", "tours", "documents", "all"]);
    }
}
