"""The rules of the simulation in numpy: a bench's other side, all scenarios of a month in one array.

The service is that of benches/simulate.rs: target tracking on the processor, 2 to 20 tasks, a target of 60 %, starts of 20 to 90 seconds. Everything
is single precision and works on whole arrays; random numbers are numpy's own.

usage: python simulate.py [SCENARIOS [SHARE]]   SHARE of a month is run, and the time scaled up
"""

import sys
import time

import numpy as np

SCENARIOS = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
SHARE = float(sys.argv[2]) if len(sys.argv) > 2 else 1.0
MINUTES, TICK, RING = 43_800, 5, 16
MIN, MAX, TARGET = np.float32(2), np.float32(20), np.float32(60)
OUT_COOLDOWN, IN_COOLDOWN, DRAIN, PROVISION = 1, 5, 300, 10
WEB = [0.6, 0.4, 0.3, 0.25, 0.25, 0.35, 0.5, 0.75, 0.95, 1.1, 1.2, 1.25, 1.3, 1.25, 1.2, 1.2, 1.25, 1.35, 1.5, 1.6, 1.65, 1.55, 1.25, 0.9]
WEEK = [1.1, 1.1, 1.1, 1.1, 1.0, 0.8, 0.8]


def shape():
    minute = np.arange(MINUTES)
    hour, within = minute // 60, (minute % 60) / 60
    day = np.array(WEB)
    factors = day[hour % 24] + (day[(hour + 1) % 24] - day[hour % 24]) * within
    factors *= np.array(WEEK)[(minute // 1440) % 7]
    return (factors / factors.mean()).astype(np.float32)


def simulate(share=1.0):
    rng = np.random.Generator(np.random.SFC64(1))
    n, f = SCENARIOS, np.float32
    level = rng.triangular(20, 40, 80, n).astype(f)
    slope = (100 * rng.triangular(15, 20, 30, n) / 1000 / 0.25).astype(f)
    idle, sigma = f(1), f(0.1)
    keep = f(np.exp(-TICK / 60))
    innovation = f(sigma * np.sqrt(1 - keep * keep))
    burst_chance = f(4 / 730)
    factors = shape()
    sums = factors.reshape(-1, TICK).sum(axis=1) * f(60)

    noise, until = np.zeros(n, f), np.zeros(n, np.int32)
    running, desired = np.full(n, MIN), np.full(n, MIN)
    starting, due = np.zeros((RING, n), f), [False] * RING
    high, low = np.zeros(n, np.int32), np.zeros(n, np.int32)
    cooled, before, held = np.zeros(n, np.int32), np.zeros(n, f), np.zeros(n, np.int32)
    hour_requests, requests, units = np.zeros(n), np.zeros(n), np.zeros(n)
    task_minutes, overload = np.zeros(n, np.int64), np.zeros(n, np.int32)
    seconds, launches = np.zeros(n), np.zeros(n)

    end = int(MINUTES * share) // 60 * 60
    for minute in range(end):
        if minute % TICK == 0:
            tick = minute // TICK
            noise = keep * noise + innovation * rng.standard_normal(n, dtype=f)
            if tick % 12 == 0:
                starts = rng.random(n, dtype=f) < burst_chance
                burst_at = np.where(starts, tick + rng.integers(0, 12, n, np.int32), -1)
            until = np.where(burst_at == tick, tick + 6, until)
            burst = np.where(tick < until, f(3), f(1))
            multiplier = level * np.exp(noise - sigma * sigma / 2) * burst
            hour_requests += multiplier * sums[tick]
        slot = minute % RING
        if due[slot]:
            due[slot] = False
            running += starting[slot]
            starting[slot] = 0
        demand = multiplier * factors[minute]
        load = demand * slope + idle * running
        overload += load > running * f(100)
        task_minutes += desired.astype(np.int64)

        data = running > 0
        high = np.where(data & (load > TARGET * running), high + 1, 0)
        low = np.where(data & (load < TARGET * f(0.9) * running), low + 1, 0)
        seen = np.minimum(load, f(100) * running)
        cooling = (minute < cooled) & (before < running)
        seen = np.where(cooling, seen * before / np.maximum(running, 1), seen)
        up = np.minimum(np.ceil(seen / TARGET), MAX)
        down = np.maximum(np.ceil(load / TARGET), MIN)
        out = (high >= 3) & (up > desired)
        back = ~out & (low >= 15) & (minute >= held) & (down < desired)

        if out.any():
            at = np.flatnonzero(out)
            more = up[at] - desired[at]
            fresh = cooled[at] <= minute
            before[at] = np.where(fresh, desired[at], before[at])
            cooled[at] = minute + OUT_COOLDOWN
            held[at] = 0
            wait = np.ceil(rng.triangular(20, 45, 90, at.size) / 60).astype(np.int64)
            slots = (minute + 1 + wait) % RING
            np.add.at(starting, (slots, at), more)
            for s in np.unique(slots):
                due[s] = True
            launches[at] += more
            seconds[at] -= more * PROVISION
            desired[at] = up[at]
        if back.any():
            at = np.flatnonzero(back)
            less = desired[at] - down[at]
            for ahead in range(RING - 1, -1, -1):
                s = (minute + 1 + ahead) % RING
                here = np.minimum(starting[s, at], less)
                starting[s, at] -= here
                less -= here
                seconds[at] += here * PROVISION
            running[at] -= less
            seconds[at] += less * DRAIN
            held[at] = minute + IN_COOLDOWN
            desired[at] = down[at]

        if minute % 60 == 59:
            new = hour_requests / 5 / 3600
            units += np.maximum.reduce([new / 25, new * 30 / 3000, hour_requests * 11 / 1e6, hour_requests * 0])
            requests += hour_requests
            hour_requests[:] = 0
    return task_minutes / end, launches, end


begin, cpu = time.perf_counter(), time.process_time()
tasks, launches, end = simulate(SHARE)
wall, cpu = time.perf_counter() - begin, time.process_time() - cpu
steps = end * SCENARIOS
scale = MINUTES / end
print(
    f"numpy {np.__version__}: {wall * scale:.2f} s wall, {cpu * scale:.2f} s CPU, {cpu * 1e9 / steps:.2f} ns a step, "
    f"{tasks.mean():.3f} tasks, {launches.mean() * scale:.0f} starts" + ("" if SHARE == 1 else f" (from {SHARE} of a month)")
)
