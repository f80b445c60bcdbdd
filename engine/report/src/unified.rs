//! A change of a file as people and `git apply` read it: a unified diff.

use std::collections::BTreeSet;
use std::fmt::Write;

/// Unchanged lines shown around a change.
const CONTEXT: usize = 3;

/// More differing lines than this are shown as one change: nobody reads a finer one.
const MOST_STEPS: usize = 2000;

/// One line of the way from one text to the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Keep,
    Remove,
    Add,
}

/// The diff of one file, named as the user would type it; empty when the texts are the same. Of the lines of `before` that are in
/// `secret` (counted from 0) none is shown: not as context, and a change that touches one is left out and said to be.
pub fn unified_diff(name: &str, before: &str, after: &str, secret: &BTreeSet<usize>) -> String {
    let old: Vec<&str> = before.split_inclusive('\n').collect();
    let new: Vec<&str> = after.split_inclusive('\n').collect();
    let steps = steps(&old, &new);
    let shown = shown(&steps, secret);
    let (from, to) = if name.starts_with('/') {
        (name.to_owned(), name.to_owned())
    } else {
        (format!("a/{name}"), format!("b/{name}"))
    };
    let mut text = String::new();
    let (mut old_at, mut new_at) = (0, 0);
    // What is left out does not move what follows.
    let (mut left_out, mut moved) = (false, 0_isize);
    let mut all = steps.iter().zip(&shown).peekable();
    while let Some((step, shows)) = all.peek().copied() {
        if !*shows {
            left_out |= *step != Step::Keep;
            moved += isize::from(*step == Step::Add) - isize::from(*step == Step::Remove);
            (old_at, new_at) = (
                old_at + usize::from(*step != Step::Add),
                new_at + usize::from(*step != Step::Remove),
            );
            all.next();
            continue;
        }
        let (old_start, new_start) = (old_at, new_at);
        let mut hunk = String::new();
        while let Some((step, _)) = all.next_if(|(_, shows)| **shows) {
            let (sign, line) = match step {
                Step::Keep => (' ', old.get(old_at)),
                Step::Remove => ('-', old.get(old_at)),
                Step::Add => ('+', new.get(new_at)),
            };
            old_at += usize::from(*step != Step::Add);
            new_at += usize::from(*step != Step::Remove);
            let line = line.copied().unwrap_or_default();
            hunk.push(sign);
            hunk += line;
            if !line.ends_with('\n') {
                hunk += "\n\\ No newline at end of file\n";
            }
        }
        let shift = |at: usize| at.saturating_add_signed(-moved);
        if text.is_empty() {
            let _ = write!(text, "--- {from}\n+++ {to}\n");
        }
        let (old_range, new_range) =
            (range(old_start, old_at), range(shift(new_start), shift(new_at)));
        let _ = write!(text, "@@ -{old_range} +{new_range} @@\n{hunk}");
    }
    if left_out {
        // What stands before the names of the files is no part of a patch.
        text.insert_str(
            0,
            &format!(
                "# {name}: changes that touch lines with secrets are left out; `--fix` makes them\n"
            ),
        );
    }
    text
}

/// Lines as the head of a hunk names them: from 1, an empty range by the line before it.
fn range(start: usize, end: usize) -> String {
    match end - start {
        0 => format!("{start},0"),
        1 => format!("{}", start + 1),
        count => format!("{},{count}", start + 1),
    }
}

/// Which steps are shown: changes and the lines around them, up to a line or a change that must not be.
fn shown(steps: &[Step], secret: &BTreeSet<usize>) -> Vec<bool> {
    let mut line = 0;
    let mut hidden: Vec<bool> = Vec::with_capacity(steps.len());
    for change in steps.chunk_by(|a, b| (*a == Step::Keep) == (*b == Step::Keep)) {
        let first = hidden.len();
        for step in change {
            hidden.push(*step != Step::Add && secret.contains(&line));
            line += usize::from(*step != Step::Add);
        }
        let is_change = change.first().is_some_and(|step| *step != Step::Keep);
        let of_change = hidden.get_mut(first..).unwrap_or_default();
        if is_change && of_change.contains(&true) {
            of_change.fill(true);
        }
    }
    let mut shown = vec![false; steps.len()];
    let open = |at: &usize| !hidden.get(*at).copied().unwrap_or(true);
    let changes = steps.iter().enumerate().filter(|(_, step)| **step != Step::Keep);
    for at in changes.map(|(at, _)| at).filter(open) {
        let before = (at.saturating_sub(CONTEXT)..at).rev();
        let after = at..usize::min(at + CONTEXT + 1, steps.len());
        for at in before.take_while(open).chain(after.take_while(open)) {
            if let Some(slot) = shown.get_mut(at) {
                *slot = true;
            }
        }
    }
    shown
}

/// The shortest way from one text to the other (Myers, An O(ND) difference algorithm, 1986), removals before additions.
fn steps(old: &[&str], new: &[&str]) -> Vec<Step> {
    let same = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let (old, new) = (old.get(same..).unwrap_or_default(), new.get(same..).unwrap_or_default());
    let tail = old.iter().rev().zip(new.iter().rev()).take_while(|(a, b)| a == b).count();
    let old = old.get(..old.len() - tail).unwrap_or_default();
    let new = new.get(..new.len() - tail).unwrap_or_default();
    let middle = shortest(old, new).unwrap_or_else(|| {
        let removed = old.iter().map(|_| Step::Remove);
        removed.chain(new.iter().map(|_| Step::Add)).collect()
    });
    let mut all = vec![Step::Keep; same];
    all.extend(middle);
    all.extend(vec![Step::Keep; tail]);
    all
}

/// How far down the old text one comes on each diagonal; diagonal `d` of round `r` holds the places with `x - y = d - r`.
type Round = Vec<Option<usize>>;

/// `None` when the texts have too little in common.
fn shortest(old: &[&str], new: &[&str]) -> Option<Vec<Step>> {
    let size = (old.len(), new.len());
    let mut rounds: Vec<Round> = Vec::new();
    for round in 0..=usize::min(size.0 + size.1, MOST_STEPS) {
        let mut reached = vec![None; 2 * round + 1];
        for (diagonal, slot) in reached.iter_mut().enumerate().step_by(2) {
            let start = if round == 0 {
                Some(0)
            } else {
                enter(&rounds, round, diagonal, size).map(|(x, _)| x)
            };
            let Some(mut x) = start else { continue };
            while let (Some(a), Some(b)) = (old.get(x), new.get(x + round - diagonal))
                && a == b
            {
                x += 1;
            }
            *slot = Some(x);
            if (x, x + round - diagonal) == size {
                return way_back(&rounds, diagonal, x, size);
            }
        }
        rounds.push(reached);
    }
    None
}

/// Where a round starts on a diagonal, and by which step from the round before: the one that comes further.
fn enter(
    rounds: &[Round],
    round: usize,
    diagonal: usize,
    (height, width): (usize, usize),
) -> Option<(usize, Step)> {
    let last = rounds.get(round.checked_sub(1)?)?;
    let place = |at: Option<usize>| at.and_then(|at| *last.get(at)?);
    let removal = place(diagonal.checked_sub(2)).map(|x| x + 1).filter(|x| *x <= height);
    let addition = place(Some(diagonal)).filter(|x| x + round - diagonal <= width);
    match (removal, addition) {
        (Some(x), other) if other.is_none_or(|other| x > other) => Some((x, Step::Remove)),
        (_, Some(x)) => Some((x, Step::Add)),
        _ => None,
    }
}

/// Walks the rounds backwards.
fn way_back(
    rounds: &[Round],
    diagonal: usize,
    x: usize,
    size: (usize, usize),
) -> Option<Vec<Step>> {
    let (mut diagonal, mut x) = (diagonal, x);
    let mut steps = Vec::new();
    for round in (1..=rounds.len()).rev() {
        let (start, step) = enter(rounds, round, diagonal, size)?;
        steps.extend(vec![Step::Keep; x - start]);
        steps.push(step);
        (diagonal, x) =
            if step == Step::Remove { (diagonal - 2, start - 1) } else { (diagonal, start) };
    }
    steps.extend(vec![Step::Keep; x]);
    steps.reverse();
    Some(steps)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn diff(before: &str, after: &str) -> String {
        unified_diff("main.tf", before, after, &BTreeSet::new())
    }

    #[test]
    fn hunks_have_three_lines_around() {
        let before = "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n";
        let after = "1\n2\n3\n4\nfive\n6\n7\n8\n9\n10\n11\n12\nmore";
        insta::assert_snapshot!(diff(before, after), @r"
        --- a/main.tf
        +++ b/main.tf
        @@ -2,7 +2,7 @@
         2
         3
         4
        -5
        +five
         6
         7
         8
        @@ -10,3 +10,4 @@
         10
         11
         12
        +more
        \ No newline at end of file
        ");
        assert_eq!(diff(before, before), "");
    }

    #[test]
    fn a_secret_is_no_context() {
        let diff = unified_diff(
            "s.tfvars",
            "a = 1\nkey = \"AKIA\"\nb = 2\nc = 3\n",
            "a = 1\nkey = \"AKIA\"\nb = 2\nc = 4\n",
            &[1].into(),
        );
        assert!(!diff.contains("AKIA") && diff.contains("@@ -3,2 +3,2 @@"), "{diff}");
    }

    /// Reads a diff as a patching program does.
    fn patched(before: &str, diff: &str) -> String {
        let old: Vec<&str> = before.split_inclusive('\n').collect();
        let (mut text, mut at, mut last) = (String::new(), 0, ' ');
        for line in diff.split_inclusive('\n').skip(2) {
            if let Some(head) = line.strip_prefix("@@ -") {
                let (start, count) = head
                    .split(' ')
                    .next()
                    .unwrap()
                    .split_once(',')
                    .unwrap_or((head.split(' ').next().unwrap(), "1"));
                let start = start.parse::<usize>().unwrap() - usize::from(count != "0");
                text.extend(old[at..start].iter().copied());
                at = start;
            } else if line.starts_with('\\') {
                text.truncate(text.len() - usize::from(last != '-'));
            } else if let Some(added) = line.strip_prefix('+') {
                text += added;
            } else {
                let (sign, shown) = line.split_at(1);
                assert_eq!(old[at].trim_end_matches('\n'), shown.trim_end_matches('\n'));
                text += if sign == " " { shown } else { "" };
                at += 1;
            }
            last = line.chars().next().unwrap();
        }
        text.extend(old[at..].iter().copied());
        text
    }

    proptest! {
        #[test]
        fn a_diff_leads_from_one_to_the_other(
            before in prop::collection::vec("[ab]{0,1}\r?", 0..20),
            after in prop::collection::vec("[ab]{0,1}\r?", 0..20),
            ends in any::<bool>(),
        ) {
            let text = |lines: Vec<String>| lines.join("\n") + if ends { "\n" } else { "" };
            let (before, after) = (text(before), text(after));
            prop_assert_eq!(patched(&before, &diff(&before, &after)), after);
        }
    }
}
