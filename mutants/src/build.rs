//! A copy of the repository with the changes woven in, and its test program.
//!
//! Responsible for: the copy, building it, taking out what does not compile. Not responsible for: running tests.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::list::Mutant;
use crate::weave;

const SWITCH: &str = include_str!("switch.rs");

/// What is built.
pub(crate) struct Build<'a> {
    /// The repository.
    pub(crate) root: &'a Path,
    /// Where the copy is made.
    pub(crate) tree: &'a Path,
    /// What cargo is told to build, and the folder of the library.
    pub(crate) members: &'a [&'a str],
    pub(crate) library: &'a str,
}

/// What came of it.
pub(crate) struct Built {
    pub(crate) program: PathBuf,
    /// The changes that are in it.
    pub(crate) woven: BTreeSet<usize>,
}

impl Build<'_> {
    /// Copies, weaves, and takes out what the compiler refuses until it refuses nothing.
    pub(crate) fn run(&self, mutants: &[Mutant]) -> Result<Built, String> {
        self.copy(mutants)?;
        // What was refused before is not tried again.
        let list = self.tree.with_file_name("refused.txt");
        let names = fs::read_to_string(&list).unwrap_or_default();
        let names: BTreeSet<&str> = names.lines().collect();
        let before = mutants
            .iter()
            .filter(|mutant| names.contains(mutant.name.as_str()));
        let mut out: BTreeSet<usize> = before.map(|mutant| mutant.id).collect();
        loop {
            let woven = self.weave(mutants, &out)?;
            let (program, refused, errors) = self.compile()?;
            if let Some(built) = program {
                // A copy: the next `cargo test` may put its own in its place.
                let program = self.tree.with_file_name("tests");
                fs::copy(&built, &program).map_err(|error| error.to_string())?;
                return Ok(Built { program, woven });
            }
            let more: BTreeSet<usize> = refused.difference(&out).copied().collect();
            if more.is_empty() {
                return Err(format!(
                    "does not compile, and not because of a change:\n{errors}"
                ));
            }
            eprintln!("taken out, as the compiler refuses them: {}", more.len());
            out.extend(more);
            let names = mutants.iter().filter(|mutant| out.contains(&mutant.id));
            let names: String = names.map(|mutant| format!("{}\n", mutant.name)).collect();
            write(&list, names.as_bytes())?;
        }
    }

    /// The files git knows or would take, where they changed: cargo need not build the rest again.
    fn copy(&self, mutants: &[Mutant]) -> Result<(), String> {
        let library = format!("{}/lib.rs", self.library);
        let woven =
            |name: &str| name == library || mutants.iter().any(|mutant| mutant.file == name);
        let output = Command::new("git")
            .args(["ls-files", "-z", "-co", "--exclude-standard"])
            .current_dir(self.root)
            .output()
            .map_err(|error| error.to_string())?;
        let names = String::from_utf8(output.stdout).map_err(|error| error.to_string())?;
        for name in names.split('\0').filter(|name| !name.is_empty()) {
            let from = self.root.join(name);
            if from.is_file() && name != "Cargo.toml" && !woven(name) {
                write(
                    &self.tree.join(name),
                    &fs::read(&from).map_err(|error| error.to_string())?,
                )?;
            }
        }
        // Another version, so that cargo keeps what it builds of the copy apart from what it builds of the original.
        let manifest = self.root.join("Cargo.toml");
        let manifest = fs::read_to_string(manifest).map_err(|error| error.to_string())?;
        let version = |line: &str| match line.strip_prefix("version = \"") {
            Some(rest) => format!("version = \"{}", rest.replacen('"', "+woven\"", 1)),
            None => line.to_owned(),
        };
        let lines: Vec<String> = manifest.lines().map(version).collect();
        write(&self.tree.join("Cargo.toml"), lines.join("\n").as_bytes())
    }

    fn weave(&self, mutants: &[Mutant], out: &BTreeSet<usize>) -> Result<BTreeSet<usize>, String> {
        let mut woven = BTreeSet::new();
        let files: BTreeSet<&str> = mutants.iter().map(|mutant| mutant.file.as_str()).collect();
        for file in files {
            let here = mutants
                .iter()
                .filter(|mutant| mutant.file == file && !out.contains(&mutant.id));
            let source =
                fs::read_to_string(self.root.join(file)).map_err(|error| error.to_string())?;
            let (text, ids) = weave::weave(&source, &here.collect::<Vec<_>>())
                .map_err(|error| format!("{file}: {error}"))?;
            write(&self.tree.join(file), text.as_bytes())?;
            woven.extend(ids);
        }
        let library = format!("{}/lib.rs", self.library);
        let text =
            fs::read_to_string(self.root.join(&library)).map_err(|error| error.to_string())?;
        write(
            &self.tree.join(&library),
            format!("{text}\n{SWITCH}").as_bytes(),
        )?;
        Ok(woven)
    }

    /// The test program, or the changes nearest to what the compiler does not like.
    fn compile(&self) -> Result<(Option<PathBuf>, BTreeSet<usize>, String), String> {
        let own = std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
        let target = own.unwrap_or_else(|| self.root.join("target"));
        let output = Command::new("cargo")
            .args(["test", "--no-run", "--lib", "--message-format=json"])
            .args(self.members)
            .current_dir(self.tree)
            .env("CARGO_TARGET_DIR", target)
            .stderr(Stdio::inherit())
            .output()
            .map_err(|error| error.to_string())?;
        let messages = String::from_utf8_lossy(&output.stdout);
        let messages = messages
            .lines()
            .filter_map(|line| serde_json::from_str::<Value>(line).ok());
        let library = self.tree.join(self.library).join("lib.rs");
        let (mut program, mut refused, mut errors) = (None, BTreeSet::new(), String::new());
        for message in messages {
            let target = message["target"]["src_path"].as_str().unwrap_or_default();
            if target == library.to_string_lossy()
                && let Some(path) = message["executable"].as_str()
            {
                program = Some(PathBuf::from(path));
            }
            let message = &message["message"];
            if message["level"] == "error" {
                errors += message["rendered"].as_str().unwrap_or_default();
                for span in message["spans"].as_array().into_iter().flatten() {
                    if span["is_primary"] == true {
                        refused.extend(self.near(span));
                    }
                }
            }
        }
        Ok((program, refused, errors))
    }

    /// The change in whose branch a span lies; where it lies in none, all of its line.
    fn near(&self, span: &Value) -> Vec<usize> {
        let (Some(file), Some(start)) = (span["file_name"].as_str(), span["byte_start"].as_u64())
        else {
            return Vec::new();
        };
        let Ok(text) = fs::read_to_string(self.tree.join(file)) else {
            return Vec::new();
        };
        let start = (start as usize).min(text.len());
        let line = text[..start].rfind('\n').map_or(0, |at| at + 1);
        let end = text[start..].find('\n').map_or(text.len(), |at| start + at);
        let id = |text: &str| {
            let digits = text.split(')').next().unwrap_or_default();
            digits.parse::<usize>().ok()
        };
        let mark = "crate::woven::on(";
        let before = text[line..start].rsplit_once(mark);
        if let Some((_, branch)) = before.filter(|(_, branch)| !branch.contains('}')) {
            return id(branch).into_iter().collect();
        }
        text[line..end].split(mark).skip(1).filter_map(id).collect()
    }
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), String> {
    if fs::read(path).is_ok_and(|now| now == bytes) {
        return Ok(());
    }
    let folder = path.parent().ok_or("a file without a folder")?;
    fs::create_dir_all(folder).map_err(|error| error.to_string())?;
    fs::write(path, bytes).map_err(|error| format!("{}: {error}", path.display()))
}
