//! The simulation beside numpy: the same rules, the same service, one run.
//!
//! `BANANA_BENCH_PYTHON` names a Python that has numpy; without it only banana is measured.
#![expect(clippy::print_stdout, reason = "it is there to print")]

use cost::simulate::Triangular;
use cost::simulate::engine;
use cost::simulate::inputs::{Input, Inputs};
use cost::simulate::scaling::{Metric, TargetTracking};
use cost::simulate::service::{Month, Scenario, Service, Spot, Units};
use cost::simulate::shape::{PROFILES, Shape};
use std::process::Command;
use std::time::Instant;

const SCENARIOS: u64 = 10_000;

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

fn main() {
    let of = |low, likely, high| Triangular { low, likely, high };
    let inputs = Inputs::default()
        .with(Input::RequestsPerSecond, of(20.0, 40.0, 80.0))
        .with(Input::CpuMs, of(15.0, 20.0, 30.0))
        .with(Input::BurstsMonth, of(4.0, 4.0, 4.0));
    let service = service();
    let day = PROFILES.iter().find(|(name, _)| *name == "web").map_or([1.0; 24], |(_, day)| *day);
    let shape = Shape::profiles(&day, &[1.1, 1.1, 1.1, 1.1, 1.0, 0.8, 0.8]);
    let scenarios: Vec<Scenario> = (0..SCENARIOS).map(|n| inputs.draw(&service, 1, n).0).collect();
    let steps = f64::from(cost::simulate::MINUTES) * SCENARIOS as f64;
    for (name, run, times) in [
        ("vector", engine::run as fn(&Service, &Shape, &[Scenario]) -> Vec<Month>, 5),
        ("portable", engine::run_portable, 1),
    ] {
        for _ in 0..times {
            let (start, before) = (Instant::now(), processor());
            let months = run(&service, &shape, &scenarios);
            let took = start.elapsed().as_secs_f64();
            let sum: f64 = months.iter().map(|m| m.task_minutes).sum::<f64>() / steps;
            let launches: f64 = months.iter().map(|m| m.launches).sum::<f64>() / SCENARIOS as f64;
            let cpu = processor() - before;
            println!(
                "{name}: {took:.3} s wall, {cpu:.2} s CPU, {:.2} ns a step, {sum:.3} tasks, {launches:.0} starts",
                cpu * 1e9 / steps
            );
        }
    }
    if let Some(python) = std::env::var_os("BANANA_BENCH_PYTHON") {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/simulate.py");
        let _ = Command::new(python).arg(script).status();
    }
}
