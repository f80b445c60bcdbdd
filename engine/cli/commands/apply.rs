//! `banana apply` and `banana destroy`: check, price, plan, ask, and then make it so.

use crate::args::Apply;
use crate::{Exit, Failure, Machine};

/// This build has no road to AWS: all it can say is whether a saved plan would still be accepted.
#[cfg(not(feature = "apply"))]
pub(crate) fn run(args: &Apply, destroy: bool, machine: &mut Machine<'_>) -> Result<Exit, Failure> {
    use crate::commands::plan::{Learned, make, options, refuse};
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
        let options = options(&args.plan, destroy, Learned::default(), &world)?;
        match make(&program, &prior, &options) {
            Ok(planned) => {
                let recipe = saved::recipe(&args.stack, &args.plan, &place, machine);
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
    use crate::cloud::{Cloud, at_home, imports, refused_of};
    use crate::commands::cost::{self, over_budget};
    use crate::commands::plan::{Learned, make, options as plan_options};
    use crate::gate::Gate;
    use crate::place::{Place, Question};
    use crate::saved::{self, Words};
    use crate::voice::{Heard, Voice, now};
    use crate::{file, job, known, locking, month, price};
    use ::apply::{Cancel, Listener, Options, Outcome, Recovery, Session};
    use plan::{Account, Planned, Saved, State};
    use report::{findings_text, summary_text, total_text};
    use stack::{Program, World};
    use std::sync::{Arc, Mutex, PoisonError, mpsc};
    use std::time::Duration;
    use tokio::task::JoinHandle;

    /// Runs it.
    pub(crate) fn run(
        args: &Apply,
        destroy: bool,
        machine: &mut Machine<'_>,
    ) -> Result<Exit, Failure> {
        let voice = Voice::new(args.json, machine)?;
        start(args, destroy, &voice, machine).map_err(|failure| voice.stopped(failure, machine))
    }

    fn start(
        args: &Apply,
        destroy: bool,
        voice: &Voice,
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
        let makes = !destroy && !args.plan.refresh_only;
        if makes && let Some(exit) = preflight(&program, args, voice, machine)? {
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
        let how = (args, destroy, keep, voice);
        let done = fly(&cloud, &account, held, &program, how, machine);
        let closed = runtime.block_on(session.close());
        let exit = done?;
        closed.map_err(|error| Failure::user(error.to_string()))?;
        Ok(exit)
    }

    /// The pre-flight: findings and the bill. `Some` ends the run before anything is touched.
    fn preflight(
        program: &Program<'_>,
        args: &Apply,
        voice: &Voice,
        machine: &mut Machine<'_>,
    ) -> Result<Option<Exit>, Failure> {
        let stack = job::resolve(program);
        if voice.problems(&stack.reports, &stack.sources, machine)? {
            return Ok(Some(Exit::Error));
        }
        let mut gate = Gate::open(&args.stack, &args.gate, machine)?;
        gate.price.clone_from(&args.price);
        gate.settings.lay_known(&args.known);
        let mut outcome = gate.judge(&stack, machine)?;
        let new_from = args.known.new_from.as_deref();
        known::silence(&mut outcome, &gate, &stack, new_from, &args.stack, machine)?;
        let check = format!("check: {}", summary_text(&outcome.summary, &machine.style));
        voice.say(&check, machine)?;
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
            voice.say(text.trim_end(), machine)?;
            let why = "not applied: findings at or above the threshold; see --fail-on";
            voice.note(why, machine)?;
            return Ok(Some(Exit::Findings));
        }
        let estimate = price::estimate(&stack, &args.price, &args.stack, machine)?;
        voice.say(&format!("cost: {}", total_text(&estimate, &machine.style)), machine)?;
        if args.price.budget.is_some() && !args.price.allow_missing {
            // What lacks a price might be what busts it.
            cost::require_prices(&estimate)?;
        }
        if let Some(over) = over_budget(&estimate, args.price.budget.as_ref())? {
            voice.note(&format!("not applied: {over}"), machine)?;
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
        (args, destroy, keep, voice): (&Apply, bool, Option<(&Saved, &Words)>, &Voice),
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
            let open = session.unfinished();
            let text = format!("an earlier run was interrupted: looking into {open} operations");
            voice.note(&text, machine)?;
            let recovered = cloud
                .runtime
                .block_on(session.recover(&cloud.fleet, &options(Listener::default())));
            let recovered = recovered.map_err(|(address, failure)| {
                refused_of(&address, &failure).exit(Exit::Incomplete)
            })?;
            for found in recovered {
                let text = format!("  {}: {}", found.address, told(found.recovery));
                voice.note(&text, machine)?;
            }
        }
        let imports = imports(program, session.state(), destroy);
        let heard: Arc<Mutex<Heard>> = Arc::default();
        let ear = Arc::clone(&heard);
        let listener = Listener::new(move |event| {
            let told = (now(), event.clone());
            ear.lock().unwrap_or_else(PoisonError::into_inner).push(told);
        });
        let stored = at_home(session.state().clone(), program);
        let prior = cloud.prior(&stored, &imports, account, (&args.plan, listener));
        voice.heard(&heard.lock().unwrap_or_else(PoisonError::into_inner), machine)?;
        let mut prior = prior?;
        for note in &prior.notes {
            voice.note(note, machine)?;
        }
        let learned = prior.learned();
        let made = |world: &dyn World| {
            let how = plan_options(&args.plan, destroy, learned, world)?;
            Ok(make(program, &prior.state, &how))
        };
        // A plan that was saved without AWS leaves to the run what only AWS knows; planning it again must do so too.
        let unbound = keep.is_some_and(|(saved, _)| saved.account().is_empty());
        let planned = if unbound {
            made(&offline)?
        } else {
            cloud.reading(&options(Listener::default()), made)?
        };
        let planned = match planned {
            Ok(planned) => planned,
            Err(reports) => {
                voice.problems(&reports, program.sources(), machine)?;
                return Ok(Exit::Error);
            }
        };
        if let Some((saved, words)) = keep {
            let how = plan_options(&args.plan, destroy, Learned::default(), &offline)?;
            let recipe = saved::recipe(&args.stack, &args.plan, place, machine);
            words.verify(saved, &planned, &how, &recipe, prior.asked.as_ref())?;
        }
        let asking = options(Listener::default());
        let reports = ::apply::preflight(&planned, &cloud.fleet, &asking);
        let reports = cloud.runtime.block_on(reports);
        if voice.problems(&reports, &planned.stack.sources, machine)? {
            return Ok(Exit::Error);
        }
        let bill = month::change(&planned, &args.price, &args.stack, machine)?;
        voice.plan(&planned, bill.as_ref(), machine)?;
        if planned.plan.is_empty() {
            // What the refresh found is kept, as after any other apply.
            let kept = cloud.runtime.block_on(session.keep(&planned.plan.prior));
            kept.map_err(|error| Failure::user(error.to_string()))?;
            return Ok(Exit::Ok);
        }
        let elsewhere = cloud.elsewhere(&planned.plan, account);
        if !agreed(account, &elsewhere, destroy, args, machine)? {
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
        let outcome = carry_out(cloud, session, (program, &planned), options, voice, machine)?;
        if session.is_unsaved() {
            rescue(session.state(), place, voice, machine)?;
        }
        voice.conclude(&outcome, &planned, machine)
    }

    /// Asks the person at the terminal, unless told not to.
    fn agreed(
        account: &Account,
        elsewhere: &[(String, Account)],
        destroy: bool,
        args: &Apply,
        machine: &mut Machine<'_>,
    ) -> Result<bool, Failure> {
        if args.auto_approve {
            return Ok(true);
        }
        if args.json || !machine.interactive {
            return Err(
                Failure::user("nobody is at the terminal to say yes").help("pass --auto-approve")
            );
        }
        machine.out.flush()?;
        let what = match (destroy, args.plan.refresh_only) {
            (true, _) => "destroy all this",
            (_, true) => "take this into the state; nothing is touched",
            _ => "do this",
        };
        writeln!(machine.err)?;
        for (configuration, account) in elsewhere {
            let Account { id, region, arn, .. } = account;
            writeln!(machine.err, "{configuration}: in account {id}, {region} as {arn}")?;
        }
        write!(
            machine.err,
            "{what} in account {}, {} as {}? only `yes` goes on: ",
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
        (program, planned): (&Program<'_>, &Planned),
        options: impl Fn(Listener) -> Options<'o> + Send,
        voice: &Voice,
        machine: &mut Machine<'_>,
    ) -> Result<Outcome, Failure> {
        machine.out.flush()?;
        let (events, heard) = mpsc::channel();
        let mut screen = voice.screen(machine);
        std::thread::scope(|scope| {
            let flight = scope.spawn(move || {
                let listener = Listener::new(move |event| {
                    // Nobody listens any more when the screen is gone; the work goes on.
                    let _ = events.send(event.clone());
                });
                let options = options(listener);
                cloud.runtime.block_on(session.run(program, &planned.plan, &cloud.fleet, &options))
            });
            for event in heard {
                Voice::event(&event, screen.as_mut(), machine);
            }
            screen.iter().for_each(crate::progress::Progress::finish);
            flight.join().map_err(|_| {
                Failure::user("the run broke off: run the same command again to resume")
                    .exit(Exit::Incomplete)
            })
        })
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
    fn rescue(
        state: &State,
        place: &Place,
        voice: &Voice,
        machine: &mut Machine<'_>,
    ) -> Result<(), Failure> {
        let path = place.beside("errored.tfstate");
        let text = match file::replace(&path, &state.write(), true) {
            Ok(()) => format!(
                "the state could not be stored: it is in `{0}`; `banana state push {0}` stores it when that works again, and the same command finds out by the journal what was made",
                path.display()
            ),
            Err(error) => {
                format!(
                    "the state could not be stored, and {error}: the journal holds what was made"
                )
            }
        };
        voice.note(&text, machine)
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
