//! How an apply speaks: lines for people, or with `--json` an event a line for machines.

use crate::cloud::refused;
use crate::progress::Progress;
use crate::{Exit, Failure, Machine, job};
use apply::{Doing, Ending, Event, Outcome, What};
use cost::change::Change as Bill;
use plan::Planned;
use report::{Hook, Line, plan_text};
use syntax::{Report, Sources};

/// One of the two.
pub(crate) enum Voice {
    /// Lines, and at a terminal live ones while it runs.
    People,
    /// Events, in Terraform's words.
    Machines,
}

/// What a run whose events are heard later was told, and when.
pub(crate) type Heard = Vec<(String, Event)>;

/// The time, as events have it.
pub(crate) fn now() -> String {
    format!("{:.6}", jiff::Timestamp::now())
}

fn tell(line: &Line, machine: &mut Machine<'_>) -> Result<(), Failure> {
    writeln!(machine.out, "{}", line.text(&now()))?;
    // Who reads along must not wait for the end.
    Ok(machine.out.flush()?)
}

impl Voice {
    /// As the arguments say. Machines are told first who speaks.
    pub(crate) fn new(json: bool, machine: &mut Machine<'_>) -> Result<Self, Failure> {
        if !json {
            return Ok(Self::People);
        }
        tell(&Line::version(env!("CARGO_PKG_VERSION")), machine)?;
        Ok(Self::Machines)
    }

    /// A result for people.
    pub(crate) fn say(&self, text: &str, machine: &mut Machine<'_>) -> Result<(), Failure> {
        match self {
            Self::People => Ok(writeln!(machine.out, "{text}")?),
            Self::Machines => tell(&Line::log(text), machine),
        }
    }

    /// What goes on, and what there is to know.
    pub(crate) fn note(&self, text: &str, machine: &mut Machine<'_>) -> Result<(), Failure> {
        match self {
            Self::People => Ok(writeln!(machine.err, "{text}")?),
            Self::Machines => tell(&Line::log(text), machine),
        }
    }

    /// Problems of the stack; true when there is an error among them.
    pub(crate) fn problems(
        &self,
        reports: &[Report],
        sources: &Sources,
        machine: &mut Machine<'_>,
    ) -> Result<bool, Failure> {
        if let Self::People = self {
            return job::tell_problems(reports, sources, machine);
        }
        for report in reports {
            tell(&Line::diagnostic(report, sources), machine)?;
        }
        Ok(reports.iter().any(|report| report.level == syntax::Level::Error))
    }

    /// What a refresh came across.
    pub(crate) fn heard(&self, heard: &Heard, machine: &mut Machine<'_>) -> Result<(), Failure> {
        for (at, event) in heard.iter().filter(|_| matches!(self, Self::Machines)) {
            if let Some(line) = line(event) {
                writeln!(machine.out, "{}", line.text(at))?;
            }
        }
        Ok(())
    }

    /// What is planned.
    pub(crate) fn plan(
        &self,
        planned: &Planned,
        bill: Option<&Bill>,
        machine: &mut Machine<'_>,
    ) -> Result<(), Failure> {
        if let Self::People = self {
            let text = plan_text(planned, bill, &machine.style);
            return Ok(machine.out.write_all(text.as_bytes())?);
        }
        for line in Line::plan(&planned.plan) {
            tell(&line, machine)?;
        }
        Ok(())
    }

    /// How the lines of a run are shown; `None` for machines.
    pub(crate) fn screen(&self, machine: &Machine<'_>) -> Option<Progress> {
        matches!(self, Self::People).then(|| Progress::new(machine))
    }

    /// Something happened in a run: people see it on their screen.
    pub(crate) fn event(event: &Event, screen: Option<&mut Progress>, machine: &mut Machine<'_>) {
        match (screen, line(event)) {
            (Some(screen), _) => screen.show(event, machine),
            // The reader may be gone; the run goes on.
            (None, Some(line)) => drop(tell(&line, machine)),
            (None, None) => {}
        }
    }

    /// Why the command stopped, where the error's own line does not reach the reader.
    pub(crate) fn stopped(&self, failure: Failure, machine: &mut Machine<'_>) -> Failure {
        let Failure::User { help, exit, .. } = &failure else { return failure };
        if let Self::People = self {
            return failure;
        }
        let line = Line::error(&failure.to_string(), help.as_deref().unwrap_or_default(), None);
        match tell(&line, machine) {
            Ok(()) => Failure::Told(*exit),
            Err(other) => other,
        }
    }

    /// What was done, what is left, and how to go on.
    pub(crate) fn conclude(
        &self,
        outcome: &Outcome,
        planned: &Planned,
        machine: &mut Machine<'_>,
    ) -> Result<Exit, Failure> {
        let complete = outcome.ending == Ending::Complete;
        match self {
            Self::People => summary(outcome, planned, machine)?,
            Self::Machines => {
                let operation = if planned.plan.destroy { "destroy" } else { "apply" };
                let imported = planned.plan.changes.iter().filter(|c| c.imported.is_some()).count();
                tell(&Line::summary(operation, outcome.done, imported), machine)?;
                let outputs = complete.then(|| Line::stored(&outcome.state.outputs)).flatten();
                if let Some(line) = outputs {
                    tell(&line, machine)?;
                }
            }
        }
        if complete {
            return Ok(Exit::Ok);
        }
        self.left(outcome, machine)?;
        let why = if outcome.ending == Ending::Interrupted { "interrupted" } else { "incomplete" };
        let text = format!(
            "{why}: the state and the journal hold what was done; the same command goes on from here"
        );
        self.note(&text, machine)?;
        Ok(Exit::Incomplete)
    }

    /// What was not done, and why.
    fn left(&self, outcome: &Outcome, machine: &mut Machine<'_>) -> Result<(), Failure> {
        if let Some(failure) = &outcome.fatal {
            self.failure("stopped", None, failure, machine)?;
        }
        for left in &outcome.left {
            let address = left.address.to_string();
            match (&left.failure, &left.because) {
                (Some(failure), _) => self.failure("failed", Some(&address), failure, machine)?,
                (None, Some(other)) => {
                    self.note(&format!("not begun: {address} waits for {other}"), machine)?;
                }
                (None, None) => self.note(&format!("not begun: {address}"), machine)?,
            }
        }
        Ok(())
    }

    fn failure(
        &self,
        word: &str,
        address: Option<&str>,
        failure: &plan::Failure,
        machine: &mut Machine<'_>,
    ) -> Result<(), Failure> {
        let told = refused(failure);
        let help = failure.help.as_deref();
        if let Self::Machines = self {
            let line = Line::error(&told.to_string(), help.unwrap_or_default(), address);
            return tell(&line, machine);
        }
        let of = address.map(|address| format!(" {address}:")).unwrap_or_default();
        writeln!(machine.err, "{word}:{of} {told}")?;
        if let Some(help) = help {
            writeln!(machine.err, "  help: {help}")?;
        }
        Ok(())
    }
}

/// What was done, the outputs, and where the time went.
fn summary(outcome: &Outcome, planned: &Planned, machine: &mut Machine<'_>) -> Result<(), Failure> {
    let done = outcome.done;
    if planned.plan.refresh_only {
        writeln!(machine.out, "done: the state is as AWS is; nothing else was touched")?;
    } else {
        let forgotten =
            if done.forget > 0 { format!(", {} forgotten", done.forget) } else { String::new() };
        writeln!(
            machine.out,
            "done: {} created, {} changed, {} destroyed{forgotten}",
            done.create, done.change, done.destroy
        )?;
    }
    if outcome.ending == Ending::Complete {
        for (name, output) in &planned.stack.outputs {
            let shown = match outcome.state.outputs.get(name) {
                Some(_) if output.sensitive => "(sensitive)".to_owned(),
                Some(stored) => stored.value.to_string(),
                None => continue,
            };
            writeln!(machine.out, "{name} = {shown}")?;
        }
    }
    waits(outcome, machine)
}

/// The chain of steps that the run had to wait for, where that was long enough to ask why.
fn waits(outcome: &Outcome, machine: &mut Machine<'_>) -> Result<(), Failure> {
    let took = outcome.took.as_secs_f64();
    if took < 1.0 || outcome.critical.is_empty() {
        return Ok(());
    }
    writeln!(
        machine.err,
        "it took {took:.1} s, because of this chain, each after the one before:"
    )?;
    let mut short = 0;
    for leg in &outcome.critical {
        let (seconds, share) = (leg.took.as_secs_f64(), 100.0 * leg.took.as_secs_f64() / took);
        if share < 1.0 {
            short += 1;
            continue;
        }
        let (verb, address) = (leg.doing.verb(), &leg.address);
        writeln!(machine.err, "{seconds:>8.1} s {share:>3.0} %  {verb} {address}")?;
    }
    if short > 0 {
        writeln!(machine.err, "  and {short} steps of less than 1 % each")?;
    }
    Ok(())
}

/// The event of Terraform's that an event is; `None` for what it has no event for.
fn line(event: &Event) -> Option<Line> {
    let (id, refresh) = match &event.what {
        What::Started(id) | What::Finished(id) => (id.as_deref(), event.doing == Doing::Refresh),
        _ => (None, false),
    };
    let action = match event.doing {
        Doing::Refresh | Doing::Read | Doing::Recover => "read",
        Doing::Create => "create",
        Doing::Update => "update",
        Doing::Delete => "delete",
        Doing::Forget => return None,
    };
    let hook = Hook { address: &event.address, action, id, elapsed: event.elapsed };
    Some(match &event.what {
        What::Started(_) if refresh => Line::refresh(hook, false),
        What::Finished(_) if refresh => Line::refresh(hook, true),
        What::Started(_) => Line::start(hook),
        What::Finished(_) => Line::complete(hook),
        What::Running => Line::progress(hook),
        What::Failed(_) => Line::errored(hook),
        What::Note(text) => Line::log(format!("{}: {text}", event.address)),
        What::Retrying { operation, attempt, wait, why } => Line::log(format!(
            "{}: {operation} failed ({why}), attempt {attempt}, again in {:.1} s",
            event.address,
            wait.as_secs_f64()
        )),
        What::Skipped(because) => {
            Line::log(format!("{}: not begun, since {because} failed", event.address))
        }
    })
}
