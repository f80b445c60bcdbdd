//! Machines of EC2, wherever they come from: an instance, a launch template, a launch configuration.
//! <https://aws.amazon.com/ec2/pricing/on-demand/>

use crate::aws_ebs_volume::block;
use crate::bill::{Bill, Rate, decimal, written};
use crate::quantity::{HOURS, Quantity};
use crate::vcpu::{bursts, vcpus};
use model::field;
use rust_decimal::Decimal;
use stack::{Resource, Value};

const METRICS: Rate = Rate::new("AmazonCloudWatch", "CW:MetricMonitorUsage", "Metrics");
/// Metrics of detailed monitoring: <https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_billing.html>
const DETAILED: i64 = 7;
/// Classes that pay for EBS optimization: newer ones have it, older ones cannot.
/// <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ebs-optimized.html>
const OPTIMIZABLE: [&str; 18] = [
    "c1.xlarge",
    "c3.2xlarge",
    "c3.4xlarge",
    "c3.xlarge",
    "g2.2xlarge",
    "i2.2xlarge",
    "i2.4xlarge",
    "i2.xlarge",
    "m1.large",
    "m1.xlarge",
    "m2.2xlarge",
    "m2.4xlarge",
    "m3.2xlarge",
    "m3.xlarge",
    "r3.2xlarge",
    "r3.4xlarge",
    "r3.xlarge",
    "hs1.8xlarge",
];

/// What a machine is.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Machine<'a> {
    pub(crate) class: Option<&'a str>,
    pub(crate) spot: bool,
    /// `dedicated` or `host`.
    pub(crate) tenancy: Option<&'a str>,
    optimized: bool,
    monitored: bool,
    credits: Option<&'a str>,
}

impl<'a> Machine<'a> {
    /// What a resource says: an instance, a template or a configuration.
    pub(crate) fn of(resource: &'a Resource) -> Self {
        let text = |name| written(resource, name).as_str();
        let inside = |outer, inner| {
            let block = written(resource, outer).elements().next();
            block.map(|block| field(block, inner)).filter(|value| !value.is_unknown())
        };
        let yes = |value: Option<&Value>| {
            value.is_some_and(|it| it.as_bool() == Some(true) || it.as_str() == Some("true"))
        };
        Self {
            class: text("instance_type"),
            spot: written(resource, "instance_market_options").elements().len() > 0
                || !written(resource, "spot_price").is_null(),
            tenancy: text("tenancy")
                .or_else(|| text("placement_tenancy"))
                .or_else(|| inside("placement", "tenancy")?.as_str()),
            optimized: yes(Some(written(resource, "ebs_optimized"))),
            monitored: yes(Some(written(resource, "monitoring")))
                || yes(inside("monitoring", "enabled"))
                || (resource.address.ty == "aws_launch_configuration"
                    && !is_false(written(resource, "enable_monitoring"))),
            credits: inside("credit_specification", "cpu_credits").and_then(Value::as_str),
        }
    }

    /// What this says, and what `base` says where this says nothing.
    pub(crate) fn over(self, base: Self) -> Self {
        Self {
            class: self.class.or(base.class),
            spot: self.spot || base.spot,
            tenancy: self.tenancy.or(base.tenancy),
            optimized: self.optimized || base.optimized,
            monitored: self.monitored || base.monitored,
            credits: self.credits.or(base.credits),
        }
    }

    /// The lines of so many of them, each with `suffix` at the end of its name.
    pub(crate) fn lines(&self, suffix: &str, count: &Quantity, bill: &mut Bill<'_, '_>) {
        let Some(class) = self.class else {
            return bill.unsupported("`instance_type` is not known here");
        };
        let word = bill.word("machine.operating_system");
        let system = match word.unwrap_or("linux") {
            "windows" => "Windows",
            "rhel" => "RHEL",
            "suse" => "SUSE",
            _ => "Linux",
        };
        if self.tenancy == Some("host") {
            return bill.note("it stands on a dedicated host, which is billed by itself");
        }
        let (prefix, label) = match (self.spot, self.tenancy) {
            (true, _) => ("SpotUsage", ", Spot"),
            (false, Some("dedicated")) => ("DedicatedUsage", ", dedicated"),
            (false, _) => ("BoxUsage", ""),
        };
        let hours = count.clone().by(&month(bill));
        let rate = Rate::of("AmazonEC2", format!("{prefix}:{class}|RunInstances({system})"), "Hrs");
        let mut running = hours.clone();
        if word.is_none() {
            running = running.because("as Linux: what it runs follows from its image");
        }
        if self.spot {
            running = running.because("Spot prices move: these are one day's");
        }
        bill.line(format!("instance, {class}{label}{suffix}"), &rate, running);
        if self.optimized && OPTIMIZABLE.contains(&class) {
            let rate = Rate::of("AmazonEC2", format!("EBSOptimized:{class}"), "Hrs");
            bill.line(format!("EBS-optimized usage{suffix}"), &rate, hours);
        }
        if self.monitored {
            let metrics = count.clone().times(DETAILED).because("seven metrics for each machine");
            bill.line(format!("EC2 detailed monitoring{suffix}"), &METRICS, metrics);
        }
        // T2 has to ask for more than its credits, later families have to decline.
        let unlimited = self.credits.map_or(!class.starts_with("t2."), |it| it == "unlimited");
        if bursts(class) && unlimited && bill.says("machine.cpu_credit_hours_month") {
            let family = class.split('.').next().unwrap_or(class);
            let rate = Rate::of("AmazonEC2", format!("CPUCredits:{family}"), "vCPU-Hours");
            let each = bill.said("machine.vcpu_count").map(|it| it.amount).or_else(|| vcpus(class));
            let credits =
                bill.assume("machine.cpu_credit_hours_month").times(each.unwrap_or(Decimal::TWO));
            bill.line(format!("CPU credits{suffix}"), &rate, credits.by(count));
        }
    }
}

/// Hours that machines run: the month, unless somebody says less.
fn month(bill: &Bill<'_, '_>) -> Quantity {
    bill.said("machine.hours_month").unwrap_or(Quantity::fixed(HOURS))
}

fn is_false(value: &Value) -> bool {
    value.as_bool() == Some(false)
}

/// The launch template that a block names by `id` or by `name`.
pub(crate) fn template<'a>(block: &'a Value, bill: &Bill<'_, 'a>) -> Option<&'a Resource> {
    let names =
        ["id", "name", "launch_template_id", "launch_template_name"].map(|name| field(block, name));
    let id = names.iter().find_map(|value| {
        let by_name = || bill.model.called("aws_launch_template", value.as_str()?);
        bill.model.refers(value).or_else(by_name)
    })?;
    bill.model.stack().resources.get(usize::try_from(id.0).ok()?)
}

/// The volumes of a machine.
pub(crate) struct Volumes<'a> {
    root: Option<&'a Value>,
    root_gb: Option<Decimal>,
    more: Vec<&'a Value>,
    /// Where they are attached.
    devices: Vec<Option<String>>,
}

impl<'a> Volumes<'a> {
    /// Those of an instance or a launch configuration.
    pub(crate) fn of(resource: &'a Resource) -> Self {
        let root = written(resource, "root_block_device").elements().next();
        let more = written(resource, "ebs_block_device").elements().collect();
        Self { root, root_gb: None, more, devices: Vec::new() }
    }

    /// Those of a launch template: each block may be the root volume, by its device.
    pub(crate) fn of_template(template: &'a Resource) -> Self {
        let devices = written(template, "block_device_mappings").elements();
        let volume = |device: &'a Value| {
            let name = field(device, "device_name").as_str().map(str::to_owned);
            Some((field(device, "ebs").elements().next()?, name))
        };
        let (more, devices) = devices.filter_map(volume).unzip();
        Self { root: None, root_gb: None, more, devices }
    }

    /// These, and those of a template whose devices are not said here.
    pub(crate) fn over(self, template: Self) -> Self {
        let device = |block: &Value| field(block, "device_name").as_str().map(str::to_owned);
        let own: Vec<Option<String>> = self.more.iter().map(|block| device(block)).collect();
        let kept = template
            .more
            .into_iter()
            .enumerate()
            .filter(|(at, _)| template.devices.get(*at).is_none_or(|name| !own.contains(name)));
        let more = self.more.iter().copied().chain(kept.map(|(_, block)| block)).collect();
        Self { more, ..self }
    }

    /// Only a root volume, of so many GB.
    pub(crate) fn root(gb: Decimal) -> Self {
        Self { root: None, root_gb: Some(gb), more: Vec::new(), devices: Vec::new() }
    }

    /// The lines of so many machines.
    pub(crate) fn lines(&self, count: &Quantity, bill: &mut Bill<'_, '_>) {
        let start = bill.lines.len();
        let sized = self.root.filter(|root| decimal(field(root, "volume_size")).is_some());
        match (sized, self.root_gb) {
            (Some(root), _) => drop(block("root volume", root, bill)),
            (None, Some(gb)) => bill.line("root volume, gp2", &GP2, Quantity::fixed(gb)),
            (None, None) if self.more.is_empty() || self.root.is_some() => {
                image_root(self.root, bill);
            }
            (None, None) if bill.resource.address.ty == "aws_instance" => image_root(None, bill),
            (None, None) => {}
        }
        for extra in &self.more {
            if block("volume", extra, bill).is_none() {
                let from = "its size follows from a snapshot";
                let gb = bill.assume("machine.root_gb").because(from);
                bill.line("volume, gp2", &GP2, gb);
            }
        }
        for line in bill.lines.iter_mut().skip(start) {
            line.quantity = line.quantity.clone().by(count);
        }
    }
}

const GP2: Rate = Rate::new("AmazonEC2", "EBS:VolumeUsage.gp2", "GB-Mo");

/// The root volume that the image brings.
fn image_root(root: Option<&Value>, bill: &mut Bill<'_, '_>) {
    let class = root.and_then(|root| field(root, "volume_type").as_str()).unwrap_or("gp2");
    let rate = Rate::of("AmazonEC2", format!("EBS:VolumeUsage.{class}"), "GB-Mo");
    let gb = bill.assume("machine.root_gb").because("its size follows from the image");
    bill.line(format!("root volume, {class}"), &rate, gb);
}
