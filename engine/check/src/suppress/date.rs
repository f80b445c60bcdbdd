//! Days as people write them: `2027-01-31`.

/// True when the calendar has this day.
pub(super) fn is_day(text: &str) -> bool {
    let form = text.len() == 10
        && text.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    let number = |from: usize, to: usize| text.get(from..to).and_then(|part| part.parse().ok());
    let (Some(year), Some(month), Some(day)) = (number(0, 4), number(5, 7), number(8, 10)) else {
        return false;
    };
    form && (1..=days(year, month)).contains(&day)
}

/// How many days a month has; none when there is no such month.
fn days(year: u32, month: u32) -> u32 {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::is_day;

    #[test]
    fn the_calendar() {
        for day in ["2027-01-31", "2028-02-29", "2000-02-29", "2027-12-31"] {
            assert!(is_day(day), "{day}");
        }
        for no_day in [
            "2027-02-29",
            "1900-02-29",
            "2027-13-01",
            "2027-00-10",
            "2027-04-31",
            "2027-1-31",
            "31-01-2027",
            "2027/01/31",
            "soon",
            "",
            "2027-01-3é",
            "+027-01-31",
        ] {
            assert!(!is_day(no_day), "{no_day}");
        }
    }
}
