use discovery_generator::*;
fn main() {
    let a: Vec<String> = std::env::args().collect();
    let doc = Source { name: a[1].clone(), text: std::fs::read_to_string(&a[1]).unwrap() };
    let ov = a.get(3).map(|p| Source { name: p.clone(), text: std::fs::read_to_string(p).unwrap() });
    match generate(&doc, ov.as_ref(), &Options::new(RuntimeDependency::Path("../../runtime".into()), "cargo xtask codegen")) {
        Ok(files) => for f in files { let p = format!("{}/{}", a[2], f.path); std::fs::create_dir_all(std::path::Path::new(&p).parent().unwrap()).unwrap(); std::fs::write(p, f.text).unwrap(); },
        Err(e) => { println!("{e}"); std::process::exit(2) }
    }
}
