//! Sixteen appliers of one state, at once: one wins, the others end with 4 and have changed nothing, and the state is whole.

use super::bucket::{CREATE, Ran, Site, another, command};
use super::gate::Gate;
use std::process::Child;
use std::time::{Duration, Instant};

const APPLIERS: usize = 16;

/// `BANANA_RACES` says how many rounds there are.
#[test]
fn of_sixteen_appliers_one_wins() {
    let rounds = std::env::var("BANANA_RACES").ok().and_then(|n| n.parse().ok()).unwrap_or(2);
    let site = Site::new();
    let gate = Gate::before(&site.moto, CREATE);
    let mut serial = 0;
    for round in 0..rounds {
        gate.set(false);
        // Each machine has a copy of the stack of its own, and wants another name.
        let folders: Vec<_> = (0..APPLIERS)
            .map(|n| {
                let text = std::fs::read_to_string(site.folder.path().join("main.tf")).unwrap();
                another(&text.replace("= \"l\"", &format!("= \"l-{round}-{n}\"")))
            })
            .collect();
        let mut children: Vec<Option<Child>> = folders
            .iter()
            .map(|folder| {
                let arguments = ["apply", "-auto-approve", "-refresh=false"];
                Some(command(folder.path(), &gate.endpoint(), &arguments).spawn().unwrap())
            })
            .collect();
        // The winner stands before the gate until all others have ended.
        let start = Instant::now();
        let mut losers = 0;
        while losers < APPLIERS - 1 {
            let patience = start.elapsed() < Duration::from_mins(5);
            assert!(patience, "round {round}: {losers} ended, {} won", gate.comers());
            for child in &mut children {
                if child.as_mut().is_some_and(|child| child.try_wait().unwrap().is_some())
                    && let Some(ended) = child.take()
                {
                    Ran::end(ended).ends(4, &["has been applying since"]);
                    losers += 1;
                }
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        gate.reached();
        assert_eq!(gate.comers(), 1, "one has changed something");
        gate.set(true);
        let winner = children.iter().position(Option::is_some).unwrap();
        Ran::end(children[winner].take().unwrap()).ends(0, &["1 created"]);
        let state = site.state();
        let name = format!("l-{round}-{winner}");
        let instances = &state["resources"][0]["instances"];
        assert_eq!(instances[0]["attributes"]["name"], name.as_str());
        assert_eq!(instances.as_array().unwrap().len(), 1);
        let before = std::mem::replace(&mut serial, state["serial"].as_u64().unwrap());
        assert!(serial > before, "round {round}: {before}, then {serial}");
        assert_eq!(site.keys(), ["web/state"], "the lock is given back");
        assert_eq!(site.groups(), 1);
    }
    println!("{rounds} rounds of {APPLIERS} appliers: one winner each; serial {serial}");
}
