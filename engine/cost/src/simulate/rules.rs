//! Rules that AWS does not write down exactly, or that the simulation reads simply. Each has a name, and all are shown with a result.

use super::outcome::Rule;

/// All of them, by name.
pub const RULES: &[Rule] = &[
    Rule {
        name: "alarm.delay",
        about: "a minute's datapoint is seen at its end, and what is decided starts with the next minute",
    },
    Rule {
        name: "alarm.high",
        about: "target tracking scales out after 3 datapoints of a minute in a row above the target",
    },
    Rule {
        name: "alarm.low",
        about: "target tracking scales in after 15 datapoints of a minute in a row below 0.9 of the target",
    },
    Rule {
        name: "alarm.missing",
        about: "without a datapoint (no task, or no request where requests are counted) target tracking forgets what it counted, and does nothing",
    },
    Rule { name: "billing.gigabyte", about: "a gigabyte of traffic is 10^9 bytes" },
    Rule {
        name: "billing.stop",
        about: "a task is billed until its deregistration delay is over; one that never served, from its request and for a minute at least",
    },
    Rule {
        name: "cooldown.scale-in",
        about: "after a scale-in the service waits the longest cooldown of the policies that took part; a scale-out ends the wait",
    },
    Rule {
        name: "cooldown.scale-out",
        about: "until its cooldown is over a policy computes from the capacity before its scale-out, so that only a larger one adds to it",
    },
    Rule {
        name: "deployment",
        about: "a deployment replaces all tasks at once; new and old ones are billed together until the new ones serve and the old ones have drained, and nothing scales in meanwhile",
    },
    Rule {
        name: "lcu.shared",
        about: "services behind one load balancer are counted by themselves, and their capacity units added",
    },
    Rule {
        name: "month",
        about: "730 hours from a Monday at 00:00 UTC, the first of the month, starting with `min_capacity` tasks that serve",
    },
    Rule {
        name: "nat.shared",
        about: "images are pulled through the stack's NAT gateways, evenly, unless tasks have public addresses",
    },
    Rule {
        name: "noise",
        about: "the logarithm of demand wanders around its profile (a first-order chain), drawn every 5 minutes; bursts start at any of these times",
    },
    Rule {
        name: "overload",
        about: "demand that finds no processor time is not served later: there is no queue",
    },
    Rule {
        name: "spot",
        about: "an interrupted Spot task is replaced at its notice, and billed 2 minutes more",
    },
    Rule {
        name: "step.every-minute",
        about: "while its alarm lasts, a step scaling policy acts every minute that its cooldown allows",
    },
    Rule {
        name: "tracking.scale-in",
        about: "target tracking scales in to the running tasks times metric by target, rounded up",
    },
    Rule {
        name: "tracking.scale-out",
        about: "target tracking scales out to the running tasks times metric by target, rounded up; processor and memory use end at 100 %",
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_sorted() {
        assert!(RULES.is_sorted_by(|a, b| a.name < b.name));
    }
}
