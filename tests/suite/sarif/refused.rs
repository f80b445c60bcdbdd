//! The check checked: a log that banana makes has no fault, and each way of breaking it is found.

use super::faults;
use crate::suite::stage::Stage;
use serde_json::{Value, json};

/// A stack with a fail, an unknown, and findings that each kind of suppression silences.
fn log() -> Value {
    let subnet = |name: &str, public: &str, comment: &str| {
        format!(
            "{comment}\nresource \"aws_subnet\" \"{name}\" {{\n  vpc_id                  = \"vpc-1\"\n  cidr_block              = \"10.0.0.0/24\"\n  map_public_ip_on_launch = {public}\n}}\n"
        )
    };
    let variable = "variable \"on\" {\n  type = bool\n}\n";
    let comment = "# banana:ignore[subnet-public-ip] reason=\"a \\\"demo\\\"\"";
    let text = [
        variable.to_owned(),
        subnet("failing", "true", ""),
        subnet("open", "var.on", ""),
        subnet("silent", "true", comment),
        subnet("known", "true", ""),
    ];
    let stage = Stage::new(&[("sub net/main.tf", &text.concat())]);
    let words = ["baseline", "sub net", "--baseline", "all.txt"].map(str::to_owned);
    stage.run_words(&words);
    let all = std::fs::read_to_string(stage.path().join("all.txt")).unwrap();
    let known: Vec<&str> =
        all.lines().filter(|line| line.starts_with('#') || line.contains("subnet.known")).collect();
    std::fs::write(stage.path().join("known.txt"), known.join("\n")).unwrap();
    let words = "check|sub net|--select|subnet-public-ip,unused-suppression|--show|all|--baseline|known.txt|--format|sarif";
    let words: Vec<String> = words.split('|').map(str::to_owned).collect();
    stage.run_words(&words).json()
}

#[test]
fn what_banana_writes_has_no_fault() {
    let log = log();
    assert_eq!(faults(&log), [""; 0]);
    let results = log["runs"][0]["results"].as_array().unwrap();
    let told: Vec<(&str, &str, &Value)> = results
        .iter()
        .map(|r| {
            let name = r["locations"][0]["logicalLocations"][0]["fullyQualifiedName"].as_str();
            (name.unwrap(), r["kind"].as_str().unwrap(), &r["suppressions"][0])
        })
        .filter(|(_, kind, _)| *kind != "pass")
        .collect();
    let by = |name: &str| told.iter().find(|(of, _, _)| of.ends_with(name)).unwrap();
    assert_eq!(told.len(), 4, "{told:?}");
    assert_eq!((by("failing").1, by("failing").2), ("fail", &Value::Null));
    assert_eq!((by("open").1, by("open").2), ("open", &Value::Null));
    assert_eq!(by("silent").2["kind"], "inSource");
    assert_eq!(by("silent").2["justification"], "a \"demo\"");
    assert_eq!(
        by("silent").2["location"]["physicalLocation"]["region"]["startLine"],
        json!(16),
        "{}",
        by("silent").2
    );
    assert_eq!(by("known").2["kind"], "external");
    assert_eq!(by("known").2["justification"], "it is in the baseline");
}

/// A way to break a log: where, and what stands there instead; nothing when it is taken away.
type Break = (&'static str, Option<Value>, &'static str);

#[test]
fn what_is_broken_is_found() {
    let sound = log();
    let region = "/runs/0/results/0/locations/0/physicalLocation/region";
    let artifact = "/runs/0/results/0/locations/0/physicalLocation/artifactLocation";
    let breaks: Vec<Break> = vec![
        ("/version", Some(json!("2.0.0")), "none of 2.1.0"),
        ("/version", None, "lacks `version`"),
        ("/runs", Some(json!({})), "no array"),
        ("/more", Some(json!(1)), "no such property"),
        ("/runs/0/tool", None, "lacks `tool`"),
        ("/runs/0/tool/driver/name", None, "lacks `name`"),
        ("/runs/0/tool/driver/rules/0/id", Some(json!(7)), "no text"),
        ("/runs/0/tool/driver/rules/0/id", Some(json!("X")), "its rule is another one"),
        ("/runs/0/tool/driver/rules/0/helpUri", Some(json!("docs")), "no absolute URI"),
        (
            "/runs/0/tool/driver/rules/0/properties",
            Some(json!({ "tags": ["a", "a"] })),
            "two elements are alike",
        ),
        ("/runs/0/columnKind", Some(json!("bytes")), "none of utf16"),
        ("/runs/0/invocations/0/executionSuccessful", Some(json!("yes")), "neither true nor false"),
        ("/runs/0/invocations/0/executionSuccessful", None, "lacks `executionSuccessful`"),
        ("/runs/0/results/0/message", None, "lacks `message`"),
        ("/runs/0/results/0/message/text", None, "lacks one of"),
        ("/runs/0/results/0/message", Some(json!("text")), "no object"),
        ("/runs/0/results/0/kind", Some(json!("failed")), "none of notApplicable"),
        ("/runs/0/results/0/kind", Some(json!("pass")), "no fail has no level"),
        ("/runs/0/results/0/level", Some(json!("critical")), "none of none"),
        ("/runs/0/results/0/level", Some(json!("none")), "a fail has a level"),
        ("/runs/0/results/0/ruleIndex", Some(json!(-2)), "no whole number"),
        ("/runs/0/results/0/ruleIndex", Some(json!(99)), "its rule is another one"),
        ("/runs/0/results/0/ruleIndex", Some(json!(0.5)), "no whole number"),
        ("/runs/0/results/0/suppressions", Some(json!([{"kind": "comment"}])), "none of inSource"),
        ("/runs/0/results/0/suppressions", Some(json!([{"justification": "a"}])), "lacks `kind`"),
        (
            "/runs/0/results/0/suppressions",
            Some(json!([{"kind": "external"}, {"kind": "external"}])),
            "two elements are alike",
        ),
        ("/runs/0/results/0/partialFingerprints", Some(json!({"a": 1})), "no text"),
        (
            "/runs/0/results/0/relatedLocations",
            Some(json!([{"id": 1}, {"id": 1, "message": {"text": "a"}}])),
            "have one id",
        ),
        ("/runs/0/results/0/locations/0/physicalLocation/region", Some(json!({})), "lacks one of"),
        ("/runs/0/results/0/locations/0/physicalLocation/artifactLocation", None, "lacks one of"),
    ];
    let inside = [
        (region, "startLine", json!(0), "no whole number from 1 on"),
        (region, "endLine", json!(1), "ends before it starts"),
        (region, "endColumn", json!(1), "ends before it starts"),
        (region, "charOffset", json!(-5), "no such property"),
        (artifact, "uri", json!("a b.tf"), "no URI reference"),
        (artifact, "uri", json!("a%2.tf"), "no URI reference"),
        (artifact, "uri", json!("a:b.tf"), "named from the root"),
        (artifact, "uri", json!("/etc/a.tf"), "named from the root"),
        (artifact, "uri", json!("../a.tf"), "named from the root"),
        (artifact, "uriBaseId", json!("ROOT"), "its base is not told"),
    ];
    let mut tried = 0;
    let mut find = |path: &str, value: Option<Value>, word: &str| {
        let mut log = sound.clone();
        let (parent, name) = path.rsplit_once('/').unwrap();
        let parent = log.pointer_mut(parent).unwrap_or_else(|| panic!("{path}"));
        let object = parent.as_object_mut().unwrap();
        match value {
            Some(value) => object.insert(name.to_owned(), value),
            None => object.remove(name),
        };
        let found = faults(&log);
        assert!(found.iter().any(|fault| fault.contains(word)), "{path}: {word}: {found:?}");
        tried += 1;
    };
    for (path, value, word) in breaks {
        find(path, value, word);
    }
    for (path, name, value, word) in inside {
        find(&format!("{path}/{name}"), Some(value), word);
    }
    let mut twice = sound.clone();
    let first = twice["runs"][0]["results"][0].clone();
    twice["runs"][0]["results"].as_array_mut().unwrap().push(first);
    assert_eq!(faults(&twice).len(), 1, "{:?}", faults(&twice));
    assert_eq!(tried, 40);
}
