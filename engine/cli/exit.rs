//! Exit codes: the contract with scripts.

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// All is well.
    Ok,
    /// Findings at or above `--fail-on`, or a busted budget.
    Findings,
    /// Wrong usage, configuration or stack, or a fault of banana's.
    Error,
    /// An apply or rollout stopped part-way: journal and state are saved, the same command resumes.
    Incomplete,
    /// Somebody else holds the state's lock.
    Locked,
    /// `plan --detailed-exitcode`: there are changes.
    Changes,
    /// Ctrl-C before anything was touched.
    Interrupted,
}

impl Exit {
    /// The process's exit status.
    pub fn code(self) -> u8 {
        match self {
            Self::Ok => 0,
            Self::Findings => 1,
            Self::Error | Self::Changes => 2,
            Self::Incomplete => 3,
            Self::Locked => 4,
            Self::Interrupted => 130,
        }
    }
}
