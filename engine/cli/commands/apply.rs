//! `banana apply` and `banana destroy`: check, price, plan, ask, and then make it so.

use crate::args::Apply;
use crate::{Exit, Failure, Machine};

/// This build has no road to AWS: all it can say is whether a saved plan would still be accepted.
#[cfg(not(feature = "apply"))]
pub(crate) fn run(args: &Apply, destroy: bool, machine: &mut Machine<'_>) -> Result<Exit, Failure> {
    use crate::commands::plan::{make, options, refuse};
    use crate::place::{Place, Question};
    use crate::saved::{self, Words};
    use crate::{args::Format, job};
    let saved::Order { args, destroy, saved } = saved::order(args, destroy, machine)?;
    if let Some(saved) = saved {
        let disk = machine.disk();
        let mut program = job::load(&args.stack, &disk, machine, false)?;
        let words = Words::of(&job::resolve(&program), &args.stack, machine)?;
        program.defer_data(true);
        let place = Place::of(&program, Question::of(&args.stack, &args.plan), machine)?;
        let prior = place.read()?;
        let world = job::world();
        let options = options(&args.plan, destroy, std::collections::BTreeMap::new(), &world)?;
        match make(&program, &prior, &options) {
            Ok(planned) => {
                let recipe = saved::recipe(&args.stack, &args.plan, &place);
                words.verify(&saved, &planned, &options, &recipe, None)?;
            }
            Err(reports) => return refuse(&reports, &program, Format::Text, machine),
        }
    }
    Err(Failure::user("this build of banana cannot apply")
        .help("build it with the default features"))
}

#[cfg(feature = "apply")]
pub(crate) use flight::run;

#[cfg(feature = "apply")]
mod flight {
    use super::{Apply, Exit, Failure, Machine};
    use crate::args::Format;
    use crate::cloud::{Cloud, imports, refused, refused_of};
    use crate::commands::cost::{self, over_budget};
    use crate::commands::plan::{make, options as plan_options, refuse};
    use crate::gate::Gate;
    use crate::place::{Place, Question};
    use crate::progress::Progress;
    use crate::saved::{self, Words};
    use crate::{file, job, known, locking, price};
    use ::apply::{Cancel, Ending, Live, Options, Outcome, Recovery, Session};
    use plan::{Account, Planned, Saved, State};
    use report::{findings_text, plan_text, summary_text, total_text};
    use stack::{Program, World};
    use std::collections::BTreeMap;
    use std::sync::mpsc;
    use std::time::Duration;
    use tokio::task::JoinHandle;

    /// Runs it.
    pub(crate) fn run(
        args: &Apply,
        destroy: bool,
        machine: &mut Machine<'_>,
    ) -> Result<Exit, Failure> {
        let order = saved::order(args, destroy, machine)?;
        let (args, destroy) = (&order.args, order.destroy);
        let disk = machine.disk();
        let mut program = job::load(&args.stack, &disk, machine, false)?;
        let keep = match &order.saved {
            None => None,
            Some(saved) => Some((saved, Words::of(&job::resolve(&program), &args.stack, machine)?)),
        };
        let place = Place::of(&program, Question::of(&args.stack, &args.plan), machine)?;
        if let Some(elsewhere) = place.elsewhere() {
            return Err(elsewhere);
        }
        if !destroy && let Some(exit) = preflight(&program, args, machine)? {
            return Ok(exit);
        }
        program.defer_data(true);
        let cloud = Cloud::connect(&program, &args.stack, machine)?;
        let account = cloud.account()?;
        let operation = if destroy { "OperationTypeDestroy" } else { "OperationTypeApply" };
        let (runtime, patience) = (&cloud.runtime, args.plan.lock_timeout);
        let mut session = locking::session(&place, runtime, operation, patience, machine)?;
        let undisturbed = locking::give_back_on_interrupt(runtime, session.store());
        let keep = keep.as_ref().map(|(saved, words)| (*saved, words));
        let held = Held { session: &mut session, place: &place, undisturbed };
        let done = fly(&cloud, &account, held, &program, (args, destroy, keep), machine);
        let closed = runtime.block_on(session.close());
        let exit = done?;
        closed.map_err(|error| Failure::user(error.to_string()))?;
        Ok(exit)
    }

    /// The pre-flight: findings and the bill. `Some` ends the run before anything is touched.
    fn preflight(
        program: &Program<'_>,
        args: &Apply,
        machine: &mut Machine<'_>,
    ) -> Result<Option<Exit>, Failure> {
        let stack = job::resolve(program);
        if job::tell_problems(&stack.reports, &stack.sources, machine)? {
            return Ok(Some(Exit::Error));
        }
        let mut gate = Gate::open(&args.stack, &args.gate, machine)?;
        gate.price.clone_from(&args.price);
        gate.settings.lay_known(&args.known);
        let mut outcome = gate.judge(&stack, machine)?;
        let new_from = args.known.new_from.as_deref();
        known::silence(&mut outcome, &gate, &stack, new_from, &args.stack, machine)?;
        writeln!(machine.out, "check: {}", summary_text(&outcome.summary, &machine.style))?;
        let blocking = gate.blocking(&outcome);
        if !blocking.is_empty() {
            let secrets = check::secret_places(&stack, &outcome.findings);
            let text = findings_text(
                &blocking,
                &gate.book.rules,
                &stack.sources,
                &secrets,
                &machine.style,
            );
            machine.out.write_all(text.as_bytes())?;
            writeln!(
                machine.err,
                "not applied: findings at or above the threshold; see --fail-on"
            )?;
            return Ok(Some(Exit::Findings));
        }
        let estimate = price::estimate(&stack, &args.price, &args.stack, machine)?;
        writeln!(machine.out, "cost: {}", total_text(&estimate, &machine.style))?;
        if args.price.budget.is_some() && !args.price.allow_missing {
            // What lacks a price might be what busts it.
            cost::require_prices(&estimate)?;
        }
        if let Some(over) = over_budget(&estimate, args.price.budget.as_ref())? {
            writeln!(machine.err, "not applied: {over}")?;
            return Ok(Some(Exit::Findings));
        }
        Ok(None)
    }

    /// A state that is held.
    struct Held<'a> {
        session: &'a mut Session,
        place: &'a Place,
        /// Gives the lock back when the process is asked to end; stopped when the run begins, which then ends in its own way.
        undisturbed: JoinHandle<()>,
    }

    /// Everything that happens under the lock.
    fn fly(
        cloud: &Cloud,
        account: &Account,
        Held { session, place, undisturbed }: Held<'_>,
        program: &Program<'_>,
        (args, destroy, keep): (&Apply, bool, Option<(&Saved, &Words)>),
        machine: &mut Machine<'_>,
    ) -> Result<Exit, Failure> {
        let offline = job::world();
        let cancel = Cancel::default();
        let options = |listener| Options {
            parallelism: args.plan.parallelism,
            visible_within: Duration::from_secs(args.visible_within),
            world: &offline,
            listener,
            cancel: cancel.clone(),
            ..Options::default()
        };
        let resumes = session.unfinished() > 0;
        if resumes {
            undisturbed.abort();
            watch_interrupts(cloud, &cancel);
            writeln!(
                machine.err,
                "an earlier run was interrupted: looking into {} operations",
                session.unfinished()
            )?;
            let recovered = cloud
                .runtime
                .block_on(session.recover(&cloud.aws, &options(::apply::Listener::default())));
            let recovered = recovered.map_err(|(address, failure)| {
                refused_of(&address, &failure).exit(Exit::Incomplete)
            })?;
            for found in recovered {
                writeln!(machine.err, "  {}: {}", found.address, told(found.recovery))?;
            }
        }
        let imports = imports(program, session.state(), destroy);
        let prior = cloud.prior(session.state(), &imports, account, &args.plan)?;
        for note in &prior.notes {
            writeln!(machine.err, "{note}")?;
        }
        let asking = options(::apply::Listener::default());
        let live = Live::new(&cloud.aws, cloud.runtime.handle().clone(), &asking);
        // A saved plan leaves to the run what it could not know without AWS; planning it again must do so too.
        let world: &dyn World = if keep.is_some() { &offline } else { &live };
        let how = plan_options(&args.plan, destroy, prior.imported, world)?;
        let planned = make(program, &prior.state, &how);
        if let Some((address, failure)) = live.failures().first() {
            return Err(refused_of(address, failure));
        }
        let planned = match planned {
            Ok(planned) => planned,
            Err(reports) => return refuse(&reports, program, Format::Text, machine),
        };
        if let Some((saved, words)) = keep {
            let how = plan_options(&args.plan, destroy, BTreeMap::new(), &offline)?;
            let recipe = saved::recipe(&args.stack, &args.plan, place);
            words.verify(saved, &planned, &how, &recipe, prior.asked.as_ref())?;
        }
        let reports = ::apply::preflight(&planned, &cloud.aws, account);
        if job::tell_problems(&reports, &planned.stack.sources, machine)? {
            return Ok(Exit::Error);
        }
        machine.out.write_all(plan_text(&planned, &machine.style).as_bytes())?;
        if planned.plan.is_empty() {
            // What the refresh found is kept, as after any other apply.
            let kept = cloud.runtime.block_on(session.keep(&planned.plan.prior));
            kept.map_err(|error| Failure::user(error.to_string()))?;
            return Ok(Exit::Ok);
        }
        if !agreed(account, destroy, args, machine)? {
            return Ok(Exit::Error);
        }
        if cancel.is_cancelled() {
            return Ok(Exit::Interrupted);
        }
        // Until here nothing was touched: Ctrl-C ended the program, also at the question.
        if !resumes {
            undisturbed.abort();
            watch_interrupts(cloud, &cancel);
        }
        let outcome = carry_out(cloud, session, program, &planned, options, machine)?;
        if session.is_unsaved() {
            rescue(session.state(), place, machine)?;
        }
        conclude(&outcome, &planned, machine)
    }

    /// Asks the person at the terminal, unless told not to.
    fn agreed(
        account: &Account,
        destroy: bool,
        args: &Apply,
        machine: &mut Machine<'_>,
    ) -> Result<bool, Failure> {
        if args.auto_approve {
            return Ok(true);
        }
        if !machine.interactive {
            return Err(
                Failure::user("nobody is at the terminal to say yes").help("pass --auto-approve")
            );
        }
        machine.out.flush()?;
        let what = if destroy { "destroy all this" } else { "do this" };
        write!(
            machine.err,
            "\n{what} in account {}, {} as {}? only `yes` goes on: ",
            account.id, account.region, account.arn
        )?;
        machine.err.flush()?;
        let mut answer = String::new();
        machine.input.read_line(&mut answer)?;
        let agreed = answer.trim() == "yes";
        if !agreed {
            writeln!(machine.err, "nothing was done")?;
        }
        Ok(agreed)
    }

    /// Runs the plan on a thread of its own, so that this one can show its progress.
    fn carry_out<'o>(
        cloud: &Cloud,
        session: &mut Session,
        program: &Program<'_>,
        planned: &Planned,
        options: impl Fn(::apply::Listener) -> Options<'o> + Send,
        machine: &mut Machine<'_>,
    ) -> Result<Outcome, Failure> {
        machine.out.flush()?;
        let (events, heard) = mpsc::channel();
        let mut progress = Progress::new(machine);
        std::thread::scope(|scope| {
            let flight = scope.spawn(move || {
                let listener = ::apply::Listener::new(move |event| {
                    // Nobody listens any more when the screen is gone; the work goes on.
                    let _ = events.send(event.clone());
                });
                let options = options(listener);
                cloud.runtime.block_on(session.run(program, &planned.plan, &cloud.aws, &options))
            });
            for event in heard {
                progress.show(&event, machine);
            }
            progress.finish();
            flight.join().map_err(|_| {
                Failure::user("the run broke off: run the same command again to resume")
                    .exit(Exit::Incomplete)
            })
        })
    }

    /// What was done, what is left, and how to go on.
    fn conclude(
        outcome: &Outcome,
        planned: &Planned,
        machine: &mut Machine<'_>,
    ) -> Result<Exit, Failure> {
        let done = outcome.done;
        writeln!(
            machine.out,
            "done: {} created, {} changed, {} destroyed",
            done.create, done.change, done.destroy
        )?;
        if outcome.ending == Ending::Complete {
            for (name, output) in &planned.stack.outputs {
                let stored = outcome.state.outputs.get(name);
                let shown = match stored {
                    Some(_) if output.sensitive => "(sensitive)".to_owned(),
                    Some(stored) => stored.value.to_string(),
                    None => continue,
                };
                writeln!(machine.out, "{name} = {shown}")?;
            }
            return Ok(Exit::Ok);
        }
        if let Some(failure) = &outcome.fatal {
            writeln!(machine.err, "stopped: {}", refused(failure))?;
        }
        for left in &outcome.left {
            match (&left.failure, &left.because) {
                (Some(failure), _) => {
                    writeln!(machine.err, "failed: {}: {}", left.address, refused(failure))?;
                }
                (None, Some(other)) => {
                    writeln!(machine.err, "not begun: {} waits for {other}", left.address)?;
                }
                (None, None) => writeln!(machine.err, "not begun: {}", left.address)?,
            }
            if let Some(help) = left.failure.as_ref().and_then(|failure| failure.help.as_ref()) {
                writeln!(machine.err, "  help: {help}")?;
            }
        }
        let why = if outcome.ending == Ending::Interrupted { "interrupted" } else { "incomplete" };
        writeln!(
            machine.err,
            "{why}: the state and the journal hold what was done; the same command goes on from here"
        )?;
        Ok(Exit::Incomplete)
    }

    /// The first Ctrl-C asks the run to stop; later ones ask again, and are safe.
    fn watch_interrupts(cloud: &Cloud, cancel: &Cancel) {
        let cancel = cancel.clone();
        cloud.runtime.spawn(async move {
            loop {
                locking::interrupted().await;
                cancel.cancel();
            }
        });
    }

    /// A state that could not be stored goes beside the stack.
    fn rescue(state: &State, place: &Place, machine: &mut Machine<'_>) -> Result<(), Failure> {
        let path = place.beside("errored.tfstate");
        let written = file::replace(&path, &state.write(), true);
        match written {
            Ok(()) => writeln!(
                machine.err,
                "the state could not be stored: it is in `{0}`\n  help: once the state can be written again, `banana state push {0}` stores it; or run the same command again, which finds out by the journal what was made",
                path.display()
            )?,
            Err(error) => writeln!(
                machine.err,
                "the state could not be stored, and {error}: the journal holds what was made"
            )?,
        }
        Ok(())
    }

    fn told(recovery: Recovery) -> &'static str {
        match recovery {
            Recovery::Adopted => "was made, and is in the state now",
            Recovery::Tainted => "was half made, and will be made anew",
            Recovery::NothingMade => "was not made",
            Recovery::Refreshed => "is in the state as it is now",
            Recovery::Deleted => "is gone",
            Recovery::StillThere => "is still there",
        }
    }
}
