//! smoke
use discovery_runtime::codegen::{FromBody, Schema};
use discovery_runtime::wire::{Purpose, Wire};
use discovery_runtime::{Bytes, Map, Timestamp, UnrecognizedValue, Value};

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Album {
    pub id: Option<String>,
    pub title: Option<String>,
    pub count: Option<i64>,
    pub time: Option<Timestamp>,
    pub data: Option<Bytes>,
    pub status: Option<Status>,
    pub children: Vec<Album>,
    pub parent: Option<Box<Album>>,
    pub meta: Map<Vec<i64>>,
    pub any: Option<Value>,
    pub obj: Option<JsonObject>,
}
discovery_runtime::codegen::schema! {
    Album {
        "id" => id: output_only,
        "title" => title,
        "count" => count,
        "time" => time,
        "data" => data,
        "status" => status,
        "children" => children,
        "parent" => parent,
        "meta" => meta,
        "any" => any,
        "obj" => obj,
    }
}
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Status { Ready, Processing, Unrecognized(UnrecognizedValue) }
discovery_runtime::codegen::open_enum! {
    Status { "READY" => Ready, "PROCESSING" => Processing, } else Unrecognized
}
#[derive(Clone, Debug, Default, PartialEq)]
pub struct JsonObject(pub Map<Value>);
discovery_runtime::codegen::transparent! { JsonObject(Map<Value>) }
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Empty {}
discovery_runtime::codegen::schema! { Empty {} }

#[test]
fn smoke() {
    let text = br#"{"id":"a","title":null,"count":"12","time":"2024-02-29T12:00:00.120+05:30","data":"-_8","status":"NEW","children":[{"id":"b"},null],"parent":{"id":"p","status":"READY"},"meta":{"x":["1",2]},"any":{"q":[null]},"obj":{"k":1.5},"unknown":{"a":[1,2]}}"#;
    let a = Album::from_body(text).unwrap();
    println!("{a:#?}");
    println!("{}", serde_json::to_string(&a).unwrap());
    println!("{:?}", a.present_fields(Purpose::Request));
    let v: Value = serde_json::from_slice(text).unwrap();
    assert_eq!(serde_json::from_value::<Album>(v).unwrap(), a);
    let mut out = Vec::new();
    a.encode(Purpose::Request, &mut serde_json::Serializer::new(&mut out)).unwrap();
    println!("{}", String::from_utf8(out).unwrap());
    println!("{:?}", Album::from_body(br#"{"children":[{"count":"secret"}]}"#));
    println!("{:?}", Album::from_body(br#"{"children":"secret"}"#));
    println!("{:?}", Album::from_body(b"\"secret\""));
    println!("{:?} {:?}", Empty::from_body(b" "), Empty::from_body(b"{\"a\":1}"));
}
