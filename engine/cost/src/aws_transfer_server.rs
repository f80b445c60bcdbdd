//! Transfer servers: each protocol by the hour, data each way. <https://aws.amazon.com/aws-transfer-family/pricing/>

use crate::bill::{Bill, Rate, written};
use stack::Value;

pub(crate) fn write(bill: &mut Bill<'_, '_>) {
    let protocols = written(bill.resource, "protocols");
    if protocols.is_unknown() {
        return bill.unsupported("`protocols` is not known yet");
    }
    let mut names: Vec<&str> = protocols.elements().filter_map(Value::as_str).collect();
    if names.is_empty() {
        names.push("SFTP");
    }
    for name in &names {
        let rate = Rate::of("AWSTransfer", format!("ProtocolHours:{name}"), "Hrs");
        bill.hours(format!("{name} protocol enabled"), &rate);
    }
    let first = names.first().copied().unwrap_or("SFTP");
    let rate = |way: &str| Rate::of("AWSTransfer", format!("{way}Bytes:{first}"), "GB");
    bill.used("data downloaded", &rate("Download"), "transfer.data_downloaded_gb_month");
    bill.used("data uploaded", &rate("Upload"), "transfer.data_uploaded_gb_month");
}
