//! Terraform's spellings: `-var x=1`, `-var-file=f`, `-auto-approve` and so on, besides our `--` forms.

/// Long options that Terraform writes with one dash.
const LONG: [&str; 29] = [
    "auto-approve",
    "backend-config",
    "backup",
    "chdir",
    "compact-warnings",
    "destroy",
    "detailed-exitcode",
    "dry-run",
    "exclude",
    "force",
    "help",
    "id",
    "input",
    "json",
    "lock",
    "lock-timeout",
    "no-color",
    "out",
    "parallelism",
    "refresh",
    "refresh-only",
    "replace",
    "state",
    "state-out",
    "target",
    "var",
    "var-file",
    "version",
    "workspace",
];

/// Gives each of Terraform's one-dash options its second dash. What follows `--` is left alone.
pub(crate) fn normalise(arguments: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut literal = false;
    let mut normal = Vec::new();
    for argument in arguments {
        literal |= argument == "--";
        let name = argument.strip_prefix('-').filter(|rest| !literal && !rest.starts_with('-'));
        let known = name.is_some_and(|rest| LONG.contains(&rest.split('=').next().unwrap_or(rest)));
        normal.push(if known { format!("-{argument}") } else { argument });
    }
    normal
}

#[cfg(test)]
mod tests {
    use super::*;

    fn normal(line: &str) -> String {
        normalise(line.split(' ').map(str::to_owned)).join(" ")
    }

    #[test]
    fn terraforms_dashes_become_ours() {
        assert_eq!(
            normal("plan -var a=-1 -var-file=x -out=p"),
            "plan --var a=-1 --var-file=x --out=p"
        );
        assert_eq!(normal("check --var a=1 -q -- -var"), "check --var a=1 -q -- -var");
    }
}
