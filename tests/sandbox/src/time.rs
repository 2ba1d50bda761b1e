//! The calendar: ISO and HTTP dates, and where a leaderboard's cycle starts.

/// A day in milliseconds.
pub const DAY: i64 = 86_400_000;

/// As far from 1970 as a moment may be: a JavaScript `Date` reaches no further either.
const FARTHEST: i64 = 100_000_000 * DAY;

/// A calendar date and time of day, UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Civil {
    /// The year.
    pub year: i64,
    /// The month, from 1.
    pub month: i64,
    /// The day of the month, from 1.
    pub day: i64,
    /// Milliseconds since midnight.
    pub ms: i64,
}

/// Splits Unix milliseconds into date and time of day.
// Howard Hinnant's civil_from_days, with eras of 400 years.
pub fn civil(unix_ms: i64) -> Civil {
    let days = unix_ms.div_euclid(DAY) + 719_468;
    let era = days.div_euclid(146_097);
    let doe = days.rem_euclid(146_097);
    let yoe = (doe - doe / 1_460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let month = if mp < 10 { mp + 3 } else { mp - 9 };
    Civil {
        year: yoe + era * 400 + i64::from(month <= 2),
        month,
        day: doy - (153 * mp + 2) / 5 + 1,
        ms: unix_ms.rem_euclid(DAY),
    }
}

/// Unix milliseconds of midnight of that date.
pub fn midnight(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let yoe = year.rem_euclid(400);
    let mp = if month > 2 { month - 3 } else { month + 9 };
    let doe = yoe * 365 + yoe / 4 - yoe / 100 + (153 * mp + 2) / 5 + day - 1;
    (era * 146_097 + doe - 719_468) * DAY
}

/// ISO 8601, UTC, with milliseconds and Z, as recorded.
pub fn iso(unix_ms: i64) -> String {
    let c = civil(unix_ms);
    let (h, m, s, ms) = clock(c.ms);
    format!(
        "{:04}-{:02}-{:02}T{h:02}:{m:02}:{s:02}.{ms:03}Z",
        c.year, c.month, c.day
    )
}

/// The form of the `Date` header.
pub fn http_date(unix_ms: i64) -> String {
    const DAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
    const MONTHS: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    let c = civil(unix_ms);
    let (h, m, s, _) = clock(c.ms);
    let weekday = DAYS[unix_ms.div_euclid(DAY).rem_euclid(7) as usize];
    let month = MONTHS[(c.month - 1) as usize];
    format!(
        "{weekday}, {:02} {month} {:04} {h:02}:{m:02}:{s:02} GMT",
        c.day, c.year
    )
}

fn clock(ms: i64) -> (i64, i64, i64, i64) {
    (
        ms / 3_600_000,
        ms / 60_000 % 60,
        ms / 1_000 % 60,
        ms % 1_000,
    )
}

/// A moment of a query: Unix milliseconds or seconds, or an ISO date with or
/// without a time. All of these are sent by existing clients.
pub fn parse(text: &str) -> Option<i64> {
    if let Ok(number) = text.parse::<i64>() {
        // Seconds stay below this until the year 5138; milliseconds have been
        // above it since 1973.
        let seconds = (-100_000_000_000..100_000_000_000).contains(&number);
        let at = if seconds { number * 1_000 } else { number };
        return (-FARTHEST..=FARTHEST).contains(&at).then_some(at);
    }
    let (date, time) = text.split_once('T').unwrap_or((text, "00:00"));
    let mut parts = date.splitn(3, '-').map(digits);
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    if !(1..=9999).contains(&year) || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    let at = midnight(year, month, day);
    // The 31st of a short month would slide into the next one.
    (civil(at).day == day).then_some(at + time_of_day(time.strip_suffix('Z').unwrap_or(time))?)
}

/// The midnight of a date that has no time.
pub fn parse_day(text: &str) -> Option<i64> {
    parse(text).filter(|_| text.len() == 10 && text.contains('-'))
}

/// A moment by RFC 3339, with its offset from UTC.
pub fn parse_rfc3339(text: &str) -> Option<i64> {
    let (date, time) = text.split_once('T')?;
    let (time, offset) = match time.strip_suffix('Z') {
        Some(time) => (time, 0),
        None => {
            let at = time.rfind(['+', '-'])?;
            let ahead = if time[at..].starts_with('+') { 1 } else { -1 };
            (&time[..at], ahead * time_of_day(&time[at + 1..])?)
        }
    };
    Some(parse(&format!("{date}T{time}"))? - offset)
}

fn time_of_day(text: &str) -> Option<i64> {
    let (hms, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let mut parts = hms.splitn(3, ':').map(digits);
    let (h, m) = (parts.next()??, parts.next()??);
    let s = parts.next().unwrap_or(Some(0))?;
    digits(fraction)?;
    let ms = digits(&format!("{fraction}00").chars().take(3).collect::<String>())?;
    let valid = h < 24 && m < 60 && s < 60;
    valid.then_some(((h * 60 + m) * 60 + s) * 1_000 + ms)
}

fn digits(text: &str) -> Option<i64> {
    let all = !text.is_empty() && text.len() <= 9 && text.bytes().all(|b| b.is_ascii_digit());
    if all { text.parse().ok() } else { None }
}

/// The cycles of a leaderboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cycle {
    /// Since ever.
    Alltime,
    /// Since midnight.
    Daily,
    /// Since Monday.
    Weekly,
    /// Since the first of the month.
    Monthly,
    /// Since New Year.
    Yearly,
}

impl Cycle {
    /// All of them.
    pub const ALL: [Cycle; 5] = [
        Cycle::Alltime,
        Cycle::Daily,
        Cycle::Weekly,
        Cycle::Monthly,
        Cycle::Yearly,
    ];

    /// Its name on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Cycle::Alltime => "alltime",
            Cycle::Daily => "daily",
            Cycle::Weekly => "weekly",
            Cycle::Monthly => "monthly",
            Cycle::Yearly => "yearly",
        }
    }

    /// One of it, as the text of a limit names it.
    pub fn unit(self) -> &'static str {
        match self {
            Cycle::Alltime => "game",
            Cycle::Daily => "day",
            Cycle::Weekly => "week",
            Cycle::Monthly => "month",
            Cycle::Yearly => "year",
        }
    }

    /// The cycle of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|c| c.name() == name)
    }

    /// When the cycle around that moment started.
    pub fn start(self, unix_ms: i64) -> i64 {
        let c = civil(unix_ms);
        let today = unix_ms - c.ms;
        match self {
            Cycle::Alltime => 0,
            Cycle::Daily => today,
            // The epoch was a Thursday, three days after a Monday.
            Cycle::Weekly => today - (today.div_euclid(DAY) + 3).rem_euclid(7) * DAY,
            Cycle::Monthly => midnight(c.year, c.month, 1),
            Cycle::Yearly => midnight(c.year, 1, 1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_go_both_ways() {
        for (text, ms) in [
            ("1970-01-01T00:00:00.000Z", 0),
            ("2000-02-29T23:59:59.999Z", 951_868_799_999),
            ("2016-07-14T09:05:03.007Z", 1_468_487_103_007),
            ("2026-11-21T08:00:00.000Z", 1_795_248_000_000),
        ] {
            assert_eq!(iso(ms), text);
            assert_eq!(parse(text), Some(ms));
        }
        assert_eq!(http_date(784_111_777_000), "Sun, 06 Nov 1994 08:49:37 GMT");
    }

    #[test]
    fn moments_are_read_in_every_form_that_clients_send() {
        assert_eq!(parse("0"), Some(0));
        assert_eq!(parse("1468487103"), Some(1_468_487_103_000));
        assert_eq!(parse("1468487103007"), Some(1_468_487_103_007));
        assert_eq!(parse("2016-07-14"), Some(midnight(2016, 7, 14)));
        for wrong in [
            "",
            "yesterday",
            "2016-13-01",
            "2016-02-30",
            "2016-07-14T25:00",
            "2016-07-14T1:2:3.x",
        ] {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_moment_has_its_cycles_however_far_away_it_is() {
        for number in [i64::MIN, -FARTHEST - 1, FARTHEST + 1, i64::MAX] {
            assert_eq!(parse(&number.to_string()), None, "{number}");
        }
        for farthest in [-FARTHEST, FARTHEST] {
            let at = parse(&farthest.to_string()).unwrap();
            for cycle in Cycle::ALL {
                let around = cycle.start(at)..=cycle.start(at) + 366 * DAY;
                assert!(cycle == Cycle::Alltime || around.contains(&at), "{cycle:?}");
            }
        }
    }

    #[test]
    fn offsets_from_utc_are_taken_off() {
        for (text, same) in [
            ("2016-07-14T10:00:00+02:00", "2016-07-14T08:00:00Z"),
            ("2016-07-14T23:30:00-01:00", "2016-07-15T00:30:00Z"),
            ("2016-07-14T08:00:00.500Z", "2016-07-14T08:00:00.500Z"),
        ] {
            assert_eq!(parse_rfc3339(text), parse(same), "{text}");
            assert!(parse(same).is_some());
        }
        assert_eq!(parse_day("2016-07-14"), parse("2016-07-14T00:00:00Z"));
        assert_eq!(parse_day("2016-07-14T00:00:00Z"), None);
        for wrong in [
            "",
            "1468487103",
            "2016-07-14T10:00:00",
            "2016-07-14T10:00+x",
        ] {
            assert_eq!(parse_rfc3339(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn cycles_start_where_the_calendar_says() {
        let friday = parse("2016-07-15T10:00:00Z").unwrap();
        for (cycle, start) in [
            (Cycle::Alltime, "1970-01-01"),
            (Cycle::Daily, "2016-07-15"),
            (Cycle::Weekly, "2016-07-11"),
            (Cycle::Monthly, "2016-07-01"),
            (Cycle::Yearly, "2016-01-01"),
        ] {
            assert_eq!(cycle.start(friday), parse(start).unwrap(), "{cycle:?}");
        }
        let monday = parse("2016-07-11").unwrap();
        assert_eq!(Cycle::Weekly.start(monday), monday);
        assert_eq!(Cycle::Weekly.start(monday - 1), monday - 7 * DAY);
    }
}
