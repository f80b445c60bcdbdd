//! Demand as it was: a CSV of times and requests.

use super::clock::MINUTES;
use super::shape::Shape;

/// Requests at even steps of time.
#[derive(Clone, Debug, PartialEq)]
pub struct Trace {
    /// Seconds between two rows.
    interval: i64,
    /// Requests a second, row by row.
    rates: Vec<f64>,
    /// Rows that were missing and are drawn as straight lines.
    pub filled: usize,
}

/// What is wrong with a trace, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {message}")]
pub struct TraceError {
    /// From 1.
    pub line: usize,
    /// What is wrong: lower case, no final period.
    pub message: String,
}

/// Missing rows in a row that are drawn as a straight line; more are a gap.
const BRIDGED: i64 = 3;
/// Rows at most: a year of minutes.
const MOST: usize = 527_040;

impl Trace {
    /// Reads `time,value` rows after a heading. A time is `2014-04-10 00:04:00` (UTC, `T` and `Z` allowed) or seconds since 1970; a value is
    /// the number of requests from then to the next row, as CloudWatch's `Sum` of `RequestCount`.
    pub fn read(text: &str) -> Result<Self, TraceError> {
        let error = |line: usize, message: String| TraceError { line, message };
        let mut rows: Vec<(i64, f64, usize)> = Vec::new();
        for (line, row) in (1..).zip(text.lines()) {
            if row.trim().is_empty() || (line == 1 && heading(row)) {
                continue;
            }
            let (time, value) = row
                .split_once(',')
                .ok_or_else(|| error(line, "there is no comma between time and value".into()))?;
            let time = seconds(time.trim())
                .ok_or_else(|| error(line, format!("{} is not a time", syntax::quoted(time))))?;
            let value: f64 =
                value.trim().parse().ok().filter(|value: &f64| value.is_finite()).ok_or_else(
                    || error(line, format!("{} is not a number", syntax::quoted(value))),
                )?;
            if !(0.0..=1e12).contains(&value) {
                return Err(error(line, format!("{value} requests are too few or too many")));
            }
            if rows.last().is_some_and(|(before, ..)| *before >= time) {
                return Err(error(line, "its time is not after that of the row before".into()));
            }
            rows.push((time, value, line));
            if rows.len() > MOST {
                return Err(error(line, format!("a trace has {MOST} rows at most")));
            }
        }
        Self::even(&rows)
    }

    /// Rows brought to even steps, the most usual one of theirs.
    fn even(rows: &[(i64, f64, usize)]) -> Result<Self, TraceError> {
        let mut steps: Vec<i64> =
            rows.windows(2).filter_map(|w| Some(w.get(1)?.0 - w.first()?.0)).collect();
        steps.sort_unstable();
        let usual = |(best, most): (i64, usize), run: &[i64]| {
            if run.len() > most {
                (run.first().copied().unwrap_or(best), run.len())
            } else {
                (best, most)
            }
        };
        let (interval, count) = steps.chunk_by(|a, b| a == b).fold((0, 0), usual);
        if count == 0 {
            return Err(TraceError { line: 1, message: "a trace has two rows at least".into() });
        }
        #[expect(clippy::cast_precision_loss, reason = "steps are short")]
        let rate = |value: f64| value / interval as f64;
        let (mut rates, mut filled) = (Vec::with_capacity(rows.len()), 0);
        for pair in rows.windows(2) {
            let [(from, value, _), (to, next, line)] = pair else { continue };
            let missing = (to - from) / interval - 1;
            if (to - from) % interval != 0 || missing > BRIDGED {
                let gap = to - from;
                let message = format!(
                    "{gap} seconds after the row before, where the others are {interval} apart: a gap; at most {BRIDGED} missing rows are filled"
                );
                return Err(TraceError { line: *line, message });
            }
            for step in 0..=missing {
                #[expect(clippy::cast_precision_loss, reason = "at most three are filled")]
                let share = step as f64 / (missing + 1) as f64;
                rates.push(rate(value + (next - value) * share));
                filled += usize::from(step > 0);
            }
        }
        rates.extend(rows.last().map(|(_, value, _)| rate(*value)));
        if rates.iter().all(|rate| *rate <= 0.0) {
            return Err(TraceError { line: 1, message: "there is no demand in it".into() });
        }
        Ok(Self { interval, rates, filled })
    }

    /// Requests a second over the first month of it, or over all of it again and again until a month is full.
    pub fn mean(&self) -> f64 {
        self.minutes().sum::<f64>() / f64::from(MINUTES)
    }

    /// Its shape: the month starts with the first row, and a short trace starts over.
    pub fn shape(&self) -> Shape {
        Shape::of(self.minutes())
    }

    fn minutes(&self) -> impl Iterator<Item = f64> + Clone {
        let length = self.rates.len().max(1);
        (0..i64::from(MINUTES)).map(move |minute| {
            let row = usize::try_from(minute * 60 / self.interval).unwrap_or(0) % length;
            self.rates.get(row).copied().unwrap_or_default()
        })
    }
}

fn heading(row: &str) -> bool {
    row.split(',').next().is_some_and(|time| seconds(time.trim()).is_none())
}

/// Seconds since 1970 of `2014-04-10 00:04:00`, or of a number of them.
fn seconds(text: &str) -> Option<i64> {
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return text.parse().ok();
    }
    let (date, time) = text.split_once([' ', 'T'])?;
    let numbers = |text: &str, mark: char| -> Option<Vec<i64>> {
        text.split(mark).map(|part| part.parse().ok().filter(|n| *n >= 0)).collect()
    };
    let time = time.trim_end_matches('Z');
    let (date, time) = (numbers(date, '-')?, numbers(time.split('.').next()?, ':')?);
    let ([year, month, day], [hour, minute, rest @ ..]) = (date.as_slice(), time.as_slice()) else {
        return None;
    };
    let second = rest.first().copied().unwrap_or(0);
    let valid = (1970..=9999).contains(year)
        && (1..=12).contains(month)
        && (1..=31).contains(day)
        && (0..24).contains(hour)
        && (0..60).contains(minute)
        && (0..=60).contains(&second)
        && rest.len() < 2;
    valid.then(|| days(*year, *month, *day) * 86_400 + hour * 3600 + minute * 60 + second)
}

/// Days since 1970 of a date of the Gregorian calendar, counted from March so that leap days come last.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    365 * year + year / 4 - year / 100 + year / 400 + of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read() {
        assert_eq!(seconds("1970-01-01 00:00:00"), Some(0));
        assert_eq!(seconds("2014-04-10 00:04:00"), Some(1_397_088_240));
        assert_eq!(seconds("2000-02-29T12:00:30Z"), Some(951_825_630));
        assert_eq!(seconds("1397088240"), Some(1_397_088_240));
        for text in ["", "timestamp", "2014-13-01 00:00:00", "2014-04-10", "2014-04-10 25:00"] {
            assert_eq!(seconds(text), None, "{text}");
        }
    }

    #[test]
    fn requests_of_an_interval_become_a_rate_and_short_holes_are_filled() {
        let trace = Trace::read(
            "timestamp,value\n2014-04-10 00:00:00,300\n2014-04-10 00:05:00,600\n2014-04-10 00:10:00,300\n2014-04-10 00:20:00,900\n",
        )
        .unwrap();
        assert_eq!(trace.rates, [1.0, 2.0, 1.0, 2.0, 3.0]);
        assert_eq!((trace.interval, trace.filled), (300, 1));
        assert_eq!(
            trace.minutes().take(12).collect::<Vec<_>>()[..7],
            [1.0, 1.0, 1.0, 1.0, 1.0, 2.0, 2.0]
        );
        // 25 minutes of it, 1,752 times.
        assert!((trace.mean() - 1.8).abs() < 1e-12);
    }

    #[test]
    fn what_is_wrong_is_said_with_its_line() {
        let said: Vec<String> = [
            "",
            "t,v\n0,1\n",
            "0,1\n300,x\n",
            "0,1\n300 1\n",
            "0,1\n300,-4\n",
            "0,1\n300,inf\n",
            "0,1\n300,1\n300,1\n",
            "0,1\n300,1\n600,1\n9000,1\n",
            "0,1\n300,1\n600,1\n1000,1\n",
            "0,0\n300,0\n",
            "0,1\nnoon,1\n",
        ]
        .iter()
        .map(|text| Trace::read(text).unwrap_err().to_string())
        .collect();
        insta::assert_snapshot!(said.join("\n"), @r"
        line 1: a trace has two rows at least
        line 1: a trace has two rows at least
        line 2: `x` is not a number
        line 2: there is no comma between time and value
        line 2: -4 requests are too few or too many
        line 2: `inf` is not a number
        line 3: its time is not after that of the row before
        line 4: 8400 seconds after the row before, where the others are 300 apart: a gap; at most 3 missing rows are filled
        line 4: 400 seconds after the row before, where the others are 300 apart: a gap; at most 3 missing rows are filled
        line 1: there is no demand in it
        line 2: `noon` is not a time
        ");
    }
}
