//! Numbers: `abs`, `ceil`, `floor`, `log`, `max`, `min`, `parseint`, `pow`, `signum`, `sum`.

mod math;

use super::call::int_of;
use super::{Call, Function, Outcome, Parameter, Returns, Trouble, Want};
use crate::value::{Number, Type, Value};
use dashu_int::{IBig, UBig};

const NUM: Parameter = Parameter::new("num", Want::Number);
const NUMBERS: Parameter = Parameter::new("numbers", Want::Number).dynamic();
const NUMBER: Returns = Returns::Always(Want::Number);

pub(super) const FUNCTIONS: &[Function] = &[
    Function::new("abs", &[NUM.dynamic().marked()], NUMBER, |c| {
        Ok(map(c.at(0)?, Number::absolute))
    })
    .never_null(),
    Function::new("ceil", &[NUM], NUMBER, |c| Ok(map(c.at(0)?, Number::ceil))).never_null(),
    Function::new("floor", &[NUM], NUMBER, |c| Ok(map(c.at(0)?, Number::floor))).never_null(),
    Function::new("log", &[NUM, Parameter::new("base", Want::Number)], NUMBER, log).never_null(),
    Function::new("max", &[], NUMBER, |c| most(c, |a, b| a.compare(b).is_gt()))
        .rest(NUMBERS)
        .never_null(),
    Function::new("min", &[], NUMBER, |c| most(c, |a, b| a.compare(b).is_lt()))
        .rest(NUMBERS)
        .never_null(),
    Function::new(
        "parseint",
        &[
            Parameter::new("number", Want::Any).marked().unknown(),
            Parameter::new("base", Want::Number).marked().unknown(),
        ],
        Returns::From(parseint_type),
        parseint,
    )
    .never_null(),
    Function::new("pow", &[NUM, Parameter::new("power", Want::Number)], NUMBER, pow).never_null(),
    Function::new("signum", &[NUM], NUMBER, signum).never_null(),
    Function::new("sum", &[Parameter::new("list", Want::Any)], NUMBER, sum).never_null(),
];

/// The same value with another number; its place and marks stay.
fn map(value: &Value, f: fn(&Number) -> Number) -> Value {
    value.as_number().map_or_else(
        || value.clone(),
        |n| Value::number(f(n)).with_marks(value.marks).with_blame(value.blame.clone()),
    )
}

fn most(call: &Call<'_>, beats: fn(&Number, &Number) -> bool) -> Outcome {
    let mut best: Option<&Value> = None;
    for value in call.arguments {
        let better = match (best.and_then(Value::as_number), value.as_number()) {
            (Some(old), Some(new)) => beats(new, old),
            (None, _) => true,
            _ => false,
        };
        if better {
            best = Some(value);
        }
    }
    best.cloned().ok_or_else(|| Trouble::new("at least one number is required"))
}

/// The machine float that a number is, if it is not out of all range.
fn float(call: &Call<'_>, at: usize) -> Result<f64, Trouble> {
    let number = call.at(at)?.as_number().ok_or("a number is required")?;
    let x = number.as_f64();
    if x.is_infinite() && !number.is_infinite() {
        return Err("the number is too large".into());
    }
    Ok(x)
}

fn of_float(x: f64) -> Outcome {
    Number::from_f64(x).map(Value::number).ok_or_else(|| Trouble::new("the result is not a number"))
}

fn log(call: &Call<'_>) -> Outcome {
    of_float(math::ln(float(call, 0)?) / math::ln(float(call, 1)?))
}

fn pow(call: &Call<'_>) -> Outcome {
    of_float(math::pow(float(call, 0)?, float(call, 1)?))
}

fn signum(call: &Call<'_>) -> Outcome {
    Ok(Value::number(call.int(0)?.signum()))
}

fn parseint_type(arguments: &[Value]) -> Result<Type, Trouble> {
    match arguments.first().map(Value::ty) {
        Some(Type::String) => Ok(Type::Number),
        other => {
            let given = other.map_or_else(String::new, |ty| ty.friendly());
            Err(Trouble::argument(0, format!("a string is required, not {given}")))
        }
    }
}

fn parseint(call: &Call<'_>) -> Outcome {
    let (text, base) = (call.at(0)?, call.at(1)?);
    let marks = text.marks.with(base.marks);
    if text.is_unknown() || base.is_unknown() {
        return Ok(call.unknown().with_marks(marks));
    }
    let (text, base) = (call.str(0)?, int_of(base, 1)?);
    if !(2..=62).contains(&base) {
        return Err(Trouble::argument(1, "the base must be a whole number from 2 to 62"));
    }
    let number = digits(text, base).ok_or_else(|| {
        Trouble::argument(0, format!("`{text}` is not a whole number in base {base}"))
    })?;
    Ok(Value::number(number).with_marks(marks))
}

/// The most digits that are read; more would only burn time.
const LONGEST: usize = 10_000;

/// A whole number in a base of up to 62: letters are digits, and up to base 36 their case does not matter.
fn digits(text: &str, base: i64) -> Option<Number> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    if digits.is_empty() || digits.len() > LONGEST {
        return None;
    }
    let mut sum = UBig::ZERO;
    let base = u8::try_from(base).ok()?;
    for byte in digits.bytes() {
        let digit = match byte {
            b'0'..=b'9' => byte - b'0',
            b'a'..=b'z' => byte - b'a' + 10,
            b'A'..=b'Z' if base <= 36 => byte - b'A' + 10,
            b'A'..=b'Z' => byte - b'A' + 36,
            _ => return None,
        };
        if digit >= base {
            return None;
        }
        sum = sum * UBig::from(base) + UBig::from(digit);
    }
    let sum = IBig::from(sum);
    Some(Number::from_big(if negative { -sum } else { sum }))
}

fn sum(call: &Call<'_>) -> Outcome {
    let list = call.at(0)?;
    let wrong = |message| Err(Trouble::argument(0, message));
    if !matches!(list.ty(), Type::List(_) | Type::Set(_) | Type::Tuple(_)) {
        return wrong("a list, set or tuple of numbers is required");
    }
    if list.is_empty() {
        return wrong("an empty list has no sum");
    }
    if !list.is_wholly_known() {
        return Ok(call.unknown());
    }
    let mut total: Option<Number> = None;
    for element in list.elements() {
        let number = element.convert(&Type::Number).ok().and_then(|n| n.as_number().cloned());
        let Some(number) = number else { return wrong("every element must be a number") };
        total = match total {
            None => Some(number),
            Some(so_far) => {
                let sum = so_far.add(&number);
                Some(sum.ok_or_else(|| Trouble::new("opposite infinities have no sum"))?)
            }
        };
    }
    total.map(Value::number).ok_or_else(|| "an empty list has no sum".into())
}
