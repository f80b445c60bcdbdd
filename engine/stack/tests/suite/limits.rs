//! Expressions that ask for too much: each ends soon, with an error where it is asked, and the rest is resolved.

use super::memory::{Memory, codes, one};
use banana_stack::Options;

/// The code of the only error that a value makes; what stands beside it has its own value all the same.
fn refusal(locals: &str) -> String {
    let stack = one(&format!(
        "locals {{\n{locals}\n}}\noutput \"o\" {{ value = local.x }}\noutput \"fine\" {{ value = 1 }}"
    ));
    assert_eq!(stack.outputs["fine"].value.as_i64(), Some(1));
    let found = codes(&stack);
    assert_eq!(found.len(), 1, "{locals}: {:#?}", stack.reports);
    found[0].to_owned()
}

/// A text for each number, one after the other.
fn each(numbers: std::ops::Range<usize>, text: impl Fn(usize) -> String) -> String {
    numbers.map(text).collect::<Vec<_>>().concat()
}

/// Whether there is time to spend all that an expression may: seconds, when built for tests.
fn slow() -> bool {
    std::env::var_os("BANANA_SLOW_TESTS").is_some()
}

/// `x` is doubled thirty times over.
fn doubled(first: &str, again: impl Fn(&str) -> String) -> String {
    let steps =
        each(1..30, |step| format!("a{step} = {}\n", again(&format!("local.a{}", step - 1))));
    format!("a0 = {first}\n{steps}x = local.a29")
}

#[test]
fn texts_that_double() {
    let text = "\"0123456789012345678901234567890123456789\"";
    assert_eq!(refusal(&doubled(text, |a| format!("join(\"\", [{a}, {a}])"))), "call-failed");
    if slow() {
        assert_eq!(refusal(&doubled(text, |a| format!("\"${{{a}}}${{{a}}}\""))), "too-much-work");
        let tenfold = |a: &str| format!("replace({a}, \"/(.)/\", \"$1$1$1$1$1$1$1$1$1$1\")");
        assert_eq!(refusal(&doubled(text, tenfold)), "too-much-work");
    }
}

#[test]
fn structures_that_double() {
    for again in [
        |a: &str| format!("[{a}, {a}]"),
        |a: &str| format!("{{ a = {a}, b = {a} }}"),
        |a: &str| format!("concat({a}, {a})"),
    ] {
        let first = if again("x").starts_with('{') { "{}" } else { "[1]" };
        assert_eq!(refusal(&doubled(first, again)), "too-large");
    }
}

#[test]
fn names_that_a_loop_gives_to_doubles() {
    let open = each(1..40, |i| format!("[for a{i} in [[a{0}, a{0}]] : ", i - 1));
    let text = format!("x = [for a0 in [[0]] : {open}a39{}", "]".repeat(40));
    assert_eq!(refusal(&text), "too-large");
}

#[test]
fn loops_within_loops() {
    let r = "r = range(1000)\n";
    let list =
        "x = [for a in local.r : [for b in local.r : [for c in local.r : [for d in local.r : a]]]]";
    assert_eq!(refusal(&format!("{r}{list}")), "too-large");
    if !slow() {
        return;
    }
    let none = "x = [for a in local.r : [for b in local.r : [for c in local.r : c if false]]]";
    assert_eq!(refusal(&format!("{r}{none}")), "too-much-work");
    let text = "x = \"%{for a in local.r}%{for b in local.r}%{for c in local.r}%{endfor}%{endfor}%{endfor}\"";
    assert_eq!(refusal(&format!("{r}{text}")), "too-much-work");
    // Nothing hides that there was no time to look.
    assert_eq!(
        refusal(&format!("{r}x = try(length({}), 1)", none.trim_start_matches("x = "))),
        "too-much-work"
    );
}

#[test]
fn instances_that_each_do_much() {
    let big = "x".repeat(5_000_000);
    let resolve = |count| {
        let main = format!(
            "locals {{\nbig = file(\"big\")\n}}\nresource \"terraform_data\" \"t\" {{\ncount = {count}\ninput = length([for i in range(7) : local.big])\n}}"
        );
        Memory::new([("main.tf", main.as_str()), ("big", &big)]).resolve(&Options::default())
    };
    let few = resolve(5);
    assert_eq!((few.resources.len(), codes(&few)), (5, vec![]));
    let many = resolve(10_000);
    assert_eq!((many.resources.len(), codes(&many)), (0, vec!["too-much-work"]));
    assert!(many.reports[0].message.contains("`terraform_data.t`"), "{:?}", many.reports);
}

#[test]
fn lists_and_products_that_no_memory_holds() {
    for text in [
        "x = range(1000000000)",
        "x = range(0, 1, 0.0000000001)",
        "r = range(1000)\nx = setproduct(local.r, local.r, local.r, local.r)",
        "x = cidrsubnets(\"10.0.0.0/8\", [for i in range(1000): 4]...)",
    ] {
        assert!(
            ["call-failed", "invalid-argument", "too-much-work"].contains(&refusal(text).as_str()),
            "{text}"
        );
    }
    let product = format!("x = setproduct({})", ["[1, 2]"; 64].join(", "));
    assert_eq!(refusal(&product), "call-failed");
}

#[test]
fn widths_and_numbers_without_end() {
    let digits = "9".repeat(200_000);
    for text in [
        "x = format(\"%1000000000d\", 1)",
        "x = format(\"%.1000000000f\", 1)",
        "x = indent(1000000000, \"a\\nb\")",
        "x = 1e999999999999999999999",
        &format!("x = {digits}"),
        &format!("x = 0.{digits}"),
        &format!("x = tonumber(\"{digits}\")"),
        &format!("x = parseint(\"{digits}\", 10)"),
    ] {
        let stack = one(&format!("locals {{\n{text}\n}}\noutput \"o\" {{ value = local.x }}"));
        assert!(stack.reports.len() <= 1, "{:#?}", stack.reports);
    }
    // Terraform's numbers reach this far.
    for text in ["1e1000000", "1e-1000000", "pow(10, 100000)", "1e100000 % 7", "floor(1e100000)"] {
        let stack = one(&format!("output \"o\" {{ value = format(\"%v\", {text} > 0) }}"));
        assert!(stack.reports.len() <= 1, "{text}: {:#?}", stack.reports);
    }
}

#[test]
fn patterns_that_blow_up() {
    for pattern in
        ["a{1000}{1000}", "((a{0,100}){0,100}){0,100}", "\\\\pL{1000}", "(x|\\\\pL{100}){50}"]
    {
        assert_eq!(refusal(&format!("x = regexall(\"{pattern}\", \"aaa\")")), "invalid-argument");
    }
    for (pattern, text) in [("(a*)*b", 60), ("(a|aa)+$", 5_000), (".*.*.*.*.*x", 5_000)] {
        let text = "a".repeat(text);
        let stack = one(&format!("output \"o\" {{ value = regexall(\"{pattern}\", \"{text}\") }}"));
        assert_eq!(codes(&stack), [""; 0], "{pattern}");
    }
    if !slow() {
        return;
    }
    assert_eq!(refusal("x = formatlist(\"%1000000d\", range(1000))"), "too-much-work");
    let text = "A".repeat(200_000);
    let quadratic = format!("x = regexall(\".*[^A-Z]|[A-Z]\", \"{text}\")");
    assert_eq!(refusal(&quadratic), "too-much-work");
}

#[test]
fn documents_that_nest_or_multiply() {
    let run = |call: &str, text: &str| {
        let main = format!("output \"o\" {{ value = {call}(file(\"doc\")) }}");
        let stack =
            Memory::new([("main.tf", main.as_str()), ("doc", text)]).resolve(&Options::default());
        codes(&stack).join(" ")
    };
    let deep = |open: &str, close: &str| open.repeat(100_000) + &close.repeat(100_000);
    assert_eq!(run("jsondecode", &deep("[", "]")), "call-failed");
    assert_eq!(run("jsondecode", &deep("{\"a\":", "}")), "call-failed");
    assert_eq!(run("yamldecode", &deep("[", "]")), "call-failed");
    assert_eq!(run("yamldecode", &"- ".repeat(100_000)), "call-failed");
    let nine = |of: String| [of.as_str(); 9].join(", ");
    let bomb = each(1..20, |i| format!("a{i}: &a{i} [{}]\n", nine(format!("*a{}", i - 1))));
    assert_eq!(run("yamldecode", &format!("a0: &a0 [x]\n{bomb}")), "call-failed");
    // As long as it is wide, it is read in linear time.
    assert_eq!(run("length", "x"), "");
    assert_eq!(run("yamldecode", &"- a\n".repeat(20_000)), "");
}

#[test]
fn circles_of_a_thousand() {
    let circle = each(0..1000, |i| format!("  a{i} = local.a{}\n", (i + 1) % 1000));
    assert_eq!(codes(&one(&format!("locals {{\n{circle}}}"))), ["cycle"]);
    let others = each(0..60, |j| format!("local.a{j}, "));
    let all = each(0..60, |i| format!("  a{i} = [{others}]\n"));
    let stack = one(&format!("locals {{\n{all}}}"));
    assert!(codes(&stack).iter().all(|code| *code == "cycle") && !stack.reports.is_empty());
}

#[test]
fn modules_that_multiply() {
    let two = |next: usize| {
        format!(
            "module \"a\" {{ source = \"../m{next}\" }}\nmodule \"b\" {{ source = \"../m{next}\" }}"
        )
    };
    let names: Vec<(String, String)> =
        (0..30).map(|i| (format!("m{i}/main.tf"), two(i + 1))).collect();
    let last = ("m30/main.tf", "");
    let files = names.iter().map(|(name, text)| (name.as_str(), text.as_str())).chain([last]);
    let stack = Memory::new(files).resolve(&Options { path: "m0".into(), ..Options::default() });
    assert!(codes(&stack).contains(&"too-many-modules"), "{:?}", codes(&stack));
}

#[test]
fn duplicates_by_the_thousand() {
    let twice = "  a = 1\n".repeat(2_000);
    let stack = one(&format!("locals {{\n{twice}}}\n{}", "variable \"v\" {}\n".repeat(500)));
    assert!(
        codes(&stack)
            .iter()
            .all(|code| code.starts_with("duplicate") || *code == "variable-not-set")
    );
    assert!(!stack.reports.is_empty());
}
