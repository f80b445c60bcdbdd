//! Everything that can end a command early, folded into one type: the message, the advice, the exit code.

use crate::Exit;
use std::io;

/// Why a command stopped.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The problem was shown already.
    #[error("stopped")]
    Told(Exit),
    /// The command line, a setting or a file is wrong.
    #[error("{message}")]
    User {
        /// What and where.
        message: String,
        /// How to fix it.
        help: Option<String>,
        /// How the process ends.
        exit: Exit,
    },
    /// The reader of our output went away. Not an error.
    #[error("broken pipe")]
    BrokenPipe,
    /// Our own streams failed.
    #[error("cannot write: {0}")]
    Stream(io::Error),
}

impl Failure {
    /// A wrong argument, setting or file.
    pub fn user(message: impl Into<String>) -> Self {
        Self::User { message: message.into(), help: None, exit: Exit::Error }
    }

    /// The same with advice.
    #[must_use]
    pub fn help(self, text: impl Into<String>) -> Self {
        match self {
            Self::User { message, exit, .. } => {
                Self::User { message, help: Some(text.into()), exit }
            }
            other => other,
        }
    }

    /// The same with another exit code.
    #[must_use]
    pub fn exit(self, exit: Exit) -> Self {
        match self {
            Self::User { message, help, .. } => Self::User { message, help, exit },
            other => other,
        }
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            Self::BrokenPipe
        } else {
            Self::Stream(error)
        }
    }
}
