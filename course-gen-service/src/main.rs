use std::process::ExitCode;

use clap::{Parser, Subcommand};
use course_gen_service::draft::{self, DraftArgs};

/// Makes an English course out of parsed SOPs.
#[derive(Debug, Parser)]
#[command(version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make a course from a file, with no server.
    Draft(DraftArgs),
}

#[tokio::main]
async fn main() -> ExitCode {
    match Cli::parse().command {
        Command::Draft(args) => match draft::run(&args).await {
            Ok(package) => {
                let course = &package.course;
                println!("{}: {} lessons, {} items, in {}", course.title, course.lessons().count(), course.items().count(), args.out.display());
                ExitCode::SUCCESS
            }
            Err(error) => {
                eprintln!("no course: {error}");
                ExitCode::FAILURE
            }
        },
    }
}
