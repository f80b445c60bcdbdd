//! "Did you mean".

/// The candidate that is most like `name`, if any is like it at all: within a third of its length in edits.
pub fn closest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let chars: Vec<char> = name.chars().collect();
    let mut most = chars.len().div_ceil(3);
    let letters = Letters::of(name);
    let mut found = None;
    for candidate in candidates {
        if candidate.len().abs_diff(name.len()) > most || letters.least_edits(candidate) > most {
            continue;
        }
        let Some(edits) = distance(&chars, &candidate.chars().collect::<Vec<_>>(), most) else {
            continue;
        };
        found = Some(candidate);
        // Of those that are equally like it the first is taken.
        let Some(fewer) = edits.checked_sub(1) else { break };
        most = fewer;
    }
    found
}

/// How often each letter stands in a word, those alike modulo 32 as one.
struct Letters([i32; 32]);

impl Letters {
    fn of(word: &str) -> Self {
        let mut letters = Self([0; 32]);
        letters.add(word, 1);
        letters
    }

    fn add(&mut self, word: &str, sign: i32) {
        let slots = word.chars().map(|letter| letter as usize % 32);
        slots.for_each(|slot| self.0.get_mut(slot).into_iter().for_each(|count| *count += sign));
    }

    /// A bound from below of the edits to `other`: one edit brings at most one letter and takes at most one away.
    fn least_edits(&self, other: &str) -> usize {
        let mut left = Self(self.0);
        left.add(other, -1);
        let sum = |sign: i32| left.0.iter().map(|count| (count * sign).max(0)).sum::<i32>();
        usize::try_from(sum(1).max(sum(-1))).unwrap_or(0)
    }
}

/// Edits (insert, delete, replace, swap neighbours) between two words; `None` when they are more than `most`.
fn distance(a: &[char], b: &[char], most: usize) -> Option<usize> {
    let prefix = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (a, b) = (a.get(prefix..)?, b.get(prefix..)?);
    let suffix = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    let (a, b) = (a.get(..a.len() - suffix)?, b.get(..b.len() - suffix)?);
    let (mut older, mut row) = (Vec::new(), Vec::new());
    let mut above: Vec<usize> = (0..=b.len()).collect();
    let mut least_above = 0;
    for (i, x) in a.iter().enumerate() {
        row.clear();
        row.push(i + 1);
        for (j, y) in b.iter().enumerate() {
            let at = |line: &[usize], k: usize| line.get(k).copied().unwrap_or(usize::MAX);
            let mut best = usize::min(at(&above, j + 1), at(&row, j)) + 1;
            best = best.min(at(&above, j) + usize::from(x != y));
            let swapped = i > 0 && j > 0 && b.get(j - 1) == Some(x) && a.get(i - 1) == Some(y);
            if swapped {
                best = best.min(at(&older, j - 1) + 1);
            }
            row.push(best);
        }
        let least = row.iter().copied().min().unwrap_or(0);
        // A row is made of the two above it.
        if least.min(least_above) > most {
            return None;
        }
        least_above = least;
        std::mem::swap(&mut older, &mut above);
        std::mem::swap(&mut above, &mut row);
    }
    above.last().copied().filter(|edits| *edits <= most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_slips_are_found() {
        assert_eq!(closest("cidr_blok", ["arn", "cidr_block", "cidr_blocks"]), Some("cidr_block"));
        assert_eq!(closest("aws_vcp", ["aws_eip", "aws_vpc"]), Some("aws_vpc"));
        assert_eq!(closest("zzzzzz", ["arn", "id"]), None);
        assert_eq!(closest("", ["a"]), None);
    }

    fn edits(a: &str, b: &str, most: usize) -> Option<usize> {
        let chars = |text: &str| text.chars().collect::<Vec<_>>();
        distance(&chars(a), &chars(b), most)
    }

    #[test]
    fn distance_counts_edits() {
        for (a, b, count) in [
            ("kitten", "sitting", 3),
            ("ab", "ba", 1),
            ("xaby", "xbay", 1),
            ("", "abc", 3),
            ("aws_lb", "aws_alb", 1),
            ("same", "same", 0),
        ] {
            assert_eq!(edits(a, b, 9), Some(count), "{a} {b}");
            assert_eq!(edits(b, a, count), Some(count), "{b} {a}");
            if count > 0 {
                assert_eq!(edits(a, b, count - 1), None, "{a} {b}");
            }
        }
    }
}
