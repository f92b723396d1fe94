//! The output folder: opened one step at a time, refused where a mistake is likelier than a wish.

use std::path::{Component, Path};

use rustix::fs::FlockOperation;

use crate::dir::{Dir, Entry};
use crate::error::{Error, ErrorKind, shown};
use crate::options::Options;

/// Opens the output folder for writing, makes what is missing of it, and locks it: the lock is held
/// as long as the handle, ends with the process however that ends, and leaves no file behind.
pub(crate) fn create(path: &Path, options: &Options) -> Result<Dir, Error> {
    let out = walk(path, options, |dir, name| {
        dir.open_or_create(name).map(Some)
    })?
    .ok_or_else(|| refuse(path, "cannot be reached", "choose another output folder"))?;
    check(&out)?;
    out.lock(FlockOperation::NonBlockingLockExclusive)?;
    Ok(out)
}

/// Opens the output folder for reading; `None` where it does not exist. Readers share the lock.
pub(crate) fn open(path: &Path, options: &Options) -> Result<Option<Dir>, Error> {
    let Some(out) = walk(path, options, Dir::open)? else {
        return Ok(None);
    };
    check(&out)?;
    out.lock(FlockOperation::NonBlockingLockShared)?;
    Ok(Some(out))
}

/// Goes down `path`; no step follows a link that the options do not allow.
fn walk(
    path: &Path,
    options: &Options,
    step: impl Fn(&Dir, &str) -> Result<Option<Dir>, Error>,
) -> Result<Option<Dir>, Error> {
    let start = if path.is_absolute() {
        Path::new("/")
    } else {
        Path::new(".")
    };
    let mut dir = Dir::start(start, options.probe.clone())?;
    for component in path.components() {
        let name = match component {
            Component::Normal(name) => name,
            Component::ParentDir => component.as_os_str(),
            Component::RootDir | Component::CurDir | Component::Prefix(_) => continue,
        };
        let name = name.to_str().ok_or_else(|| {
            refuse(
                path,
                "has a name that is not UTF-8",
                "choose an output folder with a plain name",
            )
        })?;
        let next = if dir.entry(name)? == Some(Entry::Other("a symbolic link")) {
            follow(&dir, name, options)?
        } else {
            step(&dir, name)?
        };
        match next {
            Some(next) => dir = next,
            None => return Ok(None),
        }
    }
    Ok(Some(dir))
}

fn follow(dir: &Dir, name: &str, options: &Options) -> Result<Option<Dir>, Error> {
    if options.follow_symlinks {
        return dir.open_following(name);
    }
    let link = dir.path().join(name);
    let target = link.canonicalize().map_or_else(
        |_| "nowhere".to_owned(),
        |target| format!("`{}`", shown(&target)),
    );
    Err(refuse(
        &link,
        &format!("is a symbolic link to {target}"),
        "name the folder itself as output folder, or allow links (`--follow-symlinks`)",
    ))
}

fn check(out: &Dir) -> Result<(), Error> {
    const HELP: &str = "choose a folder of its own for the emitted crates, such as `generated`";
    let root = Dir::start(Path::new("/"), crate::options::Probe::default())?;
    if out.is_same(&root)? {
        return Err(refuse(out.path(), "is the root of the file system", HELP));
    }
    if out.entry(".git")?.is_some() {
        return Err(refuse(out.path(), "is the root of a git repository", HELP));
    }
    Ok(())
}

pub(crate) fn refuse(path: &Path, reason: &str, help: &str) -> Error {
    Error::new(
        ErrorKind::Refused,
        format!("`{}` {reason}", shown(path)),
        help,
    )
}
