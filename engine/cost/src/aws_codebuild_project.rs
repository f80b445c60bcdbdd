//! Builds: minutes by the size of the machine. <https://aws.amazon.com/codebuild/pricing/>

use crate::bill::{Bill, Rate};
use model::field;

pub(crate) fn write(bill: &mut Bill<'_, '_>) {
    let text = |name| bill.block("environment").and_then(|block| field(block, name).as_str());
    let (Some(size), Some(kind)) = (text("compute_type"), text("type")) else {
        return bill.unsupported("`compute_type` and `type` of its environment are not known yet");
    };
    let windows = kind.starts_with("WINDOWS");
    let arm = kind.starts_with("ARM");
    let family = match (kind, arm) {
        (_, true) => "arm1",
        ("LINUX_GPU_CONTAINER", _) => "gpu1",
        _ => "general1",
    };
    let class = match size.rsplit_once("GENERAL1_") {
        Some((_, size)) => format!("{family}.{}", size.to_lowercase()),
        None => size.to_lowercase(),
    };
    let system = if windows { "Windows" } else { "Linux" };
    let rate = Rate::of("CodeBuild", format!("Build-Min:{system}:{class}"), "minutes");
    bill.used(format!("{system} builds, {class}"), &rate, "build.build_mins_month");
}
