//! The laws of the engine: two readings of the rules agree bit for bit, threads and instructions change nothing, and what can be worked out
//! by hand comes out.

#![expect(clippy::float_cmp, reason = "what is compared is exact")]

use super::engine;
use super::inputs::{Input, Inputs};
use super::reference;
use super::scaling::{
    Adjustment, Alarm, Comparison, Metric, Missing, Scheduled, Step, StepScaling, TargetTracking,
};
use super::service::{Month, Scenario, Service, Spot, Units};
use super::shape::{PROFILES, Shape};
use super::triangular::Triangular;
use proptest::prelude::*;

fn service() -> Service {
    Service {
        address: "aws_ecs_service.front".into(),
        min: 2,
        max: 20,
        tracking: Vec::new(),
        steps: Vec::new(),
        scheduled: Vec::new(),
        spot: Spot::default(),
        drain: 300,
        overlap: true,
        start: Triangular::point(44.0),
        provision: 10,
        units: Units { new: 25.0, active: 3000.0, bytes: 1.0, rules: 1000.0 },
        rules: 0.0,
        vcpu: 1.0,
        memory: 1024.0,
    }
}

fn tracking(target: f32) -> TargetTracking {
    TargetTracking {
        metric: Metric::Cpu,
        target,
        scale_out_cooldown: 5,
        scale_in_cooldown: 5,
        scale_in: true,
    }
}

/// Demand is given minute by minute, and a request a second takes one percent of a task.
fn percent() -> Scenario {
    Scenario { level: 1.0, burst_factor: 1.0, slope: [1.0, 0.0, 60.0], ..Scenario::default() }
}

/// Demand as (minutes, percent of a task), one after the other.
fn timeline(service: &Service, demand: &[(usize, f32)]) -> Vec<(usize, f32)> {
    let factors = demand.iter().flat_map(|(minutes, load)| vec![*load; *minutes]).collect();
    let shape = Shape::exactly(factors);
    let (month, asked) = reference::month(service, &shape, &percent());
    assert_eq!(engine::run(service, &shape, &[percent()]), [month]);
    let mut changes: Vec<(usize, f32)> = Vec::new();
    for (minute, tasks) in asked.into_iter().enumerate() {
        if changes.last().is_none_or(|(_, last)| last.to_bits() != tasks.to_bits()) {
            changes.push((minute, tasks));
        }
    }
    changes
}

/// 2 tasks at 60 %: 100 % of one task is no reason to do anything; 300 % is one after three datapoints (minutes 30, 31, 32): 300 / 60 = 5 tasks are
/// asked for with minute 33. When demand falls in minute 60 the fifteenth low datapoint is that of minute 74, and 75 has 2.
#[test]
fn three_datapoints_out_and_fifteen_in() {
    let service = Service { tracking: vec![tracking(60.0)], ..service() };
    // Processor use ends at 100 %: 2 tasks show 200 of the 300, so 4 are asked for; the cooldown holds the fifth back until minute 37 is over.
    let got = timeline(&service, &[(30, 100.0), (30, 300.0), (60, 100.0)]);
    assert_eq!(got, [(0, 2.0), (33, 4.0), (38, 5.0), (75, 2.0)]);
    // Two high datapoints are none.
    let got = timeline(&service, &[(30, 100.0), (2, 300.0), (1, 100.0), (2, 300.0), (25, 100.0)]);
    assert_eq!(got, [(0, 2.0)]);
}

/// Between 0.9 of the target and the target nothing happens, nor where one task less would be above the target.
#[test]
fn between_the_alarms_nothing_happens() {
    let service = Service { min: 1, tracking: vec![tracking(60.0)], ..service() };
    let up = (10, 180.0);
    assert_eq!(timeline(&service, &[up, (60, 170.0)]), [(0, 1.0), (3, 2.0), (8, 3.0)]);
    // 2 tasks at 65 of 120: low, and 65 / 60 is 2 tasks still.
    let service = Service { min: 1, ..service };
    let got = timeline(&service, &[(10, 110.0), (60, 65.0)]);
    assert_eq!(got, [(0, 1.0), (3, 2.0)]);
}

/// A scale-in waits for the cooldown of the last one, a scale-out does not wait for it.
#[test]
fn cooldowns() {
    let mut service = Service { tracking: vec![tracking(50.0)], ..service() };
    service.tracking[0].scale_in_cooldown = 30;
    let high = (20, 390.0);
    // Up to 8; low from minute 20: in with 35 to 6 (300 of 50); still low, but the next is held back until 34 + 30 is over.
    let got = timeline(&service, &[high, (16, 300.0), (49, 200.0)]);
    assert_eq!(got, [(0, 2.0), (3, 4.0), (8, 8.0), (35, 6.0), (65, 4.0)]);
    // The same with demand back at minute 40: three datapoints, and out it goes.
    let got = timeline(&service, &[high, (20, 300.0), (20, 390.0)]);
    assert_eq!(got, [(0, 2.0), (3, 4.0), (8, 8.0), (35, 6.0), (43, 8.0)]);
}

#[test]
fn scale_in_can_be_disabled_and_limits_hold() {
    let mut service = Service { max: 3, tracking: vec![tracking(60.0)], ..service() };
    service.tracking[0].scale_in = false;
    let got = timeline(&service, &[(10, 100.0), (30, 900.0), (60, 0.0)]);
    assert_eq!(got, [(0, 2.0), (13, 3.0)]);
    service.tracking[0].scale_in = true;
    service.max = 2;
    assert_eq!(timeline(&service, &[(60, 900.0), (60, 0.0)]), [(0, 2.0)]);
}

/// Without requests there is no datapoint of requests: a service that nobody asks stays as large as it is.
#[test]
fn silence_is_no_reason_to_scale_in() {
    let by_requests = TargetTracking { metric: Metric::Requests, ..tracking(600.0) };
    let service = Service { min: 1, tracking: vec![by_requests], ..service() };
    // 40 requests a second are 2,400 a minute: 4 tasks; one a second is a reason to go.
    let busy = (20, 40.0);
    let out = [(0, 1.0), (3, 4.0)];
    assert_eq!(timeline(&service, &[busy, (60, 0.0)]), out);
    assert_eq!(timeline(&service, &[busy, (60, 1.0)])[2..], [(35, 1.0)]);
    // A silent minute forgets what was counted.
    assert_eq!(timeline(&service, &[busy, (14, 1.0), (1, 0.0), (14, 1.0), (1, 0.0)]), out);
}

/// Of several policies the one with the greatest capacity wins, and all must agree to scale in.
#[test]
fn several_policies() {
    let by_requests = TargetTracking { metric: Metric::Requests, ..tracking(3000.0) };
    let service = Service { min: 1, tracking: vec![tracking(80.0), by_requests], ..service() };
    // 90 requests a second: 90 % of a task is 2 tasks at 80 %; 5,400 a minute are 2 at 3,000. 160: 2 and 4.
    assert_eq!(timeline(&service, &[(30, 90.0)]), [(0, 1.0), (3, 2.0)]);
    assert_eq!(timeline(&service, &[(30, 160.0)])[1], (3, 4.0));
    // 4 tasks are low for the processor (40 < 72) and for requests (2,400 < 2,700) all the time, but 9,600 requests need 4; a minute of
    // 6,000 needs 2.
    let got = timeline(&service, &[(30, 160.0), (30, 100.0)]);
    assert_eq!(got, [(0, 1.0), (3, 4.0), (31, 2.0)]);
    // 190 on 4 tasks is low for the processor (47.5), but not for requests (2,850).
    assert_eq!(timeline(&service, &[(30, 160.0), (30, 190.0)]), [(0, 1.0), (3, 4.0)]);
}

#[test]
fn scheduled_actions_move_the_limits() {
    let action = |minute, min, max| Scheduled { minute, min, max };
    let scheduled =
        vec![action(10, Some(5), Some(8)), action(40, Some(1), None), action(50, None, Some(3))];
    let service = Service { scheduled, tracking: vec![tracking(60.0)], ..service() };
    // 5 with minute 10; demand of nothing would scale in, and may after minute 40; then 1.
    assert_eq!(timeline(&service, &[(70, 0.0)]), [(0, 2.0), (10, 5.0), (41, 1.0)]);
    // Held at 5 by demand, it is cut to 3 with minute 50.
    assert_eq!(timeline(&service, &[(70, 280.0)])[1..], [(3, 4.0), (8, 5.0), (50, 3.0)]);
}

fn alarm(comparison: Comparison, threshold: f32) -> Alarm {
    Alarm {
        metric: Metric::Cpu,
        comparison,
        threshold,
        period: 1,
        evaluated: 3,
        breaching: 2,
        missing: Missing::Missing,
    }
}

fn steps(alarm: Alarm, steps: &[(f32, f32, i32)], cooldown: u32) -> StepScaling {
    StepScaling {
        alarm,
        adjustment: Adjustment::ChangeInCapacity,
        steps: steps
            .iter()
            .map(|(lower, upper, by)| Step { lower: *lower, upper: *upper, by: *by })
            .collect(),
        least: 0,
        cooldown,
    }
}

/// Two of three datapoints; while the cooldown lasts only a larger step adds, and only what it is larger by.
#[test]
fn step_scaling() {
    let infinity = f32::INFINITY;
    let out = steps(alarm(Comparison::AtLeast, 60.0), &[(0.0, 20.0, 1), (20.0, infinity, 3)], 10);
    let back = steps(alarm(Comparison::AtMost, 20.0), &[(-infinity, 0.0, -1)], 5);
    let service = Service { steps: vec![out, back], ..service() };
    // Minute 10 and 12 are high (70 %): with minute 13 there is one more.
    let got = timeline(&service, &[(10, 100.0), (1, 140.0), (1, 100.0), (1, 140.0), (17, 100.0)]);
    assert_eq!(got, [(0, 2.0), (13, 3.0)]);
    // 70 % adds one (minutes 10, 11); on 3 tasks 270 is 90 %, the larger step, of which one is there already.
    let got = timeline(&service, &[(10, 100.0), (4, 140.0), (6, 270.0)]);
    assert_eq!(got, [(0, 2.0), (12, 3.0), (15, 5.0)]);
    // Below 20 % one goes, five minutes later another; `min` holds.
    let got = timeline(&service, &[(10, 100.0), (2, 140.0), (1, 100.0), (1, 270.0), (26, 30.0)]);
    assert_eq!(got, [(0, 2.0), (12, 3.0), (14, 5.0), (16, 4.0), (21, 3.0), (26, 2.0)]);
}

/// A square wave of demand that the service follows at once: what is billed is known in closed form.
#[test]
fn square_wave() {
    let quick = |mut policy: TargetTracking| {
        (policy.scale_out_cooldown, policy.scale_in_cooldown) = (0, 0);
        policy
    };
    let by_requests = quick(TargetTracking { metric: Metric::Requests, ..tracking(60.0) });
    let service =
        Service { min: 1, tracking: vec![by_requests], provision: 0, drain: 0, ..service() };
    // A day of 12 hours at 8 tasks and 12 at 2, for 30 days: up after 3 minutes, down after 15.
    let day: Vec<f32> = [vec![8.0; 720], vec![2.0; 720]].concat();
    let shape = Shape::exactly(day.repeat(30));
    let [month] = engine::run(&service, &shape, &[percent()])[..] else { panic!("one month") };
    let a_day = |first: f64| first * 3.0 + 8.0 * (720.0 - 3.0 + 15.0) + 2.0 * (720.0 - 15.0);
    assert_eq!(month.task_minutes, a_day(1.0) + 29.0 * a_day(2.0));
    assert_eq!(month.launches, 7.0 + 29.0 * 6.0);
    assert_eq!(month.seconds, 0.0);
}

/// Target tracking that forgets nothing and waits for nothing would hold demand's work divided by the target, each task rounded up: with many
/// small tasks that is the mean of an M/D/inf system, arrivals times service time.
#[test]
fn many_small_tasks_are_an_infinite_server() {
    let inputs = Inputs::default()
        .with(Input::RequestsPerSecond, Triangular::point(2000.0))
        .with(Input::CpuMs, Triangular::point(50.0))
        .with(Input::CpuIdlePercent, Triangular::point(0.0))
        .with(Input::Noise, Triangular::point(0.0));
    let mut service =
        Service { max: 4000, vcpu: 0.25, tracking: vec![tracking(99.0)], ..service() };
    service.tracking[0].scale_out_cooldown = 0;
    let (scenario, _) = inputs.draw(&service, 1, 0);
    let shape = Shape::exactly(vec![1.0; 720]);
    let [month] = engine::run(&service, &shape, &[scenario])[..] else { panic!("one month") };
    // 2,000 a second times 50 ms keep 100 vCPUs busy: 400 tasks of a quarter, 404.04 of them at 99 %.
    let (_, asked) = reference::month(&service, &shape, &scenario);
    assert_eq!(asked.last(), Some(&405.0));
    assert!((month.requests - 2000.0 * 43_200.0).abs() < 1.0);
}

/// Each dimension in turn is the greatest; and hours are added, not averaged.
#[test]
fn capacity_units_are_the_greatest_dimension_of_each_hour() {
    let service = service();
    let of = |requests: f64, traffic| requests * service.units_of(&traffic);
    // Ten thousand new connections a second are 400 units.
    assert_eq!(of(36e6, [1.0 / 3600.0, 0.0, 0.0, 0.0]), 400.0);
    assert_eq!(of(3600.0, [0.0, 1.0, 0.0, 0.0]), 1.2);
    assert_eq!(of(3600.0, [0.0, 0.0, 1.0 / 3600.0, 0.0]), 1.0);
    assert_eq!(of(3600.0, [0.001, 0.001, 0.001, 1.0]), 3.6);
    // An hour of a hundred requests a second and one of none: 4 units and 0.
    let shape = Shape::exactly([[100.0; 60], [0.0; 60]].concat());
    let scenario = Scenario { traffic: [1.0 / 3600.0, 0.0, 0.0, 0.0], ..percent() };
    let [month] = engine::run(&service, &shape, &[scenario])[..] else { panic!("one month") };
    assert_eq!(month.units, 4.0);
}

#[test]
fn billing_by_the_second() {
    let out = TargetTracking { metric: Metric::Requests, ..tracking(600.0) };
    let service = Service { min: 1, tracking: vec![out], ..service() };
    let shape = Shape::exactly([vec![40.0; 30], vec![1.0; 60]].concat());
    let [month] = engine::run(&service, &shape, &[percent()])[..] else { panic!("one month") };
    // 1 task for 90 minutes, 3 more from minute 3 until 45, each 10 s less for its pull and 300 s more for its drain.
    assert_eq!(month.task_minutes, 90.0 + 3.0 * 42.0);
    assert_eq!(month.seconds, 3.0 * (300.0 - 10.0));
    assert_eq!((month.launches, month.peak), (3.0, 4.0));
    // A task that is stopped before it serves is billed from its request: a scheduled action takes it back a minute later.
    let action = |minute, max| Scheduled { minute, min: Some(1), max: Some(max) };
    let grow = Scheduled { minute: 10, min: Some(2), max: Some(2) };
    let service =
        Service { min: 1, max: 1, scheduled: vec![grow, action(11, 1)], ..self::service() };
    let [month] = engine::run(&service, &Shape::exactly(vec![0.0; 60]), &[percent()])[..] else {
        panic!("one month")
    };
    assert_eq!((month.task_minutes, month.seconds), (61.0, 0.0));
}

fn any_tracking() -> impl Strategy<Value = TargetTracking> {
    let metric = prop_oneof![Just(Metric::Cpu), Just(Metric::Memory), Just(Metric::Requests)];
    (metric, 20.0f32..95.0, 0u32..12, 0u32..40, prop::bool::weighted(0.8)).prop_map(
        |(metric, target, scale_out_cooldown, scale_in_cooldown, scale_in)| TargetTracking {
            metric,
            target: if metric == Metric::Requests { target * 20.0 } else { target },
            scale_out_cooldown,
            scale_in_cooldown,
            scale_in,
        },
    )
}

fn any_steps() -> impl Strategy<Value = StepScaling> {
    use {Adjustment as A, Comparison as C, Missing as M};
    let metric = prop_oneof![Just(Metric::Cpu), Just(Metric::Requests)];
    let comparison = prop_oneof![Just(C::Above), Just(C::AtLeast), Just(C::Below), Just(C::AtMost)];
    let missing =
        prop_oneof![Just(M::Breaching), Just(M::NotBreaching), Just(M::Ignore), Just(M::Missing)];
    let adjustment = prop_oneof![
        Just(A::ChangeInCapacity),
        Just(A::ExactCapacity),
        Just(A::PercentChangeInCapacity)
    ];
    let alarm = (metric, comparison, 10.0f32..90.0, 1u32..6, 1u32..6, 1u32..6, missing);
    (alarm, adjustment, 1i32..60, 0u32..4, 0u32..12).prop_map(
        |(alarm, adjustment, by, least, cooldown)| {
            let (metric, comparison, threshold, period, evaluated, breaching, missing) = alarm;
            let by = if comparison.is_upper() || adjustment == A::ExactCapacity { by } else { -by };
            let breaching = breaching.min(evaluated);
            StepScaling {
                alarm: Alarm {
                    metric,
                    comparison,
                    threshold,
                    period,
                    evaluated,
                    breaching,
                    missing,
                },
                adjustment,
                steps: vec![
                    Step { lower: f32::NEG_INFINITY, upper: 0.0, by },
                    Step { lower: 0.0, upper: 15.0, by },
                    Step { lower: 15.0, upper: f32::INFINITY, by: by * 2 },
                ],
                least,
                cooldown,
            }
        },
    )
}

prop_compose! {
    fn any_service()(
        min in 0u32..4,
        room in 0u32..30,
        tracking in prop::collection::vec(any_tracking(), 0..3),
        steps in prop::collection::vec(any_steps(), 0..3),
        scheduled in prop::collection::vec((0u32..1440, 0u32..6, 6u32..20), 0..3),
        spot in prop_oneof![
            Just(Spot::default()),
            Just(Spot { first: 0.0, of_first: 0.0, of_rest: 1.0 }),
            Just(Spot { first: 2.0, of_first: 0.0, of_rest: 0.75 }),
        ],
        (drain, provision, slow) in (0u32..400, 0u32..60, 1.0f64..800.0),
        overlap in any::<bool>(),
    ) -> Service {
        let mut scheduled: Vec<Scheduled> = scheduled.into_iter()
            .map(|(minute, min, max)| Scheduled { minute, min: Some(min), max: Some(max) })
            .collect();
        scheduled.sort();
        let start = Triangular { low: 1.0, likely: slow / 2.0 + 1.0, high: slow + 2.0 };
        Service {
            min, max: min + room, tracking, steps, scheduled, spot, drain, provision, overlap, start,
            vcpu: 0.5, ..service()
        }
    }
}

fn busy() -> Inputs {
    let of = |low, likely, high| Triangular { low, likely, high };
    Inputs::default()
        .with(Input::RequestsPerSecond, of(0.0, 40.0, 200.0))
        .with(Input::CpuMs, of(5.0, 20.0, 60.0))
        .with(Input::MemoryMb, of(0.0, 2.0, 20.0))
        .with(Input::GrowthMonth, of(-0.5, 0.0, 2.0))
        .with(Input::Noise, of(0.0, 0.2, 0.8))
        .with(Input::NoiseMinutes, of(5.0, 60.0, 600.0))
        .with(Input::BurstsMonth, of(0.0, 30.0, 600.0))
        .with(Input::DeploymentsMonth, of(0.0, 60.0, 200.0))
        .with(Input::SpotInterruptionsMonth, of(0.0, 10.0, 100.0))
}

fn web(days: usize) -> Shape {
    let day = PROFILES[2].1;
    let month = Shape::profiles(&day, &[1.2, 1.1, 1.0, 1.0, 1.0, 0.5, 0.0]);
    Shape::exactly(month.factors()[(6 - days) * 1440 + 700..][..days * 1440].to_vec())
}

fn bits(months: &[Month]) -> Vec<[u64; 8]> {
    let of = |m: &Month| {
        [
            m.task_minutes,
            m.beyond_base,
            m.seconds,
            m.launches,
            m.requests,
            m.units,
            m.overload,
            m.peak,
        ]
        .map(f64::to_bits)
    };
    months.iter().map(of).collect()
}

/// A debug build takes half a second for each.
fn cases() -> u32 {
    if std::env::var_os("BANANA_SLOW_TESTS").is_some() { 256 } else { 12 }
}

/// Scenarios in their months on a service, fast, without vectors, and plainly.
fn agree(service: &Service, seed: u64) -> Result<(), TestCaseError> {
    let shape = web(1);
    let scenarios: Vec<Scenario> = (0..6).map(|n| busy().draw(service, seed, n).0).collect();
    let fast = engine::run(service, &shape, &scenarios);
    let portable = engine::run_portable(service, &shape, &scenarios);
    prop_assert_eq!(bits(&fast), bits(&portable));
    for (fast, scenario) in fast.iter().zip(&scenarios) {
        let (plain, _) = reference::month(service, &shape, scenario);
        prop_assert_eq!(fast, &plain);
        prop_assert_eq!(bits(&[*fast]), bits(&[plain]));
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), ..ProptestConfig::default() })]

    /// The fast engine and the plain reading of the rules agree bit for bit, on whatever service.
    #[test]
    fn the_engine_is_the_reference(service in any_service(), seed in 0u64..1000) {
        agree(&service, seed)?;
    }

    /// So they do on a service whose only policy tracks processor use, for which the engine has minutes of its own.
    #[test]
    fn one_policy_is_the_reference_too(
        service in any_service(),
        policy in any_tracking(),
        target in 20.0f32..95.0,
        seed in 0u64..1000,
    ) {
        let policy = TargetTracking { metric: Metric::Cpu, target, ..policy };
        agree(&Service { tracking: vec![policy], steps: Vec::new(), ..service }, seed)?;
    }
}

/// The same seed gives the same bits with one thread and with two, and a scenario does not depend on its neighbours.
#[test]
fn threads_change_nothing() {
    let service = Service { tracking: vec![tracking(60.0)], vcpu: 0.25, ..service() };
    let shape = web(1);
    // A block and a part of one.
    let scenarios: Vec<Scenario> = (0..300).map(|n| busy().draw(&service, 5, n).0).collect();
    let on = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        bits(&pool.install(|| engine::run(&service, &shape, &scenarios)))
    };
    let one = on(1);
    assert_eq!(one, on(2));
    assert_eq!(one, bits(&engine::run_portable(&service, &shape, &scenarios)));
    assert_eq!(one[97..], bits(&engine::run(&service, &shape, &scenarios[97..])));
    let again: Vec<Scenario> = (0..300).map(|n| busy().draw(&service, 6, n).0).collect();
    assert_ne!(one, bits(&engine::run(&service, &shape, &again)));
}
