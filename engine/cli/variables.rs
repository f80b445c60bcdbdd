//! `--var` and `--var-file`, in the order of the command line: the later one wins, whichever it is.

use clap::{Arg, ArgAction, ArgMatches, Args, Command, Error, FromArgMatches, value_parser};
use std::path::PathBuf;

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Variable {
    /// `--var NAME=VALUE`, as written.
    Text(String),
    /// `--var-file FILE`
    File(PathBuf),
}

/// All of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Variables(pub(crate) Vec<Variable>);

impl Args for Variables {
    fn augment_args(command: Command) -> Command {
        let var = Arg::new("var")
            .long("var")
            .value_name("NAME=VALUE")
            .help("Set a variable")
            .allow_hyphen_values(true);
        let file = Arg::new("var_file")
            .long("var-file")
            .value_name("FILE")
            .help("Read variables from a file")
            .value_parser(value_parser!(PathBuf));
        command.arg(var.action(ArgAction::Append)).arg(file.action(ArgAction::Append))
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for Variables {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        let places = |name| matches.indices_of(name).into_iter().flatten();
        let texts = matches.get_many::<String>("var").into_iter().flatten();
        let files = matches.get_many::<PathBuf>("var_file").into_iter().flatten();
        let texts = places("var").zip(texts.cloned().map(Variable::Text));
        let files = places("var_file").zip(files.cloned().map(Variable::File));
        let mut all: Vec<(usize, Variable)> = texts.chain(files).collect();
        all.sort_by_key(|(place, _)| *place);
        Ok(Self(all.into_iter().map(|(_, variable)| variable).collect()))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_of_the_command_line_is_kept() {
        let command = Variables::augment_args(Command::new("banana"));
        let line = "banana --var a=-1 --var-file=x --var b=2 --var-file y --var c=3";
        let matches = command.try_get_matches_from(line.split(' ')).unwrap();
        let (text, file) = (|t: &str| Variable::Text(t.into()), |f: &str| Variable::File(f.into()));
        assert_eq!(
            Variables::from_arg_matches(&matches).unwrap().0,
            [text("a=-1"), file("x"), text("b=2"), file("y"), text("c=3")]
        );
    }
}
