//! The date filter: dates with wildcards, and ranges of them.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::Value;

/// Most dates, and most ranges.
const LIMIT: usize = 5;

/// Dates and ranges, any one of which is enough.
#[derive(Clone, Debug)]
pub(super) struct DateFilter {
    dates: Vec<Date>,
    ranges: Vec<(Date, Date)>,
}

/// Year, month and day; 0 stands for any.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Date {
    year: i64,
    month: i64,
    day: i64,
}

impl DateFilter {
    /// Reads and checks a `dateFilter`; the error says what is wrong.
    pub(super) fn parse(filter: &Value) -> Result<Self, &'static str> {
        let list = |name: &str| {
            filter
                .get(name)
                .and_then(Value::as_array)
                .map(Vec::as_slice)
                .unwrap_or_default()
        };
        let (dates, ranges) = (list("dates"), list("ranges"));
        if dates.len() > LIMIT || ranges.len() > LIMIT {
            return Err("more than 5 dates or ranges");
        }
        if dates.is_empty() && ranges.is_empty() {
            return Err("a date filter without dates");
        }
        Ok(Self {
            dates: dates.iter().map(Date::parse).collect::<Result<_, _>>()?,
            ranges: ranges.iter().map(range).collect::<Result<_, _>>()?,
        })
    }

    /// Whether the day of this moment (in UTC) matches.
    pub(super) fn matches(&self, time: Timestamp) -> bool {
        let date = TimeZone::UTC.to_datetime(time).date();
        let day = Date {
            year: date.year().into(),
            month: date.month().into(),
            day: date.day().into(),
        };
        // Both ends of a range have the same form: the parts that they leave open are compared as open ones.
        self.dates.iter().any(|date| day.like(*date) == *date)
            || self
                .ranges
                .iter()
                .any(|(start, end)| (*start..=*end).contains(&day.like(*start)))
    }
}

impl Date {
    fn parse(value: &Value) -> Result<Self, &'static str> {
        let part = |name: &str| value.get(name).and_then(Value::as_i64).unwrap_or(0);
        let date = Self {
            year: part("year"),
            month: part("month"),
            day: part("day"),
        };
        if !(0..=9999).contains(&date.year)
            || !(0..=12).contains(&date.month)
            || !(0..=31).contains(&date.day)
        {
            return Err("a part of a date is out of range");
        }
        match (date.year, date.month, date.day) {
            (_, 0, day) if day != 0 => Err("a day without a month"),
            (0, _, 0) => Err("a date with neither year nor day"),
            _ => Ok(date),
        }
    }

    /// This date with the same parts open as in another one.
    const fn like(self, form: Self) -> Self {
        Self {
            year: if form.year == 0 { 0 } else { self.year },
            month: if form.month == 0 { 0 } else { self.month },
            day: if form.day == 0 { 0 } else { self.day },
        }
    }
}

fn range(value: &Value) -> Result<(Date, Date), &'static str> {
    let end = |name: &str| {
        value
            .get(name)
            .ok_or("a range without both ends")
            .and_then(Date::parse)
    };
    let (start, end) = (end("startDate")?, end("endDate")?);
    if start.like(end) != start || end.like(start) != end {
        return Err("the ends of a range have different forms");
    }
    if start > end {
        return Err("a range that ends before it starts");
    }
    Ok((start, end))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn matches(filter: &Value, time: &str) -> Result<bool, &'static str> {
        Ok(DateFilter::parse(filter)?.matches(time.parse().unwrap()))
    }

    #[test]
    fn open_parts_match_anything() {
        for (date, expected) in [
            (json!({"year": 2026, "month": 5, "day": 3}), true),
            (json!({"year": 2026, "month": 5, "day": 4}), false),
            (json!({"year": 2026, "month": 5}), true),
            (json!({"year": 2026, "month": 6}), false),
            (json!({"year": 2026}), true),
            (json!({"month": 5, "day": 3}), true),
            (json!({"month": 5, "day": 2}), false),
        ] {
            assert_eq!(
                matches(&json!({"dates": [date]}), "2026-05-03T23:59:59Z"),
                Ok(expected),
                "{date}"
            );
        }
    }

    #[test]
    fn ranges_include_both_ends() {
        let months = json!({"ranges": [{"startDate": {"year": 2026, "month": 1}, "endDate": {"year": 2026, "month": 3}}]});
        for (time, expected) in [
            ("2025-12-31T23:59:59Z", false),
            ("2026-01-01T00:00:00Z", true),
            ("2026-03-31T23:59:59Z", true),
            ("2026-04-01T00:00:00Z", false),
        ] {
            assert_eq!(matches(&months, time), Ok(expected), "{time}");
        }
        let days = json!({"ranges": [{"startDate": {"month": 5, "day": 1}, "endDate": {"month": 6, "day": 1}}]});
        assert_eq!(
            matches(&days, "1999-05-31T00:00:00Z"),
            Ok(true),
            "every year"
        );
    }

    #[test]
    fn dates_that_mean_nothing_are_refused() {
        for filter in [
            json!({"dates": [{}]}),
            json!({"dates": [{"year": 2026, "day": 3}]}),
            json!({"dates": [{"month": 5}]}),
            json!({"dates": [{"year": 10_000}]}),
            json!({"dates": [{"year": 2026, "month": 13}]}),
            json!({"dates": [{"year": 2026, "month": 1, "day": 32}]}),
            json!({"dates": [{"year": -1}]}),
            json!({"dates": vec![json!({"year": 2026}); 6]}),
            json!({"ranges": [{"startDate": {"year": 2026}}]}),
            json!({"ranges": [{"startDate": {"year": 2026}, "endDate": {"year": 2026, "month": 2}}]}),
            json!({"ranges": [{"startDate": {"year": 2026}, "endDate": {"year": 2025}}]}),
            json!({}),
        ] {
            assert!(DateFilter::parse(&filter).is_err(), "{filter}");
        }
    }
}
