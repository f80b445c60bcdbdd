//! A time as RFC 3339 writes it, with the offset it was given in. Years may grow past four digits when time is added.

use std::cmp::Ordering;
use std::fmt;

/// A time of day on a day, in some offset from UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::functions) struct Moment {
    pub(super) year: i64,
    pub(super) month: i64,
    pub(super) day: i64,
    pub(super) hour: i64,
    pub(super) minute: i64,
    pub(super) second: i64,
    /// Nanoseconds of the second.
    nanos: i64,
    /// Seconds east of UTC.
    pub(super) offset: i64,
}

impl Moment {
    /// Reads `2006-01-02T15:04:05Z`, with an optional fraction of a second and an offset such as `-07:00`.
    pub(in crate::functions) fn read(text: &str) -> Result<Self, String> {
        parse(text).ok_or_else(|| format!("`{text}` is not a time such as `2006-01-02T15:04:05Z`"))
    }

    /// Seconds since 1970 in UTC.
    fn seconds(&self) -> i64 {
        let day = days_since_epoch(self.year, self.month, self.day);
        day * 86_400 + self.hour * 3_600 + self.minute * 60 + self.second - self.offset
    }

    /// This many nanoseconds later, in the same offset.
    pub(super) fn plus(&self, nanos: i64) -> Option<Self> {
        let total = self.nanos.checked_add(nanos.rem_euclid(1_000_000_000))?;
        let seconds =
            self.seconds() + self.offset + nanos.div_euclid(1_000_000_000) + total / 1_000_000_000;
        let (day, within) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
        let (year, month, day) = date_of(day);
        Some(Self {
            year,
            month,
            day,
            hour: within / 3_600,
            minute: within / 60 % 60,
            second: within % 60,
            nanos: total % 1_000_000_000,
            offset: self.offset,
        })
    }

    pub(super) fn order(&self, other: &Self) -> Ordering {
        (self.seconds(), self.nanos).cmp(&(other.seconds(), other.nanos))
    }

    /// 0 is Sunday.
    pub(super) fn weekday(&self) -> i64 {
        // 1970-01-01 was a Thursday.
        (days_since_epoch(self.year, self.month, self.day) + 4).rem_euclid(7)
    }

    /// `Z` or the offset.
    pub(super) fn zone(&self) -> String {
        if self.offset == 0 { "Z".to_owned() } else { self.offset_text(":") }
    }

    /// `+0100` or `+01:00`.
    pub(super) fn offset_text(&self, separator: &str) -> String {
        let sign = if self.offset < 0 { '-' } else { '+' };
        let minutes = self.offset.abs() / 60;
        format!("{sign}{:02}{separator}{:02}", minutes / 60, minutes % 60)
    }
}

/// RFC 3339 without the fraction of a second, as Go's layout of that name prints it.
impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { year, month, day, hour, minute, second, .. } = self;
        write!(f, "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{}", self.zone())
    }
}

fn parse(text: &str) -> Option<Moment> {
    let number = |from: usize, length: usize, least: i64, most: i64| {
        let digits = text.get(from..from + length)?;
        let value: i64 =
            digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse().ok())??;
        (least..=most).contains(&value).then_some(value)
    };
    let separators = [(4, '-'), (7, '-'), (10, 'T'), (13, ':'), (16, ':')];
    let apart = |(at, c): (usize, char)| text.get(at..at + 1) == Some(c.encode_utf8(&mut [0; 4]));
    if !separators.into_iter().all(apart) {
        return None;
    }
    let (year, month) = (number(0, 4, 0, 9999)?, number(5, 2, 1, 12)?);
    let day = number(8, 2, 1, days_in(year, month))?;
    let rest = text.get(19..)?;
    let fraction = rest.strip_prefix('.').map_or("", |after| {
        let end = after.find(|c: char| !c.is_ascii_digit()).unwrap_or(after.len());
        after.get(..end).unwrap_or("")
    });
    let zone_at = if rest.starts_with('.') {
        if fraction.is_empty() {
            return None;
        }
        20 + fraction.len()
    } else {
        19
    };
    let nanos: String = fraction.chars().chain(std::iter::repeat('0')).take(9).collect();
    let offset = match text.get(zone_at..)? {
        "Z" => 0,
        zone if zone.len() == 6 && zone.is_ascii() && zone.get(3..4) == Some(":") => {
            let seconds =
                (number(zone_at + 1, 2, 0, 23)? * 60 + number(zone_at + 4, 2, 0, 59)?) * 60;
            match zone.get(..1)? {
                "+" => seconds,
                "-" => -seconds,
                _ => return None,
            }
        }
        _ => return None,
    };
    Some(Moment {
        year,
        month,
        day,
        hour: number(11, 2, 0, 23)?,
        minute: number(14, 2, 0, 59)?,
        second: number(17, 2, 0, 59)?,
        nanos: nanos.parse().ok()?,
        offset,
    })
}

fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

fn days_in(year: i64, month: i64) -> i64 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days from 1970-01-01 in the Gregorian calendar; years start in March, so that the leap day is the last.
fn days_since_epoch(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

fn date_of(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    (year + era * 400 + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_dates_are_each_others_inverse() {
        for day in (-800_000..800_000).step_by(37) {
            let (year, month, of_month) = date_of(day);
            assert_eq!(days_since_epoch(year, month, of_month), day);
            assert!((1..=days_in(year, month)).contains(&of_month));
        }
        assert_eq!(date_of(0), (1970, 1, 1));
    }

    #[test]
    fn only_strict_times_are_read() {
        for wrong in [
            "2017-11-22t00:00:00z",
            "2017-02-29T00:00:00Z",
            "2017-11-22T24:00:00Z",
            "2017-11-22T00:00:00",
            "2017-11-22T00:00:00.Z",
            "2017-11-22T00:00:00+24:00",
            "é017-11-22T00:00:00Z",
        ] {
            assert!(Moment::read(wrong).is_err(), "{wrong}");
        }
        assert!(Moment::read("2016-02-29T23:59:59.123456789012-07:30").is_ok());
    }
}
