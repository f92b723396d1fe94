//! Emitted code stands where a document may have schemas of any name.

mod shadowed {
    //! Schemas with the names that macros and derives might reach for.

    use discovery_runtime::codegen;

    macro_rules! schemas {
        ($($name:ident),*) => {
            $(
                #[derive(Clone, Default, PartialEq)]
                pub(super) struct $name {
                    pub(super) value: ::std::option::Option<i64>,
                    pub(super) r#match: ::std::vec::Vec<$name>,
                    pub(super) default: ::std::option::Option<::std::boxed::Box<$name>>,
                }

                codegen::schema! {
                    $name {
                        "value" => value,
                        "match" => r#match,
                        "default" => default: output_only,
                    }
                }
            )*

            pub(super) fn each_is_read_and_written(json: &str) {
                $(
                    let value: $name = serde_json::from_str(json).unwrap();
                    assert_eq!(value.r#match[0].value, ::std::option::Option::Some(2));
                    assert_eq!(serde_json::to_string(&value).unwrap(), json, stringify!($name));
                )*
            }
        };
    }

    schemas!(
        Option,
        Result,
        String,
        Vec,
        Box,
        FnMut,
        From,
        Into,
        Iterator,
        Debug,
        Send,
        Wire,
        Schema,
        Fields,
        Slot,
        View,
        Purpose,
        Serialize,
        Deserialize,
        Map
    );

    #[derive(Clone, Debug, PartialEq, Eq, Hash)]
    pub(super) enum Kind {
        None,
        Some,
        Ok,
        Err,
        Default,
        Other(discovery_runtime::UnrecognizedValue),
    }

    codegen::open_enum! {
        Kind {
            "None" => None,
            "Some" => Some,
            "OK" => Ok,
            "ERR" => Err,
            "" => Default,
        } else Other
    }

    #[derive(Clone, Debug, Default, PartialEq)]
    pub(super) struct Target(pub(super) ::std::vec::Vec<i64>);

    codegen::transparent! { Target(::std::vec::Vec<i64>) }
}

use shadowed::{Kind, Target};

#[test]
fn schemas_may_have_names_of_the_prelude() {
    shadowed::each_is_read_and_written(
        r#"{"value":"1","match":[{"value":"2"}],"default":{"value":"3"}}"#,
    );
}

#[test]
fn enums_may_have_variants_named_like_the_prelude() {
    for (text, kind) in [
        ("None", Kind::None),
        ("OK", Kind::Ok),
        ("ERR", Kind::Err),
        ("", Kind::Default),
        ("Some", Kind::Some),
    ] {
        assert_eq!(text.parse::<Kind>(), Ok(kind.clone()));
        assert_eq!(kind.as_str(), text);
    }
    assert!(matches!(Kind::from("ok"), Kind::Other(_)));
}

#[test]
fn a_newtype_has_the_wire_form_of_its_field() {
    let mut list: Target = serde_json::from_str(r#"["1", 2, null]"#).unwrap();
    assert_eq!(list.len(), 2);
    list.push(3);
    assert_eq!(serde_json::to_string(&list).unwrap(), r#"["1","2","3"]"#);
    assert_eq!(Target::from(vec![1]).0, [1]);
}
