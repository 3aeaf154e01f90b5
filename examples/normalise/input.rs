//! Files and folders.

use std::fs::File;
use std::path::Path;

use memmap2::Mmap;

/// Files named by the paths; a folder stands for the files beneath it, sorted.
pub fn expand(paths: &[String]) -> Result<Vec<String>, String> {
    let mut files = Vec::new();
    for path in paths {
        if path == "-" {
            files.push(path.clone());
        } else if Path::new(path).is_dir() {
            walk(Path::new(path), &mut files)?;
        } else if Path::new(path).is_file() {
            files.push(path.clone());
        } else {
            return Err(format!("{path}: no such file or folder"));
        }
    }
    Ok(files)
}

fn walk(folder: &Path, files: &mut Vec<String>) -> Result<(), String> {
    let failed = |error| format!("{}: {error}", folder.display());
    let entries: Result<Vec<_>, _> = std::fs::read_dir(folder).map_err(failed)?.collect();
    let mut paths: Vec<_> = entries
        .map_err(failed)?
        .into_iter()
        .map(|entry| entry.path())
        .collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            walk(&path, files)?;
        } else if path.extension().is_none_or(|ending| ending != "md") {
            files.push(path.display().to_string());
        }
    }
    Ok(())
}

/// Bytes of all files together, as far as they can be known.
pub fn size(files: &[String]) -> u64 {
    files
        .iter()
        .filter_map(|file| std::fs::metadata(file).ok())
        .map(|file| file.len())
        .sum()
}

/// Maps a file into memory; nothing for an empty one, which cannot be mapped.
pub fn map(path: &str) -> Result<Option<Mmap>, std::io::Error> {
    let file = File::open(path)?;
    if file.metadata()?.len() == 0 {
        return Ok(None);
    }
    // SAFETY: the mapping is read-only and lives no longer than this program. A
    // file that another process truncates meanwhile ends the program with a
    // SIGBUS; whoever reads files that may be truncated pipes them in through `-`.
    #[allow(unsafe_code)]
    let mapped = unsafe { Mmap::map(&file) };
    mapped.map(Some)
}
