//! Each target for a moment, with the same inputs in every run: a test that fails by chance helps
//! nobody. `cargo xtask soak` is for long runs.

use fuzz::run::{Until, corpus, corpus_folder, run};
use fuzz::{TARGETS, Target, mutated};

fn short(name: &str, cases: u64) {
    let target = *TARGETS.iter().find(|target| target.name == name).unwrap();
    let corpus = corpus(&corpus_folder(), &target).unwrap();
    assert!(!corpus.is_empty(), "the corpus is empty");
    let files = u64::try_from(corpus.len()).unwrap();
    let report = run(target, corpus, 1, Until::Cases(cases), |_| {});
    if let Some(failure) = report.failure {
        let input = String::from_utf8_lossy(&failure.input);
        panic!(
            "{name}, seed {}: {}\n{input}",
            failure.seed, failure.message
        );
    }
    assert_eq!(report.cases, cases + files);
}

macro_rules! targets {
    ($($name:ident: $cases:expr;)*) => {
        $(#[test]
        fn $name() {
            short(stringify!($name), $cases);
        })*

        #[test]
        fn every_target_runs() {
            let names: Vec<&str> = TARGETS.iter().map(|target| target.name).collect();
            assert_eq!(names, [$(stringify!($name)),*]);
        }
    };
}

targets! {
    document: 500;
    responses: 1_000;
    heads: 500;
    multipart: 2_000;
    paths: 2_000;
    proxies: 200;
    token_file: 500;
    journal: 60;
}

#[test]
fn inputs_depend_on_the_seed_only() {
    let corpus = [b"one".to_vec(), b"{\"two\": 2}".to_vec()];
    let made = |seed| mutated(&corpus, &["x"], &mut fastrand::Rng::with_seed(seed));
    assert_eq!(made(1), made(1));
    let different: std::collections::BTreeSet<_> = (0..100).map(made).collect();
    assert!(different.len() > 50, "{}", different.len());
}

#[test]
fn failure_has_its_seed_and_input() {
    let target = Target {
        name: "fails",
        holds: "no input has an `x`",
        tokens: &["x"],
        run: |input| assert!(!input.contains(&b'x'), "an x"),
    };
    let first = |seed| {
        run(
            target,
            vec![b"abc".to_vec()],
            seed,
            Until::Cases(1_000),
            |_| {},
        )
    };
    let failure = first(1).failure.unwrap();
    assert_eq!(failure.message, "an x");
    let again = first(failure.seed);
    // The corpus comes first.
    assert_eq!(again.cases, 2);
    assert_eq!(again.failure.unwrap().input, failure.input);
}
