//! The plan of a stack whose 3,000 objects exist, one in a hundred of them changed: from text and state to the plan, and to what it adds to
//! the month.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use plan::{Object, Options, Pattern, State};
use serde_json::json;
use stack::{Host, Program};
use std::fmt::Write;
use std::hint::black_box;
use std::io;
use std::path::{Path, PathBuf};

/// Networks; each has a VPC, three subnets and a log group.
const NETWORKS: usize = 600;

/// A folder that holds one text.
struct Text(String);

impl Host for Text {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        match path.to_str() {
            Some("main.tf") => Ok(self.0.clone().into_bytes()),
            _ => Err(io::ErrorKind::NotFound.into()),
        }
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<(String, bool)>> {
        match folder.to_str() {
            Some("." | "") => Ok(vec![("main.tf".to_owned(), false)]),
            _ => Err(io::ErrorKind::NotFound.into()),
        }
    }

    fn canonical(&self, path: &Path) -> io::Result<PathBuf> {
        Ok(path.to_owned())
    }

    fn home(&self) -> Option<PathBuf> {
        None
    }

    fn current(&self) -> io::Result<PathBuf> {
        Ok(PathBuf::new())
    }
}

fn text() -> String {
    let mut text = String::from("provider \"aws\" { region = \"eu-west-3\" }\n");
    for n in 0..NETWORKS {
        let days = if n % 20 == 0 { 30 } else { 7 };
        let _ = write!(
            text,
            "resource \"aws_vpc\" \"v{n}\" {{ cidr_block = \"10.{}.0.0/16\" }}\n\
             resource \"aws_subnet\" \"s{n}\" {{\n  count = 3\n  vpc_id = aws_vpc.v{n}.id\n  \
             cidr_block = cidrsubnet(aws_vpc.v{n}.cidr_block, 8, count.index)\n}}\n\
             resource \"aws_cloudwatch_log_group\" \"l{n}\" {{\n  name = \"l{n}\"\n  retention_in_days = {days}\n}}\n",
            n % 250
        );
    }
    text
}

fn state() -> State {
    let mut state = State { lineage: "l".into(), serial: 1, ..State::default() };
    let mut put = |address: String, attributes: serde_json::Value, needs: &[String]| {
        let address = address.parse::<Pattern>().ok().and_then(|pattern| pattern.instance());
        let (Some(address), serde_json::Value::Object(attributes)) = (address, attributes) else {
            return;
        };
        let object = Object { attributes, dependencies: needs.to_vec(), ..Object::default() };
        state.put(&address, "provider[\"registry.terraform.io/hashicorp/aws\"]", object);
    };
    for n in 0..NETWORKS {
        let (vpc, net) = (format!("vpc-{n:08x}"), n % 250);
        let attributes = json!({
            "id": vpc, "cidr_block": format!("10.{net}.0.0/16"), "instance_tenancy": "default", "enable_dns_support": true
        });
        put(format!("aws_vpc.v{n}"), attributes, &[]);
        for at in 0..3 {
            let attributes = json!({
                "id": format!("subnet-{n:06x}{at:02x}"), "vpc_id": vpc, "cidr_block": format!("10.{net}.{at}.0/24"),
                "assign_ipv6_address_on_creation": false, "enable_dns64": false, "ipv6_native": false, "map_public_ip_on_launch": false,
                "enable_resource_name_dns_a_record_on_launch": false, "enable_resource_name_dns_aaaa_record_on_launch": false
            });
            put(format!("aws_subnet.s{n}[{at}]"), attributes, &[format!("aws_vpc.v{n}")]);
        }
        let name = format!("l{n}");
        let attributes =
            json!({ "id": name, "name": name, "retention_in_days": 7, "skip_destroy": false });
        put(format!("aws_cloudwatch_log_group.l{n}"), attributes, &[]);
    }
    state
}

fn plans(c: &mut Criterion) {
    let (host, state) = (Text(text()), state());
    let load = || {
        let options = stack::Options { path: PathBuf::from("."), ..stack::Options::default() };
        Program::load(&options, &host)
    };
    let Ok(planned) = plan::plan(&load(), &state, &Options::default()) else { return };
    assert_eq!(planned.plan.counts().change, NETWORKS.div_ceil(20), "the rest stays as it is");
    let mut group = c.benchmark_group("plan");
    group.sample_size(10).throughput(Throughput::Elements(planned.plan.changes.len() as u64));
    group.bench_function("text and state to plan", |b| {
        b.iter(|| plan::plan(&load(), black_box(&state), &Options::default()));
    });
    group.bench_function("state as bytes to state", |b| {
        let bytes = state.write();
        b.iter(|| State::read(black_box(&bytes)));
    });
    let (book, cost) = (cost::book::Book::embedded(), cost::Options::default());
    group.bench_function("bills of both sides", |b| {
        b.iter(|| {
            for side in [planned.before(), planned.after()] {
                black_box(cost::estimate(&model::Model::new(&side), book, &cost));
            }
        });
    });
    group.finish();
}

criterion_group!(benches, plans);
criterion_main!(benches);
