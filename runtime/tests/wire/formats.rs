//! The forms of numbers, bytes and masks: which are read as what, and which are rejected.

use discovery_runtime::wire::Wire;
use discovery_runtime::{Bytes, FieldMask, Value};
use serde::de::value::{Error as ValueError, MapDeserializer};

fn read<T: Wire>(json: &str) -> Option<T> {
    T::decode(&mut serde_json::Deserializer::from_str(json)).ok()
}

#[test]
fn integers_of_64_bits() {
    for (json, value) in [
        (r#""12""#, Some(12)),
        ("12", Some(12)),
        ("-12", Some(-12)),
        ("1.0", Some(1)),
        ("1e3", Some(1000)),
        ("-0", Some(0)),
        (r#""-0""#, Some(0)),
        (r#""007""#, Some(7)),
        (r#""9223372036854775807""#, Some(i64::MAX)),
        (r#""-9223372036854775808""#, Some(i64::MIN)),
        ("9223372036854775807", Some(i64::MAX)),
        ("9223372036854775808", None),
        (r#""9223372036854775808""#, None),
        (r#""-9223372036854775809""#, None),
        (r#""340282366920938463463374607431768211456""#, None),
        // A double above 2^53 may stand for another integer than the one that was meant.
        ("1e16", None),
        ("1.5", None),
        (r#""1.5""#, None),
        (r#""1e3""#, None),
        (r#""+1""#, None),
        (r#"" 1""#, None),
        (r#""1 ""#, None),
        (r#""""#, None),
        (r#""-""#, None),
        (r#""0x1""#, None),
        (r#""١""#, None),
        ("true", None),
        ("[1]", None),
        ("{}", None),
        ("null", None),
    ] {
        assert_eq!(read::<i64>(json), value, "{json}");
    }
    assert_eq!(read::<u64>(r#""18446744073709551615""#), Some(u64::MAX));
    assert_eq!(read::<u64>("18446744073709551615"), Some(u64::MAX));
    assert_eq!(read::<u64>(r#""18446744073709551616""#), None);
    assert_eq!(read::<u64>("-1"), None);
    assert_eq!(read::<u64>(r#""-0""#), Some(0));
}

#[test]
fn integers_of_32_bits() {
    assert_eq!(read::<i32>("-2147483648"), Some(i32::MIN));
    assert_eq!(read::<i32>("2147483648"), None);
    assert_eq!(read::<u32>("4294967295"), Some(u32::MAX));
    assert_eq!(read::<u32>("4294967296"), None);
    assert_eq!(read::<u32>("-1"), None);
    assert_eq!(read::<i32>(r#""5""#), Some(5));
}

#[test]
fn floats_are_read_from_numbers_and_names() {
    for (json, value) in [
        ("1", Some(1.0)),
        ("-1", Some(-1.0)),
        ("0.1", Some(0.1)),
        ("18446744073709551615", Some(18_446_744_073_709_551_615.0)),
        (r#""2.5""#, Some(2.5)),
        (r#""1e3""#, Some(1000.0)),
        (r#""Infinity""#, Some(f64::INFINITY)),
        (r#""-Infinity""#, Some(f64::NEG_INFINITY)),
        ("1e999", None),
        (r#""1e999""#, None),
        (r#""-inf""#, None),
        (r#""inf""#, None),
        (r#""-nan""#, None),
        (r#""nan""#, None),
        (r#""+1""#, None),
        (r#"".5""#, None),
        (r#""""#, None),
        ("true", None),
    ] {
        assert_eq!(read::<f64>(json), value, "{json}");
    }
    assert!(read::<f64>(r#""NaN""#).is_some_and(f64::is_nan));
    assert!(read::<f32>(r#""NaN""#).is_some_and(f32::is_nan));
    assert_eq!(
        serde_json::to_string(&Encoded(f64::NAN)).unwrap(),
        r#""NaN""#
    );
    assert_eq!(
        serde_json::to_string(&Encoded(f32::NEG_INFINITY)).unwrap(),
        r#""-Infinity""#
    );
    // As a double it lies halfway between two numbers of single precision.
    assert_eq!(read::<f32>("7.038531e-26"), Some(7.038_531e-26));
    assert_eq!(read::<f32>(r#""-7.038531e-26""#), Some(-7.038_531e-26));
    // What single precision cannot hold is rejected, not made infinite.
    assert_eq!(read::<f32>("1e39"), None);
    assert_eq!(read::<f32>("0.1"), Some(0.1));
    assert_eq!(read::<f32>(r#""-Infinity""#), Some(f32::NEG_INFINITY));
}

/// A value in its form on the wire.
struct Encoded<T>(T);

impl<T: Wire> serde::Serialize for Encoded<T> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0
            .encode(discovery_runtime::wire::Purpose::Storage, serializer)
    }
}

#[test]
fn bytes_are_read_from_both_base64_alphabets_and_written_in_that_of_urls() {
    let value = Bytes::from(&[0xfb, 0xef, 0xff, 0xff, 0xff]);
    for text in ["++////8=", "++////8", "--____8=", "--____8"] {
        assert_eq!(
            read(&format!("\"{text}\"")).as_ref(),
            Some(&value),
            "{text}"
        );
    }
    // https://developers.google.com/discovery/v1/type-format: `byte` is the alphabet of URLs.
    assert_eq!(serde_json::to_string(&value).unwrap(), r#""--____8=""#);
    assert_eq!(read(r#""""#), Some(Bytes::new()));
    // The last character carries bits that belong to no byte.
    assert_eq!(read(r#""AB==""#), Some(Bytes::from(&[0])));
    for text in [
        "+_==",
        "A",
        "AAAA A",
        "AA==AA==",
        "AA===",
        "=",
        "AAAA\\n",
        "é",
        "AA\\u0000A",
    ] {
        assert_eq!(read::<Bytes>(&format!("\"{text}\"")), None, "{text}");
    }
    assert_eq!(read::<Bytes>("[1, 2]"), None);
    assert_eq!(format!("{:?}", Bytes::from("a secret")), "Bytes(8 bytes)");
}

#[test]
fn strings_and_booleans_are_not_converted() {
    assert_eq!(read::<String>("1"), None);
    assert_eq!(read::<String>("true"), None);
    assert_eq!(
        read::<String>(r#""\u0000\ud83d\ude00""#).as_deref(),
        Some("\0😀")
    );
    assert_eq!(read::<String>(r#""\ud83d""#), None);
    assert_eq!(read::<bool>("false"), Some(false));
    assert_eq!(read::<bool>("0"), None);
    assert_eq!(read::<bool>(r#""true""#), None);
}

#[test]
fn masks_are_read_and_written() {
    let mask = FieldMask::from("title, coverPhoto.mediaItemId,,labels.`a,b.c`,");
    assert_eq!(
        mask.iter().collect::<Vec<_>>(),
        ["title", "coverPhoto.mediaItemId", "labels.`a,b.c`"]
    );
    assert_eq!(
        mask.to_string(),
        "title,coverPhoto.mediaItemId,labels.`a,b.c`"
    );
    assert_eq!(
        read::<FieldMask>(r#""title,coverPhoto.mediaItemId,labels.`a,b.c`""#),
        Some(mask.clone())
    );
    assert!(mask.contains("title"));
    assert!(!mask.contains("coverPhoto"));
    assert_eq!(mask.len(), 3);

    let mut mask = FieldMask::new();
    assert!(mask.is_empty());
    assert_eq!(mask.to_string(), "");
    mask.push("a");
    mask.push("b_c,d");
    mask.extend(["`e, f`"]);
    assert_eq!(mask.to_string(), "a,b_c,d,`e, f`");
    assert_eq!(FieldMask::from("`open,end").len(), 1);
    assert_eq!(read::<FieldMask>(r#""""#), Some(FieldMask::new()));
    assert_eq!(read::<FieldMask>(r#"["a"]"#), None);
}

#[test]
fn null_is_absence_and_only_any_json_keeps_it() {
    assert_eq!(read::<Vec<i64>>(r#"[1, null, "2"]"#), Some(vec![1, 2]));
    assert_eq!(
        read::<Vec<Value>>("[null, 1]"),
        Some(vec![Value::Null, Value::from(1)])
    );
    assert_eq!(
        read::<Vec<Option<i64>>>("[null, 1]"),
        Some(vec![None, Some(1)])
    );
    assert_eq!(
        read::<Vec<Vec<i64>>>("[null, [1]]"),
        Some(vec![vec![], vec![1]])
    );
    assert_eq!(read::<Vec<i64>>("null"), Some(vec![]));
    assert_eq!(read::<Option<i64>>("null"), Some(None));
    let map = read::<discovery_runtime::Map<i64>>(r#"{"a": 1, "b": null, "a": null, "c": 2}"#);
    assert_eq!(map, Some([("c".to_owned(), 2)].into()));
}

/// The form in which `serde_json` shows numbers when its feature `arbitrary_precision` is on.
fn read_wrapped<T: Wire>(key: &str, digits: &str) -> Option<T> {
    let entries = [(key, digits)].into_iter();
    T::decode(MapDeserializer::<_, ValueError>::new(entries)).ok()
}

#[test]
fn numbers_in_arbitrary_precision_are_read() {
    let mark = "$serde_json::private::Number";
    assert_eq!(read_wrapped(mark, "12"), Some(12_i64));
    assert_eq!(read_wrapped(mark, "-12"), Some(-12_i32));
    assert_eq!(read_wrapped(mark, "18446744073709551615"), Some(u64::MAX));
    assert_eq!(read_wrapped(mark, "0.1"), Some(0.1_f64));
    assert_eq!(
        read_wrapped(mark, "7"),
        Some(crate::fixture::Status::from("7"))
    );
    assert_eq!(read_wrapped::<i64>(mark, "x"), None);
    assert_eq!(read_wrapped::<i64>("other", "12"), None);
    assert_eq!(read_wrapped::<String>(mark, "12"), None);
    assert_eq!(read_wrapped::<Vec<i64>>(mark, "12"), None);
}
