//! Buckets: what each storage class holds, requests, retrievals: `data/simple.tsv`. A class other than Standard counts once
//! something is said of it, or a lifecycle rule moves objects into it. <https://aws.amazon.com/s3/pricing/>

use crate::bill::{Bill, written};
use crate::simple::write_with;
use model::field;
use stack::Value;

/// Classes of lifecycle rules, and the assumptions that speak of them.
const CLASSES: [(&str, &str); 6] = [
    ("INTELLIGENT_TIERING", "s3.intelligent_tiering."),
    ("STANDARD_IA", "s3.standard_infrequent_access."),
    ("ONEZONE_IA", "s3.one_zone_infrequent_access."),
    ("GLACIER", "s3.glacier_flexible_retrieval."),
    ("DEEP_ARCHIVE", "s3.glacier_deep_archive."),
    ("", "s3.object_tags"),
];

pub(crate) fn write(bill: &mut Bill<'_, '_>) {
    let model = bill.model;
    let beside = model.instances("aws_s3_bucket_lifecycle_configuration").iter().filter_map(|id| {
        let rules = model.stack().resources.get(usize::try_from(id.0).ok()?)?;
        (model.refers(field(&rules.value, "bucket")) == Some(bill.id))
            .then_some(written(rules, "rule"))
    });
    let own = written(bill.resource, "lifecycle_rule");
    let rules: Vec<&Value> = std::iter::once(own).chain(beside).flat_map(Value::elements).collect();
    let moves = |class: &str| {
        rules.iter().any(|rule| {
            ["transition", "noncurrent_version_transition"].iter().any(|name| {
                field(rule, name)
                    .elements()
                    .any(|it| field(it, "storage_class").as_str() == Some(class))
            })
        })
    };
    let tagged = rules.iter().any(|rule| field(rule, "tags").elements().len() > 0);
    let said: Vec<&str> = CLASSES
        .iter()
        .filter(|(class, _)| if class.is_empty() { tagged } else { moves(class) })
        .map(|(_, when)| *when)
        .collect();
    write_with(&said, bill);
}
