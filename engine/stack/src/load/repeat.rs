//! `count` and `for_each`, as resources, data sources and module calls have them.

use super::body::{Content, Expression};
use syntax::Report;

/// How often something stands.
#[derive(Clone, Debug)]
pub(crate) enum Repeat {
    /// Once.
    Once,
    /// `count = …`
    Count(Expression),
    /// `for_each = …`
    ForEach(Expression),
}

impl Repeat {
    /// Takes `count` and `for_each` out of a body; both at once is a report.
    pub(crate) fn take(content: &mut Content, reports: &mut Vec<Report>) -> Self {
        match (content.take("count"), content.take("for_each")) {
            (Some(count), Some(each)) => {
                let report = Report::error(
                    "count-and-for-each",
                    "`count` and `for_each` exclude each other",
                )
                .at(each.span(), "`for_each` here")
                .also(count.span(), "`count` here");
                reports.push(report.help("keep one of them"));
                Self::ForEach(each)
            }
            (Some(count), None) => Self::Count(count),
            (None, Some(each)) => Self::ForEach(each),
            (None, None) => Self::Once,
        }
    }

    /// The expression that decides.
    pub(crate) fn expression(&self) -> Option<&Expression> {
        match self {
            Self::Once => None,
            Self::Count(e) | Self::ForEach(e) => Some(e),
        }
    }
}
