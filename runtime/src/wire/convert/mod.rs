//! Conversions between the time types of the wire and those of other libraries.

mod std_time;
