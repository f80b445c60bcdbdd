//! The simulation beside numpy: the same rules, the same service, one run.
//!
//! `BANANA_BENCH_PYTHON` names a Python that has numpy; without it only banana is measured. numpy runs a tenth of a month
//! (`BANANA_BENCH_SHARE`), and its figures are those of a whole one.

#![expect(clippy::print_stdout, reason = "it is there to print")]

use cost::simulate::engine;
use cost::simulate::inputs::{Input, Inputs};
use cost::simulate::scaling::{Metric, TargetTracking};
use cost::simulate::service::{Month, Scenario, Service, Spot, Units};
use cost::simulate::shape::{PROFILES, Shape};
use cost::simulate::{MINUTES, Triangular};
use std::process::Command;
use std::time::Instant;

const SCENARIOS: u32 = 10_000;

fn service() -> Service {
    Service {
        address: "aws_ecs_service.front".into(),
        min: 2,
        max: 20,
        tracking: vec![TargetTracking {
            metric: Metric::Cpu,
            target: 60.0,
            scale_out_cooldown: 1,
            scale_in_cooldown: 5,
            scale_in: true,
        }],
        steps: Vec::new(),
        scheduled: Vec::new(),
        spot: Spot::default(),
        drain: 300,
        overlap: true,
        start: Triangular { low: 20.0, likely: 45.0, high: 90.0 },
        provision: 10,
        units: Units { new: 25.0, active: 3000.0, bytes: 1.0, rules: 1000.0 },
        rules: 0.0,
        vcpu: 0.25,
        memory: 512.0,
    }
}

/// Seconds of processor time that this process has used, to a hundredth; 0 where there is no `/proc`.
fn processor() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let ticks = stat.rsplit_once(')').map_or("", |(_, rest)| rest).split_whitespace();
    ticks.skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / 100.0
}

/// Seconds of wall and of CPU, and the mean task count, which says that both sides did the same work.
fn measure(
    run: fn(&Service, &Shape, &[Scenario]) -> Vec<Month>,
    service: &Service,
    shape: &Shape,
    scenarios: &[Scenario],
) -> (f64, f64, f64) {
    let (start, before) = (Instant::now(), processor());
    let months = run(service, shape, scenarios);
    let (wall, cpu) = (start.elapsed().as_secs_f64(), processor() - before);
    let tasks: f64 = months.iter().map(|month| month.task_minutes).sum();
    (wall, cpu, tasks / f64::from(MINUTES) / f64::from(SCENARIOS))
}

fn main() {
    let of = |low, likely, high| Triangular { low, likely, high };
    let inputs = Inputs::default()
        .with(Input::RequestsPerSecond, of(20.0, 40.0, 80.0))
        .with(Input::CpuMs, of(15.0, 20.0, 30.0))
        .with(Input::BurstsMonth, of(4.0, 4.0, 4.0));
    let service = service();
    let day = PROFILES.iter().find(|(name, _)| *name == "web").map_or([1.0; 24], |(_, day)| *day);
    let shape = Shape::profiles(&day, &[1.1, 1.1, 1.1, 1.1, 1.0, 0.8, 0.8]);
    let scenarios: Vec<Scenario> =
        (0..u64::from(SCENARIOS)).map(|n| inputs.draw(&service, 1, n).0).collect();
    let steps = f64::from(MINUTES) * f64::from(SCENARIOS);
    let mut least = f64::INFINITY;
    for (name, run, times) in [
        ("vector", engine::run as fn(&Service, &Shape, &[Scenario]) -> Vec<Month>, 5),
        ("portable", engine::run_portable, 2),
    ] {
        for _ in 0..times {
            let (wall, cpu, tasks) = measure(run, &service, &shape, &scenarios);
            least = least.min(cpu);
            println!(
                "{name}: {wall:.2} s wall, {cpu:.2} s CPU, {:.2} ns a step, {tasks:.3} tasks",
                cpu * 1e9 / steps
            );
        }
    }
    let Some(python) = std::env::var_os("BANANA_BENCH_PYTHON") else { return };
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/simulate.py");
    let part = std::env::var("BANANA_BENCH_SHARE").unwrap_or_else(|_| "0.1".to_owned());
    let ran = Command::new(python).args([script, &SCENARIOS.to_string(), &part]).output();
    let said = ran.map(|output| String::from_utf8_lossy(&output.stdout).into_owned());
    let said = said.unwrap_or_else(|error| format!("numpy did not run: {error}"));
    println!("{}", said.trim());
    let theirs =
        said.split(" s CPU").next().and_then(|text| text.rsplit(' ').next()?.parse::<f64>().ok());
    if let Some(theirs) = theirs {
        println!("numpy takes {:.1} times the CPU", theirs / least);
    }
}
