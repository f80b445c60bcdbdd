//! The real binary, killed at random instants of its flights through a network that loses things. Whatever was cut off, the same command goes on
//! from there, and in the end boto3 counts what the stack says: nothing leaked, nothing twice.

use super::flight::{count, stage};
use super::proxy::{Proxy, random};
use super::server::Moto;
use std::fs::File;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

/// What the last process said.
const SAID: &str = "said.txt";

fn said(folder: &Path) -> String {
    std::fs::read_to_string(folder.join(SAID)).unwrap_or_default()
}

/// So many deaths in each flight at most, so that it gets somewhere.
const DEATHS: u64 = 5;

fn number(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

/// `BANANA_KILLS` says how many there are at least, `BANANA_KILLS_SEED` which.
#[test]
fn killed_at_any_instant_nothing_is_lost_and_nothing_is_made_twice() {
    let (wanted, seed) = (number("BANANA_KILLS", 8), number("BANANA_KILLS_SEED", 1));
    let moto = Moto::start();
    let folder = stage();
    let certificate = format!("-var=certificate_arn={}", moto.certificate());
    let before = count(&moto.inventory());
    let direct = |verb: &str| {
        let child = fly(&moto.endpoint(), folder.path(), &[verb, "-auto-approve", &certificate]);
        assert_eq!(ended(child, None), Some(0), "{}", said(folder.path()));
    };
    direct("apply");
    let flying = count(&moto.inventory());
    direct("destroy");
    assert_eq!(count(&moto.inventory()), before, "an undisturbed flight leaves nothing");

    let proxy = Proxy::before(&moto, seed);
    let (mut kills, mut flights) = (0, 0);
    while kills < wanted {
        for (verb, expected) in [("apply", &flying), ("destroy", &before)] {
            let arguments = [verb, "-auto-approve", "--visible-within", "10", &certificate];
            let mut deaths = 0;
            for attempt in 0.. {
                assert!(attempt < 40, "{verb} gets nowhere: {}", said(folder.path()));
                let child = fly(&proxy.endpoint(), folder.path(), &arguments);
                let instant = random(seed.wrapping_mul(1000) ^ (kills << 20) ^ attempt) % 4000;
                let dies = (deaths < DEATHS).then_some(Duration::from_millis(instant));
                match ended(child, dies) {
                    None => deaths += 1,
                    Some(0) => break,
                    // The network was too bad for it, this time.
                    Some(2 | 3) => {}
                    Some(code) => panic!("{verb} ended with {code}: {}", said(folder.path())),
                }
            }
            (kills, flights) = (kills + deaths, flights + 1);
            let found = count(&moto.inventory());
            assert_eq!(&found, expected, "after {verb}, {kills} kills, seed {seed}");
        }
    }
    println!(
        "{kills} kills in {flights} flights; {} of {} requests suffered",
        proxy.faults.load(Ordering::Relaxed),
        proxy.requests.load(Ordering::Relaxed)
    );
}

fn fly(endpoint: &str, folder: &Path, arguments: &[&str]) -> Child {
    let keys = [("AWS_ACCESS_KEY_ID", "test"), ("AWS_SECRET_ACCESS_KEY", "test")];
    let mut command = Command::new(env!("CARGO_BIN_EXE_banana"));
    command.current_dir(folder).env_clear().envs(keys).args(arguments);
    command.env("AWS_ENDPOINT_URL", endpoint).env("AWS_EC2_METADATA_DISABLED", "true");
    let said = File::create(folder.join(SAID)).unwrap();
    command.stdin(Stdio::null()).stdout(said.try_clone().unwrap()).stderr(said).spawn().unwrap()
}

/// Kills the process after so long, unless it ends before: its exit code, unless it was killed.
fn ended(mut child: Child, dies: Option<Duration>) -> Option<i32> {
    let begun = Instant::now();
    loop {
        if let Some(status) = child.try_wait().unwrap() {
            return status.code();
        }
        if dies.is_some_and(|after| begun.elapsed() >= after) {
            child.kill().unwrap();
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}
