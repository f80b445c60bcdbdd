//! What a run shows people while it runs: a live line for each object that is worked on at a terminal, plain lines elsewhere.

use crate::Machine;
use apply::{Event, What};
use indicatif::{MultiProgress, ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::collections::BTreeMap;
use std::time::Duration;

/// The lines on the screen.
pub(crate) struct Progress {
    live: Option<MultiProgress>,
    bars: BTreeMap<String, ProgressBar>,
}

impl Progress {
    /// Live at a terminal, plain elsewhere.
    pub(crate) fn new(machine: &Machine<'_>) -> Self {
        let live = machine
            .interactive
            .then(|| MultiProgress::with_draw_target(ProgressDrawTarget::stderr()));
        Self { live, bars: BTreeMap::new() }
    }

    /// Shows an event.
    pub(crate) fn show(&mut self, event: &Event, machine: &mut Machine<'_>) {
        let address = match &event.deposed {
            Some(key) => format!("{} ({key})", event.address),
            None => event.address.to_string(),
        };
        let verb = event.doing.verb();
        let seconds = event.elapsed.as_secs_f64();
        let (line, ends) = match &event.what {
            What::Started(_) => (format!("{address}: {verb}"), false),
            What::Note(text) => (format!("{address}: {text}"), false),
            What::Running => (format!("{address}: still {verb} after {seconds:.0} s"), false),
            What::Retrying { operation, attempt, wait, why } => (
                format!(
                    "{address}: {operation} failed ({why}), attempt {attempt}, again in {:.1} s",
                    wait.as_secs_f64()
                ),
                false,
            ),
            What::Finished(id) => {
                let id = id.as_ref().map(|id| format!(" [{id}]")).unwrap_or_default();
                (format!("{address}: done {verb} after {seconds:.1} s{id}"), true)
            }
            What::Failed(failure) => (
                format!("{address}: {verb} failed after {seconds:.1} s: {}", failure.message),
                true,
            ),
            What::Skipped(because) => {
                (format!("{address}: not begun, since {because} failed"), true)
            }
        };
        match &self.live {
            // The screen may be gone; the run goes on.
            None => drop(writeln!(machine.err, "{line}")),
            Some(screen) if ends => {
                if let Some(bar) = self.bars.remove(&address) {
                    bar.finish_and_clear();
                    screen.remove(&bar);
                }
                drop(screen.println(line));
            }
            // The line counts the seconds itself.
            Some(_) if matches!(event.what, What::Running) => {}
            Some(screen) => {
                self.bars.entry(address).or_insert_with(|| bar(screen)).set_message(line);
            }
        }
    }

    /// Leaves what is still worked on standing, as it is.
    pub(crate) fn finish(&self) {
        self.bars.values().for_each(ProgressBar::abandon);
    }
}

/// A live line: a sign of life, the time since it began, and what is being done.
fn bar(screen: &MultiProgress) -> ProgressBar {
    let bar = screen.add(ProgressBar::new_spinner());
    let style = ProgressStyle::with_template("{spinner} {elapsed:>4} {wide_msg}");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()));
    bar.enable_steady_tick(Duration::from_millis(120));
    bar
}
