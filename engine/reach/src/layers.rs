//! A map from an ordered space to sets, kept canonical: sorted, disjoint runs, none empty, neighbours never equal.
//!
//! Every AWS filter is a union of boxes (protocol x ports x addresses), so nesting such maps makes every question about
//! filters exact: equal sets have equal representations.

use std::fmt::Debug;

/// A point of a finite, ordered space.
pub trait Point: Copy + Ord + Debug {
    /// The first.
    const MIN: Self;
    /// The last.
    const MAX: Self;
    /// The one after; the last stays.
    #[must_use]
    fn next(self) -> Self;
    /// The one before; the first stays.
    #[must_use]
    fn previous(self) -> Self;
}

macro_rules! point {
    ($($ty:ty),*) => {$(
        impl Point for $ty {
            const MIN: Self = Self::MIN;
            const MAX: Self = Self::MAX;
            fn next(self) -> Self {
                self.saturating_add(1)
            }
            fn previous(self) -> Self {
                self.saturating_sub(1)
            }
        }
    )*};
}
point!(u8, u16, u32, u128);

/// A set that is not empty; `None` stands for the empty one.
pub trait Region: Clone + Eq + Debug {
    /// Both together.
    #[must_use]
    fn union(&self, other: &Self) -> Self;
    /// What is in both.
    fn intersection(&self, other: &Self) -> Option<Self>;
    /// What is here and not there.
    fn difference(&self, other: &Self) -> Option<Self>;
}

/// The region of a single point: it is there, or it is not.
impl Region for () {
    fn union(&self, (): &Self) {}
    fn intersection(&self, (): &Self) -> Option<Self> {
        Some(())
    }
    fn difference(&self, (): &Self) -> Option<Self> {
        None
    }
}

/// A run of points that have the same region. Both ends are in.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Run<K, V> {
    /// First point.
    pub first: K,
    /// Last point.
    pub last: K,
    /// What they have.
    pub value: V,
}

/// The map.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Layers<K, V>(Vec<Run<K, V>>);

/// A plain set of points.
pub type Set<K> = Layers<K, ()>;

impl<K, V> Default for Layers<K, V> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<K: Point, V: Clone + Eq> Layers<K, V> {
    /// `value` from `first` to `last`, both in; nothing when they are the wrong way round.
    pub fn run(first: K, last: K, value: V) -> Self {
        Self(if first <= last { vec![Run { first, last, value }] } else { Vec::new() })
    }

    /// `value` everywhere.
    pub fn everywhere(value: V) -> Self {
        Self::run(K::MIN, K::MAX, value)
    }

    /// The runs, in order.
    pub fn runs(&self) -> &[Run<K, V>] {
        &self.0
    }

    /// True when there is nothing anywhere.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What a point has.
    pub fn at(&self, point: K) -> Option<&V> {
        let run = self.0.get(self.0.partition_point(|run| run.last < point))?;
        (run.first <= point).then_some(&run.value)
    }

    /// Combines two maps point by point. `combine` sees what each has and says what the result has.
    #[must_use]
    pub fn zip<W: Clone + Eq, X: Clone + Eq>(
        &self,
        other: &Layers<K, W>,
        combine: impl Fn(Option<&V>, Option<&W>) -> Option<X>,
    ) -> Layers<K, X> {
        let (mut ours, mut theirs) = (self.0.iter().peekable(), other.0.iter().peekable());
        let (mut out, mut at) = (Layers::default(), K::MIN);
        while ours.peek().is_some() || theirs.peek().is_some() {
            let (value, end) = covering(ours.peek().copied(), at);
            let (other, other_end) = covering(theirs.peek().copied(), at);
            let last = end.min(other_end);
            if let Some(value) = combine(value, other) {
                out.push(at, last, value);
            }
            ours.next_if(|run| run.last == last);
            theirs.next_if(|run| run.last == last);
            if last == K::MAX {
                break;
            }
            at = last.next();
        }
        out
    }

    /// Appends a run behind all others.
    fn push(&mut self, first: K, last: K, value: V) {
        match self.0.last_mut() {
            Some(run) if run.last.next() == first && run.value == value => run.last = last,
            _ => self.0.push(Run { first, last, value }),
        }
    }

    /// `other` where it has something, this elsewhere.
    #[must_use]
    pub fn overlay(&self, other: &Self) -> Self {
        self.zip(other, |below, above| above.or(below).cloned())
    }

    /// The points whose value passes.
    pub fn points(&self, mut pass: impl FnMut(&V) -> bool) -> Set<K> {
        let mut out = Set::default();
        for run in self.0.iter().filter(|run| pass(&run.value)) {
            out.push(run.first, run.last, ());
        }
        out
    }

    /// Each value through `change`; where that is `None` nothing is left.
    pub fn filter_map<W: Clone + Eq>(&self, change: impl Fn(&V) -> Option<W>) -> Layers<K, W> {
        let mut out = Layers::default();
        for run in &self.0 {
            if let Some(value) = change(&run.value) {
                out.push(run.first, run.last, value);
            }
        }
        out
    }
}

/// What `at` has in the run that is next, and how far that goes.
fn covering<K: Point, V>(run: Option<&Run<K, V>>, at: K) -> (Option<&V>, K) {
    match run {
        Some(run) if run.first <= at => (Some(&run.value), run.last),
        Some(run) => (None, run.first.previous()),
        None => (None, K::MAX),
    }
}

impl<K: Point, V: Region> Layers<K, V> {
    /// Both together.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        self.zip(other, |a, b| match (a, b) {
            (Some(a), Some(b)) => Some(a.union(b)),
            (one, other) => one.or(other).cloned(),
        })
    }

    /// What is in both.
    #[must_use]
    pub fn intersection(&self, other: &Self) -> Self {
        self.zip(other, |a, b| a?.intersection(b?))
    }

    /// What is here and not there.
    #[must_use]
    pub fn difference(&self, other: &Self) -> Self {
        self.zip(other, |a, b| match b {
            Some(b) => a?.difference(b),
            None => a.cloned(),
        })
    }

    /// True when all of `other` is here.
    pub fn contains(&self, other: &Self) -> bool {
        other.difference(self).is_empty()
    }
}

impl<K: Point> Set<K> {
    /// From `first` to `last`, both in.
    pub fn range(first: K, last: K) -> Self {
        Self::run(first, last, ())
    }

    /// One point.
    pub fn one(point: K) -> Self {
        Self::range(point, point)
    }

    /// Everything.
    pub fn full() -> Self {
        Self::everywhere(())
    }

    /// Everything else.
    #[must_use]
    pub fn complement(&self) -> Self {
        Self::full().difference(self)
    }

    /// True when nothing is missing.
    pub fn is_full(&self) -> bool {
        matches!(self.runs(), [run] if run.first == K::MIN && run.last == K::MAX)
    }

    /// True when the point is in.
    pub fn has(&self, point: K) -> bool {
        self.at(point).is_some()
    }

    /// The first point.
    pub fn first(&self) -> Option<K> {
        self.runs().first().map(|run| run.first)
    }

    /// The same value for every point of the set.
    pub fn with<V: Clone + Eq>(&self, value: &V) -> Layers<K, V> {
        self.filter_map(|()| Some(value.clone()))
    }
}

impl<K: Point, V: Region> Region for Layers<K, V> {
    fn union(&self, other: &Self) -> Self {
        self.union(other)
    }
    fn intersection(&self, other: &Self) -> Option<Self> {
        Some(self.intersection(other)).filter(|region| !region.is_empty())
    }
    fn difference(&self, other: &Self) -> Option<Self> {
        Some(self.difference(other)).filter(|region| !region.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A space of eight points, small enough to try them all.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
    struct Three(u8);

    impl Point for Three {
        const MIN: Self = Self(0);
        const MAX: Self = Self(7);
        fn next(self) -> Self {
            Self((self.0 + 1).min(7))
        }
        fn previous(self) -> Self {
            Self(self.0.saturating_sub(1))
        }
    }

    type Plane = Layers<Three, Set<Three>>;
    /// A box: rows and columns, both ends in.
    type Corner = (u8, u8, u8, u8);

    fn boxes() -> impl Strategy<Value = Vec<Corner>> {
        prop::collection::vec((0..8u8, 0..8u8, 0..8u8, 0..8u8), 0..6)
    }

    fn plane(boxes: &[Corner]) -> Plane {
        boxes.iter().fold(Plane::default(), |all, (a, b, c, d)| {
            let columns = Set::range(Three(*c), Three(*d));
            if columns.is_empty() {
                return all;
            }
            all.union(&Plane::run(Three(*a), Three(*b), columns))
        })
    }

    /// Brute force: is the point in one of the boxes?
    fn inside(boxes: &[Corner], x: u8, y: u8) -> bool {
        boxes.iter().any(|(a, b, c, d)| (a..=b).contains(&&x) && (c..=d).contains(&&y))
    }

    fn has(plane: &Plane, x: u8, y: u8) -> bool {
        plane.at(Three(x)).is_some_and(|columns| columns.has(Three(y)))
    }

    fn canonical(plane: &Plane) -> bool {
        plane.runs().iter().all(|run| run.first <= run.last && !run.value.is_empty())
            && plane.runs().windows(2).all(|pair| {
                pair[0].last < pair[1].first
                    && (pair[0].last.next() < pair[1].first || pair[0].value != pair[1].value)
            })
    }

    proptest! {
        #[test]
        fn algebra_is_that_of_points(a in boxes(), b in boxes()) {
            let (p, q) = (plane(&a), plane(&b));
            let (union, both, rest) = (p.union(&q), p.intersection(&q), p.difference(&q));
            for (x, y) in (0..8).flat_map(|x| (0..8).map(move |y| (x, y))) {
                let (in_a, in_b) = (inside(&a, x, y), inside(&b, x, y));
                prop_assert_eq!(has(&p, x, y), in_a);
                prop_assert_eq!(has(&union, x, y), in_a || in_b);
                prop_assert_eq!(has(&both, x, y), in_a && in_b);
                prop_assert_eq!(has(&rest, x, y), in_a && !in_b);
            }
            prop_assert!([&p, &q, &union, &both, &rest].into_iter().all(canonical));
            prop_assert_eq!(p.contains(&q), union == p);
        }

        #[test]
        fn the_order_of_boxes_does_not_matter(a in boxes()) {
            let mut backwards = a.clone();
            backwards.reverse();
            prop_assert_eq!(plane(&a), plane(&backwards));
        }

        #[test]
        fn complement_and_overlay(a in 0..8u8, b in 0..8u8, c in 0..8u8, d in 0..8u8) {
            let set = Set::range(Three(a), Three(b));
            let below = set.with(&1);
            let above = Set::range(Three(c), Three(d)).with(&2);
            let over = below.overlay(&above);
            for x in 0..8 {
                prop_assert_eq!(set.complement().has(Three(x)), !(a..=b).contains(&x));
                let expected = if (c..=d).contains(&x) { Some(2) } else if (a..=b).contains(&x) { Some(1) } else { None };
                prop_assert_eq!(over.at(Three(x)).copied(), expected);
            }
            prop_assert_eq!(set.complement().complement(), set.clone());
            prop_assert!(set.union(&set.complement()).is_full());
        }
    }

    #[test]
    fn halves_make_the_whole() {
        let halves = Set::range(0u32, 0x7fff_ffff).union(&Set::range(0x8000_0000, u32::MAX));
        assert!(halves.is_full());
        assert_eq!(halves, Set::full());
    }
}
