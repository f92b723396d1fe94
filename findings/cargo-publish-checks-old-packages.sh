#!/bin/sh
# cargo 1.95.0, Linux, 28 November 2026.
#
# `cargo publish --workspace --dry-run` builds each package against the others as they would be
# published. Of a package that it has packed before at the same path, under the same version, it builds
# the code of the first time, though the new archive lies beside it: a registry's versions do not
# change, and the folder where it unpacks them and its target folder go by that. So a check that runs
# again after an edit of two packages fails where they fit, and passes where they do not.
# The first run here has `one` as `two` needs it, the others have it without what `two` needs.
#
# It printed:
#
#     first run:                       passes
#     again, with a changed package:   passes
#     the same in another folder:      fails
#     error[E0425]: cannot find function `one` in crate `shows_stale_one`
#      --> src/lib.rs:1:39
#       |
#
# Prints what it saw; exits with 1 if that changed, with 2 if it cannot run. Nothing is uploaded.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder" "${CARGO_HOME:-$HOME/.cargo}"/registry/src/-*/shows-stale-*' EXIT
case $(cargo --version) in
"cargo 1.95."*) ;;
*)
    echo "this was seen with cargo 1.95"
    exit 2
    ;;
esac

package() {
    mkdir -p "$1/$2/src"
    cat >"$1/$2/Cargo.toml" <<TOML
[package]
name = "shows-stale-$2"
version = "0.1.0"
edition = "2024"
description = "Shows."
license = "MIT"
repository = "https://example.com/"
$3
TOML
    echo "$4" >"$1/$2/src/lib.rs"
}

workspace() {
    mkdir -p "$1"
    printf '[workspace]\nmembers = ["one", "two"]\nresolver = "3"\n' >"$1/Cargo.toml"
    package "$1" one '' "$2"
    package "$1" two '[dependencies]
shows-stale-one = { path = "../one", version = "0.1.0" }' 'pub fn two() -> u8 { shows_stale_one::one() }'
}

check() {
    if (cd "$1" && env -u CARGO_TARGET_DIR cargo publish --workspace --dry-run --allow-dirty --quiet 2>"$folder/log"); then
        echo passes
    else
        echo fails
    fi
}

workspace "$folder/a" 'pub fn one() -> u8 { 1 }'
first=$(check "$folder/a")
workspace "$folder/a" '// Nothing is here.'
again=$(check "$folder/a")
workspace "$folder/b" '// Nothing is here.'
elsewhere=$(check "$folder/b")
echo "first run:                       $first"
echo "again, with a changed package:   $again"
echo "the same in another folder:      $elsewhere"
head -n 3 "$folder/log"
[ "$first $again $elsewhere" = "passes passes fails" ]
