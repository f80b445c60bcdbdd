//! A saved plan is refused as soon as any part of it moved.

use crate::desk::{group, load, state};
use crate::folder::Folder;
use banana_plan::{Bound, Options, Recipe, Saved, SavedError, State, plan};

/// Everything that a plan is bound to, each part of which a test can move.
struct Scene {
    text: &'static str,
    days: &'static str,
    word: &'static str,
    findings: &'static str,
    estimate: &'static str,
    account: &'static str,
    region: &'static str,
    workspace: &'static str,
    state: State,
    destroy: bool,
    refresh_only: bool,
    exclude: &'static [&'static str],
}

fn scene() -> Scene {
    Scene {
        text: include_str!("saved.tf"),
        days: "7",
        word: "hunter2",
        findings: "0 fail",
        estimate: "1.00",
        account: "123456789012",
        region: "eu-west-3",
        workspace: "default",
        state: state(&[("aws_cloudwatch_log_group.l", group("l"), &[])]),
        destroy: false,
        refresh_only: false,
        exclude: &[],
    }
}

fn with<T>(scene: &Scene, look: impl FnOnce(&Bound<'_>, &Options<'_>) -> T) -> T {
    let folder = Folder(scene.text.into());
    let program = load(&folder, &[("days", scene.days), ("word", scene.word)]);
    let exclude = scene.exclude.iter().map(|text| text.parse().unwrap()).collect();
    let (destroy, refresh_only) = (scene.destroy, scene.refresh_only);
    let options = Options { destroy, refresh_only, exclude, ..Options::default() };
    let planned = plan(&program, &scene.state, &options).unwrap();
    let recipe = Recipe { workspace: scene.workspace.into(), ..Recipe::default() };
    let bound = Bound {
        recipe: &recipe,
        sources: &planned.stack.sources,
        variables: &planned.stack.variables,
        findings: scene.findings,
        estimate: scene.estimate,
        account: scene.account,
        region: scene.region,
        plan: &planned.plan,
    };
    look(&bound, &options)
}

fn saved() -> Saved {
    with(&scene(), Saved::new)
}

/// What `verify` says about a scene.
fn moved(scene: &Scene) -> Vec<String> {
    let saved = Saved::read(&saved().write()).unwrap();
    let result = with(scene, |bound, options| saved.verify(bound, options));
    result.err().unwrap_or_default().iter().map(ToString::to_string).collect()
}

#[test]
fn the_same_again_is_accepted() {
    assert_eq!(moved(&scene()), Vec::<String>::new());
}

#[test]
fn each_part_that_moves_is_named() {
    let says = |scene: Scene, what: &str| {
        let all = moved(&scene);
        assert!(all.iter().any(|line| line.contains(what)), "{what}: {all:?}");
    };
    let text = concat!("# a remark\n", include_str!("saved.tf"));
    says(Scene { text, ..scene() }, "main.tf` was changed");
    says(Scene { days: "14", ..scene() }, "variable `days`");
    says(Scene { word: "other", ..scene() }, "secret variable `word`");
    says(Scene { findings: "1 fail", ..scene() }, "the check");
    says(Scene { estimate: "2.00", ..scene() }, "was 1.00, and is 2.00");
    says(Scene { account: "210987654321", ..scene() }, "account");
    says(Scene { region: "eu-west-1", ..scene() }, "region");
    says(Scene { destroy: true, ..scene() }, "other options");
    says(Scene { refresh_only: true, ..scene() }, "other options");
    says(Scene { exclude: &["aws_cloudwatch_log_group.l"], ..scene() }, "other options");
    says(Scene { workspace: "blue", ..scene() }, "other options");
    let mut later = scene();
    later.state.serial += 1;
    says(later, "serial 1 then, 2 now");
    let mut other = scene();
    other.state.lineage = "m".into();
    says(other, "another state");
    says(Scene { state: State::default(), ..scene() }, "is gone");
    let drifted = state(&[("aws_cloudwatch_log_group.l", group("k"), &[])]);
    says(Scene { state: drifted, ..scene() }, "plan something else now");
}

#[test]
fn a_first_plan_cannot_be_applied_twice() {
    let first = Scene { state: State::default(), ..scene() };
    let saved = with(&first, Saved::new);
    assert!(with(&first, |bound, options| saved.verify(bound, options)).is_ok());
    let moved = with(&scene(), |bound, options| saved.verify(bound, options)).unwrap_err();
    assert!(moved[0].to_string().contains("applied already"), "{moved:?}");
}

#[test]
fn an_edited_file_is_refused_and_holds_no_secret() {
    let text = String::from_utf8(saved().write()).unwrap();
    assert!(!text.contains("hunter2"), "{text}");
    for (from, to) in [("eu-west-3", "eu-west-1"), ("update", "delete"), ("\"1.00\"", "\"9.00\"")] {
        assert!(text.contains(from), "{from}");
        let edited = text.replacen(from, to, 1);
        assert!(matches!(Saved::read(edited.as_bytes()), Err(SavedError::Broken)), "{from}");
    }
    assert!(matches!(Saved::read(b"{}"), Err(SavedError::Shape(_))));
    let newer = text.replace("\"banana_plan\": 1", "\"banana_plan\": 2");
    assert!(matches!(Saved::read(newer.as_bytes()), Err(SavedError::Version(2))));
}

#[test]
fn it_brings_its_variables_but_for_the_secret_ones() {
    let saved = saved();
    assert_eq!(saved.arguments().len(), 1);
    assert_eq!(saved.secrets().collect::<Vec<_>>(), ["word"]);
}

#[test]
fn it_brings_its_options() {
    let exclude: &[&str] = &["aws_cloudwatch_log_group.l"];
    let scene = Scene { refresh_only: true, exclude, ..scene() };
    let saved = Saved::read(&with(&scene, Saved::new).write()).unwrap();
    let brought = saved.options(&stack::Empty);
    assert!(brought.refresh_only && !brought.destroy);
    assert_eq!(brought.exclude.iter().map(ToString::to_string).collect::<Vec<_>>(), exclude);
}

/// Values of every kind come back as they were, whatever type their variables have and however they were given.
#[test]
fn the_variables_that_it_brings_are_the_same_values() {
    let text = r#"
variable "a" {}
variable "b" { default = 7 }
variable "c" { default = { n = 1.50, t = "x${1}y $${no} %%{no}", l = [true, null] } }
variable "d" { type = set(string) }
variable "e" { type = map(object({ n = optional(number, 3) })) }
"#;
    let host = Folder(text.into());
    let odd = "${a} $${b} %{c} \u{8}\u{c}\n\t\"\\b é";
    let set = [("a", odd), ("d", "[\"q\", \"p\"]"), ("e", "{ k = {} }")];
    let first = load(&host, &set);
    let options = Options::default();
    let planned = plan(&first, &State::default(), &options).unwrap();
    let recipe = Recipe::default();
    let variables = planned.stack.variables.clone();
    let bound = Bound {
        recipe: &recipe,
        sources: &planned.stack.sources,
        variables: &variables,
        findings: "",
        estimate: "",
        account: "",
        region: "",
        plan: &planned.plan,
    };
    let saved = Saved::new(&bound, &options);
    let again = stack::Program::load(
        &stack::Options {
            path: "/stack".into(),
            variables: saved.arguments(),
            ..stack::Options::default()
        },
        &host,
    );
    let planned = plan(&again, &State::default(), &options).unwrap();
    let variables = planned.stack.variables.clone();
    assert_eq!(variables["a"].value.as_str(), Some(odd));
    let bound = Bound {
        sources: &planned.stack.sources,
        variables: &variables,
        plan: &planned.plan,
        ..bound
    };
    assert_eq!(saved.verify(&bound, &options), Ok(()));
}
