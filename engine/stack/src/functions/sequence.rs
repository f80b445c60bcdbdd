//! Sequences: `alltrue`, `anytrue`, `chunklist`, `coalescelist`, `compact`, `concat`, `contains`, `distinct`, `element`, `flatten`,
//! `index`, `length`, `matchkeys`, `one`, `range`, `reverse`, `slice`, `sort`.

use super::call::{int_of, strings};
use super::{Call, Function, Outcome, Parameter, Returns, Trouble, Want};
use crate::value::{Kind, Marks, Number, Origin, Refinement, Type, Value, distinct_values, unify};
use unicode_segmentation::UnicodeSegmentation;

const LIST: Parameter = Parameter::new("list", Want::Any);
const BOOL: Returns = Returns::Always(Want::Bool);
const NUMBER: Returns = Returns::Always(Want::Number);
const STRINGS: Returns = Returns::Always(Want::ListOfString);

pub(super) const FUNCTIONS: &[Function] = &[
    Function::new("alltrue", &[Parameter::new("list", Want::ListOfBool)], BOOL, all_true)
        .never_null(),
    Function::new("anytrue", &[Parameter::new("list", Want::ListOfBool)], BOOL, any_true)
        .never_null(),
    Function::new(
        "chunklist",
        &[
            Parameter::new("list", Want::ListOfAny).marked(),
            Parameter::new("size", Want::Number).marked(),
        ],
        Returns::From(|a| Ok(Type::list(ty(a, 0)))),
        chunklist,
    )
    .never_null(),
    Function::new("coalescelist", &[], Returns::From(coalescelist_type), coalescelist)
        .rest(Parameter::new("vals", Want::Any).unknown().dynamic().null())
        .never_null(),
    Function::new("compact", &[Parameter::new("list", Want::ListOfString)], STRINGS, compact)
        .never_null(),
    Function::new("concat", &[], Returns::From(concat_type), concat)
        .rest(Parameter::new("seqs", Want::Any).marked())
        .never_null(),
    Function::new("contains", &[LIST, Parameter::new("value", Want::Any)], BOOL, contains)
        .never_null(),
    Function::new(
        "distinct",
        &[Parameter::new("list", Want::ListOfAny)],
        Returns::From(|a| Ok(ty(a, 0))),
        distinct,
    )
    .never_null(),
    Function::new(
        "element",
        &[LIST.marked(), Parameter::new("index", Want::Number)],
        Returns::From(element_type),
        element,
    ),
    Function::new("flatten", &[LIST.marked()], Returns::From(flatten_type), flatten).never_null(),
    Function::new("index", &[LIST, Parameter::new("value", Want::Any)], NUMBER, index).never_null(),
    Function::new(
        "length",
        &[Parameter::new("value", Want::Any).dynamic().unknown().marked()],
        Returns::From(length_type),
        length,
    )
    .never_null(),
    Function::new(
        "matchkeys",
        &[
            Parameter::new("values", Want::ListOfAny),
            Parameter::new("keys", Want::ListOfAny),
            Parameter::new("searchset", Want::ListOfAny),
        ],
        Returns::From(matchkeys_type),
        matchkeys,
    )
    .never_null(),
    Function::new("one", &[LIST], Returns::From(one_type), one),
    Function::new("range", &[], Returns::Always(Want::ListOfNumber), range)
        .rest(Parameter::new("params", Want::Number))
        .never_null(),
    Function::new("reverse", &[LIST.marked()], Returns::From(reverse_type), reverse).never_null(),
    Function::new(
        "slice",
        &[
            LIST.marked(),
            Parameter::new("start_index", Want::Number),
            Parameter::new("end_index", Want::Number),
        ],
        Returns::From(slice_type),
        slice,
    )
    .never_null(),
    Function::new("sort", &[Parameter::new("list", Want::ListOfString).unknown()], STRINGS, sort)
        .never_null(),
];

/// The type of an argument.
pub(super) fn ty(arguments: &[Value], at: usize) -> Type {
    arguments.get(at).map_or(Type::Dynamic, Value::ty)
}

fn all_true(call: &Call<'_>) -> Outcome {
    for element in call.at(0)?.elements() {
        match element.as_bool() {
            Some(true) => {}
            None if element.is_unknown() => return Ok(call.unknown()),
            _ => return Ok(Value::bool(false)),
        }
    }
    Ok(Value::bool(true))
}

fn any_true(call: &Call<'_>) -> Outcome {
    let list = call.at(0)?;
    if list.elements().any(|e| e.as_bool() == Some(true)) {
        return Ok(Value::bool(true));
    }
    Ok(if list.elements().any(Value::is_unknown) { call.unknown() } else { Value::bool(false) })
}

fn chunklist(call: &Call<'_>) -> Outcome {
    let (list, list_marks) = call.at(0)?.clone().unmark();
    let marks = list_marks.with(call.at(1)?.marks);
    let size = usize::try_from(call.int(1)?).map_err(|_| "the size cannot be negative")?;
    let Type::List(of) = list.ty() else { return Err("a list is required".into()) };
    let chunks: Vec<Value> = match (list.as_slice(), size) {
        (Some([]) | None, _) => Vec::new(),
        (Some(_), 0) => vec![list.clone()],
        (Some(elements), size) => elements
            .chunks(size)
            .map(|chunk| Value::list((*of).clone(), chunk.iter().cloned()))
            .collect(),
    };
    Ok(Value::list(list.ty(), chunks).with_marks(marks))
}

fn coalescelist_type(arguments: &[Value]) -> Result<Type, Trouble> {
    let first = arguments.first().ok_or("at least one argument is required")?;
    let mut same = true;
    for argument in arguments {
        if argument.is_unknown() {
            return Ok(Type::Dynamic);
        }
        let ty = argument.ty();
        if !matches!(ty, Type::List(_) | Type::Tuple(_)) {
            return Err("every argument must be a list or a tuple".into());
        }
        same &= ty == first.ty();
    }
    Ok(if same { first.ty() } else { Type::Dynamic })
}

fn coalescelist(call: &Call<'_>) -> Outcome {
    for argument in call.arguments {
        if argument.is_unknown() {
            return Ok(call.unknown());
        }
        if argument.len().is_some_and(|n| n > 0) {
            return Ok(argument.clone());
        }
    }
    Err("every list is null or empty".into())
}

fn compact(call: &Call<'_>) -> Outcome {
    let list = call.at(0)?;
    if !list.is_wholly_known() {
        return Ok(call.unknown());
    }
    let kept = list.elements().filter(|e| e.as_str().is_some_and(|text| !text.is_empty())).cloned();
    Ok(Value::list(Type::String, kept))
}

fn concat_type(arguments: &[Value]) -> Result<Type, Trouble> {
    if arguments.is_empty() {
        return Err("at least one argument is required".into());
    }
    let types: Vec<Type> = arguments.iter().map(Value::ty).collect();
    if types.iter().all(|ty| matches!(ty, Type::List(_)))
        && let Some(common) = unify(types.iter(), true)
    {
        return Ok(common.ty);
    }
    let mut elements = Vec::new();
    for (at, (argument, ty)) in arguments.iter().zip(&types).enumerate() {
        match ty {
            Type::Tuple(of) => elements.extend(of.iter().cloned()),
            Type::List(of) => match argument.len() {
                Some(length) => elements.extend(std::iter::repeat_n((**of).clone(), length)),
                None => return Ok(Type::Dynamic),
            },
            other => {
                let message = format!("a list or tuple is required, not {}", other.friendly());
                return Err(Trouble::argument(at, message));
            }
        }
    }
    Ok(Type::tuple(elements))
}

fn concat(call: &Call<'_>) -> Outcome {
    let mut elements = Vec::new();
    let mut marks = Marks::NONE;
    let as_list = matches!(call.returns, Type::List(_));
    for (at, argument) in call.arguments.iter().enumerate() {
        let converted;
        let sequence = if as_list {
            converted = argument
                .convert(&call.returns)
                .map_err(|e| Trouble::argument(at, e.to_string()))?;
            &converted
        } else {
            argument
        };
        marks = marks.with(sequence.marks);
        elements.extend(sequence.elements().cloned());
    }
    let result = match &call.returns {
        Type::List(of) => Value::list((**of).clone(), elements),
        _ => Value::tuple(elements),
    };
    Ok(result.with_marks(marks))
}

fn contains(call: &Call<'_>) -> Outcome {
    let (list, wanted) = (call.at(0)?, call.at(1)?);
    if !matches!(list.ty(), Type::List(_) | Type::Tuple(_) | Type::Set(_)) {
        return Err("the first argument must be a list, tuple or set".into());
    }
    let mut open = false;
    for element in list.elements() {
        match wanted.equals(element) {
            Some(true) => return Ok(Value::bool(true)),
            Some(false) => {}
            None => open = true,
        }
    }
    Ok(if open { call.unknown() } else { Value::bool(false) })
}

fn distinct(call: &Call<'_>) -> Outcome {
    let list = call.at(0)?;
    if !list.is_wholly_known() {
        return Ok(call.unknown());
    }
    let Type::List(of) = &call.returns else { return Ok(list.clone()) };
    let kept = distinct_values(list.elements().cloned().collect());
    Ok(Value::list((**of).clone(), kept))
}

fn element_type(arguments: &[Value]) -> Result<Type, Trouble> {
    match ty(arguments, 0) {
        Type::List(of) => Ok((*of).clone()),
        Type::Tuple(of) => {
            let Some(index) = arguments.get(1).filter(|i| !i.is_unknown()) else {
                return Ok(Type::Dynamic);
            };
            let at = wrapped(int_of(index, 1).map_err(|t| t.message)?, of.len())?;
            Ok(of.get(at).cloned().unwrap_or(Type::Dynamic))
        }
        other => Err(format!("a {} has no elements to choose from", other.friendly()).into()),
    }
}

/// An index that starts over at the end.
fn wrapped(index: i64, length: usize) -> Result<usize, Trouble> {
    if length == 0 {
        return Err("an empty list has no elements".into());
    }
    let index = usize::try_from(index).map_err(|_| "the index cannot be negative")?;
    Ok(index % length)
}

fn element(call: &Call<'_>) -> Outcome {
    let (list, marks) = call.at(0)?.clone().unmark();
    let index = call.int(1)?;
    let at = wrapped(index, list.len().unwrap_or(0))?;
    let found = list.index(at).cloned().ok_or("there is no such element")?;
    Ok(found.with_marks(marks))
}

fn flatten_type(arguments: &[Value]) -> Result<Type, Trouble> {
    match arguments.first() {
        Some(list) if !list.is_wholly_known() => Ok(Type::Dynamic),
        Some(list) if !matches!(list.ty(), Type::List(_) | Type::Set(_) | Type::Tuple(_)) => {
            Err("only a list, set or tuple can be flattened".into())
        }
        _ => Ok(Type::Dynamic),
    }
}

fn flatten(call: &Call<'_>) -> Outcome {
    let list = call.at(0)?;
    if !matches!(list.ty(), Type::List(_) | Type::Set(_) | Type::Tuple(_)) {
        return Err("only a list, set or tuple can be flattened".into());
    }
    let mut flat = Flat { elements: Vec::new(), marks: Marks::NONE, known: true };
    flat.take(list);
    let result = if flat.known { Value::tuple(flat.elements) } else { call.unknown() };
    Ok(result.with_marks(flat.marks))
}

struct Flat {
    elements: Vec<Value>,
    marks: Marks,
    known: bool,
}

impl Flat {
    /// Values nest no deeper than the evaluator lets them.
    fn take(&mut self, list: &Value) {
        self.marks = self.marks.with(list.marks);
        let uncertain = matches!(list.kind, Kind::Set(..)) && list.len() > Some(1);
        if uncertain && !list.is_wholly_known() {
            self.known = false;
            return;
        }
        for element in list.elements() {
            match &element.kind {
                Kind::List(..) | Kind::Set(..) | Kind::Tuple(_) => self.take(element),
                Kind::Unknown(unknown) => {
                    let open = matches!(
                        unknown.ty,
                        Type::Dynamic | Type::List(_) | Type::Set(_) | Type::Tuple(_)
                    );
                    if open {
                        self.known = false;
                        self.marks = self.marks.with(element.marks);
                    } else {
                        self.elements.push(element.clone());
                    }
                }
                _ => self.elements.push(element.clone()),
            }
        }
    }
}

fn index(call: &Call<'_>) -> Outcome {
    let (list, wanted) = (call.at(0)?, call.at(1)?);
    if !matches!(list.ty(), Type::List(_) | Type::Tuple(_)) {
        return Err("the first argument must be a list or tuple".into());
    }
    if list.is_empty() {
        return Err("an empty list holds nothing to find".into());
    }
    for (at, element) in list.elements().enumerate() {
        match element.equals(wanted) {
            Some(true) => return Ok(Value::number(Number::count(at))),
            Some(false) => {}
            None => return Ok(call.unknown()),
        }
    }
    Err("the list does not hold this value".into())
}

fn length_type(arguments: &[Value]) -> Result<Type, Trouble> {
    match ty(arguments, 0) {
        Type::Bool | Type::Number => Err("only strings and collections have a length".into()),
        _ => Ok(Type::Number),
    }
}

fn length(call: &Call<'_>) -> Outcome {
    let value = call.at(0)?;
    let count = |n: usize| Value::number(Number::count(n));
    let result = match (&value.kind, value.ty()) {
        (_, Type::Tuple(of)) => count(of.len()),
        (_, Type::Object(of)) => count(of.attributes.len()),
        (Kind::String(text), _) => count(text.graphemes(true).count()),
        (Kind::Set(_, elements), _) if elements.len() > 1 && !value.is_wholly_known() => {
            // Unknown elements may turn out to be repeats.
            between(Some(1), Some(elements.len() as u64))
        }
        (Kind::Unknown(unknown), Type::String) => {
            let least = unknown.refinement.prefix.graphemes(true).count();
            between(Some(least as u64), None)
        }
        (Kind::Unknown(unknown), Type::List(_) | Type::Set(_) | Type::Map(_)) => {
            let is = &unknown.refinement;
            between(
                Some(is.min_len.unwrap_or(0)),
                Some(is.max_len.unwrap_or(i64::MAX.unsigned_abs())),
            )
        }
        _ => value.len().map_or_else(|| call.unknown(), count),
    };
    Ok(result.with_marks(value.marks))
}

fn between(min: Option<u64>, max: Option<u64>) -> Value {
    let bound = |n: u64| (Number::from(n), true);
    let refinement =
        Refinement { min: min.map(bound), max: max.map(bound), ..Refinement::not_null() };
    Value::refined(Type::Number, Origin::Error, refinement)
}

fn matchkeys_type(arguments: &[Value]) -> Result<Type, Trouble> {
    let (keys, search) = (ty(arguments, 1), ty(arguments, 2));
    if unify([&keys, &search].into_iter(), true).is_none() {
        return Err("`keys` and `searchset` must be of one type".into());
    }
    Ok(ty(arguments, 0))
}

fn matchkeys(call: &Call<'_>) -> Outcome {
    let (values, keys, search) = (call.at(0)?, call.at(1)?, call.at(2)?);
    if values.len() != keys.len() {
        return Err("`values` and `keys` must be of the same length".into());
    }
    let Type::List(of) = values.ty() else { return Err("a list is required".into()) };
    let none = || Value::list((*of).clone(), []);
    if search.is_empty() {
        return Ok(none());
    }
    if !values.is_wholly_known() || !keys.is_wholly_known() {
        return Ok(call.unknown());
    }
    let common = unify([&keys.ty(), &search.ty()].into_iter(), true).map(|found| found.ty);
    let common = common.unwrap_or(Type::Dynamic);
    let keys = keys.convert(&common).map_err(|e| e.to_string())?;
    let search = search.convert(&common).map_err(|e| e.to_string())?;
    let mut found = Vec::new();
    for (value, key) in values.elements().zip(keys.elements()) {
        call.environment.spend(search.elements().len() as u64 / 2)?;
        for wanted in search.elements() {
            match key.equals(wanted) {
                // An unknown to search for makes Terraform find nothing at all.
                None => return Ok(none()),
                Some(true) => {
                    found.push(value.clone());
                    break;
                }
                Some(false) => {}
            }
        }
    }
    Ok(Value::list((*of).clone(), found))
}

const ONE: &str = "a list, set or tuple of no or one element is required";

fn one_type(arguments: &[Value]) -> Result<Type, Trouble> {
    match ty(arguments, 0) {
        Type::List(of) | Type::Set(of) => Ok((*of).clone()),
        Type::Tuple(of) => match &*of {
            [] => Ok(Type::Dynamic),
            [only] => Ok(only.clone()),
            _ => Err(Trouble::argument(0, ONE)),
        },
        _ => Err(Trouble::argument(0, ONE)),
    }
}

fn one(call: &Call<'_>) -> Outcome {
    let list = call.at(0)?;
    let uncertain = matches!(list.kind, Kind::Set(..)) && !list.is_wholly_known();
    match list.as_slice() {
        Some([]) => Ok(Value::null(call.returns.clone())),
        Some([only]) => Ok(only.clone()),
        Some(_) if uncertain => Ok(call.unknown()),
        _ => Err(Trouble::argument(0, ONE)),
    }
}

/// The most numbers that `range` gives, as in Terraform.
const LONGEST_RANGE: usize = 1024;

fn range(call: &Call<'_>) -> Outcome {
    let numbers: Vec<&Number> = call.arguments.iter().filter_map(Value::as_number).collect();
    let (one, zero) = (Number::from(1i64), Number::ZERO);
    let toward = |start: &Number, end: &Number| {
        if end.compare(start).is_lt() { one.negate() } else { one.clone() }
    };
    let (start, end, step) = match numbers.as_slice() {
        [end] => (zero.clone(), (*end).clone(), toward(&zero, end)),
        [start, end] => ((*start).clone(), (*end).clone(), toward(start, end)),
        [start, end, step] => ((*start).clone(), (*end).clone(), (*step).clone()),
        _ => return Err("one, two or three numbers are required".into()),
    };
    let down = step.is_negative();
    if down && end.compare(&start).is_gt() {
        return Err(Trouble::argument(
            1,
            "the end must be below the start when the step is negative",
        ));
    }
    if !down && end.compare(&start).is_lt() {
        return Err(Trouble::argument(
            1,
            "the end must be above the start when the step is positive",
        ));
    }
    let mut at = start;
    let mut found = Vec::new();
    while if down { at.compare(&end).is_gt() } else { at.compare(&end).is_lt() } {
        if found.len() >= LONGEST_RANGE {
            let message = format!("more than {LONGEST_RANGE} numbers; use a larger step");
            return Err(message.into());
        }
        found.push(Value::number(at.clone()));
        at = at.add(&step).ok_or("the range is infinite")?;
    }
    Ok(Value::list(Type::Number, found))
}

fn reverse_type(arguments: &[Value]) -> Result<Type, Trouble> {
    match ty(arguments, 0) {
        Type::Tuple(of) => Ok(Type::tuple(of.iter().rev().cloned())),
        Type::List(of) | Type::Set(of) => Ok(Type::list((*of).clone())),
        other => {
            let message = format!("a list or tuple is required, not {}", other.friendly());
            Err(Trouble::argument(0, message))
        }
    }
}

fn reverse(call: &Call<'_>) -> Outcome {
    let list = call.at(0)?;
    let elements = list.elements().rev().cloned();
    let result = match &call.returns {
        Type::List(of) => Value::list((**of).clone(), elements),
        _ => Value::tuple(elements),
    };
    Ok(result.with_marks(list.marks))
}

/// The bounds of a slice as far as they are known, checked against each other and against the length.
fn bounds(arguments: &[Value]) -> Result<(Option<usize>, Option<usize>), Trouble> {
    let length = match (ty(arguments, 0), arguments.first().and_then(Value::len)) {
        (Type::Tuple(of), _) => Some(of.len()),
        (_, known) => known,
    };
    let bound = |at: usize, name: &str| -> Result<Option<usize>, Trouble> {
        let Some(value) = arguments.get(at).filter(|v| !v.is_unknown()) else { return Ok(None) };
        let n = usize::try_from(int_of(value, at)?)
            .map_err(|_| Trouble::argument(at, format!("the {name} cannot be negative")))?;
        if length.is_some_and(|length| n > length) {
            return Err(Trouble::argument(at, format!("the {name} is past the end of the list")));
        }
        Ok(Some(n))
    };
    let (start, end) = (bound(1, "start")?, bound(2, "end")?);
    if let (Some(start), Some(end)) = (start, end)
        && start > end
    {
        return Err(Trouble::argument(1, "the start is past the end"));
    }
    Ok((start, end))
}

fn slice_type(arguments: &[Value]) -> Result<Type, Trouble> {
    let list = ty(arguments, 0);
    match &list {
        Type::Set(_) => {
            return Err(Trouble::argument(
                0,
                "a set has no order to slice; turn it into a list with `tolist`",
            ));
        }
        Type::List(_) | Type::Tuple(_) => {}
        _ => return Err(Trouble::argument(0, "a list or tuple is required")),
    }
    match (bounds(arguments)?, list) {
        (_, list @ Type::List(_)) => Ok(list),
        ((Some(start), Some(end)), Type::Tuple(of)) => {
            Ok(Type::tuple(of.get(start..end).unwrap_or_default().iter().cloned()))
        }
        _ => Ok(Type::Dynamic),
    }
}

fn slice(call: &Call<'_>) -> Outcome {
    let list = call.at(0)?;
    let (Some(start), Some(end)) = bounds(call.arguments)? else { return Ok(call.unknown()) };
    let elements = list.as_slice().and_then(|e| e.get(start..end)).unwrap_or_default();
    let elements = elements.iter().cloned();
    let result = match &call.returns {
        Type::List(of) => Value::list((**of).clone(), elements),
        _ => Value::tuple(elements),
    };
    Ok(result.with_marks(list.marks))
}

fn sort(call: &Call<'_>) -> Outcome {
    let list = call.at(0)?;
    if !list.is_wholly_known() {
        let is = list.range();
        let length =
            Refinement { min_len: is.min_len, max_len: is.max_len, ..Refinement::not_null() };
        return Ok(Value::refined(call.returns.clone(), Origin::Error, length));
    }
    let mut texts = Vec::with_capacity(list.len().unwrap_or(0));
    for (i, element) in list.elements().enumerate() {
        texts.push(
            element.as_str().ok_or_else(|| format!("element {i} is null and cannot be sorted"))?,
        );
    }
    texts.sort_unstable();
    Ok(strings(texts))
}
