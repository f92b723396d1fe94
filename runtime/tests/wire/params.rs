//! Values of parameters as text: one, none or many.

use discovery_runtime::codegen::{Param, Params};
use discovery_runtime::{Bytes, Date, Duration, FieldMask, Timestamp};

use crate::fixture::Status;

fn texts(value: &(impl Params + ?Sized)) -> Vec<String> {
    let mut texts = Vec::new();
    value.each(&mut |text| texts.push(text.to_owned()));
    texts
}

fn text(value: &impl Param) -> String {
    let [text] = texts(value).try_into().expect("one text");
    text
}

#[test]
fn parameters_of_each_type_have_a_text() {
    assert_eq!(text(&"a/b c"), "a/b c");
    assert_eq!(texts("a"), ["a"]);
    assert_eq!(text(&"é".to_owned()), "é");
    assert_eq!(text(&true), "true");
    assert_eq!(text(&-5_i32), "-5");
    assert_eq!(text(&u32::MAX), "4294967295");
    assert_eq!(text(&i64::MIN), "-9223372036854775808");
    assert_eq!(text(&u64::MAX), "18446744073709551615");
    assert_eq!(text(&0.1_f64), "0.1");
    assert_eq!(text(&1e21_f64), "1000000000000000000000");
    assert_eq!(text(&f64::NAN), "NaN");
    assert_eq!(text(&f64::NEG_INFINITY), "-Infinity");
    assert_eq!(text(&f32::INFINITY), "Infinity");
    assert_eq!(text(&0.1_f32), "0.1");
    assert_eq!(text(&Bytes::from(&[0xfb, 0xff, 0xff, 0xff])), "-____w==");
    assert_eq!(
        text(&"2024-01-01T00:00:00.5+01:00".parse::<Timestamp>().unwrap()),
        "2024-01-01T00:00:00.5+01:00"
    );
    assert_eq!(text(&Duration::new(1, 0).unwrap()), "1s");
    assert_eq!(text(&Date::new(2024, 2, 29).unwrap()), "2024-02-29");
    assert_eq!(text(&FieldMask::from_iter(["a.b", "c"])), "a.b,c");
    assert_eq!(text(&Status::Ready), "READY");
    assert_eq!(text(&Status::from("NEW")), "NEW");
    assert_eq!(text(&&Status::Ready), "READY");
}

#[test]
fn parameters_may_be_absent_single_or_repeated() {
    assert_eq!(texts(&None::<i32>), [""; 0]);
    assert_eq!(texts(&Some(1)), ["1"]);
    assert_eq!(texts(&Some("a")), ["a"]);
    assert_eq!(texts(&Vec::<String>::new()), [""; 0]);
    assert_eq!(
        texts(&vec![Status::Ready, Status::from("x")]),
        ["READY", "x"]
    );
    // An empty text is a value all the same.
    assert_eq!(texts(&Some("")), [""]);
}
