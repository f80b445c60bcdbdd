//! Stories that once went wrong, kept as they were found.

use crate::cloud::Fault::*;
use crate::laws::Stop::*;
use crate::laws::tell;
use crate::power::Death::*;
use crate::stacks::{Node, NodeKind::*};

fn gateway() -> Node {
    Node { kind: Gateway, shape: 0, look: 0, uses: vec![], create_first: false }
}

/// A create lost on its way is looked for, for as long as reads may be behind, and then repeated. The machine dies before reads see what the
/// repeated call made: as young as that call, not as old as the intent.
#[test]
fn what_a_repeated_create_made_is_looked_for_as_long() {
    let stacks = [vec![Some(gateway())]];
    for fault in [Late, LostUnseen, UnseenThenThrottled] {
        for after in 3..12 {
            for death in [Before, After, Torn] {
                tell(&stacks, &vec![(vec![LostBefore, fault], vec![Dies(after, death)])]);
            }
        }
    }
}

/// A run ends while reads do not see yet what it made: the next one must not take it for gone, nor believe that it deleted it.
#[test]
fn what_is_not_visible_yet_is_not_taken_for_gone() {
    let stacks = [vec![Some(gateway())]];
    for faults in [
        vec![UnseenThenRefused],
        vec![UnseenThenThrottled],
        vec![Late, Denied],
        vec![Late, Expired],
        vec![LostUnseen, Expired],
    ] {
        tell(&stacks, &vec![(faults.clone(), vec![])]);
        for after in 1..12 {
            tell(&stacks, &vec![(faults.clone(), vec![Asked(after)])]);
        }
    }
}
