//! Expressions: value, type, sensitivity, unknown parts; or that it is an error.

use super::super::stage::{self, Played};
use super::{Score, fixtures, judge, read};
use banana::Exit;
use serde_json::Value as Json;
use std::collections::BTreeMap;

/// The fields that a vector names, of an answer; an error is one at any place, for that is counted apart.
pub(super) fn right(want: &Json, got: &Json) -> bool {
    let (Some(want), Some(got)) = (want.get("expect"), got.get("expect")) else {
        return want.get("expect").is_none() && got.get("error").is_some();
    };
    if want.get("infinity").is_some() {
        return want["infinity"] == got["infinity"];
    }
    let fields = ["value", "unknown", "infinity", "after_unknown", "sensitive"];
    let typed = want.get("type").is_none() || want.get("type") == got.get("type");
    let partly = want.get("after_unknown").is_some();
    (typed || partly) && fields.iter().all(|field| want.get(field) == got.get(field))
}

#[test]
fn expressions_have_terraforms_answers() {
    let (vectors, ledger) =
        (read(&fixtures().join("expressions.jsonl")), read(&fixtures().join("divergences.md")));
    let Played { exit, out, .. } = stage::fed("eval --root fixtures/language", &vectors);
    assert_eq!(exit, Exit::Ok);
    assert_eq!(vectors.lines().count(), out.lines().count());
    let json = |line: &str| serde_json::from_str::<Json>(line).unwrap();
    let (mut groups, mut in_place, mut errors) = (BTreeMap::new(), 0, 0);
    for (vector, answer) in vectors.lines().zip(out.lines()) {
        let (want, got) = (json(vector), json(answer));
        let (group, expr) = (want["group"].as_str().unwrap(), want["expr"].as_str().unwrap());
        let score = groups.entry(group.to_owned()).or_insert_with(|| Score::new(group));
        score.count(&ledger, expr, right(&want, &got), || format!("{expr}\n  {got}"));
        if let Some(range) = want["error"].get("range") {
            errors += 1;
            in_place += u32::from(*range == got["error"]["range"]);
        }
    }
    judge("expressions", &groups.into_values().collect::<Vec<_>>());
    assert!(in_place * 100 >= errors * 99, "{in_place} of {errors} errors stand in their place");
}
