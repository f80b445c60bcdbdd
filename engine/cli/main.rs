//! The process: real streams, real environment, one exit code.

use banana::{Machine, run};
use report::Style;
use std::collections::BTreeMap;
use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

/// Resolving makes and drops millions of small values.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let env: BTreeMap<String, String> = std::env::vars_os()
        .filter_map(|(k, v)| Some((k.into_string().ok()?, v.into_string().ok()?)))
        .collect();
    let Ok(folder) = std::env::current_dir() else {
        let _ = writeln!(io::stderr(), "error: the current folder does not exist any more");
        return ExitCode::from(2);
    };
    let arguments = std::env::args_os().map(|a| a.to_string_lossy().into_owned());
    let style = style(&env);
    let interactive = io::stdin().is_terminal() && io::stderr().is_terminal();
    let (mut out, mut err, mut input) = (io::stdout().lock(), io::stderr(), io::stdin().lock());
    let mut buffered = io::BufWriter::new(&mut out);
    let mut machine = Machine {
        out: &mut buffered,
        err: &mut err,
        input: &mut input,
        env,
        folder,
        style,
        interactive,
        today: today(),
    };
    let exit = run(arguments, &mut machine);
    // A reader that went away is not an error of ours.
    drop(buffered.flush());
    ExitCode::from(exit.code())
}

/// What standard output can show. `--color` overrides it.
fn style(env: &BTreeMap<String, String>) -> Style {
    let set = |name: &str| env.get(name).is_some_and(|v| !v.is_empty());
    let terminal = io::stdout().is_terminal();
    let dumb = env.get("TERM").is_some_and(|t| t == "dumb");
    let forced = ["CLICOLOR_FORCE", "FORCE_COLOR"]
        .iter()
        .any(|n| set(n) && env.get(*n).is_some_and(|v| v != "0"));
    let colour = !set("NO_COLOR") && (forced || (terminal && !dumb));
    let utf8 =
        ["LC_ALL", "LC_CTYPE", "LANG"].iter().find_map(|n| env.get(*n).filter(|v| !v.is_empty()));
    let unicode = !dumb && utf8.is_none_or(|v| !matches!(v.as_str(), "C" | "POSIX"));
    let width = env.get("COLUMNS").and_then(|c| c.parse().ok()).filter(|w| *w >= 40);
    let width = width
        .or_else(|| terminal_size::terminal_size().map(|(w, _)| usize::from(w.0)))
        .unwrap_or(100);
    let links = terminal && colour && links(env);
    Style { colour, unicode, width: width.clamp(40, 160), narrated: set("NO_GRAPHICS"), links }
}

/// Whether the terminal is one of those that show links: there is no way to ask it.
fn links(env: &BTreeMap<String, String>) -> bool {
    let is =
        |name: &str, values: &[&str]| env.get(name).is_some_and(|v| values.contains(&v.as_str()));
    let number = |name: &str| env.get(name).and_then(|v| v.parse::<u32>().ok());
    match env.get("FORCE_HYPERLINK") {
        Some(forced) => forced != "0",
        None => {
            number("VTE_VERSION").is_some_and(|version| version >= 5000)
                || is("TERM_PROGRAM", &["iTerm.app", "WezTerm", "vscode", "ghostty"])
                || is("TERM", &["xterm-kitty", "alacritty", "foot"])
                || env.contains_key("WT_SESSION")
        }
    }
}

/// Today in UTC; `None` when the clock stands before 1970.
fn today() -> Option<String> {
    let seconds =
        std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).ok()?.as_secs();
    let now = jiff::Timestamp::from_second(i64::try_from(seconds).ok()?).ok()?;
    Some(now.to_zoned(jiff::tz::TimeZone::UTC).date().to_string())
}
