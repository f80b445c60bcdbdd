//! One value for each scenario that is computed at a time, as many as the processor's vectors hold: arithmetic on them reads like
//! arithmetic on one.
//!
//! Nothing here is fused, reordered or approximate: each lane has the bits of the same operations on plain numbers.

use pulp::{Scalar, Simd, bytemuck};
use std::ops::{Add, BitAnd, BitOr, BitXor, Div, Mul, Not, Shl, Shr, Sub};
use std::slice;

/// Single precision.
#[derive(Clone, Copy)]
pub(crate) struct Floats<S: Simd> {
    simd: S,
    values: S::f32s,
}

/// 32 bits: a count, a minute, or random bits. Arithmetic wraps; comparisons are those of signed numbers.
#[derive(Clone, Copy)]
pub(crate) struct Words<S: Simd> {
    simd: S,
    values: S::u32s,
}

/// Two to the power of 23. A number from here to its double has its units in the lowest bit: adding it rounds a number below, and what is
/// left in the bits counts.
pub(crate) const WHOLE: f32 = 8_388_608.0;

/// Yes or no.
#[derive(Clone, Copy)]
pub(crate) struct Mask<S: Simd> {
    simd: S,
    values: S::m32s,
}

impl<S: Simd> Floats<S> {
    /// The same everywhere.
    #[inline(always)]
    pub(crate) fn all(simd: S, value: f32) -> Self {
        Self { simd, values: simd.splat_f32s(value) }
    }

    /// The same everywhere, in as many lanes.
    #[inline(always)]
    pub(crate) fn like(self, value: f32) -> Self {
        Self::all(self.simd, value)
    }

    #[inline(always)]
    pub(crate) fn lanes(&self) -> &[f32] {
        bytemuck::cast_slice(slice::from_ref(&self.values))
    }

    #[inline(always)]
    pub(crate) fn lanes_mut(&mut self) -> &mut [f32] {
        bytemuck::cast_slice_mut(slice::from_mut(&mut self.values))
    }

    #[inline(always)]
    pub(crate) fn above(self, other: Self) -> Mask<S> {
        let values = self.simd.greater_than_f32s(self.values, other.values);
        Mask { simd: self.simd, values }
    }

    #[inline(always)]
    pub(crate) fn at_least(self, other: Self) -> Mask<S> {
        let values = self.simd.greater_than_or_equal_f32s(self.values, other.values);
        Mask { simd: self.simd, values }
    }

    /// The lesser one.
    #[inline(always)]
    pub(crate) fn min(self, most: Self) -> Self {
        Self { simd: self.simd, values: self.simd.min_f32s(self.values, most.values) }
    }

    /// The greater one.
    #[inline(always)]
    pub(crate) fn max(self, least: Self) -> Self {
        Self { simd: self.simd, values: self.simd.max_f32s(self.values, least.values) }
    }

    /// The nearest number within limits.
    #[inline(always)]
    pub(crate) fn within(self, least: f32, most: f32) -> Self {
        self.max(Self::all(self.simd, least)).min(Self::all(self.simd, most))
    }

    /// The bits of the numbers.
    #[inline(always)]
    pub(crate) fn bits(self) -> Words<S> {
        Words { simd: self.simd, values: self.simd.transmute_u32s_f32s(self.values) }
    }
}

impl<S: Simd> Words<S> {
    /// The same everywhere.
    #[inline(always)]
    pub(crate) fn all(simd: S, value: u32) -> Self {
        Self { simd, values: simd.splat_u32s(value) }
    }

    /// The same everywhere, in as many lanes.
    #[inline(always)]
    pub(crate) fn like(self, value: u32) -> Self {
        Self::all(self.simd, value)
    }

    /// A value for each lane.
    #[inline(always)]
    pub(crate) fn each(simd: S, of: impl FnMut(usize) -> u32) -> Self {
        let mut all = Self::all(simd, 0);
        let lanes = bytemuck::cast_slice_mut(slice::from_mut(&mut all.values));
        lanes.iter_mut().zip((0..).map(of)).for_each(|(lane, value)| *lane = value);
        all
    }

    #[inline(always)]
    pub(crate) fn lanes(&self) -> &[u32] {
        bytemuck::cast_slice(slice::from_ref(&self.values))
    }

    #[inline(always)]
    pub(crate) fn lanes_mut(&mut self) -> &mut [u32] {
        bytemuck::cast_slice_mut(slice::from_mut(&mut self.values))
    }

    #[inline(always)]
    pub(crate) fn above(self, other: Self) -> Mask<S> {
        let [a, b] = [self, other].map(|it| self.simd.transmute_i32s_u32s(it.values));
        Mask { simd: self.simd, values: self.simd.greater_than_i32s(a, b) }
    }

    /// True where both are the same.
    #[inline(always)]
    pub(crate) fn is(self, other: Self) -> Mask<S> {
        Mask { simd: self.simd, values: self.simd.equal_u32s(self.values, other.values) }
    }

    /// Counts below two to the power of 23, less a whole number.
    #[inline(always)]
    pub(crate) fn less(self, number: f32) -> Floats<S> {
        (self | WHOLE.to_bits()).floats() - (WHOLE + number)
    }

    /// The numbers that have these bits.
    #[inline(always)]
    pub(crate) fn floats(self) -> Floats<S> {
        Floats { simd: self.simd, values: self.simd.transmute_f32s_u32s(self.values) }
    }
}

impl<S: Simd> Mask<S> {
    /// The first where it is so, the second elsewhere.
    #[inline(always)]
    pub(crate) fn pick<T: Lanes<S>>(self, yes: T, no: T) -> T {
        T::pick(self, yes, no)
    }

    /// All bits where it is so.
    #[inline(always)]
    pub(crate) fn words(self) -> Words<S> {
        if size_of::<S::m32s>() == size_of::<S::u32s>() {
            Words { simd: self.simd, values: bytemuck::cast(self.values) }
        } else {
            self.pick(Words::all(self.simd, u32::MAX), Words::all(self.simd, 0))
        }
    }

    /// True when it is so anywhere.
    #[inline(always)]
    pub(crate) fn any(self) -> bool {
        self.words().lanes().iter().fold(0, |any, lane| any | lane) != 0
    }
}

/// A single number is a vector too.
impl Floats<Scalar> {
    pub(crate) fn one(value: f32) -> Self {
        Self::all(Scalar, value)
    }

    pub(crate) fn value(self) -> f32 {
        self.values
    }
}

impl Words<Scalar> {
    pub(crate) fn one(value: u32) -> Self {
        Self::all(Scalar, value)
    }

    pub(crate) fn value(self) -> u32 {
        self.values
    }
}

/// What [`Mask::pick`] picks from.
pub(crate) trait Lanes<S: Simd> {
    fn pick(mask: Mask<S>, yes: Self, no: Self) -> Self;
}

impl<S: Simd> Lanes<S> for Floats<S> {
    #[inline(always)]
    fn pick(mask: Mask<S>, yes: Self, no: Self) -> Self {
        let values = mask.simd.select_f32s(mask.values, yes.values, no.values);
        Self { simd: mask.simd, values }
    }
}

impl<S: Simd> Lanes<S> for Words<S> {
    #[inline(always)]
    fn pick(mask: Mask<S>, yes: Self, no: Self) -> Self {
        let values = mask.simd.select_u32s(mask.values, yes.values, no.values);
        Self { simd: mask.simd, values }
    }
}

/// An operator between lanes, and between lanes and one number.
macro_rules! operator {
    ($lanes:ident, $one:ty, $($trait:ident $method:ident $operation:ident)*) => {$(
        impl<S: Simd> $trait for $lanes<S> {
            type Output = Self;

            #[inline(always)]
            fn $method(self, other: Self) -> Self {
                Self { simd: self.simd, values: self.simd.$operation(self.values, other.values) }
            }
        }

        impl<S: Simd> $trait<$one> for $lanes<S> {
            type Output = Self;

            #[inline(always)]
            fn $method(self, other: $one) -> Self {
                $trait::$method(self, Self::all(self.simd, other))
            }
        }
    )*};
}

operator!(Floats, f32, Add add add_f32s Sub sub sub_f32s Mul mul mul_f32s Div div div_f32s);
operator!(Words, u32, Add add add_u32s Sub sub sub_u32s Mul mul mul_u32s);
operator!(Words, u32, BitAnd bitand and_u32s BitOr bitor or_u32s BitXor bitxor xor_u32s);
operator!(Words, u32, Shl shl wrapping_dyn_shl_u32s Shr shr wrapping_dyn_shr_u32s);

impl<S: Simd> BitAnd for Mask<S> {
    type Output = Self;

    #[inline(always)]
    fn bitand(self, other: Self) -> Self {
        Self { simd: self.simd, values: self.simd.and_m32s(self.values, other.values) }
    }
}

impl<S: Simd> BitOr for Mask<S> {
    type Output = Self;

    #[inline(always)]
    fn bitor(self, other: Self) -> Self {
        Self { simd: self.simd, values: self.simd.or_m32s(self.values, other.values) }
    }
}

impl<S: Simd> Not for Mask<S> {
    type Output = Self;

    #[inline(always)]
    fn not(self) -> Self {
        Self { simd: self.simd, values: self.simd.not_m32s(self.values) }
    }
}
