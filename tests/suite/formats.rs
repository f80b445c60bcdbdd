//! `check --format`: what other programs read.

use super::stage::Stage;
use banana::Exit;
use serde_json::Value;

/// A listener in a module, two directories below the repository's root; a weak port in a variable; a balancer nobody protects.
fn stage() -> Stage {
    Stage::new(&[
        (".git/HEAD", "ref: refs/heads/main\n"),
        (
            "live/pröd/main.tf",
            "variable \"public\" {\n  type = bool\n}\n\nmodule \"web\" {\n  source   = \"../../modules/web\"\n  protocol = \"HTTP\"\n  internal = var.public\n}\n",
        ),
        (
            "modules/web/main.tf",
            "variable \"protocol\" {}\nvariable \"internal\" {}\n\nresource \"aws_lb_listener\" \"front\" {\n  load_balancer_arn = \"arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/a/1\"\n  port              = 80\n  protocol          = var.protocol\n\n  default_action {\n    type             = \"forward\"\n    target_group_arn = \"arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/a/1\"\n  }\n}\n\nresource \"aws_lb\" \"front\" {\n  load_balancer_type         = \"application\"\n  security_groups            = [\"sg-1\"]\n  subnets                    = [\"subnet-1\", \"subnet-2\"]\n  drop_invalid_header_fields = var.internal\n}\n",
        ),
    ])
}

const CHECK: &str = "--chdir live/pröd check --select https-listener,drop-invalid-headers";

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

#[test]
fn sarif_names_files_from_the_root_and_follows_the_module_chain() {
    let played = stage().run(&format!("{CHECK} --format sarif"));
    assert_eq!(played.exit, Exit::Findings);
    let log = json(&played.out);
    let run = &log["runs"][0];
    let results = run["results"].as_array().unwrap();
    let kinds: Vec<_> = results.iter().map(|r| (&r["ruleId"], &r["kind"], &r["level"])).collect();
    assert_eq!(
        format!("{kinds:?}"),
        r#"[(String("ELB001"), String("fail"), String("error")), (String("ELB003"), String("open"), String("none"))]"#
    );
    let place = |location: &Value| {
        let place = &location["physicalLocation"];
        format!(
            "{}:{}",
            place["artifactLocation"]["uri"].as_str().unwrap(),
            place["region"]["startLine"]
        )
    };
    // The line that decides is the call's argument; the resource and the variable on the way are related.
    assert_eq!(place(&results[0]["locations"][0]), "live/pr%C3%B6d/main.tf:7");
    let related: Vec<String> =
        results[0]["relatedLocations"].as_array().unwrap().iter().map(place).collect();
    assert_eq!(related, ["modules/web/main.tf:4", "modules/web/main.tf:7"]);
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(run["tool"]["driver"]["rules"][index]["id"], result["ruleId"]);
        assert_eq!(result["partialFingerprints"]["banana/v1"].as_str().unwrap().len(), 32);
    }
}

#[test]
fn fingerprints_do_not_hang_on_the_line() {
    let prints = |stage: &Stage| {
        let log = json(&stage.run(&format!("{CHECK} --format sarif")).out);
        let results = log["runs"][0]["results"].as_array().unwrap().clone();
        results.iter().map(|r| r["partialFingerprints"]["banana/v1"].clone()).collect::<Vec<_>>()
    };
    let stage = stage();
    let before = prints(&stage);
    let path = stage.path().join("modules/web/main.tf");
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, format!("# one line more\n\n{text}")).unwrap();
    assert_eq!(prints(&stage), before);
}

#[test]
fn several_at_once() {
    let stage = stage();
    let played = stage.run(&format!(
        "{CHECK} --format sarif=a.sarif --format gitlab=b.json --format junit=c.xml --format text"
    ));
    assert!(played.out.contains("module.web.aws_lb_listener.front"), "{}", played.out);
    let read =
        |name: &str| std::fs::read_to_string(stage.path().join("live/pröd").join(name)).unwrap();
    assert_eq!(json(&read("a.sarif"))["version"], "2.1.0");
    assert_eq!(json(&read("b.json"))[0]["location"]["path"], "live/pröd/main.tf");
    let junit = read("c.xml");
    assert!(junit.contains("tests=\"2\" failures=\"1\" errors=\"0\" skipped=\"1\""), "{junit}");
    let mut names: Vec<_> = std::fs::read_dir(stage.path().join("live/pröd"))
        .unwrap()
        .map(|e| e.unwrap().file_name())
        .collect();
    names.sort();
    assert_eq!(names, ["a.sarif", "b.json", "c.xml", "main.tf"]);
}

#[test]
fn lines_of_json_and_of_github() {
    let stage = stage();
    let lines = stage.run(&format!("{CHECK} --format json-lines")).out;
    let kinds: Vec<_> =
        lines.lines().map(|line| json(line)["kind"].as_str().unwrap().to_owned()).collect();
    assert_eq!(kinds, ["finding", "finding", "diagnostic", "summary"]);
    let annotations = stage.run(&format!("{CHECK} --format github")).out;
    let first = annotations.lines().next().unwrap();
    assert!(first.starts_with("::error file=live/pröd/main.tf,line=7,endLine=7,col=14,endColumn=20,title=ELB001 https-listener::"), "{first}");
}

#[test]
fn a_comment_for_a_pull_request() {
    let comment = stage().run(&format!("{CHECK} --format markdown")).out;
    insta::assert_snapshot!(comment);
}

#[test]
fn thousands_of_findings_fit_where_they_must() {
    let one = "  load_balancer_arn = \"arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/a/1\"\n  port = 80\n  protocol = \"HTTP\"\n  default_action {\n    type = \"forward\"\n    target_group_arn = \"arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/a/1\"\n  }\n";
    let many = format!("resource \"aws_lb_listener\" \"front\" {{\n  count = 1000\n{one}}}\n");
    let stage = Stage::new(&[("main.tf", &many)]);
    let comment = stage.run("check --select https-listener --format markdown").out;
    assert!(comment.chars().count() <= 65_536 && comment.contains("more rows are left out"));
    let annotations = stage.run("check --select https-listener --format github").out;
    assert_eq!(annotations.lines().count(), 11);
    assert!(annotations.ends_with("::notice::990 more findings: see the whole report\n"));
}

#[test]
fn what_cannot_be_written_leaves_nothing_behind() {
    let stage = stage();
    stage
        .run("check --format json --format sarif")
        .ends(Exit::Error)
        .says(&["--format sarif=findings.sarif"]);
    stage.run("check --format pdf").ends(Exit::Error).says(&["pdf", "sarif"]);
    stage.run("check --format sarif=").ends(Exit::Error).says(&["name a file"]);
    stage
        .run(&format!("{CHECK} --format junit=no/such/folder.xml"))
        .ends(Exit::Error)
        .says(&["folder.xml"]);
    // A repository below the stack: its module's file has no name in it.
    std::fs::create_dir_all(stage.path().join("live/pröd/.git")).unwrap();
    let played = stage.run(&format!("{CHECK} --format gitlab=b.json --format sarif=a.sarif"));
    played.ends(Exit::Error).says(&["modules/web/main.tf", "outside the repository"]);
    assert!(!stage.path().join("live/pröd/b.json").exists());
}
